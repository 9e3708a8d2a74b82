"""How a station stands: how long nothing came, whether it is reminded, whether its clock errs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.registers.offices.rules import StationEntry, StationLine, StationState
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.service import StationReport
from desktop_app.street.stations.rules import Order, StationStand, arranged, stand_of

TODAY = date(2026, 11, 28)
ZONE = Zone("Asia/Shanghai")
MINUTE = 60_000


def stand(
    code: str = "QR01",
    *,
    state: StationState = StationState.JOINED,
    since: int = 100,
    sent: int | None = None,
    ahead_ms: int = 0,
    remind: int = 7,
) -> StationStand:
    """A station that joined `since` days ago and whose last bundle came `sent` days ago."""
    entry = StationEntry(
        uid=Uid(int=1),
        station="JD00",
        code=code,
        name=code,
        since=TODAY - timedelta(days=since),
        state=state,
    )
    report = None
    if sent is not None:
        taken = ZONE.at(TODAY - timedelta(days=sent), 12)
        made = Millis(taken + ahead_ms)
        known = Standing(station=code, applied=3, made_at=made, taken_at=taken)
        report = StationReport(entry, known, 0, None)
    return stand_of(StationLine(entry, None), report, TODAY, ZONE, remind)


@pytest.mark.parametrize(
    ("sent", "waiting", "late"), [(0, 0, False), (6, 6, False), (7, 7, True), (None, 100, True)]
)
def test_a_station_is_reminded_when_nothing_came_for_so_many_days(
    sent: int | None, waiting: int, late: bool
) -> None:
    told = stand(sent=sent)
    assert (told.waiting, told.late, told.has_sent) == (waiting, late, sent is not None)


def test_a_station_that_has_just_joined_is_given_its_days() -> None:
    assert stand(since=6).late is False


def test_nobody_is_reminded_where_the_street_does_not_wish_it() -> None:
    assert stand(sent=300, remind=0).late is False


def test_a_station_that_has_not_joined_yet_is_waited_for_and_not_reminded() -> None:
    told = stand(state=StationState.EXPECTED)
    assert (told.waiting, told.late) == (100, False)


@pytest.mark.parametrize("state", [StationState.MERGED, StationState.MOVED])
def test_nothing_is_waited_for_from_a_station_that_is_over(state: StationState) -> None:
    told = stand(state=state, sent=90)
    assert (told.waiting, told.late) == (None, False)


@pytest.mark.parametrize(
    ("ahead", "told"),
    [(10 * MINUTE, 10 * MINUTE), (10 * MINUTE - 1, 0), (-60 * MINUTE, 0)],
)
def test_a_clock_is_wrong_when_a_bundle_was_made_after_it_came(ahead: int, told: int) -> None:
    assert stand(sent=0, ahead_ms=ahead).clock_ahead == told


def test_stations_stand_by_their_codes_or_by_how_long_one_waits_and_those_that_are_over_last() -> (
    None
):
    stands = [
        stand("QR03", sent=2),
        stand("QR02", state=StationState.MERGED, sent=90),
        stand("QR04", sent=9),
        stand("QR01", sent=2),
    ]
    by_code = [one.code for one in arranged(stands, Order.CODE)]
    by_waiting = [one.code for one in arranged(stands, Order.WAITING)]
    assert by_code == ["QR01", "QR03", "QR04", "QR02"]
    assert by_waiting == ["QR04", "QR01", "QR03", "QR02"]
