"""`report` makes the same paper as the window, keeps it, and says what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome
from tests.ledgers.posts.builders import volunteer
from tests.printing.outside import assert_sound


def test_the_list_names_every_kind_and_what_it_is_about(commands: Commands) -> None:
    answer = commands.run("report", "--list", "--json")
    kinds = {one["kind"]: one for one in answer.document["kinds"]}
    assert {"activity", "brief", "sign-in", "visits-ledger", "slip", "month", "year"} <= set(kinds)
    assert kinds["month"] == {"kind": "month", "label": "月工作报告", "takes": "--period"}


def test_a_month_is_written_and_kept(commands: Commands, tmp_path: Path) -> None:
    out = tmp_path / "十一月.pdf"
    answer = commands.run("report", "month", "--period", "2026-11", "--out", str(out), "--json")
    assert answer.status == 0
    reading = assert_sound(out.read_bytes())
    assert answer.document["pages"] == len(reading.pages)
    assert "2026年11月工作报告" in answer.document["title"]
    (kept,) = commands.run("list", "papers", "--json").document["rows"]
    assert (kept["uid"], kept["report"]) == (answer.document["paper"], "month")


def test_a_kind_in_chinese_will_do_and_a_wrong_period_is_told(
    commands: Commands, tmp_path: Path
) -> None:
    out = str(tmp_path / "x.pdf")
    answer = commands.run("report", "月工作报告", "--period", "2026-Q1", "--out", out)
    assert answer.status == 3
    assert "要说明是哪个月" in answer.err
    assert not Path(out).exists()


def test_without_a_kind_or_a_file_the_words_are_wrong(commands: Commands) -> None:
    assert commands.run("report", "month").status == 2
    assert commands.run("report", "--out", "x.pdf").status == 2


def test_an_unknown_kind_is_answered_with_those_there_are(commands: Commands) -> None:
    answer = commands.run("report", "weekly", "--out", "x.pdf")
    assert answer.status == 3
    assert "visits-ledger（来访登记台账）" in answer.err


def test_the_duty_roster_of_a_week_is_written(commands: Commands, tmp_path: Path) -> None:
    commands.uid("posts", 名称="夜间巡逻", 名额=2, 岗位类别="平安巡逻")
    out = tmp_path / "值班表.pdf"
    words = ("--from", "2026-11-23", "--to", "2026-11-29", "--out", str(out), "--json")
    assert commands.run("report", "duty", *words).status == 0
    assert "夜间巡逻" in assert_sound(out.read_bytes()).characters


@pytest.mark.sqlite_only
def test_only_the_volunteers_that_are_named_are_on_the_list(
    commands: Commands, station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        names = ("李慧敏", "林志强")
        one, two = (volunteer(session.desk, name).uid.hex for name in names)
    out = tmp_path / "名单.pdf"
    words = ("--out", str(out), "--json")
    assert commands.run("report", "volunteers", "--only", one, *words).status == 0
    read = assert_sound(out.read_bytes()).characters
    for words_of_it, there in (("李慧敏", True), ("林志强", False), ("所选1人", True)):
        assert (words_of_it in read) is there, words_of_it
    both = commands.run("report", "volunteer-summary", "--only", f"{one}，{two}", *words)
    assert both.document["pages"] == 2
    wrong = commands.run("report", "volunteers", "--only", "zxl", *words)
    assert (wrong.status, "不是一个 uid" in wrong.err) == (3, True)
