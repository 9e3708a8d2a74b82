"""`init`, `backup`, `restore`, `check`, and homes that are not in order."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.storage.tables import AUDIT
from tests.cli.running import Commands
from tests.homes import LEAD, PASSWORD, StationHome

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def fresh(tmp_path: Path, clock: FixedClock) -> Commands:
    return Commands(tmp_path / "新家", clock, {"JINLIN_PASSWORD": PASSWORD})


INIT = ("init", "--edition", "station", "--name", "青榕雅苑党群服务站", "--code", "qr01")


def test_a_new_home_can_be_used_at_once(fresh: Commands) -> None:
    made = fresh.ask(*INIT, "--as", LEAD)

    assert (made["code"], made["edition"]) == ("QR01", "station")
    assert len(made["recovery_code"].replace("-", "")) >= 26
    assert fresh.ask("operators", "list")["operators"][0]["name"] == LEAD
    assert made["recovery_code"] not in fresh.run("audit", "--json").out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((*INIT,), 2, "--as"),
        ((*INIT[:-1], "青榕雅苑", "--as", LEAD), 3, "站点编码"),
        ((*INIT[:2], "国家", *INIT[3:], "--as", LEAD), 2, "--edition"),
        ((*INIT, "--as", LEAD, "--database", "postgresql+psycopg://a:b@c/d"), 3, "密码"),
        ((*INIT, "--as", LEAD, "--database", "mysql://c/d"), 3, "postgresql"),
        ((*INIT, "--as", LEAD, "--database", "postgresql+psycopg://c:x/d"), 3, "postgresql"),
    ],
)
def test_a_home_that_may_not_be_is_not_made(
    fresh: Commands, words: tuple[str, ...], status: int, said: str
) -> None:
    told = fresh.run(*words)

    assert (told.status, told.out) == (status, "")
    assert said in told.err
    assert not (fresh.path / "home.json").exists()


def test_a_home_is_not_made_over_another(commands: Commands) -> None:
    told = commands.run(*INIT, "--as", LEAD)

    assert told.status == 3
    assert "已经有近邻台的数据" in told.err


def test_a_backup_comes_back_whole_and_never_repeats_a_number(
    commands: Commands, tmp_path: Path
) -> None:
    visit = {"姓名": "陈桂英", "事由": "问路"}
    before = commands.ask("add", "visits", "-", stdin=visit)["added"][0]["number"]
    made = commands.ask("backup", "--to", str(tmp_path / "备份"))
    restored = Commands(tmp_path / "恢复", commands.clock, commands.environment)
    restored.ask("restore", made["path"])

    after = restored.ask("add", "visits", "-", stdin=visit)["added"][0]["number"]

    assert made["verified"] is True
    assert (before, after) == ("QR01-2026A-00001", "QR01-2026B-00001")
    listed = restored.ask("list", "visits")["rows"]
    assert {row["number"] for row in listed} == {after, before}
    assert restored.ask("check")["ok"] is True
    again = restored.run("restore", made["path"])
    assert again.status == 3
    assert "没有改动" in again.err


def test_a_backup_that_is_not_one_is_refused(fresh: Commands, tmp_path: Path) -> None:
    broken = tmp_path / "坏.jlbak"
    broken.write_bytes(b"PK\x03\x04 broken")

    missing, damaged = (
        fresh.run("restore", str(tmp_path / "没有")),
        fresh.run("restore", str(broken)),
    )

    assert (missing.status, damaged.status) == (3, 5)
    assert not (fresh.path / "home.json").exists()


def test_a_whole_home_passes_and_a_forged_entry_is_found(
    station_home: StationHome, commands: Commands
) -> None:
    whole = commands.run("check", "--json")
    with station_home.session() as session, session.database.unrecorded() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.n == 2).values(detail="没有这回事"))
    forged = commands.run("check", "--json")

    assert (whole.status, whole.document["ok"]) == (0, True)
    assert (forged.status, forged.document["ok"]) == (4, False)
    wrong = [part["name"] for part in forged.document["parts"] if not part["ok"]]
    assert wrong == ["审计记录"]
    assert "restore" in forged.err


def _truncated(home: Path) -> None:
    path = home / "jinlin.db"
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 17])


def _emptied(home: Path) -> None:
    (home / "jinlin.db").write_bytes(b"")


def _not_ours(home: Path) -> None:
    (home / "jinlin.db").unlink()
    plain = sqlite3.connect(home / "jinlin.db")
    plain.execute("CREATE TABLE a (b)")
    plain.close()


def _without_database(home: Path) -> None:
    (home / "jinlin.db").unlink()


def _without_slots(home: Path) -> None:
    (home / "keyslots.json").unlink()


def _broken_slots(home: Path) -> None:
    (home / "keyslots.json").write_text("{", encoding="utf-8")


def _newer_home(home: Path) -> None:
    path = home / "home.json"
    path.write_text(path.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")


def _without_home(home: Path) -> None:
    (home / "home.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "status", "said"),
    [
        (_truncated, 4, "损坏"),
        (_emptied, 4, "损坏"),
        (_not_ours, 4, "损坏"),
        (_without_database, 5, "找不到数据库文件"),
        (_without_slots, 5, "密钥"),
        (_broken_slots, 5, "密钥"),
        (_newer_home, 5, "新版本"),
        (_without_home, 3, "没有近邻台的数据"),
    ],
)
def test_a_spoilt_home_is_told_and_left_as_it_is(
    station_home: StationHome, commands: Commands, spoil: Any, status: int, said: str
) -> None:
    spoil(station_home.path)
    before = {
        path: path.read_bytes()
        for path in station_home.path.glob("*")
        if path.is_file() and path.suffix in (".db", ".json")
    }

    for words in (("list", "visits"), ("check", "--json")):
        told = commands.run(*words)
        assert told.status == status, told.err
        assert said in told.err
        assert "Traceback" not in told.err

    assert {path: path.read_bytes() for path in before} == before


def test_a_database_of_a_newer_program_is_refused(
    station_home: StationHome, commands: Commands
) -> None:
    with station_home.session() as session, session.database.unrecorded() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '999' WHERE name = 'schema_version'")

    told = commands.run("list", "visits")

    assert (told.status, told.out) == (5, "")
    assert "更新版本" in told.err


def test_commands_run_beside_the_window_and_a_restore_needs_the_home_alone(
    station_home: StationHome, commands: Commands
) -> None:
    with station_home.house(window=True) as house:
        house.hold()
        assert commands.run("list", "visits").status == 0
    with station_home.house() as house, house.alone():
        told = commands.run("list", "visits")

    assert told.status == 4
    assert "暂时不能打开" in told.err
