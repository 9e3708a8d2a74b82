"""A street and its station from the command line, as two people do it with a stick between them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in_with_recovery
from desktop_app.storage.home import Home
from tests.cli.running import Commands
from tests.homes import CHEAP, LEAD, PASSWORD, StationHome

CODE = re.compile(r"(\d{4} ){4}\d{4}")


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> Commands:
    """Commands at a fresh street's home."""
    made = Commands(tmp_path / "street", clock, {"JINLIN_PASSWORD": PASSWORD})
    made.ask("init", "--edition", "street", "--name", "澄岭街道", "--code", "CL", "--as", "周立")
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


class Both:
    """A street, a station, and the files between them."""

    def __init__(self, street: Commands, station: Commands, stick: Path) -> None:
        self.street, self.station, self.stick = street, station, stick

    def file(self, name: str) -> str:
        return str(self.stick / name)

    def invite(self) -> Any:
        return self.street.ask("street", "invite", "--out", self.file("street.json"))

    def request(self, *more: str) -> Any:
        return self.station.ask(
            "station", "request", "--to", self.file("street.json"), "--out",
            self.file("station.json"), *more,
        )  # fmt: skip

    def accept(self, *more: str) -> Any:
        return self.street.ask(
            "street", "accept", self.file("station.json"), "--out", self.file("welcome.json"), *more
        )

    def join(self) -> Any:
        return self.station.ask("station", "join", self.file("welcome.json"))


@pytest.fixture
def both(street: Commands, commands: Commands, stick: Path) -> Both:
    return Both(street, commands, stick)


@pytest.fixture
def joined(both: Both) -> Both:
    both.invite()
    both.request()
    both.accept()
    both.join()
    return both


def test_a_station_joins_in_four_commands(both: Both) -> None:
    invited = both.invite()
    asked = both.request("--expect", invited["fingerprint"])
    accepted = both.accept("--expect", asked["fingerprint"])
    joined = both.join()

    assert CODE.fullmatch(invited["fingerprint"])
    assert invited["paper_key"].startswith("AGE-SECRET-KEY-1")
    assert asked["street"] == {
        "code": "CL",
        "name": "澄岭街道",
        "fingerprint": invited["fingerprint"],
    }
    assert accepted["accepted"]
    assert accepted["fingerprint"] == asked["fingerprint"] == joined["fingerprint"]
    assert (joined["street"]["name"], joined["rescue"]) == ("澄岭街道", True)
    (station,) = both.street.ask("street", "stations")["stations"]
    assert (station["code"], station["state"]) == ("QR01", "joined")
    assert station["key"]["trusted"]
    assert station["key"]["allowed_signer"].startswith(
        'QR01 namespaces="jinlin-desk.parcel.v1" ssh-'
    )
    (row,) = both.street.ask("list", "stations")["rows"]
    assert row["code"] == "QR01"
    shown = both.street.ask("show", "stations", row["uid"])
    assert [event["what"] for event in shown["history"]] == ["接收站点申请"]


def test_people_read_the_same_code_on_both_screens(both: Both) -> None:
    invited = both.street.run("street", "invite", "--out", both.file("street.json"))
    asked = both.station.run(
        "station", "request", "--to", both.file("street.json"), "--out", both.file("station.json")
    )
    looked = both.street.run("street", "accept", both.file("station.json"))

    street_code = re.search(f"街道核对码：({CODE.pattern})", invited.out)
    station_code = re.search(f"本站核对码：({CODE.pattern})", asked.out)
    assert street_code is not None
    assert station_code is not None
    assert street_code[1] in asked.out
    assert station_code[1] in looked.out
    assert "AGE-SECRET-KEY-1" in invited.out
    assert "只显示这一次" in invited.err
    assert "还没有接收" in looked.out
    assert both.street.ask("street", "stations") == {"stations": []}


def test_the_paper_key_is_told_even_when_the_file_cannot_be_written(both: Both) -> None:
    told = both.street.run("street", "invite", "--out", both.file("no/such/folder/street.json"))

    assert told.status == 4
    assert "AGE-SECRET-KEY-1" in told.err


