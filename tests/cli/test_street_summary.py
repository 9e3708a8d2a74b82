"""`summary` and `report` at a street: the whole street by script, each figure with its rows."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in
from tests.cli.running import Commands
from tests.homes import CHEAP, PASSWORD
from tests.printing.outside import assert_sound
from tests.street.street_data import StreetData

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> Commands:
    """Commands at a street's home with four months of three stations, one of which is behind."""
    made = Commands(tmp_path / "street", clock, {"JINLIN_PASSWORD": PASSWORD})
    made.ask("init", "--edition", "street", "--name", "东城街道", "--code", "DC", "--as", "周立")
    with open_house(made.path, clock) as house:
        session = sign_in(house, "周立", PASSWORD, kdf_cost=CHEAP)
        data = StreetData(session.desk.database, date(2026, 11, 23), stations=3, thin=16)
        data.found()
        data.live(date(2026, 8, 1), date(2026, 11, 23))
        data.withhold(["2026-10"])
        data.report({"QR01": date(2026, 11, 16), "QR02": date(2026, 9, 9)})
        session.close()
    return made


def figures(line: Any) -> dict[str, Any]:
    return {figure["name"]: figure for figure in line["figures"]}


def total(commands: Commands, query: str, adds_up: str) -> int:
    program, *words = shlex.split(query)
    assert program == "jinlin"
    rows: list[Any] = commands.ask(*words, "--limit", "1000")["rows"]
    return sum(row[adds_up] for row in rows) if adds_up else len(rows)


def test_the_command_beside_a_figure_lists_exactly_its_rows(street: Commands) -> None:
    document = street.ask("summary", "--period", "2026-10", "--by", "station")
    tried = set()
    for line in [document, *document["by"]["lines"]]:
        for name, figure in figures(line).items():
            if figure["query"] is None:
                continue
            listed = total(street, figure["query"], figure["adds_up"])
            assert listed + figure["unlisted"] == figure["value"], figure["query"]
            tried |= {name} if figure["value"] else set()
    assert tried >= {"visits.registered", "visits.people", "visits.open", "activities.held"}


def test_the_document_says_who_has_not_reported_and_how_stations_are_told(street: Commands) -> None:
    document = street.ask("summary", "--period", "2026-10", "--by", "站点")
    assert (document["street"], document["stations"]) == ("东城街道", 3)
    assert document["structure"] == "now"
    assert [(one["code"], one["until"]) for one in document["not_reported"]] == [
        ("QR03", None),
        ("QR02", "2026-09-09"),
    ]
    lines = document["by"]["lines"]
    assert [(line["key"], line["beside"]) for line in lines] == [
        ("QR01", ""),
        ("QR02", "报送到9月9日"),
        ("QR03", "还没有上报过"),
    ]
    query = figures(lines[0])["visits.registered"]["query"]
    assert query == "jinlin list visits --from 2026-10-01 --to 2026-10-31 --station QR01"
    assert "整改数" in document["not_kept"]
    assert document["table"][0] == {"label": "单位", "words": "东城街道"}
    assert figures(document)["visits.petitions"]["value"] == 6


def test_parts_add_up_to_the_street(street: Commands) -> None:
    whole = figures(street.ask("summary", "--period", "2026-Q4"))["visits.registered"]
    for part, name in (
        ("station", "visits.registered"),
        ("month", "visits.registered"),
        ("category", "visits.listed"),
        ("community", "visits.listed"),
    ):
        document = street.ask("summary", "--period", "2026-Q4", "--by", part)
        told = sum(figures(line)[name]["value"] for line in document["by"]["lines"])
        assert told + (whole["unlisted"] if name == "visits.listed" else 0) == whole["value"]


def test_a_person_reads_who_is_behind_and_a_table_by_station(street: Commands) -> None:
    told = street.run("summary", "--period", "2026-10", "--by", "station", "--structure", "then")
    assert told.status == 0
    assert told.out.startswith("东城街道　2026年10月\n3 个站点中 2 个未报送")
    assert "QR03 金桂雅苑党群服务站　还没有上报过" in told.out
    assert "按站点：" in told.out
    assert "报送到9月9日" in told.out


def test_lists_are_narrowed_to_stations_and_others_say_they_cannot(street: Commands) -> None:
    both = street.ask("list", "visits", "--station", "QR01", "--station", "QR02", "--limit", "1000")
    alone = [
        len(street.ask("list", "visits", "--station", code, "--limit", "1000")["rows"])
        for code in ("QR01", "QR02")
    ]
    assert len(both["rows"]) == sum(alone)
    refused = street.run("list", "places", "--station", "QR01")
    assert refused.status == 3
    assert "不能按站点筛选" in refused.err


def test_the_street_s_report_is_a_sound_paper(street: Commands, tmp_path: Path) -> None:
    out = tmp_path / "月报.pdf"
    document = street.ask("report", "街道月报", "--period", "2026-10", "--out", str(out))
    assert document["kind"] == "street-month"
    assert "东城街道党群服务站2026年10月工作情况" in assert_sound(out.read_bytes()).characters
    refused = street.run("report", "month", "--period", "2026-10", "--out", str(out))
    assert (refused.status, "只在站点生成" in refused.err) == (3, True)


def test_a_station_has_no_structure(commands: Commands) -> None:
    refused = commands.run("summary", "--structure", "then")
    assert (refused.status, "只用于街道" in refused.err) == (3, True)
    assert commands.run("summary", "--structure", "once").status == 2
