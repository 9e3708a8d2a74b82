"""Until when a station has reported, what is enough for a period, and which months are drawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, parse_period
from desktop_app.core.spreadsheet import csv_bytes
from desktop_app.core.told import Breakdown, BreakdownLine, By, FigureLine
from desktop_app.registers.offices.rules import StationEntry, StationState, Structure
from desktop_app.street.overview.rules.charts import by_community, months_shown
from desktop_app.street.overview.rules.reporting import (
    enough_for,
    expected_in,
    not_to_the_end,
    reported_until,
    waiting_for,
)
from desktop_app.street.overview.rules.written import table_of

TODAY = date(2026, 11, 23)


def station(code: str, **more: Any) -> StationEntry:
    values = {"since": date(2020, 1, 1), "state": StationState.JOINED, **more}
    return StationEntry(uid=Uid(int=int(code[2:])), station="DC", code=code, name=code, **values)


@pytest.mark.parametrize(
    ("made", "until"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 21)),
        # A clock that is ahead of ours, and one that stands at 2000.
        (date(2027, 3, 1), date(2026, 11, 21)),
        (date(2000, 1, 1), date(2026, 11, 21)),
    ],
)
def test_a_wrong_clock_does_not_decide_until_when_a_station_has_reported(
    made: date, until: date
) -> None:
    assert reported_until(made, taken=date(2026, 11, 21)) == until


@pytest.mark.parametrize(
    ("period", "needed"),
    [
        ("2026-10", date(2026, 10, 31)),
        ("2026-Q3", date(2026, 9, 30)),
        # Of a month that runs something must have come, of a longer period the months before.
        ("2026-11", date(2026, 11, 1)),
        ("2026-Q4", date(2026, 10, 31)),
        ("2026", date(2026, 10, 31)),
    ],
)
def test_what_is_enough_for_a_period(period: str, needed: date) -> None:
    assert enough_for(parse_period(period), TODAY) == needed


def test_a_quarter_that_has_just_begun_needs_its_first_day() -> None:
    assert enough_for(parse_period("2026-Q4"), date(2026, 10, 9)) == date(2026, 10, 1)


def test_nobody_waits_for_a_period_to_come() -> None:
    entry = station("QR01")
    assert waiting_for([entry], {}, {}, parse_period("2026-12"), TODAY) == ()


def test_a_station_that_has_ended_reports_until_its_last_day() -> None:
    ended = station("QR01", until=date(2026, 10, 16), state=StationState.MERGED, successor="QR02")
    structure = Structure([ended, station("QR02")])
    october = parse_period("2026-10")
    expected = expected_in(structure, october, TODAY)
    assert [one.code for one in expected] == ["QR01", "QR02"]
    until = {"QR01": date(2026, 10, 15), "QR02": date(2026, 10, 31)}
    assert waiting_for(expected, until, until, october, TODAY) == ()
    until["QR01"] -= timedelta(days=1)
    assert [one.code for one in waiting_for(expected, until, until, october, TODAY)] == ["QR01"]
    assert [one.code for one in expected_in(structure, parse_period("2026-11"), TODAY)] == ["QR02"]


def test_who_sent_something_when_the_period_was_over_has_reported_whatever_its_clock_says() -> None:
    stations = [station("QR01"), station("QR02"), station("QR03")]
    october = parse_period("2026-10")
    # One PC is two months behind, one bundle was brought before the month was over.
    until = {"QR01": date(2026, 9, 21), "QR02": date(2026, 10, 30)}
    taken = {"QR01": date(2026, 11, 21), "QR02": date(2026, 10, 31)}

    waiting = waiting_for(stations, until, taken, october, TODAY)
    short = not_to_the_end(stations, until, taken, october, TODAY)

    assert [one.code for one in waiting] == ["QR03", "QR02"]
    assert short == {"QR01": date(2026, 9, 21)}


def test_a_month_is_drawn_with_the_year_before_it_and_a_year_with_its_own_months() -> None:
    months = months_shown(parse_period("2026-10"))
    assert (str(months[0]), str(months[-1]), len(months)) == ("2025-10", "2026-10", 13)
    assert months_shown(Period(2026, PeriodKind.YEAR, 1)) == list(parse_period("2026").months)


def test_communities_stand_by_name_and_the_smallest_of_many_are_one_bar() -> None:
    times = {f"{number:02}社区": 20 - number for number in range(15)} | {"无": 0}
    chart = by_community("各社区", times, "").chart
    assert chart.categories == (*(f"{number:02}社区" for number in range(12)), "其他")
    assert chart.series[0].values[-1] == 8 + 7 + 6


def test_the_table_for_spreadsheets_is_text_and_no_formula() -> None:
    figure = FigureLine("visits.registered", "登记件数", "怎样。", 12, "12")
    line = BreakdownLine("=HYPERLINK(1)", (figure,), "QR01", "报送到9月2日")
    content = table_of(Breakdown(By.STATION, (line,)))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = content.decode("utf-8-sig").splitlines()
    assert rows == ["编码,站点,登记件数,说明", "QR01,'=HYPERLINK(1),12,报送到9月2日"]


@pytest.mark.parametrize("cell", ["+12", "-3.5%", "-1,200", "—", "比上月 +2"])
def test_a_number_with_its_sign_stays_a_number(cell: str) -> None:
    assert csv_bytes([[cell]]).decode("utf-8-sig").strip().strip('"') == cell


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert csv_bytes([[cell]]).decode("utf-8-sig").strip().startswith("'")
