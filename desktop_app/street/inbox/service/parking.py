"""暂存: records that could not be applied, and another try after an upgrade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop_app.bundle.lines import ChangeLine
from desktop_app.core.chain import PUT
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.parking import ParkedRecord, Reason
from desktop_app.street.inbox.service.ground import Ground, ground
from desktop_app.street.inbox.service.preparing import Preparing
from desktop_app.street.inbox.service.writing import Writing, Written
from desktop_app.street.inbox.store import aside, log
from desktop_app.street.overview.store import mark_dirty

DEED = "重试暂存"
_HOPELESS = frozenset({Reason.ERASED, Reason.MISSING})
"""Nothing but another bundle can help these."""


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A parked record as the list shows it: its kind in words, and why it is parked."""

    record: ParkedRecord
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Retried:
    """How many records went in, and how many are still parked."""

    applied: int
    parked: int


def parked(desk: Desk, station: str = "") -> list[ParkedLine]:
    """Everything that is parked, of one station or of all, the oldest first."""
    on = ground(desk)
    with desk.reading(needs=Right.READ) as connection:
        found = aside.parked(connection, station)
    return [ParkedLine(one, on.label(one.kind), _why(on, one)) for one in found]


def _why(on: Ground, one: ParkedRecord) -> str:
    shelf = on.shelves.get(one.kind)
    blamed = (
        [field.label for field in shelf.kind.fields if field.name == one.field] if shelf else []
    )
    return f"{one.reason.label}（{blamed[0]}）" if blamed else one.reason.label


def retry_parked(desk: Desk, *, job: Job | None = None) -> Retried:
    """Try every parked record again: after an upgrade, or when what stood in its way is gone."""
    on, work = ground(desk), job or Job(DEED)
    with desk.reading(needs=Right.RECEIVE) as connection:
        stations = sorted({one.station for one in aside.parked(connection)})
    before = after = 0
    for done, station in enumerate(stations):
        work.progress(done, len(stations))
        with desk.unit_of_work(DEED, needs=Right.RECEIVE) as unit:
            log.wait_for_turn(unit.connection)
            waiting = aside.parked(unit.connection, station)
            written = _retry(on, unit.connection, station, waiting, unit.now)
            mark_dirty(unit.connection, station, written.months)
            left = len(aside.parked(unit.connection, station))
            unit.about(station, f"{len(waiting) - left} 条收进台账，{left} 条仍暂存")
        before, after = before + len(waiting), after + left
    return Retried(before - after, after)


def _retry(
    on: Ground, connection: Any, station: str, waiting: Iterable[ParkedRecord], now: Any
) -> Written:
    writing = Writing(connection, station, on.kept, now)
    forms = log.Forms(connection)
    known: dict[int, int] = {}
    for one in waiting:
        if one.reason in _HOPELESS:
            continue
        item = Preparing(station, one.profile, on.kept, connection.dialect).item(_line(one))
        item.born = one.born
        if item.form is not None:
            known[one.n] = forms.number(item.form)
        writing.add(item)
    written = writing.finish({})
    still = {one.n for one in aside.parked(connection, station)}
    log.set_forms(connection, station, {n: form for n, form in known.items() if n not in still})
    return written


def _line(one: ParkedRecord) -> ChangeLine:
    return ChangeLine(
        one.n, b"", one.kind, one.uid, PUT, one.revision, one.version, one.at, dict(one.fields)
    )
