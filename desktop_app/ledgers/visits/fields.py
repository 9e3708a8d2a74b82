"""Every field of a visit and of an evaluation, described once for all that reads them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, VisitKind, VisitSource, VisitState
from desktop_app.registers.residents.rules import ResidentKind

_GENDERS = tuple(Choice(str(int(gender)), gender.label) for gender in Gender)


def _counts(
    name: str, label: str, kind: FieldKind, choices: tuple[Choice, ...] = (), **more: bool
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, travels=Travels.STATS, choices=choices, **more)


def _choice(name: str, label: str, choices: tuple[Choice, ...], *, required: bool = False) -> Field:
    return _counts(name, label, FieldKind.CHOICE, choices, required=required)


FIELDS: tuple[Field, ...] = (
    _counts("number", "编号", FieldKind.TEXT),
    _counts("batch", "批次", FieldKind.REFERENCE),
    _counts("leads", "批次首件", FieldKind.FLAG),
    _choice("kind", "登记方式", choices_of(VisitKind)),
    _counts("at", "来访时间", FieldKind.MOMENT),
    _counts("day", "来访日期", FieldKind.DAY),
    _counts("late_entry", "补录", FieldKind.FLAG),
    _choice("source", "来源", choices_of(VisitSource), required=True),
    Field("resident", "居民档案", FieldKind.REFERENCE),
    Field("name", "来访人姓名", private=True),
    _choice("gender", "性别", _GENDERS),
    Field("birth_year", "出生年", FieldKind.NUMBER),
    _counts("people", "人数", FieldKind.NUMBER, required=True),
    Field("phone", "联系电话", FieldKind.PHONE, private=True),
    _counts("compound", "小区", FieldKind.REFERENCE),
    Field("building", "楼栋"),
    Field("unit", "单元", private=True),
    Field("room", "门牌", private=True),
    _choice("person_kind", "人员类别", choices_of(ResidentKind)),
    Field("agent", "代办人", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("representatives", "来访代表", FieldKind.LIST, private=True, travels=Travels.FULL),
    _counts("matter", "事项目录", FieldKind.REFERENCE),
    _counts("category", "业务类别", FieldKind.TEXT),
    _counts("matter_name", "具体事项", FieldKind.TEXT),
    Field("summary", "事由", private=True),
    _choice("handling", "办理方式", choices_of(Handling), required=True),
    _counts("limit_days", "本站时限（工作日）", FieldKind.NUMBER),
    _counts("limit_from", "时限起算日", FieldKind.DAY),
    _counts("due", "到期日", FieldKind.DAY),
    _counts("pauses", "待补材料期间", FieldKind.LIST),
    _counts("notice_given", "一次性告知", FieldKind.FLAG),
    _choice("state", "状态", choices_of(VisitState)),
    Field("handed_to", "交办去向"),
    Field("handed_on", "交办日期", FieldKind.DAY),
    Field("external_number", "外部编号"),
    Field("result", "办理结果", private=True),
    _counts("closed_at", "办结时间", FieldKind.MOMENT),
    _counts("closed_day", "办结日期", FieldKind.DAY),
    Field("follow_up", "回访情况", private=True),
    _counts("petition", "信访渠道告知", FieldKind.FLAG),
    Field("urgent", "紧急报告", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("first_clerk", "首问责任人编号", FieldKind.REFERENCE),
    Field("first_clerk_name", "首问责任人"),
    Field("registered_by", "登记人编号", FieldKind.REFERENCE),
    Field("registered_by_name", "登记人"),
    _counts("merged_into", "并入", FieldKind.REFERENCE),
    Field("steps", "办理过程", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("remark", "备注", private=True, travels=Travels.NEVER),
)

EVALUATION_FIELDS: tuple[Field, ...] = (
    _counts("visit", "来访", FieldKind.REFERENCE, required=True),
    _choice("level", "评价", choices_of(Satisfaction), required=True),
    _choice("entered_from", "评价方式", choices_of(EnteredFrom), required=True),
    _counts("at", "评价时间", FieldKind.MOMENT),
    _counts("day", "评价日期", FieldKind.DAY),
)