def test_wrong_files_keep_their_statuses(both: Both) -> None:
    both.invite()
    both.request()
    both.accept()
    request = Path(both.file("station.json"))
    changed = json.loads(request.read_bytes())
    changed["station"]["code"] = "QR09"
    tampered = both.stick / "tampered.json"
    tampered.write_text(json.dumps(changed, ensure_ascii=False))
    (both.stick / "empty.json").touch()
    (both.stick / "sheet.json").write_bytes(b"PK\x03\x04" + b"\0" * 300)

    for name, status in (
        ("tampered.json", 5), ("empty.json", 3), ("sheet.json", 3), ("street.json", 3),
        ("welcome.json", 3), ("nothing.json", 3),
    ):  # fmt: skip
        told = both.street.run("street", "accept", both.file(name), "--json")
        assert told.status == told.document["error"]["status"] == status, name
    assert both.station.run("station", "join", both.file("station.json")).status == 3
    assert both.station.run("station", "join", both.file("welcome.json")).status == 0
    assert both.station.run("station", "join", both.file("welcome.json")).status == 3


def test_a_wrong_code_is_a_refusal(both: Both) -> None:
    both.invite()
    told = both.station.run(
        "station", "request", "--to", both.file("street.json"), "--out", both.file("x.json"),
        "--expect", "0000 0000 0000 0000 0000",
    )  # fmt: skip

    assert told.status == 5
    assert "核对码不一致" in told.err
    assert not Path(both.file("x.json")).exists()


def test_the_answer_does_not_overwrite_the_question(both: Both) -> None:
    both.invite()
    both.request()
    before = Path(both.file("station.json")).read_bytes()

    told = both.street.run(
        "street", "accept", both.file("station.json"), "--out", both.file("station.json")
    )

    assert told.status == 2
    assert Path(both.file("station.json")).read_bytes() == before


def test_each_edition_refuses_the_other_s_verbs(joined: Both) -> None:
    out = joined.file("x.json")
    for commands, words, said in (
        (joined.station, ("street", "invite", "--out", out), "要在街道做"),
        (joined.station, ("street", "accept", joined.file("station.json")), "要在街道做"),
        (joined.station, ("street", "revoke", "QR01", "--reason", "x"), "要在街道做"),
        (joined.station, ("street", "rescue", out, "--reason", "x"), "找不到"),
        (joined.street, ("station", "request", "--to", joined.file("street.json"), "--out", out),
         "要在站点做"),
        (joined.street, ("station", "join", joined.file("welcome.json")), "要在站点做"),
        (joined.street, ("station", "rotate-key"), "要在站点做"),
    ):  # fmt: skip
        told = commands.run(*words)
        assert told.status == 3, words
        assert said in told.err
    assert not Path(out).exists()


def test_another_pc_is_accepted_only_with_replace(
    joined: Both, tmp_path: Path, clock: FixedClock
) -> None:
    other = Commands(tmp_path / "other", clock, {"JINLIN_PASSWORD": PASSWORD})
    other.ask("init", "--edition", "station", "--name", "青榕雅苑党群服务站", "--code", "QR01",
              "--as", LEAD)  # fmt: skip
    again = Both(joined.street, other, joined.stick)
    again.request()

    told = again.street.run(
        "street", "accept", again.file("station.json"), "--out", again.file("w.json")
    )
    assert told.status == 3
    assert "--replace" in told.err
    assert "重新对账" in told.err
    assert again.accept("--replace")["replaces"]
    again.join()
    (station,) = again.street.ask("street", "stations")["stations"]
    assert [key["trusted"] for key in station["keys"]] == [False, True]


def test_keys_are_rotated_and_revoked(joined: Both) -> None:
    announced = joined.station.ask("station", "rotate-key")["announced"]
    assert re.fullmatch("[0-9a-f]{64}", announced)
    assert joined.station.run("station", "rotate-key").status == 3

    done = joined.street.ask("street", "revoke", "qr01", "--reason", "电脑被盗")["station"]

    assert (done["code"], done["state_label"]) == ("QR01", "密钥已吊销")
    (station,) = joined.street.ask("street", "stations")["stations"]
    assert station["key"] is None
    assert station["keys"][0]["reason"] == "电脑被盗"


