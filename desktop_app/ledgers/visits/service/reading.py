"""Looking at visits: lists, one visit, its history. Phones and doors are masked until revealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.rights import Right
from desktop_app.core.settings import MASK_TODAY
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.figures import Counts, Span, counts, counts_of_day
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.listing import UsualMatter, VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.steps import allowed
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.registers.matters.service import categories
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents.search import find
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings

MOST_LISTED = 20_000
"""Four hundred pages; nobody reads more, and a year of the busiest hall comes in parts."""
USUAL_DAYS = 60
USUAL_SHOWN = 8
_FOUND_AT_MOST = 200
MASKED_DOOR = "***"
"""Stands for unit and door: an address is shown down to the building."""


@dataclass(frozen=True, slots=True)
class History:
    """A visit (masked), the other matters of its batch, what may be done now, and what was done.

    `entries` are the audit's lines on its number, the latest first. `evaluated` tells only that the
    resident has given an evaluation, never which.
    """

    visit: Visit
    batch: tuple[Visit, ...]
    allowed: tuple[Action, ...]
    evaluated: bool
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class ListFrame:
    """The calendar limits are counted by, the categories in use, and whether names are masked.

    `stations` are the names of a street's stations; a station has none.
    """

    calendar: WorkCalendar
    categories: tuple[str, ...]
    mask_names: bool
    stations: StationNames


def page(
    desk: Desk,
    wanted: VisitFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[VisitLine]:
    """One page of the list; petitions stand in no list (信访工作条例)."""
    query, order = _query(desk, wanted or VisitFilter())
    with desk.reading(needs=Right.READ) as connection:
        return store.lines(connection, query, order, cursor, size=size)


def listed(desk: Desk, wanted: VisitFilter) -> tuple[Visit, ...]:
    """Every visit of a list, whole and masked, for paper: the earliest first, as a ledger is kept,
    or what is due first. Raises `UserError` for more than paper is good for."""
    query, order = _query(desk, wanted)
    with desk.reading(needs=Right.EXPORT) as connection:
        uids = [line.uid for line in store.lines(connection, query, order, size=MOST_LISTED).rows]
        found = store.SHELF.many(connection, uids)
    if len(uids) == MOST_LISTED:
        raise UserError(
            f"筛选出的来访超过 {MOST_LISTED} 件，没有生成。",
            "请按月或按类别缩小范围，分几份生成。",
            field="from",
        )
    rows = [_masked(found[uid]) for uid in uids if uid in found]
    return tuple(rows if wanted.by_due_day else reversed(rows))


def _query(desk: Desk, wanted: VisitFilter) -> tuple[store.Query, Order]:
    people: tuple[Uid, ...] = ()
    if text := wanted.search.strip():
        wanted = replace(wanted, search=text)
        people = tuple(line.uid for line in find(desk, text, limit=_FOUND_AT_MOST).people)
    zone = desk.database.zone
    return store.narrowed(
        wanted,
        today=desk.today,
        since=zone.at(wanted.since) if wanted.since else None,
        until=zone.at(wanted.until + timedelta(days=1)) if wanted.until else None,
        residents=people,
    )


def today(desk: Desk, cursor: str | None = FIRST, *, size: int = PAGE_SIZE) -> Page[VisitLine]:
    """The visits of this business date, the latest first."""
    return page(desk, VisitFilter(since=desk.today, until=desk.today), cursor, size=size)


def get(desk: Desk, uid: Uid) -> Visit:
    """One visit with telephone numbers and door masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.SHELF.need(connection, uid))


def found(desk: Desk, uid: Uid) -> Visit | None:
    """The same, or None: what a visit points at may not have come to the street yet."""
    with desk.reading(needs=Right.READ) as connection:
        visit = store.SHELF.get(connection, uid)
    return None if visit is None or visit.deleted else _masked(visit)


