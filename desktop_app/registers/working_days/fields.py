"""The fields of a changed working day, each described once."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels

FIELDS = (
    Field("day", "日期", FieldKind.DAY, required=True, travels=Travels.STATS),
    Field("is_workday", "上班", FieldKind.FLAG, required=True, travels=Travels.STATS),
    Field("reason", "原因", travels=Travels.STATS),
)
