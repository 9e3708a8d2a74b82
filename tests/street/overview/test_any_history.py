"""Whatever comes in, changes, goes and is counted half-way: what is kept is what the rows come to.

The ledgers' own `counts` are asked of the rows of one station at a time, in a reading in which the
others are not there; what the street keeps of that station must be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop_app import catalog
from desktop_app.core.books import Book, Cut
from desktop_app.core.clock import Millis
from desktop_app.core.figures import MonthCount, Span
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import Period, parse_period
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.activities.rules.activity import (
    Activity,
    ActivityState,
    CountCorrection,
    Group,
)
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, Evaluation, Visit, VisitState
from desktop_app.ledgers.visits.store import EVALUATION_SHELF
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.storage.base import METADATA
from desktop_app.storage.session import Database, Desk
from desktop_app.street.overview import service, store
from tests.stations import CLERK
from tests.street.overview.importing import drop, take_in

TODAY = date(2026, 11, 23)
STATIONS = ("QR01", "QR02", "QR03")
PERIODS = tuple(map(parse_period, ("2026-09", "2026-10", "2026-11", "2026-Q4", "2026", "2025-12")))
PLACES = (None, Uid(int=7), Uid(int=8))

numbers = st.integers(0, 5)
stations = st.sampled_from(STATIONS)
days = st.sampled_from(
    [
        date(2025, 12, 31),
        date(2026, 9, 30),
        *(date(2026, m, d) for m in (10, 11) for d in (1, 9, 20)),
    ]
)
categories = st.sampled_from(("", "其他", "物业"))
maybe = st.none() | days
gone = st.sampled_from([None, None, None, Millis(1)])


def uid_of(kind: int, station: str, number: int) -> Uid:
    return Uid(int=kind << 64 | int(station[2:]) << 8 | number + 1)


_EMPTIED = (
    "visit", "evaluation", "activity", "attendance",
    "rollup", "rollup_total", "rollup_month", "rollup_withheld",
)  # fmt: skip


class Undone(Exception):
    """Nothing of this is kept."""


@contextmanager
def only(database: Database, condition: Any) -> Iterator[sa.Connection]:
    """A look at the rows for which the condition holds of their table's columns."""
    try:
        with database.unrecorded() as connection:
            for shelf in (VISITS, EVALUATION_SHELF, ACTIVITIES, ATTENDANCE_SHELF):
                table = shelf.table
                wanted = sa.select(table.c.uid).where(condition(table))
                connection.execute(sa.delete(table).where(table.c.uid.not_in(wanted)))
            yield connection
            raise Undone
    except Undone:
        pass


