"""The street's figures: each is the rows it opens, and the parts add up to the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.books import Cut
from desktop_app.core.errors import NotAllowed
from desktop_app.core.figures import Rate
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.told import Breakdown, BreakdownLine, By
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.registers.offices.rules import StationEntry, StationState
from desktop_app.registers.offices.store import SHELF as STATIONS
from desktop_app.registers.places.tables import PLACE
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.store import log
from desktop_app.street.overview import service, store
from desktop_app.street.overview.rules.told import Belonging
from tests.station.period_figures.small_ledger import listed, rows_behind, without
from tests.street.street_data import StreetData, write

OCTOBER = parse_period("2026-10")
ADDED_UP = ("visits.registered", "visits.people", "visits.late", "activities.held")


def value(figures: Any, name: str) -> Any:
    """The value of a figure of a report or of a line of its parts."""
    lines = figures.lines if hasattr(figures, "lines") else figures.figures
    return next(line for line in lines if line.name == name).value


def line_of(parts: Breakdown, key: str) -> BreakdownLine:
    return next(line for line in parts.lines if line.key == key)


# --- rows and parts -------------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2026-11", "2026-10", "2026-Q3", "2026"])
def test_every_figure_is_the_rows_it_opens(lived: Desk, period: str) -> None:
    report = service.street_report(lived, parse_period(period))
    opened = [line for line in report.lines if line.rows is not None]
    assert len(opened) > 15
    for line in opened:
        assert listed(lived, line) + line.unlisted == line.value, line.name
    for drawn in report.charts:
        for (series, category), rows in drawn.targets.items():
            counted = next(one for one in drawn.chart.series if one.name == series)
            if category in drawn.chart.categories and drawn.key in ("by_category", "in_time"):
                number = counted.values[drawn.chart.categories.index(category)]
                assert len(rows_behind(lived, rows)) == number, (drawn.key, category)


def test_every_figure_of_a_station_is_its_own_rows(lived: Desk) -> None:
    for line in service.breakdown(lived, OCTOBER, By.STATION).lines:
        for figure in line.figures:
            if figure.rows is None:
                continue
            assert figure.rows.wanted.stations == (line.key,)  # type: ignore[attr-defined]
            assert listed(lived, figure) + figure.unlisted == figure.value, (line.key, figure.name)


@pytest.mark.parametrize("period", ["2026-10", "2026-Q4", "2026"])
def test_stations_and_months_add_up_to_the_street(lived: Desk, period: str) -> None:
    wanted = parse_period(period)
    whole = service.street_report(lived, wanted)
    for by in (By.STATION, By.MONTH):
        parts = service.breakdown(lived, wanted, by)
        for name in ADDED_UP:
            assert sum(value(line, name) for line in parts.lines) == value(whole, name), (by, name)
    stations = service.breakdown(lived, wanted, By.STATION)
    for name in ("visits.open", "visits.overdue"):
        assert sum(value(line, name) for line in stations.lines) == value(whole, name)


def test_categories_and_communities_add_up_to_what_stands_in_lists(lived: Desk) -> None:
    registered = service.street_report(lived, OCTOBER).line("visits.registered")
    assert isinstance(registered.value, int)
    assert registered.unlisted == 8
    for by in (By.CATEGORY, By.COMMUNITY):
        parts = service.breakdown(lived, OCTOBER, by)
        told = sum(value(line, "visits.listed") for line in parts.lines)
        assert told == registered.value - registered.unlisted
    for line in service.breakdown(lived, OCTOBER, By.CATEGORY).lines:
        for figure in line.figures:
            if figure.rows is not None:
                assert listed(lived, figure) == figure.value, (line.label, figure.name)


def test_a_community_two_stations_wrote_down_is_one(data: StreetData, lived: Desk) -> None:
    labels = [line.label for line in service.breakdown(lived, OCTOBER, By.COMMUNITY).lines]
    assert labels == ["书院社区", "望江社区", "金桂社区", "青榕社区", "未写明社区"]
    with lived.database.unrecorded() as connection:
        # The second station calls its community like the first one's, with its code.
        mine = sa.and_(PLACE.c.kind == "community", PLACE.c.station.in_(data.codes[:2]))
        names = [{"name": "青榕社区", "since": None}]
        connection.execute(
            sa.update(PLACE).where(mine).values(names=names, name="青榕社区", code="350802001001")
        )
    lines = service.breakdown(lived, OCTOBER, By.COMMUNITY).lines
    assert [line.label for line in lines] == ["书院社区", "金桂社区", "青榕社区", "未写明社区"]


def test_petitions_that_never_travel_are_counted_and_stand_in_no_bar(lived: Desk) -> None:
    report = service.street_report(lived, OCTOBER)
    assert report.line("visits.petitions").value == 8
    assert report.line("visits.petitions").rows is None
    (drawn,) = [one for one in report.charts if one.key == "by_category"]
    assert "信访渠道告知 8 件" in drawn.chart.note
    registered = report.line("visits.registered")
    assert isinstance(registered.value, int)
    bars = [number or 0 for number in drawn.chart.series[0].values]
    assert sum(bars) == registered.value - 8


# --- compared, and what is told beside ------------------------------------------------------------


def test_a_period_is_set_beside_the_one_before_and_last_year_s(lived: Desk) -> None:
    october = service.street_report(lived, OCTOBER)
    september, year_ago = (
        service.street_report(lived, one).line("visits.people").value
        for one in (OCTOBER.previous, OCTOBER.same_last_year)
    )
    people = october.line("visits.people")
    assert people.before is not None
    assert people.year_ago is not None
    assert (people.before.value, people.year_ago.value) == (september, year_ago)
    assert people.before.change.startswith(("比上月", "与上月"))
    year = service.street_report(lived, parse_period("2026")).line("visits.people")
    assert year.year_ago is None


def test_how_things_stand_is_of_this_moment_whatever_the_period(lived: Desk) -> None:
    found = {service.street_report(lived, parse_period(one)).line("visits.overdue").value
             for one in ("2025-12", "2026-10", "2026")}  # fmt: skip
    (overdue,) = found
    assert isinstance(overdue, int)
    assert overdue == len(rows_behind(lived, service.street_report(lived, OCTOBER)
                                      .line("visits.overdue").rows))  # type: ignore[arg-type]  # fmt: skip
    assert overdue > 0


def test_a_street_without_anything_says_so(data: StreetData, street_desk: Desk) -> None:
    report = service.street_report(street_desk, OCTOBER)
    assert report.is_empty
    assert report.charts == ()
    assert [line.label for line in service.breakdown(street_desk, OCTOBER, By.STATION).lines] == [
        "青榕雅苑党群服务站", "望江雅苑党群服务站", "金桂雅苑党群服务站", "书院雅苑党群服务站",
    ]  # fmt: skip


def test_who_may_not_read_sees_nothing(lived: Desk) -> None:
    nobody = without(lived, Right.READ)
    with pytest.raises(NotAllowed):
        service.street_report(nobody, OCTOBER)
    with pytest.raises(NotAllowed):
        service.breakdown(nobody, OCTOBER, By.STATION)
    with pytest.raises(NotAllowed):
        service.bring_up_to_date(nobody, Job("汇总"))


# --- stations that were merged --------------------------------------------------------------------


@pytest.fixture
def merged(data: StreetData, lived: Desk) -> Desk:
    """The second station is part of the first since the middle of October."""
    with lived.database.unrecorded() as connection:
        connection.execute(
            sa.update(STATIONS.table)
            .where(STATIONS.table.c.code == "QR02")
            .values(until=date(2026, 10, 15), state=StationState.MERGED, successor="QR01")
        )
    return lived


def test_a_merged_station_is_told_under_its_successor(lived: Desk, merged: Desk) -> None:
    september = OCTOBER.previous
    apart = service.breakdown(merged, september, By.STATION, Belonging.THEN)
    now = service.breakdown(merged, september, By.STATION, Belonging.NOW)
    assert [line.key for line in apart.lines] == ["QR01", "QR02", "QR03", "QR04"]
    assert [line.key for line in now.lines] == ["QR01", "QR03", "QR04"]
    for name in ADDED_UP:
        both = value(line_of(apart, "QR01"), name) + value(line_of(apart, "QR02"), name)
        assert value(line_of(now, "QR01"), name) == both
    registered = next(one for one in line_of(now, "QR01").figures if one.name == ADDED_UP[0])
    assert registered.rows is not None
    assert registered.rows.wanted == VisitFilter(
        since=september.first, until=september.last, stations=("QR01", "QR02")
    )
    # At the end of October it was none of its own any more.
    later = service.breakdown(merged, OCTOBER, By.STATION, Belonging.THEN)
    assert [line.key for line in later.lines] == ["QR01", "QR03", "QR04"]
    assert service.street_report(merged, OCTOBER).merged


# --- who has reported -----------------------------------------------------------------------------


def test_who_has_not_reported_is_named_the_longest_waited_for_first(
    data: StreetData, lived: Desk
) -> None:
    data.report({"QR03": date(2026, 10, 30), "QR01": date(2026, 9, 2)})
    with lived.database.unrecorded() as connection:
        entry = StationEntry(
            uid=lived.database.new_uid(), station="DC", revision=1, code="QR09",
            name="新站", since=date(2026, 10, 1), state=StationState.EXPECTED,
        )  # fmt: skip
        write(connection, STATIONS, [entry])
    report = service.street_report(lived, OCTOBER)
    assert [(one.code, one.words(report.today)) for one in report.waiting] == [
        ("QR09", "还没有上报过"),
        ("QR01", "报送到9月2日"),
        ("QR03", "报送到10月30日"),
    ]
    assert report.expected == 5
    assert (
        "5 个站点中 3 个未报送：新站、青榕雅苑党群服务站、金桂雅苑党群服务站"
        in report.waiting_words
    )
    stations = service.breakdown(lived, OCTOBER, By.STATION)
    assert line_of(stations, "QR01").beside == "报送到9月2日"
    assert line_of(stations, "QR02").beside == ""
    assert service.street_report(lived, parse_period("2026-08")).waiting_words == (
        "4 个站点都已报送。"
    )


def test_a_clock_that_is_behind_makes_no_station_late_and_the_list_says_how_far_it_reaches(
    data: StreetData, lived: Desk
) -> None:
    zone = lived.database.zone
    with lived.database.unrecorded() as connection:
        standing = log.standing(connection, "QR01")
        made, taken = zone.at(date(2026, 9, 2), 17), zone.at(lived.today, 9)
        log.move(connection, replace(standing, made_at=made, taken_at=taken))

    for period in (OCTOBER, parse_period("2026-11"), parse_period("2026")):
        assert service.street_report(lived, period).waiting == ()
    stations = service.breakdown(lived, OCTOBER, By.STATION)
    assert line_of(stations, "QR01").beside == "资料到9月2日 周三"
    assert line_of(stations, "QR02").beside == ""


# --- kept counted ---------------------------------------------------------------------------------


def test_a_read_counts_what_is_stale_of_its_months_and_nothing_else(lived: Desk) -> None:
    with lived.reading(needs=Right.READ) as connection:
        assert len(store.stale_months(connection, catalog.books())) == 15
    service.breakdown(lived, OCTOBER, By.CATEGORY)
    with lived.reading(needs=Right.READ) as connection:
        assert "2026-10" not in store.stale_months(connection, catalog.books())
        assert len(store.stale_months(connection, catalog.books())) == 14
    assert service.bring_up_to_date(lived, Job("汇总")) == 14
    assert service.bring_up_to_date(lived, Job("汇总")) == 0


def test_counting_that_is_stopped_goes_on_the_next_time(lived: Desk) -> None:
    job = Job("汇总")
    job.listen(lambda progress: job.cancel() if progress.done == 4 else None)
    with pytest.raises(Cancelled):
        service.bring_up_to_date(lived, job)
    assert service.bring_up_to_date(lived, Job("汇总")) == 15 - 5


def test_other_rules_of_counting_make_everything_stale(
    lived: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.bring_up_to_date(lived, Job("汇总"))
    books = catalog.books()
    monkeypatch.setattr(catalog, "books", lambda: (replace(books[0], version=2), *books[1:]))
    assert service.bring_up_to_date(lived, Job("汇总")) == 15


def test_what_is_no_month_is_marked_nowhere(lived: Desk) -> None:
    service.bring_up_to_date(lived, Job("汇总"))
    with lived.database.unrecorded() as connection:
        store.mark_dirty(connection, "QR04", ["0000-13", "2026-10", "soon", "2026-1", "0000-01"])
        assert store.stale_months(connection, catalog.books()) == ["2026-10"]


@pytest.mark.sqlite_only
def test_an_overview_reads_no_visit_but_those_that_are_open(lived: Desk) -> None:
    service.bring_up_to_date(lived, Job("汇总"))
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        if statement.startswith("SELECT"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(row[3] for row in cursor.fetchall())

    engine = lived.database._reader
    sa.event.listen(engine, "before_cursor_execute", explain)
    service.street_report(lived, parse_period("2026"))
    for by in By:
        service.breakdown(lived, parse_period("2026"), by)
    sa.event.remove(engine, "before_cursor_execute", explain)
    ledgers = ("visit", "evaluation", "activity", "attendance")
    reads = {line for line in found if line.split()[1] in ledgers}
    assert reads == {"SCAN visit USING INDEX ix_visit_due"}
    assert any("rollup" in line for line in found)


@pytest.mark.sqlite_only
def test_visits_of_one_station_are_found_by_an_index(lived: Desk) -> None:
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        if "FROM visit" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(row[3] for row in cursor.fetchall())

    (line, *_) = service.breakdown(lived, OCTOBER, By.STATION).lines
    rows = next(one for one in line.figures if one.name == "visits.registered").rows
    assert rows is not None
    engine = lived.database._reader
    sa.event.listen(engine, "before_cursor_execute", explain)
    rows_behind(lived, rows)
    sa.event.remove(engine, "before_cursor_execute", explain)
    assert all("ix_visit_station" in one for one in found if "visit" in one.split()[1]), found


# --- evaluations ----------------------------------------------------------------------------------


def test_levels_are_for_who_manages_the_street(lived: Desk) -> None:
    report = service.street_report(without(lived, Right.MANAGE_STATION), parse_period("2026"))
    line = report.line("visits.satisfied_rate")
    assert (line.value, line.beside) == (None, "由街道管理员查看")
    assert report.line("visits.evaluated").value
    assert "evaluations" not in [one.key for one in report.charts]
    told = service.street_report(lived, parse_period("2026")).line("visits.satisfied_rate")
    assert isinstance(told.value, Rate)


def test_the_whole_of_a_ledger_is_kept_by_station_and_by_part(lived: Desk) -> None:
    service.bring_up_to_date(lived, Job("汇总"))
    with lived.reading(needs=Right.READ) as connection:
        for cut in (Cut.WHOLE, Cut.CATEGORY, Cut.PLACE, Cut.KIND):
            parts = store.sums(connection, cut, "2025-09", "2026-11", by="part")
            whole = store.sums(connection, cut, "2025-09", "2026-11")
            for kind, counts in whole.get("", {}).items():
                for name, number in counts.items():
                    assert sum(one[kind][name] for one in parts.values()) == number
