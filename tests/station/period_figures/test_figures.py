"""A period's figures: each is the rows it opens, compares with what it says, and names nobody."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.comparing import compared
from desktop_app.core.errors import NotAllowed
from desktop_app.core.figures import Rate
from desktop_app.core.periods import Period, PeriodKind, parse_period
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.told import NOTHING
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.visit import EnteredFrom
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.service import FOR_WHO_MANAGES, period_report
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter, register, timed
from tests.station.period_figures.small_ledger import (
    PETITION,
    SmallLedger,
    at,
    listed,
    rows_behind,
    without,
)

PERIODS = ("2026-11", "2026-10", "2026-Q4", "2026-H2", "2026", "2025-11", "2025")
LEVELS = list(Satisfaction)
NOVEMBER = parse_period("2026-11")


def words(report: PeriodFigures, name: str) -> str:
    return report.line(name).words


def change(report: PeriodFigures, name: str) -> tuple[str, str]:
    line = report.line(name)
    assert line.before is not None
    assert line.year_ago is not None
    return line.before.change, line.year_ago.change


# --- every figure is its rows ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_each_figure_and_each_bar_is_the_rows_it_opens(
    desk: Desk, clock: FixedClock, seed: int
) -> None:
    SmallLedger(desk, clock, seed).live(24)
    led_to = set()
    for text in PERIODS:
        report = period_report(desk, parse_period(text))
        for line in report.lines:
            if line.rows is not None:
                assert listed(desk, line) + line.unlisted == line.value, (text, line.name)
                led_to |= {line.name} if line.value else set()
        for drawn in report.charts:
            for (series, category), rows in drawn.targets.items():
                counted = next(one for one in drawn.chart.series if one.name == series)
                if category not in drawn.chart.categories or drawn.key == "by_group":
                    continue
                value = counted.values[drawn.chart.categories.index(category)]
                assert len(rows_behind(desk, rows)) == value, (text, drawn.key, category)
    assert {"visits.registered", "visits.closed", "visits.people", "activities.held"} <= led_to


@pytest.mark.parametrize("seed", range(3))
def test_parts_of_a_period_add_up_to_it(desk: Desk, clock: FixedClock, seed: int) -> None:
    SmallLedger(desk, clock, seed).live(16)
    year = parse_period("2026")
    whole = period_report(desk, year)
    months = [period_report(desk, month) for month in year.months]
    for name in ("visits.registered", "visits.people", "visits.late", "activities.people"):
        assert sum(int(str(month.line(name).value)) for month in months) == whole.line(name).value


def test_a_report_of_nothing_is_empty_and_has_no_chart(desk: Desk) -> None:
    report = period_report(desk, NOVEMBER)
    assert report.is_empty
    assert report.charts == ()
    assert words(report, "visits.registered") == "0"
    assert words(report, "visits.close_rate") == NOTHING
    assert change(report, "visits.registered") == (NOTHING, NOTHING)


def test_petitions_are_counted_and_stand_behind_no_figure_and_in_no_bar(desk: Desk) -> None:
    register(desk, PETITION, people=3)
    register(desk)
    report = period_report(desk, NOVEMBER)
    registered = report.line("visits.registered")
    assert (registered.value, registered.unlisted, listed(desk, registered)) == (2, 1, 1)
    assert report.line("visits.petitions").rows is None
    for drawn in report.charts:
        assert sum(value or 0 for value in drawn.chart.series[0].values) == 1
        assert "信访" not in drawn.chart.categories
        assert "信访渠道告知 1 件" in drawn.chart.note or drawn.key == "in_time"


def test_every_figure_says_how_it_is_counted_and_has_a_name_of_its_own(desk: Desk) -> None:
    lines = period_report(desk, NOVEMBER).lines
    assert len({line.name for line in lines}) == len(lines)
    assert all(line.how.endswith("。") for line in lines)


def test_who_may_not_read_gets_no_report(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        period_report(without(desk, Right.READ), NOVEMBER)


# --- compared -------------------------------------------------------------------------------------


def test_january_is_compared_with_december_and_with_january_a_year_ago(
    desk: Desk, clock: FixedClock
) -> None:
    for day, count in ((date(2025, 1, 8), 1), (date(2025, 12, 31), 4), (date(2026, 1, 1), 6)):
        at(clock, day)
        for _ in range(count):
            register(desk)
    report = period_report(desk, parse_period("2026-01"))
    assert change(report, "visits.registered") == (
        "比上月 +2（+50.0%）",
        "比上年同期 +5（+500.0%）",
    )
    quarter = period_report(desk, parse_period("2026-Q1"))
    assert change(quarter, "visits.registered")[0] == "比上季度 +2（+50.0%）"


def test_a_year_is_compared_with_the_year_before_only(desk: Desk, clock: FixedClock) -> None:
    at(clock, date(2025, 5, 6))
    register(desk)
    at(clock, date(2026, 5, 6))
    line = period_report(desk, parse_period("2026")).line("visits.registered")
    assert line.before is not None
    assert (line.before.change, line.before.words) == ("比上年 -1（-100.0%）", "1")
    assert line.year_ago is None


def test_what_was_none_gives_no_percentage(desk: Desk, clock: FixedClock) -> None:
    at(clock, date(2026, 10, 9))
    register(desk)
    at(clock, date(2026, 11, 9))
    visits.register_late(desk, form(), date(2026, 11, 6))
    report = period_report(desk, NOVEMBER)
    assert change(report, "visits.late_entries") == ("比上月 +1", NOTHING)
    assert change(report, "visits.registered") == ("与上月持平", NOTHING)
    assert change(report, "visits.on_time_rate") == (NOTHING, NOTHING)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (132, 120, "比上月 +12（+10.0%）"),
        (157, 145, "比上月 +12（+8.3%）"),
        (11_999, 12_000, "比上月 -1（-0.1%）"),
        (0, 8, "比上月 -8（-100.0%）"),
        (5, 0, "比上月 +5"),
        (0, 0, "与上月持平"),
        (5, None, NOTHING),
        (None, 5, NOTHING),
        (Rate(3, 4), Rate(1, 3), "比上月 +41.7个百分点"),
        (Rate(9, 10), Rate(19, 20), "比上月 -5.0个百分点"),
        (Rate(0, 0), Rate(1, 2), NOTHING),
        (Rate(1, 2), Rate(0, 0), NOTHING),
        (Rate(1, 2), Rate(2, 4), "与上月持平"),
    ],
)
def test_a_change_is_said_in_words(now: Any, then: Any, said: str) -> None:
    assert compared(now, then, "上月").change == said


def test_a_running_period_says_until_when_it_counts(desk: Desk) -> None:
    running, over = period_report(desk, NOVEMBER), period_report(desk, NOVEMBER.previous)
    assert running.running
    assert running.until == date(2026, 11, 23)
    assert "统计到11月23日" in running.remark
    assert (over.running, over.until, over.remark) == (False, date(2026, 10, 31), "")
    assert "还没有开始" in period_report(desk, NOVEMBER.following).remark


def test_days_to_come_are_no_zeros_in_the_chart(desk: Desk) -> None:
    register(desk)
    chart = period_report(desk, NOVEMBER).charts[0].chart
    assert chart.categories[-1] == "30日"
    assert chart.series[0].values[21:25] == (0, 1, None, None)
    year = period_report(desk, parse_period("2026")).charts[0].chart
    assert year.categories[-2:] == ("11月", "12月")
    assert year.series[0].values[-2:] == (1, None)


def test_beyond_eight_categories_the_others_are_one_bar(desk: Desk) -> None:
    for number, name in enumerate("甲乙丙丁戊己庚辛壬癸"):
        for _ in range(12 - number):
            register(desk, matter(name, category=f"{name}类"))
    for _ in range(20):
        register(desk, matter("杂事", category="其他"))
    drawn = {one.key: one for one in period_report(desk, NOVEMBER).charts}["by_category"]
    values = dict(zip(drawn.chart.categories, drawn.chart.series[0].values, strict=True))
    assert list(values) == [*(f"{name}类" for name in "甲乙丙丁戊己庚辛"), "其他"]
    assert values["其他"] == 4 + 3 + 20
    assert {category for _, category in drawn.targets} == set(values) - {"其他"}


# --- evaluations ----------------------------------------------------------------------------------


def evaluate(desk: Desk, *levels: Satisfaction) -> None:
    for level in levels:
        visits.evaluate(desk, register(desk).uid, level, EnteredFrom.SECOND_SCREEN)


def told_of_levels(report: PeriodFigures) -> dict[str, object]:
    """Everything in a report that depends on which levels were given."""
    names = ("visits.satisfied_rate", "visits.dissatisfied")
    told: dict[str, object] = {}
    for name in names:
        line = report.line(name)
        told[name] = (line.value, line.words)
        told[f"{name} beside"] = line.before and (line.before.value, line.before.words)
        told[f"{name} a year ago"] = line.year_ago and (line.year_ago.value, line.year_ago.words)
    told["charts"] = [one.chart.series for one in report.charts if one.key == "evaluations"]
    told["table"] = [cell.words for cell in report.table if cell.label in ("满意率", "差评数")]
    return told


def test_of_four_evaluations_nothing_but_their_number_is_told(desk: Desk) -> None:
    evaluate(desk, *[Satisfaction.VERY_DISSATISFIED] * 4)
    report = period_report(desk, NOVEMBER)
    assert words(report, "visits.evaluated") == "4"
    for name in ("visits.satisfied_rate", "visits.dissatisfied"):
        assert (report.line(name).value, report.line(name).words) == (None, NOTHING)
        assert "不足 5 件" in report.line(name).beside
    assert "evaluations" not in [one.key for one in report.charts]


def test_of_seven_evaluations_the_first_five_are_told_while_the_month_runs(desk: Desk) -> None:
    evaluate(desk, *LEVELS, *[Satisfaction.VERY_DISSATISFIED] * 2)
    report = period_report(desk, NOVEMBER)
    assert report.line("visits.satisfied_rate").value == Rate(3, 5)
    assert report.line("visits.dissatisfied").value == 2
    assert report.line("visits.dissatisfied").beside == "按其中 5 件算"
    assert report.line("visits.dissatisfied").rows is None
    drawn = {one.key: one for one in report.charts}["evaluations"]
    assert drawn.chart.series[0].values == (1, 1, 1, 1, 1)
    assert drawn.targets == {}


@pytest.mark.sqlite_only
def test_nobody_can_watch_one_evaluation_come_in(desk: Desk, clock: FixedClock) -> None:
    """Whatever period is looked at, before and after, one evaluation changes nothing by itself."""
    dice = random.Random(5)
    kinds = [Period(2026, PeriodKind.YEAR, 1), parse_period("2026-H2"), parse_period("2026-Q4")]
    for day in (date(2026, 10, 8), *(date(2026, 11, 2) + timedelta(days=n) for n in range(3))):
        at(clock, day)
        looked_at = [*kinds, Period(2026, PeriodKind.MONTH, day.month)]
        for _ in range(9 if day.month == 10 else 4):
            before = [period_report(desk, period) for period in looked_at]
            evaluate(desk, dice.choice(LEVELS))
            for old in before:
                new = period_report(desk, old.period)
                grew = _shown(new) - _shown(old)
                assert grew in (0, 5)
                assert grew or told_of_levels(new) == told_of_levels(old)


def _shown(report: PeriodFigures) -> int:
    rate = report.line("visits.satisfied_rate").value
    return rate.whole if isinstance(rate, Rate) else 0


def test_levels_are_for_who_manages_the_station(desk: Desk) -> None:
    evaluate(desk, *LEVELS)
    report = period_report(without(desk, Right.MANAGE_STATION), NOVEMBER)
    assert words(report, "visits.evaluated") == "5"
    assert words(report, "visits.satisfied_rate") == NOTHING
    assert report.line("visits.dissatisfied").beside == FOR_WHO_MANAGES
    assert "evaluations" not in [one.key for one in report.charts]


# --- for paper ------------------------------------------------------------------------------------


def test_the_upward_table_has_its_columns_and_names_what_is_not_kept_yet(desk: Desk) -> None:
    register(desk)
    report = period_report(desk, NOVEMBER)
    labels = [cell.label for cell in report.table]
    assert labels[:4] == ["单位", "登记总数", "即办", "限时办理"]
    assert report.table[0].words == "青榕雅苑党群服务站"
    assert report.table[1].words == "1"
    assert "志愿服务小时" in labels
    assert "整改数" in report.not_kept
    assert not set(labels) & set(report.not_kept)


def test_overdue_matters_name_nobody_and_say_how_late_they_are(
    desk: Desk, clock: FixedClock
) -> None:
    visit = register(desk, timed(days=1), name="吴阿妹")
    at(clock, date(2026, 11, 27))
    report = period_report(desk, NOVEMBER)
    (late,) = report.overdue
    assert (late.number, late.name, late.matter) == (visit.number, "吴*妹", "临时救助")
    assert (late.due, late.late) == (date(2026, 11, 24), "超时3个工作日")
    assert report.overdue_total == 1
    assert "吴阿妹" not in repr(report)


def test_late_entries_of_both_ledgers_are_counted(desk: Desk, clock: FixedClock) -> None:
    SmallLedger(desk, clock, 3).live(20)
    report = period_report(desk, parse_period("2026"))
    names = ("visits.late_entries", "activities.late_entries")
    assert report.late_entries == sum(int(words(report, name)) for name in names)


@pytest.mark.sqlite_only
def test_a_report_sorts_no_ledger_and_reads_visits_by_their_indexes(desk: Desk) -> None:
    register(desk)
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        if "visit" in statement or "evaluation" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(row[3] for row in cursor.fetchall())

    engine = desk.database._reader
    sa.event.listen(engine, "before_cursor_execute", explain)
    period_report(desk, NOVEMBER)
    sa.event.remove(engine, "before_cursor_execute", explain)
    reads = [line for line in found if line.startswith(("SCAN visit", "SEARCH visit", "SCAN ev"))]
    assert reads
    assert all("INDEX" in line for line in reads), reads
    assert any("ix_visit_category" in line for line in found), found
