"""吹哨 at the street: what stations escalated, and the answers that go down with the receipts.

An answer stands in a table of the street's own, because records belong to their stations and only
they change them. Every receipt brings the answers that the station's own record does not show yet.
When a person is forgotten at the station, the words of our answers to that request go with the next
bundle, whether or not they name somebody: nobody here can tell. That there was one stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.offices.service.edition import needs_street
from desktop_app.registers.places.service import directory
from desktop_app.storage.drafts import drop_draft, load_draft, save_draft
from desktop_app.storage.session import Desk
from desktop_app.street.whistles import store
from desktop_app.street.whistles.rules import (
    Given,
    Way,
    Whistle,
    checked,
    in_order,
    refuse_unless_answerable,
)

WHISTLES = "whistles"
"""The name under which answers are told to pages; they are no kind of record."""

MOST_WAITING = 500
MOST_OTHERS = 200
"""How many that go on are listed beside those that wait; the ledger of requests lists them all."""


@dataclass(frozen=True, slots=True)
class Whistles:
    """What the list shows, and the stations it can be narrowed to. `waiting` counts those of all
    stations that nobody has answered; `more`: there are older ones that are not among these."""

    listed: tuple[Whistle, ...]
    waiting: int
    more: bool
    stations: StationNames


def whistles(desk: Desk, station: str = "") -> Whistles:
    """The escalated requests of all stations or of one: those without an answer first, the longest
    first; then those that go on, the latest first. Raises `UserError` at a station."""
    needs_street(desk.database.station, "答复吹哨")
    names = station_names(desk)
    with desk.reading(needs=Right.READ) as connection:
        found = store.waiting(connection, station, MOST_WAITING)
        later = store.others(connection, station, MOST_OTHERS + 1)
        records = [*found, *later[:MOST_OTHERS]]
        given = store.given_to(connection, [one.uid for one in records])
        count = store.count_waiting(connection)
    listed = in_order(_whistles(desk, records, given, names))
    return Whistles(tuple(listed), count, len(later) > MOST_OTHERS, names)


def whistle(desk: Desk, station: str, uid: Uid) -> Whistle:
    """One of them. Raises `UserError` when the street has no such request of that station."""
    needs_street(desk.database.station, "答复吹哨")
    with desk.reading(needs=Right.READ) as connection:
        record = _need(store.of_request(connection, station, uid), station)
        given = store.given_to(connection, [uid])
    return _whistles(desk, [record], given, station_names(desk))[0]


def answer(
    desk: Desk, station: str, request_uid: Uid, words: str, *, seen: Uid | None = None
) -> Changed[Whistle]:
    """Answer a 吹哨, or change the answer for as long as the station has not taken it in.

    `seen` is the uid of the answer that was shown, where one was to be changed: somebody else's
    newer one raises `Conflict`. Raises `UserError` when there is nothing to answer, or too late.
    """
    needs_street(desk.database.station, "答复吹哨")
    with desk.unit_of_work("答复吹哨", needs=Right.RECEIVE) as unit:
        record = _need(store.of_request(unit.connection, station, request_uid), station)
        before = _of_now(record, store.given_to(unit.connection, [request_uid]))
        refuse_unless_answerable(Whistle(record, before))
        if seen is not None and (before is None or before.uid != seen):
            raise Conflict("答复")
        assert record.escalated is not None, "else it is refused"
        given = Given(
            station=station,
            request=request_uid,
            asked=record.escalated.at,
            uid=unit.new_uid(),
            # A clock that was set back never makes the newer answer the older one.
            at=unit.now if before is None else Millis(max(unit.now, before.at + 1)),
            by=unit.actor.name,
            words=checked(words),
            way=Way.SENT,
        )
        if before is not None and before.words == given.words:
            raise UserError("答复内容没有变，没有改动。", "请改好再保存。", field="words")
        store.put(unit.connection, given, record.revision)
        unit.about(record.number or request_uid.hex, "更改答复" if before else "")
    value = _whistles(desk, [record], [given], station_names(desk))[0]
    return Changed(frozenset({WHISTLES}), (request_uid,), value)


def _of_now(record: Request, several: Iterable[Given]) -> Given | None:
    """The answer to the request's present 吹哨; earlier ones were to something else."""
    raised = record.escalated
    return next((one for one in several if raised and one.asked == raised.at), None)


def _whistles(
    desk: Desk, records: Iterable[Request], several: Iterable[Given], names: StationNames
) -> list[Whistle]:
    by_request: dict[Uid, list[Given]] = {}
    for one in several:
        by_request.setdefault(one.request, []).append(one)
    where = _places(desk)
    return [
        Whistle(
            _without_person(record),
            _of_now(record, by_request.get(record.uid, [])),
            names.of(record.station),
            where(record),
        )
        for record in records
    ]


def _places(desk: Desk) -> Callable[[Request], str]:
    known = directory(desk)

    def where(record: Request) -> str:
        """The names from the community down, and the building."""
        names = () if record.compound is None else known.names_on(record.compound, record.day)
        return " ".join([*names[-2:], record.building]).strip()

    return where


def _without_person(record: Request) -> Request:
    """What answering needs not: who it is."""
    return replace(record, name="", phone="", unit="", room="", summary="", steps=(), photos=())


def _need(record: Request | None, station: str) -> Request:
    if record is None:
        raise UserError(
            f"没有找到 {station} 的这次吹哨，没有改动。",
            "可能已被站点撤销；请刷新列表，或用 jinlin street whistles 查看。",
            field="uid",
        )
    return record


# --- half-written answers -------------------------------------------------------------------------

_DRAFT = "whistle-answers"


def half_written(desk: Desk) -> dict[str, str]:
    """The answers that this operator has begun and not given, by the names the page gave them."""
    desk.actor.require(Right.READ)
    if desk.actor.uid is None:
        return {}
    found = load_draft(desk.database, desk.actor.uid, _DRAFT) or {}
    return {str(key): words for key, words in found.items() if isinstance(words, str)}


def keep_half_written(desk: Desk, begun: Mapping[str, str]) -> None:
    """Remember them; none forgets."""
    desk.actor.require(Right.RECEIVE)
    if desk.actor.uid is None:
        return
    if begun:
        save_draft(desk.database, desk.actor.uid, _DRAFT, dict(begun))
    else:
        drop_draft(desk.database, desk.actor.uid, _DRAFT)
