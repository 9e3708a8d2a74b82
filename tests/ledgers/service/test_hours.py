"""Totals are the sum of what is confirmed, for any days and whatever became of the teams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import Millis
from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.figures import BOOK
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState, Source
from desktop_app.ledgers.service.store import SHELF, minutes_between
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.store import MEMBERSHIP_SHELF
from desktop_app.registers.volunteers.store import SHELF as VOLUNTEERS
from desktop_app.storage.session import Desk
from tests.ledgers.service.builders import ZONE, record

PEOPLE = [Uid(int=n) for n in range(11, 15)]
KEPT = {PEOPLE[0]: PEOPLE[1], PEOPLE[1]: PEOPLE[2]}
"""The first was merged into the second, and that one into the third: one person."""
PERSON = {uid: PEOPLE[2] if uid in KEPT else uid for uid in PEOPLE}
TEAMS: list[Uid | None] = [None, Uid(int=21), Uid(int=22)]
BEGIN = date(2026, 9, 20)
DAYS = st.integers(min_value=0, max_value=70).map(lambda n: BEGIN + timedelta(days=n))
TODAY = BEGIN + timedelta(days=64)


@dataclass(frozen=True)
class History:
    records: list[ServiceRecord]
    memberships: list[Membership]
    first: date
    last: date

    def sum(self, wanted: Callable[[ServiceRecord], bool] = lambda one: True) -> int:
        """Added up by hand."""
        return sum(
            one.minutes or 0
            for one in self.records
            if one.state is ServiceState.CONFIRMED
            and self.first <= one.day <= self.last
            and wanted(one)
        )


@st.composite
def histories(draw: st.DrawFn) -> History:
    records = []
    for n in range(draw(st.integers(min_value=0, max_value=14))):
        start = ZONE.at(draw(DAYS), draw(st.integers(min_value=0, max_value=23)))
        state = draw(st.sampled_from([ServiceState.CONFIRMED] * 3 + list(ServiceState)))
        long = draw(st.integers(min_value=1, max_value=900))
        end = None if state is ServiceState.OPEN else Millis(start + long * 60_000)
        records.append(
            record(
                Uid(int=n + 1),
                start,
                end,
                state=state,
                volunteer=draw(st.sampled_from(PEOPLE)),
                team=draw(st.sampled_from(TEAMS)),
                source=draw(st.sampled_from(Source)),
                good_deed=draw(st.booleans()),
                excluded_minutes=draw(st.integers(min_value=0, max_value=long - 1)),
            )
        )
    memberships = []
    for n in range(draw(st.integers(min_value=0, max_value=4))):
        joined = draw(DAYS)
        memberships.append(
            Membership(
                uid=Uid(int=100 + n),
                station="QR01",
                team=draw(st.sampled_from(TEAMS[1:])) or PEOPLE[0],
                volunteer=draw(st.sampled_from(PEOPLE)),
                joined_on=joined,
                left_on=draw(st.none() | st.dates(joined, TODAY + timedelta(days=30))),
            )
        )
    ends = sorted([draw(DAYS), draw(DAYS)])
    return History(records, memberships, ends[0], ends[1])


def laid(desk: Desk, history: History) -> None:
    """Nothing but this history stands in the database."""
    shelves: tuple[Any, ...] = (SHELF, MEMBERSHIP_SHELF, VOLUNTEERS)
    people = [
        Volunteer(
            uid=uid,
            station="QR01",
            number=f"QR01-V2026A-{uid.int:05d}",
            resident=Uid(int=1000 + uid.int),
            registered_on=BEGIN,
            merged_into=KEPT.get(uid),
        )
        for uid in PEOPLE
    ]
    with desk.database.unrecorded() as connection:
        for shelf in shelves:
            connection.execute(sa.delete(shelf.table))
        VOLUNTEERS.lay(connection, people)
        SHELF.lay(connection, history.records)
        MEMBERSHIP_SHELF.lay(connection, history.memberships)


FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(history=histories())
def test_totals_are_the_sum_of_what_is_confirmed(desk: Desk, history: History) -> None:
    laid(desk, history)
    first, last = history.first, history.last
    with desk.reading(needs=Right.READ) as connection:
        for who in PEOPLE:
            by_hand = history.sum(lambda one, who=who: one.volunteer == who)  # type: ignore[misc]
            assert minutes_between(connection, [who], first, last) == by_hand
    for who in PEOPLE:
        told = service.hours_of(desk, who, first, last)
        person = PERSON[who]
        assert told.minutes == history.sum(
            lambda one, person=person: PERSON[one.volunteer] == person  # type: ignore[misc]
        )
        assert told.certified <= told.minutes == sum(told.by_source.values())

    for team in TEAMS:
        found = service.by_person_and_month(desk, first, last, team)
        for hours in found:
            assert hours.minutes == sum(hours.months.values())
            for month, minutes in hours.months.items():
                assert (
                    minutes
                    == history.sum(
                        lambda one, who=hours.volunteer, month=month, team=team: (  # type: ignore[misc]
                            PERSON[one.volunteer] == who
                            and one.day.isoformat()[:7] == month
                            and team in (None, one.team)
                        )
                    )
                )
        wanted = history.sum(lambda one, team=team: team in (None, one.team))  # type: ignore[misc]
        assert sum(hours.minutes for hours in found) == wanted
        assert len({hours.volunteer for hours in found}) == len(found)


@FEW
@given(history=histories())
def test_what_was_done_for_a_team_stays_with_it_whoever_left(desk: Desk, history: History) -> None:
    laid(desk, history)
    told = service.by_team(desk, history.first, history.last)
    assert {one.team: one.minutes for one in told if one.minutes} == {
        team: minutes
        for team in TEAMS
        if (minutes := history.sum(lambda one, team=team: one.team == team))  # type: ignore[misc]
    }
    laid(desk, History(history.records, [], history.first, history.last))
    assert service.by_team(desk, history.first, history.last) == told


@FEW
@given(history=histories())
def test_figures_are_counted_from_the_rows_and_kept_months_add_up(
    desk: Desk, history: History
) -> None:
    laid(desk, history)
    span = Span(history.first, history.last, TODAY)
    with desk.reading(needs=Right.READ) as connection:
        counts = BOOK.counts(connection, span)
        rolled = list(BOOK.roll_up(connection, span.first, span.last, ["QR01"]))
        assert list(BOOK.roll_up(connection, span.first, span.last, ["XX"])) == []
    assert counts["minutes"] == history.sum()
    once = {
        (PERSON[one.volunteer], one.day.isoformat()[:7])
        for one in history.records
        if one.state is ServiceState.CONFIRMED and span.first <= one.day <= span.last
    }
    assert counts["people"] == len(once)
    whole = {one.name: one.value for one in rolled if not one.part}
    for figure in BOOK.figures:
        assert figure.value({**dict.fromkeys(counts, 0), **whole}) == figure.value(counts)
    for source in Source:
        part = {one.name: one.value for one in rolled if one.part == source.value}
        assert part.get("times", 0) == counts[source.value]
    for figure in (*BOOK.figures, *BOOK.now):
        if figure.rows is not None:
            rows = service.page(desk, figure.rows(span)).rows
            added = sum(getattr(row, figure.column) or 0 for row in rows) if figure.column else 0
            assert figure.value(counts) == (added if figure.column else len(rows))
    assert BOOK.standing is not None
