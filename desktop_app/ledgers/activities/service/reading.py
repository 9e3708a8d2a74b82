"""Looking at activities: lists, the month, one activity with its people, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.errors import UserError
from desktop_app.core.figures import Counts, Span
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import figures, store
from desktop_app.ledgers.activities.figures import Tally
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.rules.activity import Action, Activity, ActivityKind
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.counting import HeadCount, expected
from desktop_app.ledgers.activities.rules.entry import ActivityForm, form_of
from desktop_app.ledgers.activities.rules.listing import (
    ActivityFilter,
    ActivityLine,
    AttendanceFilter,
    AttendanceLine,
)
from desktop_app.ledgers.activities.rules.recording import missing
from desktop_app.ledgers.activities.rules.steps import allowed
from desktop_app.registers.people.service import is_alone
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who is on the sheet of an activity, phones masked, in the order they came onto it.

    `expected` is 应到; 实到 is `counts.present`.
    """

    activity: Activity
    rows: tuple[Attendance, ...]
    counts: HeadCount
    expected: int


@dataclass(frozen=True, slots=True)
class History:
    """An activity with its people, what may be done now, what is missing, and what was done.

    `missing` are the sentences that handing it in would be refused with; `entries` are the audit's
    lines on its number, the latest first.
    """

    activity: Activity
    counts: HeadCount
    expected: int
    allowed: tuple[Action, ...]
    missing: tuple[UserError, ...]
    entries: tuple[AuditEntry, ...]


def page(
    desk: Desk,
    wanted: ActivityFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ActivityLine]:
    """One page of the list, the latest activity on top."""
    wanted = wanted or ActivityFilter()
    wanted = replace(wanted, search=wanted.search.strip())
    zone = desk.database.zone
    # Where nobody else works, the community reviews through whoever is there.
    own = desk.actor.uid if wanted.to_review and not is_alone(desk) else None
    with desk.reading(needs=Right.READ) as connection:
        names = store.names_like(connection, wanted.search) if wanted.search else []
        query, order = store.narrowed(
            wanted,
            now=desk.database.clock.now(),
            since=zone.at(wanted.since) if wanted.since else None,
            until=zone.at(wanted.until + timedelta(days=1)) if wanted.until else None,
            names=names,
            not_by=own,
        )
        return store.lines(connection, query, order, cursor, size=size)


def month(desk: Desk, period: Period) -> tuple[ActivityLine, ...]:
    """Everything in a month (or another period), in its order, for the calendar."""
    return between(desk, period.first, period.last)


def between(desk: Desk, first: date, last: date) -> tuple[ActivityLine, ...]:
    """Everything that begins between two business dates, both included, in its order."""
    with desk.reading(needs=Right.READ) as connection:
        return tuple(store.between(connection, first, last))


def get(desk: Desk, uid: Uid) -> Activity:
    """One activity; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)


def found(desk: Desk, uids: Sequence[Uid]) -> tuple[Activity, ...]:
    """Several activities in this order; those that have not come to the street yet, or are gone,
    are left out."""
    with desk.reading(needs=Right.READ) as connection:
        known = store.SHELF.many(connection, uids)
    return tuple(known[uid] for uid in uids if uid in known and not known[uid].deleted)


def plan_of(desk: Desk, uid: Uid) -> ActivityForm:
    """The plan of an activity as its form shows it."""
    return form_of(get(desk, uid), desk.database.zone)


def history(desk: Desk, uid: Uid) -> History:
    """One activity with all that belongs to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        activity = store.SHELF.need(connection, uid)
        counts = store.head_counts(connection, [activity])[uid]
        lines = entries(connection, subject=activity.number)
    return History(
        activity,
        counts,
        expected(activity, counts),
        allowed(activity),
        tuple(missing(activity, counts)),
        tuple(lines),
    )


def attendance_of(desk: Desk, uid: Uid) -> Sheet:
    """The sheet of an activity."""
    with desk.reading(needs=Right.READ) as connection:
        activity = store.SHELF.need(connection, uid)
        rows = store.sheet(connection, uid)
        counts = store.head_counts(connection, [activity])[uid]
    shown = tuple(replace(row, phone=mask_phone(row.phone)) for row in rows)
    return Sheet(activity, shown, counts, expected(activity, counts))


def line(desk: Desk, uid: Uid) -> Attendance:
    """One line of a sheet, the phone masked."""
    with desk.reading(needs=Right.READ) as connection:
        row = store.ATTENDANCE_SHELF.need(connection, uid)
    return replace(row, phone=mask_phone(row.phone))


def attendance_page(
    desk: Desk,
    wanted: AttendanceFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[AttendanceLine]:
    """One page over all sheets, who came onto one last on top; phones are masked."""
    wanted = wanted or AttendanceFilter()
    wanted = replace(wanted, search=wanted.search.strip())
    with desk.reading(needs=Right.READ) as connection:
        found = store.attendance_lines(connection, wanted, cursor, size=size)
    return found.map(lambda one: replace(one, phone=mask_phone(one.phone)))


def attended_by(desk: Desk, files: Sequence[Uid], most: int = PAGE_SIZE) -> Page[AttendanceLine]:
    """What the person of these files (a merged one counts) took part in, the latest first."""
    return attendance_page(desk, AttendanceFilter(residents=tuple(files)), size=most)


def line_history(desk: Desk, uid: Uid) -> tuple[Attendance, Activity, tuple[AuditEntry, ...]]:
    """One line with its activity and the audit's lines on that activity."""
    with desk.reading(needs=Right.READ) as connection:
        row = store.ATTENDANCE_SHELF.need(connection, uid)
        activity = store.SHELF.need(connection, row.activity)
        lines = entries(connection, subject=activity.number)
    return replace(row, phone=mask_phone(row.phone)), activity, tuple(lines)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """A private field of a line in full; written to the audit with the activity's number."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        row = store.ATTENDANCE_SHELF.need(unit.connection, uid)
        about = store.SHELF.need(unit.connection, row.activity)
        unit.about(about.number, ATTENDANCE.field(field).label)
    return str(getattr(row, field))


def kinds(desk: Desk) -> tuple[str, ...]:
    """The kinds to choose from: the usual ones, then the station's own words in use."""
    usual = [kind.value for kind in ActivityKind]
    with desk.reading(needs=Right.READ) as connection:
        own = [kind for kind in store.kinds_in_use(connection) if kind not in usual]
    return (*usual, *own)


def figures_between(desk: Desk, first: date, last: date) -> Counts:
    """What `figures.FIGURES` read their values from."""
    with desk.reading(needs=Right.READ) as connection:
        return figures.counts(connection, Span(first, last, desk.today))


def by_kind(desk: Desk, first: date, last: date) -> tuple[Tally, ...]:
    """场次, 人次 and items solved of each kind between two business dates."""
    with desk.reading(needs=Right.READ) as connection:
        return figures.by_kind(connection, first, last)


def by_month(desk: Desk, first: date, last: date) -> tuple[Tally, ...]:
    """The same of each month that had any."""
    with desk.reading(needs=Right.READ) as connection:
        return figures.by_month(connection, first, last)
