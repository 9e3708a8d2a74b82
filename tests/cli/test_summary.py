"""`summary`: the figures of 报表, each with the command that lists exactly its rows."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome
from tests.station.period_figures.small_ledger import SmallLedger


@pytest.fixture
def lived(station_home: StationHome) -> Commands:
    """A home with some weeks in it, the last day 23 November 2026."""
    with station_home.session() as session:
        SmallLedger(session.desk, station_home.clock, 4).live(24)
    return Commands.at(station_home)


def figures(document: Any) -> dict[str, Any]:
    return {figure["name"]: figure for figure in document["figures"]}


def rows_of(commands: Commands, query: str) -> list[Any]:
    program, *words = shlex.split(query)
    assert program == "jinlin"
    rows: list[Any] = commands.ask(*words, "--limit", "1000")["rows"]
    return rows


def test_the_command_beside_a_figure_lists_exactly_its_rows(lived: Commands) -> None:
    tried = set()
    for period in ("2026-11", "2026-Q4", "2026", "2025"):
        for name, figure in figures(lived.ask("summary", "--period", period)).items():
            if figure["query"] is None:
                continue
            rows = rows_of(lived, figure["query"])
            listed = sum(row[figure["adds_up"]] for row in rows) if figure["adds_up"] else len(rows)
            assert listed + figure["unlisted"] == figure["value"], (period, name, figure["query"])
            tried |= {name} if figure["value"] else set()
    assert tried >= {
        "visits.registered", "visits.batches", "visits.people", "visits.instant", "visits.timed",
        "visits.closed", "visits.on_time", "visits.late_entries",
    }  # fmt: skip


def test_every_figure_has_a_name_a_label_a_value_and_how_it_is_counted(lived: Commands) -> None:
    document = lived.ask("summary")

    assert (document["period"], document["label"]) == ("2026-11", "2026年11月")
    assert (document["first"], document["until"]) == ("2026-11-01", "2026-11-23")
    for figure in document["figures"]:
        assert figure["label"]
        assert figure["words"]
        assert figure["how"].endswith("。")
    rate = figures(document)["visits.close_rate"]
    assert set(rate["value"]) == {"part", "whole"}
    assert set(rate["before"]) == {"value", "words", "change"}
    assert figures(document)["visits.petitions"]["query"] is None


def test_a_person_reads_a_table_with_the_ways_of_counting(lived: Commands) -> None:
    told = lived.run("summary", "--period", "2026-Q4", "--by", "月份")

    assert told.status == 0
    assert "2026年第四季度" in told.out
    assert "按月份：" in told.out
    assert "2026-11" in told.out
    assert "  jinlin list visits --from 2026-10-01 --to 2026-12-31\n" in told.out
    assert "还没有台账" in told.out


def test_parts_add_up_to_the_period(lived: Commands) -> None:
    whole = lived.ask("summary", "--period", "2026", "--by", "month")
    by_month = whole["by"]["lines"]
    registered = figures(whole)["visits.registered"]

    assert [line["label"] for line in by_month] == [f"2026-{month:02}" for month in range(1, 12)]
    assert sum(_value(line, "visits.registered") for line in by_month) == registered["value"]
    for part in ("category", "community"):
        lines = lived.ask("summary", "--period", "2026", "--by", part)["by"]["lines"]
        listed = sum(_value(line, "visits.listed") for line in lines)
        assert listed == registered["value"] - registered["unlisted"]
    (station,) = lived.ask("summary", "--period", "2026", "--by", "station")["by"]["lines"]
    assert station["label"] == "青榕雅苑党群服务站"
    assert _value(station, "activities.held") == figures(whole)["activities.held"]["value"]


def _value(line: Any, name: str) -> int:
    (value,) = [figure["value"] for figure in line["figures"] if figure["name"] == name]
    return int(value)


def test_visits_are_told_by_the_community_of_the_resident_s_compound(commands: Commands) -> None:
    community = commands.uid("places", 类别="社区", 名称="青榕社区")
    commands.uid("places", 类别="小区", 名称="青榕雅苑", 上级=community)
    for compound in ({"小区": "青榕雅苑"}, {}):
        commands.uid("visits", 姓名="陈桂英", 事由="楼道灯不亮", **compound)

    lines = commands.ask("summary", "--by", "社区")["by"]["lines"]

    assert [(line["label"], _value(line, "visits.listed")) for line in lines] == [
        ("青榕社区", 1),
        ("未写明社区", 1),
    ]


def test_levels_of_few_evaluations_are_not_told(commands: Commands) -> None:
    for _ in range(4):
        uid = commands.uid("visits", 姓名="陈桂英", 事由="问路", 办理方式="即时办结")
        level = {"评价": "不满意", "评价方式": "居民屏"}
        commands.ask("act", "visits", uid, "evaluate", "-", stdin=level)

    document = commands.ask("summary", "--by", "month")

    assert figures(document)["visits.evaluated"]["value"] == 4
    for name in ("visits.satisfied_rate", "visits.dissatisfied"):
        assert figures(document)[name]["value"] is None
        assert "不足 5 件" in figures(document)[name]["beside"]
    assert "dissatisfied" not in str(document["by"])


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2026-13"), "后面要写时间段"),
        (("--period", "上个月"), "后面要写时间段"),
        (("--by", "street"), "后面要写 station"),
    ],
)
def test_what_is_no_period_and_no_part_is_told(
    commands: Commands, words: tuple[str, ...], said: str
) -> None:
    told = commands.run("summary", *words)

    assert (told.status, told.out) == (2, "")
    assert said in told.err
