"""Looking at requests: lists, one request, its history. Phones and doors are masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.core.figures import Counts, Span
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.rights import Right
from desktop_app.core.settings import MASK_TODAY
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.figures import counts
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.ledgers.requests.rules.steps import allowed
from desktop_app.registers.matters.service import categories
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents.search import find
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings

MOST_LISTED = 20_000
"""Four hundred pages; nobody reads more."""
_FOUND_AT_MOST = 200
MASKED_DOOR = "***"
"""Stands for unit and door: an address is shown down to the building."""


@dataclass(frozen=True, slots=True)
class History:
    """A request (masked) with all that belongs to it.

    `merged` are those that ended up in it, also by way of another, the residents of which wait for
    the same answer; `kept` is the one it was merged into itself. `entries` are the audit's lines on
    its number, the latest first. `evaluated` tells only that the resident has given an evaluation.
    """

    request: Request
    merged: tuple[Request, ...]
    kept: Request | None
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
    wanted: RequestFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[RequestLine]:
    """One page of the list; petitions stand in no list (信访工作条例)."""
    query, order = _query(desk, wanted or RequestFilter())
    with desk.reading(needs=Right.READ) as connection:
        return store.lines(connection, query, order, cursor, size=size)


def listed(desk: Desk, wanted: RequestFilter) -> tuple[Request, ...]:
    """Every request of a list, whole and masked, for paper: the earliest first, as a ledger is
    kept, or what is due first. Raises `UserError` for more than paper is good for."""
    query, order = _query(desk, wanted)
    with desk.reading(needs=Right.EXPORT) as connection:
        uids = [line.uid for line in store.lines(connection, query, order, size=MOST_LISTED).rows]
        found = store.SHELF.many(connection, uids)
    if len(uids) == MOST_LISTED:
        raise UserError(
            f"筛选出的诉求超过 {MOST_LISTED} 件，没有生成。",
            "请按月或按类别缩小范围，分几份生成。",
            field="from",
        )
    rows = [_masked(found[uid]) for uid in uids if uid in found]
    return tuple(rows if wanted.by_due_day else reversed(rows))


def _query(desk: Desk, wanted: RequestFilter) -> tuple[store.Query, Order]:
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


def get(desk: Desk, uid: Uid) -> Request:
    """One request with telephone number and door masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.SHELF.need(connection, uid))


def found(desk: Desk, uid: Uid) -> Request | None:
    """The same, or None: what points at a request may have come to the street before it."""
    with desk.reading(needs=Right.READ) as connection:
        request = store.SHELF.get(connection, uid)
    return None if request is None or request.deleted else _masked(request)


def came_of(desk: Desk, link: str, uids: Sequence[Uid]) -> tuple[Request, ...]:
    """The requests that came of these visits, activities or resolutions (`link` is one of
    `store.LINKS`), masked, the earliest first; petitions are not among them."""
    with desk.reading(needs=Right.READ) as connection:
        rows = store.linked(connection, link, uids)
    return tuple(_masked(request) for request in rows if not request.petition)


def history(desk: Desk, uid: Uid) -> History:
    """One request with all that belongs to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        request = store.SHELF.need(connection, uid)
        merged = store.merged_into(connection, uid)
        kept = None
        if request.merged_into is not None:
            kept = store.SHELF.get(connection, request.merged_into)
        lines = entries(connection, subject=request.number)
        evaluated = store.is_evaluated(connection, uid)
    return History(
        _masked(request),
        tuple(map(_masked, merged)),
        None if kept is None or kept.deleted else _masked(kept),
        allowed(request),
        evaluated,
        tuple(lines),
    )


def list_frame(desk: Desk) -> ListFrame:
    """What a list of requests shows beside its rows and offers to narrow them by."""
    with desk.reading(needs=Right.READ) as connection:
        mask_names = read_settings(connection)[MASK_TODAY]
        used = store.categories_in_use(connection)
    known = categories(desk)
    together = (*known, *(name for name in used if name not in known))
    return ListFrame(calendar(desk), together, mask_names, station_names(desk))


def figures_between(desk: Desk, first: date, last: date) -> Counts:
    """What `figures.FIGURES` and `figures.NOW_FIGURES` read their values from."""
    with desk.reading(needs=Right.READ) as connection:
        return counts(connection, Span(first, last, desk.today))


def reveal(desk: Desk, uid: Uid, field: str) -> str:
    """One masked field in full, as text; written to the audit with the request's number."""
    if field not in _PLAIN:
        raise UserError("这一项没有遮挡的内容。", "请直接查看诉求记录。", field=field)
    return read_out(desk, uid, field)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """Any private field in full, as text, logged like a reveal.

    For the command line, which hides every one of them: screens hide numbers only.
    """
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        request = store.SHELF.need(unit.connection, uid)
        unit.about(request.number, KIND.field(field).label)
    if field in _PLAIN:
        return _PLAIN[field](request)
    value = encode(getattr(request, field))
    return value if isinstance(value, str) else canonical(value)


def for_editing(desk: Desk, uid: Uid) -> Request:
    """The whole request for its correction form, logged like a reveal."""
    with desk.unit_of_work("打开诉求更正", needs=Right.REVEAL) as unit:
        request = store.SHELF.need(unit.connection, uid)
        unit.about(request.number)
    return request


def for_handing_over(desk: Desk, uid: Uid) -> Request:
    """A request as a slip to another body may tell it: without anything that names the resident,
    unless 居民同意提供 is written down (amendment 39); then whole, logged like a reveal."""
    with desk.reading(needs=Right.HANDLE) as connection:
        request = store.SHELF.need(connection, uid)
    if not request.consented:
        return nameless(request)
    with desk.unit_of_work("移交单提供身份信息", needs=Right.REVEAL) as unit:
        request = store.SHELF.need(unit.connection, uid)
        unit.about(request.number)
    return request


def nameless(request: Request) -> Request:
    """A request without anybody's name, phone, door or words."""
    return replace(
        request,
        resident=None,
        name="",
        phone="",
        building="",
        unit="",
        room="",
        summary="",
        result="",
        call_back="",
        remark="",
        steps=tuple(replace(step, words="") for step in request.steps),
    )


def _masked(request: Request) -> Request:
    return replace(
        request,
        phone=mask_phone(request.phone),
        unit="",
        room=MASKED_DOOR if request.unit or request.room else "",
    )


_PLAIN: dict[str, Callable[[Request], str]] = {
    "phone": lambda request: request.phone,
    "room": lambda request: "-".join(filter(None, (request.unit, request.room))),
}