def test_stations_are_renamed_split_merged_moved_and_taken_back(joined: Both) -> None:
    ask = joined.street.ask
    renamed = ask("street", "rename", "QR01", "--name", "青榕中心", "--reason", "发文")["station"]
    new = ask("street", "split", "QR01", "--new-code", "QR11", "--new-name", "二期站",
              "--reason", "二期")["station"]  # fmt: skip
    merged = ask("street", "merge", "QR11", "--into", "QR01", "--from", "2026-11-23",
                 "--reason", "又合并")["station"]  # fmt: skip
    back = ask("street", "reinstate", "QR11", "--reason", "误操作")["station"]
    moved = ask("street", "move-out", "QR01", "--to", "栖溪街道", "--reason", "调整")["station"]

    assert renamed["name"] == "青榕中心"
    assert (new["origin"], new["state"]) == ("QR01", "expected")
    assert (merged["successor"], merged["until"]) == ("QR01", "2026-11-23")
    assert (back["state"], back["until"]) == ("expected", None)
    assert (moved["state_label"], moved["moved_to"]) == ("已迁出", "栖溪街道")
    audited = ask("audit")["entries"]
    assert [one["action"] for one in audited[:10] if one["action"] != "登录"] == [
        "站点迁出", "恢复站点", "站点合并", "站点拆分", "站点更名",
    ]  # fmt: skip


def test_a_station_takes_another_name_and_keeps_its_code(
    joined: Both, station_home: StationHome
) -> None:
    done = joined.station.ask("station", "rename", "--name", "青榕中心")

    about = Home.open(station_home.path).about
    assert (done["before"], done["name"]) == ("青榕雅苑党群服务站", "青榕中心")
    assert (about.name, about.code) == ("青榕中心", "QR01")
    with station_home.session() as session:
        assert session.database.station.name == "青榕中心"


def test_a_locked_out_station_is_helped_by_its_street_once(
    joined: Both, station_home: StationHome
) -> None:
    nobody = Commands(joined.station.path, joined.station.clock)
    nobody.ask("station", "ask-rescue", "--out", joined.file("rescue.json"))
    found = joined.street.ask("street", "rescue", joined.file("rescue.json"), "--reason", "离职")
    assert (found["code"], found["known_as"]) == ("QR01", "青榕雅苑党群服务站")

    with open_house(station_home.path, station_home.clock) as house:
        session = sign_in_with_recovery(
            house, found["recovery_code"], LEAD, "Xin-mi-ma-2026", kdf_cost=CHEAP
        )
        session.close()

    assert nobody.run("station", "ask-rescue", "--out", joined.file("again.json")).status == 3
    joined.station.environment["JINLIN_PASSWORD"] = "Xin-mi-ma-2026"
    details = [one["detail"] for one in joined.station.ask("audit")["entries"]]
    assert "街道交回的恢复码（已作废），并设了新密码" in details
    joined.station.ask("station", "deposit-rescue")
    assert nobody.run("station", "ask-rescue", "--out", joined.file("again.json")).status == 0
    with open_house(station_home.path, station_home.clock) as house:
        sign_in_with_recovery(
            house, station_home.recovery_code, LEAD, "Xin-mi-ma-2027", kdf_cost=CHEAP
        ).close()


def test_a_street_that_lost_its_home_starts_anew_with_the_key_on_paper(
    both: Both, tmp_path: Path, clock: FixedClock
) -> None:
    paper = both.invite()["paper_key"]
    both.request()
    both.accept()
    both.join()
    anew = Commands(tmp_path / "anew", clock, {"JINLIN_PASSWORD": PASSWORD})
    anew.ask("init", "--edition", "street", "--name", "澄岭街道", "--code", "CL", "--as", "周立")
    anew.environment["JINLIN_PAPER_KEY"] = paper

    recovered = anew.ask("street", "recover-key")

    assert recovered["fresh"]
    assert recovered["paper_key"] not in (None, paper)
    again = Both(anew, both.station, both.stick)
    assert again.invite() == again.invite() | {
        "paper_key": None,
        "fingerprint": recovered["fingerprint"],
    }
    again.request("--move")
    assert not again.accept()["replaces"]
    assert again.join()["moved_from"] == "澄岭街道"


def test_the_paper_key_is_never_an_argument(street: Commands) -> None:
    assert "没有街道的备用密钥" in street.run("street", "recover-key").err
    street.environment["JINLIN_PAPER_KEY"] = "AGE-SECRET-KEY-1OOPS"
    told = street.run("street", "recover-key")
    assert told.status == 3
    assert "OOPS" not in told.err
