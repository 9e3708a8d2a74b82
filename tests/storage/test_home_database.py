"""A home's database, in a file or on a server: upgraded when old, in words when out of reach."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.core.errors import EnvironmentFault
from desktop_app.station.sign_in.proof import prove_by_password
from desktop_app.storage.home import DATABASE_PASSWORD_VARIABLE, Home, InUse
from desktop_app.storage.home_database import is_old, server_address, upgrade
from desktop_app.storage.keys import DataKey, KeySlots
from desktop_app.storage.migrations.steps import LATEST, STEPS
from tests.homes import PASSWORD, StationHome

NEXT: Any = SimpleNamespace(
    NUMBER=LATEST + 1,
    TITLE="试验",
    SQLITE=("CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT",),
    POSTGRESQL=("CREATE TABLE later (n BIGINT PRIMARY KEY)",),
)


@pytest.fixture
def data_key(station_home: StationHome) -> DataKey:
    with station_home.house() as house:
        return prove_by_password(house, station_home.lead, PASSWORD)


def test_an_old_database_is_upgraded_once(station_home: StationHome, data_key: DataKey) -> None:
    home = Home.open(station_home.path)
    assert not is_old(home, data_key)
    steps = (*STEPS, NEXT)
    assert is_old(home, data_key, steps)
    upgrade(home, data_key, station_home.clock, steps)
    assert not is_old(home, data_key, steps)


@pytest.mark.sqlite_only
def test_an_upgrade_sets_the_old_file_aside_with_the_slots_that_open_it(
    station_home: StationHome, data_key: DataKey
) -> None:
    home = Home.open(station_home.path)
    upgrade(home, data_key, station_home.clock, (*STEPS, NEXT))
    kept = home.backups / "before-upgrade-20261123-090000.db"
    assert kept.exists()
    slots = KeySlots.load(kept.with_suffix(".keyslots.json"))
    assert slots.unlock(station_home.lead, PASSWORD) == data_key


@pytest.mark.sqlite_only
def test_an_upgrade_waits_for_everybody_else_to_leave(station_home: StationHome) -> None:
    with station_home.house(window=True) as window, station_home.house() as command:
        with pytest.raises(InUse, match="独自使用"), window.alone():
            pass
        with pytest.raises(InUse, match="独自使用"), command.alone():
            pass
        command.close()
        with window.alone(), pytest.raises(InUse, match="暂时不能打开"):
            command.hold()
        command.hold()
        with pytest.raises(InUse, match="独自使用"), window.alone():
            pass


def test_a_server_that_does_not_answer_is_told_in_words(
    station_home: StationHome, data_key: DataKey
) -> None:
    about = station_home.path / "home.json"
    document = json.loads(about.read_text(encoding="utf-8"))
    document["database_url"] = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    about.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="连不上数据库服务器"), station_home.session():
        pass


def test_the_server_s_password_comes_from_the_environment_and_is_in_no_file(
    station_home: StationHome,
) -> None:
    home = Home.open(station_home.path)
    url = "postgresql+psycopg://clerk@server/jinlin"
    named = replace(home, about=replace(home.about, database_url=url))
    assert server_address(named, {}) == url
    asked = server_address(named, {DATABASE_PASSWORD_VARIABLE: "p@ss/word"})
    assert asked == "postgresql+psycopg://clerk:p%40ss%2Fword@server/jinlin"
    assert "p@ss" not in (home.path / "home.json").read_text(encoding="utf-8")


def test_an_open_home_keeps_attachments_and_finds_them_again(station_home: StationHome) -> None:
    with station_home.session() as session:
        kept = session.database.blobs.put(b"a photo")
    with station_home.session() as session:
        assert session.database.blobs.get(kept.sha256) == b"a photo"