def history(desk: Desk, uid: Uid) -> History:
    """One visit with all that belongs to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        visit = store.SHELF.need(connection, uid)
        batch = store.of_batch(connection, visit.batch)
        # The audit names a batch by the number of its first matter.
        lines = entries(connection, subject=visit.number)
        if not visit.leads and batch:
            lines = sorted(
                [*lines, *entries(connection, subject=batch[0].number)],
                key=lambda entry: -entry.n,
            )
        evaluated = store.is_evaluated(connection, uid)
    return History(
        _masked(visit), tuple(map(_masked, batch)), allowed(visit), evaluated, tuple(lines)
    )


def list_frame(desk: Desk) -> ListFrame:
    """What a list of visits shows beside its rows and offers to narrow them by."""
    with desk.reading(needs=Right.READ) as connection:
        mask_names = read_settings(connection)[MASK_TODAY]
    names = station_names(desk)
    return ListFrame(calendar(desk), tuple(categories(desk)), mask_names, names)


def day_counts(desk: Desk) -> Counts:
    """Everything that is counted, of today."""
    return figures_between(desk, desk.today, desk.today)


def counter_counts(desk: Desk) -> Counts:
    """Today's figures for the front desk: registered, people, open, overdue, due today.

    Nothing of evaluations: the counter is where their givers stand.
    """
    with desk.reading(needs=Right.READ) as connection:
        return counts_of_day(connection, desk.today)


def figures_between(desk: Desk, first: date, last: date) -> Counts:
    """What `figures.FIGURES` and `figures.NOW_FIGURES` read their values from."""
    with desk.reading(needs=Right.READ) as connection:
        return counts(connection, Span(first, last, desk.today))


def reveal(desk: Desk, uid: Uid, field: str) -> str:
    """One masked field in full, as text; written to the audit with the visit's number."""
    if field not in _PLAIN:
        raise UserError("这一项没有遮挡的内容。", "请直接查看来访记录。", field=field)
    return read_out(desk, uid, field)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """Any private field in full, as text, logged like a reveal.

    For the command line, which hides every one of them: screens hide numbers only.
    """
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        visit = store.SHELF.need(unit.connection, uid)
        unit.about(visit.number, KIND.field(field).label)
    if field in _PLAIN:
        return _PLAIN[field](visit)
    value = encode(getattr(visit, field))
    return value if isinstance(value, str) else canonical(value)


def for_editing(desk: Desk, uid: Uid) -> Visit:
    """The whole visit for its correction form, logged like a reveal."""
    with desk.unit_of_work("打开来访更正", needs=Right.REVEAL) as unit:
        visit = store.SHELF.need(unit.connection, uid)
        unit.about(visit.number)
    return visit


def usual_matters(desk: Desk, most: int = USUAL_SHOWN) -> list[UsualMatter]:
    """The matters registered most often here in the last 60 days, the most frequent first."""
    since = desk.today - timedelta(days=USUAL_DAYS)
    with desk.reading(needs=Right.READ) as connection:
        return store.usual_matters(connection, since, most)


def clock_doubt(desk: Desk) -> str | None:
    """A sentence when the PC's date cannot be right, for a banner; None when it may be.

    A dead clock battery gives a date years back. It is asked, not decided: an earlier wrong clock
    may have written a visit into the future.
    """
    with desk.reading(needs=Right.READ) as connection:
        latest = store.latest_visit(connection)
    if latest is None or desk.today >= desk.database.zone.day(latest):
        return None
    return _doubt(desk.today, desk.database.zone.day(latest))


def _doubt(today: date, last: date) -> str:
    return (
        f"电脑的日期是{today.isoformat()}，比最近一次登记（{last.isoformat()}）还早。"
        "请先校正电脑的日期再登记。"
    )


def _masked(visit: Visit) -> Visit:
    agent = visit.agent
    return replace(
        visit,
        phone=mask_phone(visit.phone),
        unit="",
        room=MASKED_DOOR if visit.unit or visit.room else "",
        agent=agent and replace(agent, phone=mask_phone(agent.phone)),
        representatives=tuple(
            replace(one, phone=mask_phone(one.phone)) for one in visit.representatives
        ),
    )


_PLAIN: dict[str, Callable[[Visit], str]] = {
    "phone": lambda visit: visit.phone,
    "room": lambda visit: "-".join(filter(None, (visit.unit, visit.room))),
    "agent": lambda visit: visit.agent.phone if visit.agent else "",
    "representatives": lambda visit: "、".join(
        f"{one.name} {one.phone}".strip() for one in visit.representatives
    ),
}
