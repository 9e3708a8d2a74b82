"""Whatever a station keeps and may tell goes the same way: up, masked, counted, erased, and back.

Nothing here is said of one ledger only: it is asked of every kind of record that travels, so that a
new one is under it from the day it stands in the catalog.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.fields import Travels
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.told import By
from desktop_app.core.travel import Profile
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action, EnteredFrom
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service as residents
from desktop_app.station.period_figures.service import period_report
from desktop_app.station.reporting.service import pending
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.overview import service as overview
from tests.ledgers.activities.builders import held
from tests.ledgers.agreements.builders import signed
from tests.ledgers.requests import builders as asking
from tests.ledgers.visits.builders import matter, register
from tests.registers.offices.enrolled import enrol
from tests.station.reporting.hall import Hall
from tests.street.helping import helped
from tests.street.whistles.conftest import Both, both

__all__ = ["both"]

SECRETS = ("陈桂英", "13800005678", "三楼到五楼的灯坏了半个月", "已修好并试亮", "不让人知道的备注")
PERIOD = parse_period("2026-11")


@pytest.fixture
def compound(both: Both) -> Uid:
    """A compound of the station."""
    desk = both.station
    street = _place(desk, PlaceKind.STREET, "青榕街道")
    above = _place(desk, PlaceKind.COMMUNITY, "青榕社区", street)
    return _place(desk, PlaceKind.COMPOUND, "青榕雅苑", above)


def _place(desk: Desk, kind: PlaceKind, name: str, parent: Uid | None = None) -> Uid:
    return places.add(desk, kind=kind, name=name, parent=parent).value.uid


def lived(both: Both, compound: Uid) -> Uid:
    """Something in every ledger there is; answers whom it was about."""
    desk = both.station
    person = asking.resident(desk)
    register(desk, resident=person.uid)
    register(desk, matter("信访渠道告知", petition=True, handling=Handling.ADVICE))
    held(desk, both.clock, "陈桂英")
    signed(desk)
    more: dict[str, Any] = {"resident": person.uid, "compound": compound}
    done = asking.closed(desk, **more)
    requests.correct(desk, done.uid, done.revision, {"remark": "不让人知道的备注"})
    requests.evaluate(desk, done.uid, Satisfaction.SATISFIED, EnteredFrom.SECOND_SCREEN)
    asking.act(desk, asking.register(desk, title="水管老化", **more), Action.ESCALATE)
    asking.petition(desk)
    helped(desk)
    return person.uid


def records(desk: Desk, kind: str, station: str = "QR01") -> dict[Uid, Any]:
    """The living records of a kind of that station."""
    shelf = catalog.travelling()[kind]
    query = sa.select(shelf.table).where(
        shelf.table.c.station == station, shelf.table.c.deleted_at.is_(None)
    )
    with desk.reading(needs=Right.READ) as connection:
        return {one.uid: one for one in shelf.values(connection.execute(query).mappings())}


def travelling(desk: Desk, kind: str) -> dict[Uid, Any]:
    """Those of them that may leave."""
    shelf = catalog.travelling()[kind]
    withheld = shelf.kind.withheld
    return {
        uid: one
        for uid, one in records(desk, kind).items()
        if withheld is None or not withheld(shelf.kind.to_plain(one))
    }


def told(desk: Desk) -> str:
    """Everything that stands in the database of the street."""
    return str(Hall(desk, None, None, None).backed_up())  # type: ignore[arg-type]


def test_a_parcel_can_bear_the_name_of_every_kind() -> None:
    """FORMAT.md: a table is named by small letters, digits and `_`; readers refuse any other."""
    assert [
        kind for kind in catalog.travelling() if not re.fullmatch("[a-z][a-z0-9_]*", kind)
    ] == []


@pytest.mark.parametrize("profile", [Profile.STATS, Profile.WORK])
def test_every_kind_travels_and_nothing_of_it_that_may_not(
    both: Both, compound: Uid, profile: Profile
) -> None:
    lived(both, compound)
    assert both.report(profile).outcome is Outcome.APPLIED
    met = set()
    for kind, shelf in catalog.travelling().items():
        here, there = travelling(both.station, kind), records(both.street, kind)
        assert set(here) == set(there), kind
        met |= {kind} if here else set()
        for uid, one in there.items():
            mine = here[uid]
            assert one.revision == mine.revision
            for field in shelf.kind.fields:
                if field.travels is Travels.STATS and not field.private:
                    assert getattr(one, field.name) == getattr(mine, field.name), field.name
                if field.travels is Travels.NEVER:
                    assert not getattr(one, field.name), field.name
    assert met >= {"requests", "request_evaluations", "partners", "agreements", "visits"}
    assert met >= {"volunteers", "teams", "memberships", "posts", "claims", "shifts"}
    assert met >= {"service", "certificates", "party"}
    text = told(both.street)
    assert [secret for secret in SECRETS if secret in text] == []


def test_petitions_of_every_ledger_are_counted_and_stay(both: Both, compound: Uid) -> None:
    lived(both, compound)
    both.report()
    report = overview.street_report(both.street, PERIOD)
    mine = period_report(both.station, PERIOD)
    for name in ("requests.petitions", "visits.petitions"):
        assert report.line(name).value == mine.line(name).value == 1
    for kind in ("requests", "visits"):
        assert len(records(both.station, kind)) == len(records(both.street, kind)) + 1


def test_the_street_counts_of_every_ledger_what_the_station_counts(
    both: Both, compound: Uid
) -> None:
    lived(both, compound)
    both.report()
    mine = {line.name: line.value for line in period_report(both.station, PERIOD).lines}
    report = overview.street_report(both.street, PERIOD)
    guarded = {f"{book.kind}.{name}" for book in catalog.books() for name in book.guarded}
    for line in report.lines:
        if line.name not in guarded:
            assert line.value == mine[line.name], line.name
            if line.rows is not None and line.rows.kind == "requests":
                ledger = catalog.ledgers()[line.rows.kind]
                assert ledger.asked is not None
                query = ledger.asked(line.rows.wanted)
                assert query is not None, line.name
                found = ledger.page(both.street, query)
                assert len(found.rows) + line.unlisted == line.value, line.name
    assert report.line("requests.escalated").value == 1
    assert report.line("requests.at_street").value == 1


@pytest.mark.parametrize("by", [By.STATION, By.CATEGORY, By.COMMUNITY])
def test_the_parts_of_a_street_tell_of_requests(both: Both, compound: Uid, by: By) -> None:
    lived(both, compound)
    both.report()
    parts = overview.breakdown(both.street, PERIOD, by)
    counted: list[Any] = [
        one.value
        for line in parts.lines
        for one in line.figures
        if one.name in ("requests.registered", "requests.listed_here")
    ]
    # A petition belongs to no category and no place.
    assert sum(counted) == (3 if by is By.STATION else 2)


def test_who_is_erased_is_erased_at_the_street_in_every_ledger(both: Both, compound: Uid) -> None:
    person = lived(both, compound)
    both.report()
    requests.forget_people(both.station, [person])
    residents.erase(both.station, person)
    assert both.report().outcome is Outcome.APPLIED
    for one in records(both.street, "requests").values():
        assert one.resident is None
        assert (one.name, one.phone, one.result) == ("", "", "")
        assert one.escalated is None or one.escalated.reason == ""
    assert "陈*英" not in str([records(both.street, kind) for kind in ("requests", "residents")])


def test_a_lost_pc_gets_every_kind_back(both: Both, compound: Uid) -> None:
    empty = both.station_hall().backed_up()
    lived(both, compound)
    both.report()
    before = {kind: travelling(both.station, kind) for kind in catalog.travelling()}
    both.station_hall().restore(empty)
    enrol(both.station, both.street, replace_pc=True)
    both.meet()
    assert both.station_hall().is_whole()
    for kind, known in before.items():
        now = records(both.station, kind)
        assert set(known) <= set(now), kind
        for uid, one in known.items():
            assert getattr(now[uid], "number", "") == getattr(one, "number", ""), kind
    assert {one.kind for one in pending(both.station)} >= {"requests"}
    (asked,) = (one for one in records(both.station, "requests").values() if one.escalated)
    assert asked.title == "水管老化"
    assert asked.escalated.reason == "需要住建所协调"
    asking.register(both.station)
    assert both.report().outcome is Outcome.APPLIED
