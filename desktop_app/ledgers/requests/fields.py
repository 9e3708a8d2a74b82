"""Every field of a request and of its evaluation, described once for all that reads them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests.rules.request import (
    DisputeStage,
    EnteredFrom,
    RequestKind,
    RequestState,
)


def _counts(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    **more: bool,
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, travels=Travels.STATS, choices=choices, **more)


def _choice(name: str, label: str, choices: tuple[Choice, ...]) -> Field:
    return _counts(name, label, FieldKind.CHOICE, choices)


FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    _choice("kind", "类型", choices_of(RequestKind)),
    _choice("source", "来源", choices_of(Source)),
    _counts("at", "提出时间", FieldKind.MOMENT),
    _counts("day", "提出日期", FieldKind.DAY),
    _counts("late_entry", "补录", FieldKind.FLAG),
    Field("platform", "来源平台"),
    Field("external_number", "外部编号"),
    _counts("visit", "来访", FieldKind.REFERENCE),
    _counts("activity", "活动", FieldKind.REFERENCE),
    _counts("resolution", "议定事项", FieldKind.REFERENCE),
    Field("resident", "居民档案", FieldKind.REFERENCE),
    Field("name", "居民姓名", private=True),
    Field("phone", "联系电话", FieldKind.PHONE, private=True),
    _counts("compound", "小区", FieldKind.REFERENCE),
    Field("building", "楼栋"),
    Field("unit", "单元", private=True),
    Field("room", "门牌", private=True),
    _counts("consented", "居民同意提供身份信息", FieldKind.FLAG),
    _counts("category", "业务类别"),
    Field("title", "事项", required=True),
    Field("summary", "详细情况", private=True, travels=Travels.FULL),
    _choice("urgency", "紧急度", choices_of(Urgency)),
    _choice("dispute_stage", "纠纷阶段", choices_of(DisputeStage)),
    _choice("state", "状态", choices_of(RequestState)),
    Field("assignee", "承办", FieldKind.LIST),
    _counts("limit_days", "本站时限（工作日）", FieldKind.NUMBER),
    _counts("limit_from", "时限起算日", FieldKind.DAY),
    _counts("due", "到期日", FieldKind.DAY),
    _counts("pauses", "待补材料期间", FieldKind.LIST),
    _counts("dispatched_on", "交办日期", FieldKind.DAY),
    Field("taken_by", "接单人"),
    _counts("taken_at", "接单时间", FieldKind.MOMENT),
    _counts("hand_backs", "退单次数", FieldKind.NUMBER),
    Field("result", "办理结果", private=True),
    _counts("done_on", "办理完毕日期", FieldKind.DAY),
    _counts("called_back_on", "回访日期", FieldKind.DAY),
    Field("call_back", "回访情况", private=True),
    Field("forwarded_to", "转办去向"),
    Field("forwarded_number", "转办编号"),
    _counts("merged_into", "并入", FieldKind.REFERENCE),
    _counts("escalated_on", "吹哨日期", FieldKind.DAY),
    # Written for the street to read: without its reason nobody there could answer.
    Field("escalated", "吹哨", FieldKind.LIST),
    Field("answer", "街道答复", FieldKind.LIST),
    _counts("closed_at", "办结时间", FieldKind.MOMENT),
    _counts("closed_day", "办结日期", FieldKind.DAY),
    _counts("petition", "信访渠道告知", FieldKind.FLAG),
    Field("photos", "照片", FieldKind.LIST),
    Field("registered_by", "登记人编号", FieldKind.REFERENCE),
    Field("registered_by_name", "登记人"),
    Field("steps", "办理过程", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("remark", "备注", private=True, travels=Travels.NEVER),
)

EVALUATION_FIELDS: tuple[Field, ...] = (
    _counts("request", "诉求", FieldKind.REFERENCE, required=True),
    _counts("level", "评价", FieldKind.CHOICE, choices_of(Satisfaction), required=True),
    _counts("entered_from", "评价方式", FieldKind.CHOICE, choices_of(EnteredFrom), required=True),
    _counts("at", "评价时间", FieldKind.MOMENT),
    _counts("day", "评价日期", FieldKind.DAY),
)
