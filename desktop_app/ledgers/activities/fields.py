"""Every field of an activity and of a line of attendance, described once for all that read them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.ledgers.activities.rules.activity import ActivityKind, ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Source


def _counts(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    **more: bool,
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, travels=Travels.STATS, choices=choices, **more)


FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    # Not a choice: a station may have words of its own. The usual ones are offered all the same.
    _counts("kind", "类别", choices=choices_of(ActivityKind), required=True),
    _counts("meeting", "会议", FieldKind.FLAG),
    Field("name", "活动名称", required=True),
    _counts("brand", "主题品牌"),
    _counts("starts_at", "开始时间", FieldKind.MOMENT, required=True),
    _counts("ends_at", "结束时间", FieldKind.MOMENT, required=True),
    _counts("day", "活动日期", FieldKind.DAY),
    _counts("late_entry", "补录", FieldKind.FLAG),
    _counts("place", "地点编号", FieldKind.REFERENCE),
    Field("place_words", "地点", required=True),
    Field("organiser", "主办单位"),
    Field("undertaker", "承办单位"),
    Field("co_organiser", "协办单位"),
    Field("partners", "共建单位", FieldKind.LIST),
    Field("host", "主持人"),
    _counts("expected", "应到人数", FieldKind.NUMBER),
    Field("agenda", "议程"),
    _counts("state", "状态", FieldKind.CHOICE, choices_of(ActivityState)),
    Field("summary", "活动内容"),
    Field("outcome", "活动成效"),
    Field("next_steps", "下一步打算"),
    _counts("served", "服务人次", FieldKind.NUMBER),
    Field("resolutions", "议定事项", FieldKind.LIST),
    _counts("solved", "解决的问题", FieldKind.LIST),
    _counts("reviews", "评议", FieldKind.LIST),
    _counts("disclosed_on", "公开日期", FieldKind.DAY),
    Field("disclosed_at", "公开地点"),
    _counts("funds", "经费", FieldKind.LIST),
    Field("media", "媒体报道"),
    Field("photos", "照片", FieldKind.LIST),
    Field("corrections", "人数更正", FieldKind.LIST),
    Field("recorder", "记录人"),
    Field("recorded_by", "记录人编号", FieldKind.REFERENCE),
    _counts("recorded_on", "记录日期", FieldKind.DAY),
    Field("reviewer", "审核人"),
    Field("reviewed_by", "审核人编号", FieldKind.REFERENCE),
    _counts("reviewed_on", "审核日期", FieldKind.DAY),
    _counts("series", "系列活动", FieldKind.REFERENCE),
    _counts("occurrence", "系列第几场", FieldKind.NUMBER),
    _counts("repeat", "重复方式", FieldKind.LIST),
    _counts("copied_from", "复制自", FieldKind.REFERENCE),
    Field("planned_by", "登记人编号", FieldKind.REFERENCE),
    Field("planned_by_name", "登记人"),
    Field("steps", "办理过程", FieldKind.LIST, travels=Travels.FULL),
    Field("remark", "备注", travels=Travels.NEVER),
)
"""What is written of an activity is public in the station: it hangs on the wall, printed."""

ATTENDANCE_FIELDS: tuple[Field, ...] = (
    _counts("activity", "活动", FieldKind.REFERENCE, required=True),
    Field("resident", "居民档案", FieldKind.REFERENCE),
    Field("name", "姓名", required=True, private=True),
    _counts("group", "身份", FieldKind.CHOICE, choices_of(Group)),
    Field("unit", "单位或小区"),
    Field("phone", "电话", FieldKind.PHONE, private=True),
    _counts("signed_up_at", "报名时间", FieldKind.MOMENT),
    _counts("arrived_at", "签到时间", FieldKind.MOMENT),
    _counts("left_at", "签退时间", FieldKind.MOMENT),
    _counts("source", "来源", FieldKind.CHOICE, choices_of(Source)),
    Field("absent_reason", "缺席原因", private=True, travels=Travels.FULL),
    Field("remark", "备注", private=True, travels=Travels.NEVER),
)
