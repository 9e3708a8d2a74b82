"""问题清单 as a sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.ledger.problems import PROBLEM_LEDGER
from desktop_app.ledgers.three_lists.record import PROBLEMS as KIND
from desktop_app.ledgers.three_lists.rules.problem import AffectedUnit, ProblemState
from desktop_app.registers.places.sheet import place_names
from desktop_app.sheets.columns import (
    changing,
    columns_of,
    day_of,
    known_by,
    likes,
    noted,
    only_written,
    referred,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Connection, SheetSpec
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_SOURCE_WORDS = (
    ("居民反映", Source.VISIT), ("上门", Source.VISIT), ("电话", Source.CALL),
    ("网格", Source.GRID), ("走访", Source.GRID), ("入户走访", Source.HOME),
    ("网上", Source.ONLINE), ("平台", Source.ONLINE), ("议事会", Source.MEETING),
    ("联席会", Source.MEETING), ("会议", Source.MEETING), ("治理指导员", Source.ADVISOR),
    ("上级", Source.SUPERIOR), ("上级转办", Source.SUPERIOR),
)  # fmt: skip
URGENCY_WORDS = (
    ("普通", Urgency.NORMAL), ("急", Urgency.URGENT), ("特急", Urgency.URGENT),
    ("高", Urgency.URGENT), ("中", Urgency.SOON), ("低", Urgency.NORMAL),
)  # fmt: skip
LEVEL_WORDS = (
    ("楼栋", Level.BUILDING), ("小区", Level.BRANCH), ("网格", Level.BRANCH),
    ("小区党支部", Level.BRANCH), ("党支部", Level.BRANCH), ("社区", Level.COMMUNITY),
    ("街道", Level.STREET), ("区", Level.DISTRICT), ("区级", Level.DISTRICT),
)  # fmt: skip
_STATE_WORDS = (
    ("入单", ProblemState.LISTED), ("已入单", ProblemState.LISTED),
    ("认领", ProblemState.CLAIMED), ("办理中", ProblemState.CLAIMED),
    ("已解决", ProblemState.CLOSED), ("已办结", ProblemState.CLOSED),
    ("销号", ProblemState.CLOSED), ("完成", ProblemState.CLOSED),
)  # fmt: skip
_LISTED = frozenset({ProblemState.LISTED, ProblemState.CLAIMED})


def problem_numbers(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Problems by their numbers, as the other lists refer to them."""
    return dict(store.PROBLEM_SHELF.parts(connection, ("uid", "number"), "uid", uids))


def _shape(cells: Cells) -> dict[str, Plain]:
    return without(cells, "number")


assert PROBLEM_LEDGER.adding is not None
_ADDING = PROBLEM_LEDGER.adding
_FORM = replace(wide_form(_ADDING.form, KIND), required=frozenset({"description"}), aliases={})


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    """What is on the list already is listed; how it ended only evidence can say."""
    told = given(values)
    state = told.pop("state", None)
    if state == ProblemState.CLOSED:
        noted(told, "原清单状态", [ProblemState.CLOSED.label])
    told.setdefault("category", "其他")
    allowed = {field.name for field in _ADDING.form.fields}
    told = {name: value for name, value in told.items() if name in allowed}
    return _ADDING.enter(unit, desk, {**told, "listed": state in _LISTED})


def _same(_lookup: Lookup, row: Cells) -> Sequence[object]:
    return day_of(row, "raised_on"), row.get("description")


PROBLEMS_SHEET = SheetSpec(
    kind=KIND.name,
    title="问题清单",
    about="居民反映和摸排的问题，每行一个。已入单的直接列入清单；销号要在程序里凭佐证办理。",
    columns=(
        _column("number", "number", CellKind.CODE, width=18),
        _column("raised_on", "raised_on", words=("日期",), required=False),
        _column("source", "source", synonyms=_SOURCE_WORDS, required=False),
        _column("compound", "compound", out=referred("compound"), width=16),
        _column("building", "building", CellKind.CODE, width=8),
        _column("grid", "grid", out=referred("grid"), width=16),
        _column("category", "category", width=14, required=False),
        _column("description", "problem", CellKind.TEXT, width=40, required=True),
        _column("affected", "people"),
        _column(
            "affected_unit",
            synonyms=(("户数", AffectedUnit.HOUSEHOLDS), ("人数", AffectedUnit.PEOPLE)),
        ),
        _column("urgency", "urgency", synonyms=URGENCY_WORDS, required=False),
        _column("raiser", "raiser", mask=mask_name),
        _column("raiser_phone", "raiser_phone", width=16),
        only_written(KIND.field("repeated")),
        _column("level", "duty_level", synonyms=LEVEL_WORDS),
        _column("wanted_by", "due"),
        _column("state", "state", synonyms=_STATE_WORDS),
        only_written(KIND.field("listed_on")),
        only_written(KIND.field("closed_on")),
        only_written(KIND.field("registered_by_name")),
        only_written(KIND.field("late_entry")),
        _column("remark", "remark", CellKind.TEXT, width=30),
    ),
    keys=("number",),
    known=known_by(store.PROBLEM_SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=changing(PROBLEM_LEDGER, store.PROBLEM_SHELF, wide_form(_ADDING.form, KIND)),
    like=likes(store.PROBLEM_SHELF, ("raised_on", "description"), _same, "同一天、同一描述"),
    told=telling((place_names, ("compound", "grid"))),
)
