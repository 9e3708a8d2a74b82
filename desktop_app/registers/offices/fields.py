"""The fields of a station as its street knows it, each described once."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.registers.offices.rules import StationState

FIELDS = (
    Field("code", "站点编码", required=True, travels=Travels.STATS),
    Field("name", "站点名称", required=True, travels=Travels.STATS),
    Field("since", "起始日期", FieldKind.DAY, required=True, travels=Travels.STATS),
    Field("until", "截止日期", FieldKind.DAY, travels=Travels.STATS),
    Field(
        "state",
        "状态",
        FieldKind.CHOICE,
        choices=choices_of(StationState),
        travels=Travels.STATS,
    ),
    Field("successor", "承接站点", travels=Travels.STATS),
    Field("origin", "分出自", travels=Travels.STATS),
    Field("moved_to", "迁往", travels=Travels.STATS),
    Field("earlier_names", "曾用名称", FieldKind.LIST, travels=Travels.STATS),
    Field("note", "备注", travels=Travels.NEVER),
)
