"""The fields of a matter, each described once. All of it is public, so all of it travels."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.core.handling import Handling
from desktop_app.registers.matters.rules import LINES, PARAGRAPHS


def _line(name: str, *, required: bool = False) -> Field:
    return Field(name, LINES[name][0], required=required, travels=Travels.STATS)


def _paragraph(name: str) -> Field:
    return Field(name, PARAGRAPHS[name], travels=Travels.STATS)


FIELDS = (
    _line("code", required=True),
    _line("category", required=True),
    _line("name", required=True),
    Field(
        "handling",
        "办理方式",
        FieldKind.CHOICE,
        required=True,
        travels=Travels.STATS,
        choices=choices_of(Handling),
    ),
    Field("station_days", "本站时限（工作日）", FieldKind.NUMBER, travels=Travels.STATS),
    _line("department_days"),
    _line("office"),
    _line("address"),
    _line("phone"),
    _line("hours"),
    _paragraph("conditions"),
    Field("materials", "材料", FieldKind.LIST, travels=Travels.STATS),
    _paragraph("materials_note"),
    _paragraph("steps"),
    _line("fee"),
    _paragraph("basis"),
    _paragraph("help_note"),
    _paragraph("outside_reason"),
    Field("checked_on", "最后核对日期", FieldKind.DAY, travels=Travels.STATS),
    Field("active", "在用", FieldKind.FLAG, travels=Travels.STATS),
    _line("counter"),
    Field("petition", "信访渠道告知", FieldKind.FLAG, travels=Travels.STATS),
    Field("urgent", "紧急事项", FieldKind.FLAG, travels=Travels.STATS),
    Field("sort_order", "排列顺序", FieldKind.NUMBER, travels=Travels.STATS),
)