class Street(RuleBasedStateMachine):
    """Three stations whose rows come in any order; the clock does not matter."""

    database: Database
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        with self.database.unrecorded() as connection:
            for name in _EMPTIED:
                connection.execute(sa.delete(METADATA.tables[name]))

    # --- what comes in -------------------------------------------------------------------------

    def _take(self, station: str, shelf: Any, record: Any) -> None:
        with self.database.unrecorded() as connection:
            take_in(connection, station, [(shelf, record)])

    @rule(
        station=stations, number=numbers, day=days, ended=maybe, due=maybe, deleted=gone,
        leads=st.booleans(), people=st.integers(1, 4), category=categories,
        place=st.sampled_from(PLACES), handling=st.sampled_from(Handling), late=st.booleans(),
        petition=st.sampled_from((False, False, True)),
    )  # fmt: skip
    def a_visit(
        self, station: str, number: int, day: date, ended: date | None, **more: Any
    ) -> None:
        uid = uid_of(1, station, number)
        state = VisitState.REGISTERED if ended is None else VisitState.CLOSED
        visit = Visit(
            uid=uid, station=station, revision=1, number=f"{station}-{number}", batch=uid,
            at=Millis(0), day=day, limit_from=day, closed_day=ended, state=state, due=more["due"],
            deleted_at=more["deleted"], leads=more["leads"], people=more["people"],
            category=more["category"], compound=more["place"], handling=more["handling"],
            late_entry=more["late"], petition=more["petition"],
        )  # fmt: skip
        self._take(station, VISITS, visit)

    @rule(
        station=stations,
        number=numbers,
        day=days,
        level=st.sampled_from(Satisfaction),
        deleted=gone,
    )
    def an_evaluation(
        self, station: str, number: int, day: date, level: Satisfaction, deleted: Millis | None
    ) -> None:
        uid = uid_of(2, station, number)
        evaluation = Evaluation(
            uid=uid, station=station, revision=1, visit=uid, level=level, at=Millis(number % 3),
            entered_from=EnteredFrom.PAPER, day=day, deleted_at=deleted,
        )  # fmt: skip
        self._take(station, EVALUATION_SHELF, evaluation)

    @rule(
        station=stations, number=numbers, day=days, state=st.sampled_from(ActivityState),
        kind=st.sampled_from(("义诊", "party_day")), place=st.sampled_from(PLACES), deleted=gone,
        late=st.booleans(), solved=st.integers(0, 2), stated=st.none() | st.integers(0, 30),
    )  # fmt: skip
    def an_activity(self, station: str, number: int, day: date, **more: Any) -> None:
        stated = more["stated"]
        corrections = (CountCorrection(Group.PARTY, stated, 0, "", "", Millis(0)),)
        activity = Activity(
            uid=uid_of(3, station, number), station=station, revision=1, kind=more["kind"],
            number=f"{station}-HD{number}", name="邻里节", starts_at=Millis(0), ends_at=Millis(0),
            day=day, state=more["state"], place=more["place"], late_entry=more["late"],
            solved=tuple(Uid(int=n) for n in range(more["solved"])), deleted_at=more["deleted"],
            corrections=() if stated is None else corrections,
        )  # fmt: skip
        self._take(station, ACTIVITIES, activity)

    @rule(
        station=stations, number=numbers, activity=numbers, group=st.sampled_from(Group),
        arrived=st.booleans(), deleted=gone,
    )  # fmt: skip
    def a_line_of_a_sheet(
        self, station: str, number: int, activity: int, group: Group, arrived: bool, deleted: Any
    ) -> None:
        """Often before its activity."""
        line = Attendance(
            uid=uid_of(4, station, number), station=station, revision=1, name="林一",
            activity=uid_of(3, station, activity), group=group, deleted_at=deleted,
            arrived_at=Millis(5) if arrived else None,
        )  # fmt: skip
        self._take(station, ATTENDANCE_SHELF, line)

    @rule(station=stations, kind=st.integers(0, 3), number=numbers)
    def a_row_goes(self, station: str, kind: int, number: int) -> None:
        shelf: Any = (VISITS, EVALUATION_SHELF, ACTIVITIES, ATTENDANCE_SHELF)[kind]
        with self.database.unrecorded() as connection:
            drop(connection, station, shelf, uid_of(kind + 1, station, number))

    @rule(
        station=stations,
        counts=st.dictionaries(
            st.tuples(
                st.sampled_from(("2026-10", "2026-11")),
                st.sampled_from(("petitions", "registered")),
            ),
            st.integers(0, 9),
        ),
    )
    def what_is_withheld(self, station: str, counts: dict[tuple[str, str], int]) -> None:
        told = [MonthCount(month, name, value) for (month, name), value in counts.items()]
        with self.database.unrecorded() as connection:
            store.replace_withheld(connection, station, {"visits": told})

    # --- counting ------------------------------------------------------------------------------

    @rule()
    def all_is_counted(self) -> None:
        self.met["counted"] += service.bring_up_to_date(Desk(self.database, CLERK), Job("汇总"))

    @rule(month=st.sampled_from(("2026-09", "2026-10", "2026-11")))
    def counting_is_cut_off(self, month: str) -> None:
        try:
            with self.database.unrecorded() as connection:
                self.met["cut off"] += store.count_month(connection, catalog.books(), month)
                raise Undone
        except Undone:
            pass

    @rule(month=st.sampled_from(("2026-09", "2026-10", "2026-11")))
    def one_month_is_counted(self, month: str) -> None:
        with self.database.unrecorded() as connection:
            store.count_month(connection, catalog.books(), month)

    # --- what must hold ------------------------------------------------------------------------

    def teardown(self) -> None:
        service.bring_up_to_date(Desk(self.database, CLERK), Job("汇总"))
        for station in STATIONS:
            self._the_whole_is_what_the_ledger_counts(station)
        self._parts_are_what_the_ledger_counts()

    def _the_whole_is_what_the_ledger_counts(self, station: str) -> None:
        with only(self.database, lambda table: table.c.station == station) as connection:
            counted = {
                (period, book.kind): kept_of(book, book.counts(connection, span(period)))
                for period in PERIODS
                for book in catalog.books()
            }
        for (period, kind), counts in counted.items():
            kept = self._kept(period, Cut.WHOLE, "station").get(station, {}).get(kind, Counter())
            withheld = self._withheld(station, period) if kind == "visits" else Counter()
            assert kept == +(counts + withheld), (station, str(period), kind)
            self.met["not nothing"] += bool(kept)

    def _parts_are_what_the_ledger_counts(self) -> None:
        """Without petitions: a category and a place know nothing of what stands in no list."""
        column = {Cut.CATEGORY: "category", Cut.PLACE: "compound"}
        for cut, name in column.items():
            for part in ("", "其他", "物业") if cut is Cut.CATEGORY else PLACES:

                def mine(table: Any, name: str = name, part: Any = part) -> Any:
                    if table.name != "visit":
                        return sa.false()
                    of_part = table.c[name].is_(None) if part is None else table.c[name] == part
                    return sa.and_(of_part, table.c.petition == 0)

                with only(self.database, mine) as connection:
                    (book, *_) = catalog.books()
                    counts = kept_of(book, book.counts(connection, span(PERIODS[4])))
                key = part.hex if isinstance(part, Uid) else part or ""
                kept = self._kept(PERIODS[4], cut, "part").get(key, {}).get("visits", Counter())
                assert kept == +counts, (cut, part)

    def _kept(self, period: Period, cut: Cut, by: str) -> dict[str, store.Sums]:
        months = [str(month) for month in period.months]
        with self.database.unrecorded() as connection:
            return store.sums(connection, cut, months[0], months[-1], by=by)

    def _withheld(self, station: str, period: Period) -> Counter[str]:
        months = {str(month) for month in period.months}
        table = METADATA.tables["rollup_withheld"]
        found: Counter[str] = Counter()
        with self.database.unrecorded() as connection:
            for row in connection.execute(sa.select(table).where(table.c.station == station)):
                if row.month in months:
                    found[row.name.removeprefix("visits.")] += row.value
        return found


def kept_of(book: Book[Any], counts: dict[str, int]) -> Counter[str]:
    """Counts without those of how things stand now."""
    now = {figure.name for figure in book.now}
    return Counter({name: value for name, value in counts.items() if name not in now})


def span(period: Period) -> Span:
    return Span(period.first, period.last, TODAY)


@pytest.mark.timeout(600)
def test_what_is_kept_is_what_the_rows_come_to_whatever_the_history(database: Database) -> None:
    Street.database, Street.met = database, Counter()
    few = database.dialect == "postgresql"
    run_state_machine_as_test(
        Street,
        settings=settings(
            max_examples=10 if few else 30,
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert min(Street.met[word] for word in ("counted", "cut off", "not nothing")) >= 1, Street.met
