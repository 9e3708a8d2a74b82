"""The rows behind the board: problems that nobody has claimed, what is closed, and every duty under
way with its problem. Never commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.origin import Urgency
from desktop_app.ledgers.three_lists.rules.board import BoardFilter, Card, CardKind
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.ledgers.three_lists.tables import DUTY, LIVE_DUTY, PROBLEM

_URGENCIES = {one.value: one for one in Urgency}
_DUTY_STATES = {one.value: one for one in DutyState}
_PROBLEM_STATES = {one.value: one for one in ProblemState}

_P, _D = PROBLEM.c, DUTY.c
_WAITING = sa.text("problem.deleted_at IS NULL AND problem.state IN ('raised', 'listed')")
_CLOSED = sa.text("problem.deleted_at IS NULL AND problem.state = 'closed'")
# Of its own, so that the condition names the columns of no other table and fits the index.
_LIVE = sa.select(
    *(_D[name] for name in ("uid", "revision", "number", "problem", "unit", "person", "due")),
    *(_D[name] for name in ("state", "category", "compound", "proposed_by", "station")),
).where(sa.text(LIVE_DUTY)).subquery("live")  # fmt: skip
_PROBLEMS = sa.select(
    _P.uid,
    _P.revision,
    _P.number,
    _P.description,
    _P.compound,
    _P.wanted_by,
    _P.urgency,
    _P.state,
    _P.station,
)
_DUTIES = sa.select(
    _LIVE.c.uid,
    _LIVE.c.revision,
    _LIVE.c.number,
    _P.description,
    _LIVE.c.compound,
    _LIVE.c.unit,
    _LIVE.c.person,
    _LIVE.c.due,
    _P.urgency,
    _LIVE.c.state,
    _LIVE.c.station,
).select_from(_LIVE.outerjoin(PROBLEM, _P.uid == _LIVE.c.problem))

PlaceName = Callable[[Uid | None], str]


def cards(
    connection: sa.Connection,
    wanted: BoardFilter,
    *,
    today: date,
    closed_since: date,
    me: tuple[Uid | None, str],
    place: PlaceName,
) -> Iterator[Card]:
    """Every card of the board. `me` is the operator at the desk, `place` the name of a 小区."""
    if not wanted.units:
        closed = _PROBLEMS.where(_CLOSED, _P.closed_on >= closed_since)
        for query in (_PROBLEMS.where(_WAITING), closed):
            for row in connection.execute(query.where(*_problems_wanted(wanted, me))):
                yield _problem_card(row, today, place)
    for duty in connection.execute(_DUTIES.where(*_duties_wanted(wanted, me))):
        yield _duty_card(duty, today, place)


def _problems_wanted(wanted: BoardFilter, me: tuple[Uid | None, str]) -> list[Any]:
    found = [] if not wanted.mine else [_mine(_P.registered_by, _P.registered_by_name, me)]
    return [
        *found,
        *_several(_P.station, wanted.stations),
        *_several(_P.compound, wanted.compounds),
        *_several(_P.category, wanted.categories),
        *_several(_P.source, wanted.sources),
    ]


def _duties_wanted(wanted: BoardFilter, me: tuple[Uid | None, str]) -> list[Any]:
    found: list[Any] = []
    if wanted.mine:
        own = [_mine(_P.registered_by, _P.registered_by_name, me), _LIVE.c.person == me[1]]
        found = [sa.or_(*own, *([] if me[0] is None else [_LIVE.c.proposed_by == me[0]]))]
    return [
        *found,
        *_several(_LIVE.c.station, wanted.stations),
        *_several(_LIVE.c.unit, wanted.units),
        *_several(_LIVE.c.compound, wanted.compounds),
        *_several(_LIVE.c.category, wanted.categories),
        *_several(_P.source, wanted.sources),
    ]


def _mine(by: Any, name: Any, me: tuple[Uid | None, str]) -> Any:
    return name == me[1] if me[0] is None else by == me[0]


def _several(column: Any, values: tuple[Any, ...]) -> list[Any]:
    return [column.in_(values)] if values else []


def _problem_card(row: Any, today: date, place: PlaceName) -> Card:
    state = _PROBLEM_STATES[row.state]
    late = state is not ProblemState.CLOSED and row.wanted_by is not None and row.wanted_by < today
    return Card(
        CardKind.PROBLEM,
        row.uid,
        row.revision,
        row.number,
        row.description,
        place(row.compound),
        "",
        row.wanted_by,
        late,
        _URGENCIES[row.urgency],
        state,
        row.station,
    )


def _duty_card(row: Any, today: date, place: PlaceName) -> Card:
    return Card(
        CardKind.DUTY,
        row.uid,
        row.revision,
        row.number,
        row.description or "",
        place(row.compound),
        f"{row.unit} {row.person}".strip(),
        row.due,
        row.due < today,
        _URGENCIES.get(row.urgency, Urgency.NORMAL),
        _DUTY_STATES[row.state],
        row.station,
    )
