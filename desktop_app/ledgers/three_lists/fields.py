"""Every field of problems, offers and duties, described once for all that reads them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, LabelledEnum, Travels, choices_of
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.ledgers.three_lists.rules.duty import DutyState, ReviewerRole
from desktop_app.ledgers.three_lists.rules.offer import OfferState, Way
from desktop_app.ledgers.three_lists.rules.problem import AffectedUnit, ProblemState


def _counts(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    *,
    required: bool = False,
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, required, travels=Travels.STATS, choices=choices)


def _choice(name: str, label: str, enum: type[LabelledEnum], *, required: bool = False) -> Field:
    return _counts(name, label, FieldKind.CHOICE, choices_of(enum), required=required)


def _full(name: str, label: str, kind: FieldKind = FieldKind.LIST) -> Field:
    """What only a station that sends everything sends."""
    return Field(name, label, kind, travels=Travels.FULL)


_REMARK = Field("remark", "备注", private=True, travels=Travels.NEVER)

PROBLEM_FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    _counts("raised_on", "提出日期", FieldKind.DAY, required=True),
    _counts("late_entry", "补录", FieldKind.FLAG),
    _choice("source", "来源", Source, required=True),
    _counts("compound", "小区", FieldKind.REFERENCE),
    Field("building", "楼栋"),
    _counts("grid", "网格", FieldKind.REFERENCE),
    _counts("category", "类别", required=True),
    Field("description", "问题描述", required=True),
    _counts("affected", "涉及人数（户）", FieldKind.NUMBER),
    _choice("affected_unit", "按户或按人", AffectedUnit),
    _choice("urgency", "紧急度", Urgency, required=True),
    Field("raiser", "提出人", private=True, travels=Travels.FULL),
    Field("raiser_phone", "提出人电话", FieldKind.PHONE, private=True),
    _counts("request", "诉求", FieldKind.REFERENCE),
    _counts("visit", "来访", FieldKind.REFERENCE),
    _counts("activity", "活动", FieldKind.REFERENCE),
    _counts("resolution", "议定事项", FieldKind.REFERENCE),
    _counts("repeated", "重复反映", FieldKind.NUMBER),
    _choice("level", "责任层级", Level),
    _counts("wanted_by", "希望解决日期", FieldKind.DAY),
    _full("photos", "照片"),
    _choice("state", "状态", ProblemState),
    _counts("listed_on", "入单日期", FieldKind.DAY),
    _counts("turn", "第几次办理", FieldKind.NUMBER),
    _full("declined", "谢绝的资源"),
    _counts("merged_into", "并入", FieldKind.REFERENCE),
    _counts("closed_on", "销号日期", FieldKind.DAY),
    Field("registered_by", "登记人编号", FieldKind.REFERENCE),
    Field("registered_by_name", "登记人"),
    _full("steps", "办理过程"),
    _REMARK,
)

OFFER_FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    _counts("offered_on", "登记日期", FieldKind.DAY),
    _counts("partner", "共建单位", FieldKind.REFERENCE, required=True),
    _counts("partner_name", "共建单位名称"),
    Field("resource", "可提供资源", required=True),
    _counts("category", "类别", required=True),
    _choice("way", "服务方式", Way, required=True),
    _counts("compounds", "面向小区", FieldKind.LIST),
    _counts("from_on", "可用起始", FieldKind.DAY),
    _counts("until_on", "可用截止", FieldKind.DAY),
    Field("weekdays_words", "可服务时段"),
    _counts("amount", "数量", FieldKind.NUMBER),
    _counts("unit_word", "数量单位"),
    _counts("promised", "已认领", FieldKind.NUMBER),
    _counts("for_problem", "对应问题", FieldKind.REFERENCE),
    _counts("agreement", "共建协议", FieldKind.REFERENCE),
    _choice("state", "状态", OfferState),
    Field("registered_by", "登记人编号", FieldKind.REFERENCE),
    Field("registered_by_name", "登记人"),
    _full("steps", "办理过程"),
    _REMARK,
)

DUTY_FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    _counts("problem", "问题", FieldKind.REFERENCE, required=True),
    _counts("problem_number", "问题编号"),
    _counts("category", "类别"),
    _counts("compound", "小区", FieldKind.REFERENCE),
    _counts("turn", "第几次办理", FieldKind.NUMBER),
    _counts("offer", "对应资源", FieldKind.REFERENCE),
    _counts("partner", "共建单位", FieldKind.REFERENCE),
    _counts("unit", "责任单位", required=True),
    Field("person", "责任人", required=True),
    Field("person_phone", "责任人电话", FieldKind.PHONE, private=True),
    Field("helpers", "配合单位"),
    _choice("level", "责任层级", Level),
    _counts("due", "完成时限", FieldKind.DAY, required=True),
    Field("measures", "措施", required=True),
    _counts("amount", "认领数量", FieldKind.NUMBER),
    _full("progress", "进展"),
    Field("result", "完成情况"),
    _full("evidence", "佐证"),
    _counts("activities", "关联活动", FieldKind.LIST),
    _full("opinion", "群众评价"),
    _full("extensions", "延期"),
    _full("escalations", "提级"),
    _full("closings", "历次销号"),
    _choice("state", "状态", DutyState),
    _counts("proposed_on", "交办日期", FieldKind.DAY),
    Field("proposed_by", "交办人编号", FieldKind.REFERENCE),
    Field("proposed_by_name", "交办人"),
    _counts("accepted_on", "接单日期", FieldKind.DAY),
    Field("submitted_by", "申请销号人编号", FieldKind.REFERENCE),
    Field("submitted_by_name", "销号人"),
    _counts("submitted_on", "申请销号日期", FieldKind.DAY),
    Field("reviewer", "复核人编号", FieldKind.REFERENCE),
    Field("reviewer_name", "复核人"),
    _choice("reviewer_role", "复核方式", ReviewerRole),
    _full("confirmation", "签字照片"),
    _counts("reviewed_on", "复核日期", FieldKind.DAY),
    _counts("closed_on", "销号日期", FieldKind.DAY),
    Field("decline_reason", "谢绝原因"),
    _full("steps", "办理过程"),
    _REMARK,
)
