"""责任清单 as a sheet: a row dispatches a problem to whoever is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import Plain
from desktop_app.core.ledger_spec import Adding
from desktop_app.core.plain_entry import Lookup
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.ledger.duties import DUTY_LEDGER
from desktop_app.ledgers.three_lists.ledger.shared import find_problem
from desktop_app.ledgers.three_lists.record import DUTIES as KIND
from desktop_app.ledgers.three_lists.sheet.offers import offer_numbers
from desktop_app.ledgers.three_lists.sheet.problems import LEVEL_WORDS, problem_numbers
from desktop_app.registers.partners.sheet import partner_names
from desktop_app.sheets.columns import (
    changing,
    columns_of,
    known_by,
    likes,
    only_written,
    referred,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells

_column = columns_of(KIND)


def _progress(told: Told) -> Out:
    return "\n".join(f"{one.day.isoformat()} {one.words}" for one in told.record.progress) or None


def _shape(cells: Cells) -> dict[str, Plain]:
    return without(cells, "number")


assert DUTY_LEDGER.adding is not None
_ADDING = DUTY_LEDGER.adding
_FORM = replace(_ADDING.form, not_here={}, aliases={})


def _same(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    if "problem" not in row:
        return None
    return find_problem(lookup, str(row["problem"])), row.get("person")


DUTIES_SHEET = SheetSpec(
    kind=KIND.name,
    title="责任清单",
    about="问题由谁在什么时限前解决，每行一条；问题要先在“问题清单”里，写编号。",
    columns=(
        _column("number", "number", CellKind.CODE, width=18),
        _column(
            "problem",
            "problem_number",
            CellKind.CODE,
            label="问题编号",
            out=referred("problem"),
            width=18,
            required=True,
        ),
        _column("offer", "", CellKind.CODE, label="资源编号", out=referred("offer"), width=18),
        _column("partner", "", out=referred("partner"), width=24),
        _column("unit", "responsible_unit", width=24, required=False),
        _column("person", "responsible", required=True),
        _column("person_phone", "responsible_phone", width=16),
        _column("helpers", "helpers", width=24),
        _column("level", "duty_level", synonyms=LEVEL_WORDS),
        _column("due", "due", required=True),
        _column("measures", "measures", CellKind.TEXT, width=36, required=True),
        _column("amount", "quantity"),
        only_written(KIND.field("progress"), out=_progress, width=36),
        only_written(KIND.field("result"), width=36),
        only_written(KIND.field("state")),
        only_written(KIND.field("proposed_on")),
        only_written(KIND.field("closed_on")),
        only_written(KIND.field("submitted_by_name")),
        only_written(KIND.field("reviewer_name")),
        _column("remark", "remark", CellKind.TEXT, width=30),
    ),
    keys=("number",),
    known=known_by(store.DUTY_SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _ADDING.enter),
    changing=changing(DUTY_LEDGER, store.DUTY_SHELF, wide_form(_ADDING.form, KIND)),
    like=likes(store.DUTY_SHELF, ("problem", "person"), _same, "同一问题、同一责任人"),
    told=telling(
        (problem_numbers, ("problem",)),
        (offer_numbers, ("offer",)),
        (partner_names, ("partner",)),
    ),
)
