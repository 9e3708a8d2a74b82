"""The fields of a 报到, each described once. Who it is says the resident's file."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.ledgers.party.rules.member import MemberState


def _counted(name: str, label: str, kind: FieldKind = FieldKind.TEXT) -> Field:
    """A field that names nobody and goes up with the figures."""
    return Field(name, label, kind, travels=Travels.STATS)


def _own(
    name: str, label: str, kind: FieldKind = FieldKind.TEXT, *, private: bool = False
) -> Field:
    """A field that only a whole bundle carries."""
    return Field(name, label, kind, private=private, travels=Travels.FULL)


FIELDS: tuple[Field, ...] = (
    _counted("number", "编号"),
    Field("resident", "居民档案", FieldKind.REFERENCE, required=True, travels=Travels.STATS),
    Field("unit", "工作单位", required=True),
    _own("unit_liaison", "单位联络员", private=True),
    _own("unit_phone", "单位电话", FieldKind.PHONE, private=True),
    Field("branch", "所在党组织"),
    _counted("reported_on", "报到日期", FieldKind.DAY),
    _counted("shown_on", "亮身份日期", FieldKind.DAY),
    Field("shown_how", "亮身份方式"),
    _own("specialities", "专长"),
    _own("wishes", "意向岗位"),
    _counted("pledged", "承诺数", FieldKind.NUMBER),
    _counted("kept", "已践诺", FieldKind.NUMBER),
    _own("pledges", "承诺事项", FieldKind.LIST),
    _own("feedbacks", "季度反馈", FieldKind.LIST),
    _counted("left_on", "转出日期", FieldKind.DAY),
    _own("left_reason", "转出原因"),
    Field(
        "state",
        "状态",
        FieldKind.CHOICE,
        travels=Travels.STATS,
        choices=choices_of(MemberState),
    ),
    _own("steps", "办理过程", FieldKind.LIST),
    Field("remark", "备注", private=True, travels=Travels.NEVER),
)
