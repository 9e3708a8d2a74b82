"""The rows of a whole street as an import leaves them: 36 small stations, 10 middle ones, 2 halls.

Written straight into the tables, without change log and audit; every month of every station is
marked and nothing of it is counted yet. For tests, benches and pictures of the pages; the same seed
gives the same street.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desktop_app.core.codec import encode
from desktop_app.core.fields import FieldKind
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.core.record import NEVER, Record
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, Evaluation, Visit, VisitState
from desktop_app.ledgers.visits.store import EVALUATION_SHELF
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.registers.offices.rules import StationEntry, StationState
from desktop_app.registers.offices.store import SHELF as STATIONS
from desktop_app.registers.places.rules import Place, PlaceKind, PlaceName
from desktop_app.registers.places.store import PLACES
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Database
from desktop_app.storage.shelf import Shelf
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.store import log
from desktop_app.street.overview.store import mark_dirty, replace_withheld

CATEGORIES = (
    "社会保障", "医疗保障", "民政救助", "证照代办", "党员服务", "物业纠纷", "邻里纠纷", "生活服务",
    "就业创业", "教育服务", "计生服务", "其他",
)  # fmt: skip
COMMUNITIES = (
    "青榕社区", "望江社区", "金桂社区", "书院社区", "石桥社区",
    "东湖社区", "南亭社区", "紫荆社区", "和平社区", "虎溪社区",
)  # fmt: skip
COMPOUNDS = ("雅苑", "花园", "新村", "小区", "名邸")
KINDS = ("volunteering", "party_day", "three_sides", "义诊")
OPEN_STATES = ("registered", "taken_up", "awaiting", "handed_over", "working", "answered")
_HANDLINGS = ("instant",) * 12 + ("advice",) * 4 + ("assisted", "assisted", "timed", "timed")
_LEVELS = ("very_satisfied",) * 12 + ("satisfied",) * 6 + ("fair", "dissatisfied")
PER_DAY = (8,) * 36 + (25,) * 10 + (120, 120)
PIECE = 20_000


@dataclass
class StreetData:
    """A street with `stations` stations until `today`; `thin` leaves most of its rows away."""

    database: Database
    today: date
    seed: int = 1
    stations: int = 48
    thin: int = 1
    codes: list[str] = field(default_factory=list)
    compounds: dict[str, list[Uid]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        sizes = random.Random(7).sample(PER_DAY, len(PER_DAY))[: self.stations]
        self.codes = [f"QR{number:02}" for number in range(1, self.stations + 1)]
        self._per_day = dict(zip(self.codes, sizes, strict=True))
        self._number = 0

    # --- what there is -------------------------------------------------------------------------

    def found(self) -> None:
        """The stations as the street knows them, and the places each of them sent."""
        entries, places = [], []
        for number, code in enumerate(self.codes):
            community = COMMUNITIES[number % len(COMMUNITIES)]
            mine = self._places(code, community)
            places += mine
            self.compounds[code] = [one.uid for one in mine if one.kind is PlaceKind.COMPOUND]
            name = f"{community.removesuffix('社区')}{COMPOUNDS[number // 10]}党群服务站"
            entries.append(
                StationEntry(
                    uid=self._uid(), station="DC", code=code, name=name, revision=1,
                    since=date(2019, 1, 1), state=StationState.JOINED,
                )
            )  # fmt: skip
        with self.database.unrecorded() as connection:
            write(connection, STATIONS, entries)
            write(connection, PLACES, places)

    def _places(self, code: str, community: str) -> list[Place]:
        def place(kind: PlaceKind, name: str, parent: Uid | None) -> Place:
            return Place(
                uid=self._uid(), station=code, revision=1, kind=kind, parent=parent,
                names=(PlaceName(name),),
            )  # fmt: skip

        street = place(PlaceKind.STREET, "东城街道", None)
        above = place(PlaceKind.COMMUNITY, community, street.uid)
        stem = community.removesuffix("社区")
        below = [place(PlaceKind.COMPOUND, f"{stem}{word}", above.uid) for word in COMPOUNDS]
        return [street, above, *below]

    # --- what was done -------------------------------------------------------------------------

    def live(self, first: date, last: date, told: Callable[[int], None] | None = None) -> int:
        """The visits, evaluations and activities of these days; answers how many visits."""
        written = 0
        visits: list[dict[str, Any]] = []
        judged: list[dict[str, Any]] = []
        for visit, level in self._visits(first, last):
            visits.append(visit)
            if level is not None:
                judged.append(level)
            if len(visits) == PIECE:
                written += self._flush(visits, judged)
                if told is not None:
                    told(written)
        written += self._flush(visits, judged)
        self._hold(first, last)
        months = [str(month) for month in months_between(first, last)]
        with self.database.unrecorded() as connection:
            for code in self.codes:
                mark_dirty(connection, code, months)
        return written

    def report(self, until: Mapping[str, date]) -> None:
        """Until when each of these stations has reported; the bundle came a day later."""
        zone = self.database.zone
        with self.database.unrecorded() as connection:
            for code, day in until.items():
                made, taken = zone.at(day, 17), zone.at(day + timedelta(days=1), 9)
                log.move(connection, Standing(station=code, made_at=made, taken_at=taken))

    def withhold(self, months: Sequence[str], petitions: int = 2) -> None:
        """Counts of 信访渠道告知 that came in the place of rows."""
        names = (
            "registered", "petitions", "petition_batches", "batches", "closed", "petitions_closed",
        )  # fmt: skip
        counts = [MonthCount(month, name, petitions) for month in months for name in names]
        with self.database.unrecorded() as connection:
            for code in self.codes:
                replace_withheld(connection, code, {"visits": counts})

    def _flush(self, visits: list[dict[str, Any]], judged: list[dict[str, Any]]) -> int:
        count = len(visits)
        with self.database.unrecorded() as connection:
            _ADD_VISIT.run_many(connection, visits)
            _ADD_EVALUATION.run_many(connection, judged)
        visits.clear()
        judged.clear()
        return count

    def _visits(
        self, first: date, last: date
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
        zone = self.database.zone
        visit = row_of(VISITS, visit_of("QR01", self._uid(), first))
        evaluation = row_of(EVALUATION_SHELF, _evaluation(self._uid(), first))
        day = first
        while day <= last:
            morning = int(zone.at(day, 9))
            for code in self.codes if day.weekday() < 5 else ():
                for turn in range(self._turns(code)):
                    row = visit | self._visit(code, day, morning + 97_000 * turn)
                    judgement = None
                    if row["closed_day"] and not row["petition"] and self._dice.random() < 0.12:
                        judgement = evaluation | {
                            "uid": self._uid(), "station": code, "visit": row["uid"],
                            "level": self._dice.choice(_LEVELS), "at": row["closed_at"],
                            "day": row["closed_day"], "created_at": row["closed_at"],
                        }  # fmt: skip
                    yield row, judgement
            day += timedelta(days=1)

    def _turns(self, code: str) -> int:
        whole = self._per_day[code] * self._dice.uniform(0.7, 1.3) / self.thin
        return int(whole) + (self._dice.random() < whole % 1)

    def _visit(self, code: str, day: date, at: int) -> dict[str, Any]:
        dice = self._dice
        self._number += 1
        uid = self._uid()
        age = (self.today - day).days
        is_open = dice.random() < (0.3 if age < 6 else 0.06 if age < 40 else 0.0004)
        handling = dice.choice(_HANDLINGS)
        timed = handling == "timed" or is_open
        ended = min(
            day + timedelta(days=dice.choice((0, 1, 2, 3, 5, 9)) if timed else 0), self.today
        )
        return {
            "uid": uid,
            "station": code,
            "batch": uid,
            "number": f"{code}-{day.year}A-{self._number:07d}",
            "created_at": at,
            "changed_at": at,
            "at": at,
            "day": day,
            "limit_from": day,
            "people": dice.choice((1, 1, 1, 1, 1, 1, 1, 2, 3)),
            "compound": dice.choice(self.compounds[code]) if dice.random() < 0.7 else None,
            "category": dice.choice(CATEGORIES),
            "handling": handling,
            "late_entry": dice.random() < 0.01,
            "state": dice.choice(OPEN_STATES) if is_open else "closed",
            "limit_days": 5 if timed else None,
            "due": day + timedelta(days=7) if timed else None,
            "closed_at": None if is_open else at + 86_400_000 * (ended - day).days,
            "closed_day": None if is_open else ended,
        }

    def _hold(self, first: date, last: date) -> None:
        held: list[Activity] = []
        people: list[Attendance] = []
        zone, dice = self.database.zone, self._dice
        for month in months_between(first, last):
            for code in self.codes:
                for _ in range(dice.choice((0, 2, 3, 4, 6))):
                    day = month.first + timedelta(days=dice.randrange(28))
                    if not first <= day <= last:
                        continue
                    self._number += 1
                    begins = zone.at(day, 9)
                    one = Activity(
                        uid=self._uid(), station=code, revision=1, kind=dice.choice(KINDS),
                        number=f"{code}-HD{self._number:07d}", name="健康入户 邻里同行",
                        starts_at=begins, ends_at=begins, day=day,
                        place=dice.choice([*self.compounds[code], None]),
                        state=dice.choice((*[ActivityState.ARCHIVED] * 6, *ActivityState)),
                    )  # fmt: skip
                    held.append(one)
                    for number in range(dice.randrange(3, 20) if one.held else 0):
                        people.append(
                            Attendance(
                                uid=self._uid(), station=code, revision=1, activity=one.uid,
                                name=f"林{number}", group=dice.choice(list(Group)),
                                arrived_at=begins,
                            )
                        )  # fmt: skip
        with self.database.unrecorded() as connection:
            write(connection, ACTIVITIES, held)
            write(connection, ATTENDANCE_SHELF, people)

    def _uid(self) -> Uid:
        return Uid(int=self._dice.getrandbits(128), version=4)


def months_between(first: date, last: date) -> list[Period]:
    """Every month in which some of these days lie."""
    months = [period_of(first, PeriodKind.MONTH)]
    while months[-1].last < last:
        months.append(months[-1].following)
    return months


def write(connection: sa.Connection, shelf: Shelf[Any], records: Sequence[Record]) -> None:
    """New rows, as they are."""
    rows = [row_of(shelf, record) for record in records]
    for start in range(0, len(rows), PIECE):
        Prepared(sa.insert(shelf.table)).run_many(connection, rows[start : start + PIECE])


def row_of(shelf: Shelf[Any], record: Record) -> dict[str, Any]:
    """A record as the values of its columns, the derived ones with them."""
    row = {**shelf.row(record), **shelf.derived(record)}
    for described in shelf.kind.fields:
        if described.kind is FieldKind.CHOICE:
            row[described.name] = encode(row[described.name])
    return row


def visit_of(station: str, uid: Uid, day: date) -> Visit:
    """A visit of a day as it travels: names masked."""
    return Visit(
        uid=uid, station=station, revision=1, number="", batch=uid, at=NEVER, day=day,
        limit_from=day, state=VisitState.CLOSED, name="陈*英", matter_name="医保缴费",
        summary="手机缴费不会操作", result="已当场办结", first_clerk_name="王小燕",
        registered_by_name="王小燕",
    )  # fmt: skip


def _evaluation(uid: Uid, day: date) -> Evaluation:
    return Evaluation(
        uid=uid, station="QR01", revision=1, visit=uid, level=Satisfaction.SATISFIED,
        entered_from=EnteredFrom.SECOND_SCREEN, at=NEVER, day=day,
    )  # fmt: skip


_ADD_VISIT = Prepared(sa.insert(VISITS.table))
_ADD_EVALUATION = Prepared(sa.insert(EVALUATION_SHELF.table))
