"""The sheet of the 事项目录."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.core.codec import Plain
from desktop_app.core.handling import OLDER_WORDS
from desktop_app.core.plain_entry import Lookup
from desktop_app.registers.matters import store
from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.register import MATTERS
from desktop_app.registers.matters.rules import Material, MaterialForm
from desktop_app.sheets.columns import changing, columns_of, known_by, likes, wide_form
from desktop_app.sheets.spec import CellKind, Out, SheetSpec, Told, Values

_column = columns_of(KIND)
_FORMS = {form.label: form for form in MaterialForm}
_MATERIAL = re.compile(r"(.+?)(?:（([^（）]*)）)?")
_COPIES = re.compile(r"([0-9]{1,3})份")


def _written(material: Material) -> str:
    parts = [] if material.form is MaterialForm.UNSTATED else [material.form.label]
    if material.copies != 1:
        parts.append(f"{material.copies}份")
    return f"{material.name}（{'，'.join(parts)}）" if parts else material.name


def _materials(told: Told) -> Out:
    return "\n".join(map(_written, told.record.materials)) or None


def _read(line: str) -> dict[str, Plain]:
    """One line as `_written` writes it; brackets that say something else belong to the name."""
    found = _MATERIAL.fullmatch(line)
    parts = found[2].split("，") if found and found[2] else []
    if found is None or not all(part in _FORMS or _COPIES.fullmatch(part) for part in parts):
        return {"name": line}
    told: dict[str, Plain] = {"name": found[1]}
    for part in parts:
        copies = _COPIES.fullmatch(part)
        told |= {"copies": int(copies[1])} if copies else {"form": _FORMS[part].value}
    return told


def _shape(cells: Values) -> dict[str, Plain]:
    values = dict(cells)
    if "materials" in values:
        lines = re.split(r"[\n；;]+", str(values["materials"]))
        values["materials"] = [_read(line.strip()) for line in lines if line.strip()]
    return values


def _same(_lookup: Lookup, row: Values) -> Sequence[object]:
    return row.get("name"), row.get("category")


assert MATTERS.adding is not None
SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="事项目录",
        about="本站受理和引导的事项，每行一项，写明时限、材料和办理单位。",
        columns=(
            _column("code", "code", CellKind.CODE),
            _column("category", "category", width=16, required=True),
            _column("name", "matter_name", width=28, required=True),
            _column("handling", "handling", synonyms=tuple(OLDER_WORDS.items()), required=True),
            _column("station_days", "limit_days"),
            _column("department_days", width=20),
            _column("office", width=20),
            _column("address", width=24),
            _column("phone", width=18),
            _column("hours", width=20),
            _column("conditions", "conditions", CellKind.TEXT, width=30),
            _column("materials", "materials", CellKind.TEXT, out=_materials, width=36),
            _column("materials_note", "", CellKind.TEXT, width=30),
            _column("steps", "procedure", CellKind.TEXT, width=30),
            _column("fee", "fee"),
            _column("basis", "basis", CellKind.TEXT, width=30),
            _column("help_note", "", CellKind.TEXT, width=30),
            _column("outside_reason", "", CellKind.TEXT, width=24),
            _column("checked_on"),
            _column("active"),
            _column("counter"),
            _column("petition"),
            _column("urgent"),
            _column("sort_order"),
        ),
        keys=("code",),
        known=known_by(store.SHELF),
        shape=_shape,
        changing=changing(MATTERS, store.SHELF, wide_form(MATTERS.adding.form, KIND)),
        like=likes(store.SHELF, ("name", "category"), _same, "类别和名称相同", ("code", "name")),
    ),
)
