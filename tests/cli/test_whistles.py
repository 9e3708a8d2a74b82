"""`street whistles` and `street answer`: a street that answers by script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from tests.cli.running import Commands
from tests.homes import PASSWORD

pytestmark = pytest.mark.sqlite_only

REQUEST: dict[str, Any] = {"来源": "来电", "事项": "水管老化", "姓名": "陈桂英", "楼栋": "3栋"}


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> Commands:
    """Commands at a street's home."""
    made = Commands(tmp_path / "street", clock, {"JINLIN_PASSWORD": PASSWORD})
    made.ask("init", "--edition", "street", "--name", "澄岭街道", "--code", "CL", "--as", "周立")
    return made


@pytest.fixture
def station(commands: Commands, street: Commands, tmp_path: Path) -> Commands:
    """Commands at a station's home that belongs to it."""
    papers = {name: str(tmp_path / f"{name}.json") for name in ("street", "station", "welcome")}
    street.ask("street", "invite", "--out", papers["street"])
    commands.ask("station", "request", "--to", papers["street"], "--out", papers["station"])
    street.ask("street", "accept", papers["station"], "--out", papers["welcome"])
    commands.ask("station", "join", papers["welcome"])
    return commands


@pytest.fixture
def asked(station: Commands, street: Commands, tmp_path: Path) -> str:
    """A request that was escalated and reported; its uid."""
    uid = station.uid("requests", **REQUEST)
    station.ask("act", "requests", uid, "吹哨", "-", stdin={"说明": "要水务所来换"})
    report(station, street, tmp_path)
    return uid


def report(station: Commands, street: Commands, folder: Path) -> Any:
    """Up and down once; what the receipt did."""
    stick = folder / "stick"
    stick.mkdir(exist_ok=True)
    made = station.ask("bundle", "export", "--to", str(stick))
    path = made["paths"][0] if "paths" in made else made["path"]
    told = street.ask("bundle", "import", str(path), "--receipts", str(stick))
    return station.ask("bundle", "receipt", told["files"][0]["receipt"])


def test_a_whistle_is_listed_with_all_that_answering_needs(street: Commands, asked: str) -> None:
    told = street.ask("street", "whistles", "--waiting")
    (one,) = told["whistles"]
    assert told["waiting"] == 1
    assert (one["uid"], one["title"], one["reason"]) == (asked, "水管老化", "要水务所来换")
    assert (one["stage"], one["stage_label"], one["days"], one["place"]) == (
        "waiting", "待答复", 0, "3栋",
    )  # fmt: skip
    assert "陈" not in str(one)
    assert street.ask("street", "whistles", "--station", "QR09")["whistles"] == []
    shown = street.run("street", "whistles")
    assert "水管老化" in shown.out


def test_an_answer_goes_down_is_taken_once_and_seen_to_be(
    street: Commands, station: Commands, asked: str, tmp_path: Path
) -> None:
    (code,) = {one["station"] for one in street.ask("street", "whistles")["whistles"]}
    done = street.ask("street", "answer", code, asked, "-", stdin={"答复": "周五上门。"})
    assert done["whistle"]["answer"]["words"] == "周五上门。"
    assert street.ask("street", "whistles", "--waiting")["whistles"] == []
    station.uid("requests", **REQUEST)
    taken = report(station, street, tmp_path)
    assert [one["uid"] for one in taken["answered"]] == [asked]
    record = station.ask("show", "requests", asked)["record"]
    assert (record["state"], record["answer"]["words"]) == ("accepted", "周五上门。")
    assert report(station, street, tmp_path)["answered"] == []
    (one,) = street.ask("street", "whistles")["whistles"]
    assert (one["stage"], one["answer"]["taken"]) == ("taken", True)
    late = street.run("street", "answer", code, asked, "-", stdin='{"答复": "改了。"}')
    assert late.status == 3
    assert "已经收下" in late.err


@pytest.mark.parametrize("wrong", ["{}", '{"答复": ""}', '{"答复": 3}', '{"别的": "x"}', "[]"])
def test_what_is_no_answer_is_refused_and_changes_nothing(
    street: Commands, asked: str, wrong: str
) -> None:
    (one,) = street.ask("street", "whistles")["whistles"]
    answer = street.run("street", "answer", one["station"], asked, "-", stdin=wrong)
    assert answer.status == 3
    assert street.ask("street", "whistles")["waiting"] == 1


def test_a_station_has_no_such_verbs(station: Commands) -> None:
    answer = station.run("street", "whistles")
    assert answer.status == 3
    assert "街道" in answer.err
