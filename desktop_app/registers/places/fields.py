"""The fields of places and of their links, each described once."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.registers.places.rules import CompoundType, PlaceKind

PLACE_FIELDS = (
    Field(
        "kind",
        "类别",
        FieldKind.CHOICE,
        required=True,
        travels=Travels.STATS,
        choices=choices_of(PlaceKind),
    ),
    Field("names", "名称", FieldKind.LIST, required=True, travels=Travels.STATS),
    Field("code", "编码", travels=Travels.STATS),
    Field("parent", "上级", FieldKind.REFERENCE, travels=Travels.STATS),
    Field("since", "起始日期", FieldKind.DAY, travels=Travels.STATS),
    Field("until", "截止日期", FieldKind.DAY, travels=Travels.STATS),
    Field(
        "compound_type",
        "小区类型",
        FieldKind.CHOICE,
        travels=Travels.STATS,
        choices=choices_of(CompoundType),
    ),
    Field("successor", "承接地点", FieldKind.REFERENCE, travels=Travels.STATS),
    Field("remark", "备注"),
)

LINK_FIELDS = (
    Field("place", "地点", FieldKind.REFERENCE, required=True, travels=Travels.STATS),
    Field("other", "关联地点", FieldKind.REFERENCE, required=True, travels=Travels.STATS),
    Field("since", "起始日期", FieldKind.DAY, travels=Travels.STATS),
    Field("until", "截止日期", FieldKind.DAY, travels=Travels.STATS),
    Field("remark", "备注"),
)
