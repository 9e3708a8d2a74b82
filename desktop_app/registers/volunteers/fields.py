"""The fields of volunteers, teams and memberships, each described once.

The least travels: without names who is a volunteer of what state, in which team from when to when.
Who that is says the resident's file, masked as it travels.
"""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.rules.words import (
    Direction,
    MemberRole,
    Political,
    Skill,
    TeamKind,
)


def _counted(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    *,
    required: bool = False,
) -> Field:
    """A field that names nobody and goes up with the figures."""
    return Field(name, label, kind, required, travels=Travels.STATS, choices=choices)


def _own(
    name: str, label: str, kind: FieldKind = FieldKind.TEXT, *, private: bool = False
) -> Field:
    """A field that only a whole bundle carries."""
    return Field(name, label, kind, private=private, travels=Travels.FULL)


_REMARK = Field("remark", "备注", private=True, travels=Travels.NEVER)

VOLUNTEER_FIELDS: tuple[Field, ...] = (
    _counted("number", "志愿者编号"),
    _counted("resident", "居民档案", FieldKind.REFERENCE, required=True),
    _own("national_number", "全国志愿者编号", FieldKind.IDENTITY, private=True),
    _own("ethnicity", "民族"),
    Field("political", "政治面貌", FieldKind.CHOICE, required=True, choices=choices_of(Political)),
    _own("education", "文化程度"),
    _counted("skills", "技能特长", FieldKind.CHOICES, choices_of(Skill)),
    _counted("directions", "服务意向", FieldKind.CHOICES, choices_of(Direction)),
    _own("times_words", "可服务时段"),
    Field("health_note", "健康情况说明", private=True, sensitive=True, travels=Travels.NEVER),
    _own("emergency_name", "紧急联系人", private=True),
    _own("emergency_phone", "紧急联系人电话", FieldKind.PHONE, private=True),
    _own("guardian_consent", "监护人同意书", FieldKind.LIST, private=True),
    _own("insurance", "保险", FieldKind.LIST, private=True),
    _counted("registered_on", "注册日期", FieldKind.DAY),
    Field("disclose", "本人同意公示", FieldKind.FLAG),
    _own("trainings", "培训情况", FieldKind.LIST),
    _own("honours", "表彰奖励", FieldKind.LIST),
    _counted("state", "状态", FieldKind.CHOICE, choices_of(VolunteerState)),
    _counted("left_on", "退出日期", FieldKind.DAY),
    _own("left_reason", "退出原因", private=True),
    _counted("merged_into", "并入的志愿者", FieldKind.REFERENCE),
    _own("steps", "办理过程", FieldKind.LIST),
    _REMARK,
)

TEAM_FIELDS: tuple[Field, ...] = (
    _counted("number", "编号"),
    _counted("name", "队名", required=True),
    _counted("team_kind", "队伍类别", FieldKind.CHOICE, choices_of(TeamKind), required=True),
    _counted("organisation", "所属组织", required=True),
    _counted("leader", "队长", FieldKind.REFERENCE),
    _counted("deputy", "副队长", FieldKind.REFERENCE),
    _counted("founded_on", "成立日期", FieldKind.DAY, required=True),
    _counted("direction", "服务方向", FieldKind.CHOICES, choices_of(Direction), required=True),
    Field("direction_words", "服务方向说明"),
    _counted("compound", "小区", FieldKind.REFERENCE),
    _counted("disbanded_on", "解散日期", FieldKind.DAY),
    Field("disband_reason", "解散原因"),
    _own("steps", "办理过程", FieldKind.LIST),
    _REMARK,
)

MEMBERSHIP_FIELDS: tuple[Field, ...] = (
    _counted("team", "志愿队伍", FieldKind.REFERENCE, required=True),
    _counted("volunteer", "志愿者", FieldKind.REFERENCE, required=True),
    _counted("joined_on", "入队日期", FieldKind.DAY),
    _counted("left_on", "退队日期", FieldKind.DAY),
    _own("left_reason", "退队原因"),
    _counted("role", "职务", FieldKind.CHOICE, choices_of(MemberRole)),
)
