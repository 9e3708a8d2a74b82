"""The street of a demo: its home, and the weeks in which its stations join and report.

What a station asks and sends comes through a `Post`; where the stations live and who brings their
files knows whoever makes the demo. Requests are accepted and bundles taken in as they always are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.job import Job
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.core.settings import ADDRESS, CONTROLLER, ISSUER, PASSWORD_DAYS, SERVICE_PHONE
from desktop_app.registers.offices import service as offices
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator, Role
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.settings import write_setting
from desktop_app.storage.slot_keeper import SlotKeeper
from desktop_app.street.demo.rules import Dealings
from desktop_app.street.inbox.service import take_in
from desktop_app.street.overview.service import bring_up_to_date

ROLES = (Role.LEAD, Role.CLERK, Role.CLERK, Role.AUDITOR)
"""Who works at the street, the first being there from the beginning."""

_OPENS = 9 * 60 + 20
_EVERY = 7


class Post(Protocol):
    """Brings what stations send, one after the other, and takes the answers back."""

    def request(self, code: str) -> bytes:
        """The file with which a station asks to join."""
        ...

    def bundle(self, code: str) -> Sequence[Path]:
        """Where the next bundle of a station lies, and the photos that go with it."""
        ...

    def welcome(self, code: str, content: bytes) -> None:
        """Take the street's answer to a request."""
        ...

    def receipt(self, code: str, path: Path) -> None:
        """Take the street's receipt for a bundle."""
        ...


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the street has after these weeks: bundles taken in and records that it parked."""

    bundles: int
    parked: int


def furnish(database: Database, keeper: SlotKeeper, lead: Operator, names: Sequence[str]) -> None:
    """Fill the new database of a street: who works there, and the particulars on its papers."""
    desk = Desk(database, people.actor_of(lead, at_street=True))
    for name, role in zip(names[1:], ROLES[1:], strict=False):
        people.add_operator(
            desk,
            keeper,
            name=name,
            role=role,
            password=DEMO_PASSWORD,
            must_change=False,
            demo=True,
        )
    program = Desk(database, PROGRAM)
    office = f"{database.station.name}办事处"
    with program.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, ISSUER, office)
        write_setting(unit, CONTROLLER, office)
        write_setting(unit, SERVICE_PHONE, "2000100")
        write_setting(unit, ADDRESS, f"{office}（演示）")
        write_setting(unit, PASSWORD_DAYS, 0)


def invite(desk: Desk) -> bytes:
    """The invitation that every station gets."""
    return offices.invite(desk).content


Sit = Callable[[], AbstractContextManager[Desk]]
"""Somebody signs in at the street, as its clock stands."""


def weeks(
    sit: Sit, clock: FixedClock, stations: Sequence[Dealings], post: Post, receipts: Path, job: Job
) -> TakenIn:
    """Live through the weeks: accept who asks, take in what comes; answers go back by the post.

    `clock` is the street's, `receipts` the folder for its receipts. Raises `Cancelled` between two
    files, and `RuntimeError` when a bundle is not taken in.
    """
    found = _Weeks(post, receipts)
    by_day: dict[object, list[_Event]] = {}
    zone = Zone()
    for event in sorted(_events(stations, zone)):
        by_day.setdefault(zone.day(event.at), []).append(event)
    for events in by_day.values():
        clock.set(Millis(events[0].at - 5 * 60_000))
        with sit() as desk:
            for event in events:
                job.check()
                clock.set(event.at)
                found.live(desk, event)
    return TakenIn(found.bundles, found.parked)


def count(desk: Desk) -> None:
    """Have the figures counted, so that the first look at them need not wait."""
    bring_up_to_date(desk, Job("计数"))


@dataclass(frozen=True, order=True)
class _Event:
    """A station's file comes: its request to join, or a bundle."""

    at: Millis
    code: str
    joins: bool


def _events(stations: Sequence[Dealings], zone: Zone) -> list[_Event]:
    found = []
    for one in stations:
        minute = _OPENS + one.slot * _EVERY
        found.append(_Event(zone.at(one.asks, *divmod(minute, 60)), one.code, joins=True))
        for report in one.reports:
            at = zone.at(report.made, *divmod(minute, 60), (one.slot * 17) % 60)
            found.append(_Event(at, one.code, joins=False))
    return found


class _Weeks:
    """The street while its stations join and report."""

    def __init__(self, post: Post, receipts: Path) -> None:
        self._post = post
        self._receipts = receipts
        self.bundles = 0
        self.parked = 0

    def live(self, desk: Desk, event: _Event) -> None:
        """Answer what comes."""
        if event.joins:
            welcome = offices.accept(desk, self._post.request(event.code))
            self._post.welcome(event.code, welcome.content)
        else:
            self._take_in(desk, event.code)

    def _take_in(self, desk: Desk, code: str) -> None:
        receipt: Path | None = None
        for verdict in take_in(desk, self._post.bundle(code), self._receipts):
            receipt = verdict.receipt_path
            if not verdict.outcome.taken or receipt is None:
                raise RuntimeError(f"{code}: {verdict.sentence}{verdict.next_step}")
            self.parked += verdict.parked
        assert receipt is not None, "there is always a bundle"
        self.bundles += 1
        # The last one, that of the photos if there are any, holds all that the others say.
        self._post.receipt(code, receipt)
