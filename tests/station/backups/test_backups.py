"""A station that lost its PC opens its backup on another one, and no number is given twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.core.clock import millis
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.rights import Right
from desktop_app.core.settings import BACKUP_FOLDER, BACKUP_KEEP
from desktop_app.registers.people import service as people
from desktop_app.station.backups import service
from desktop_app.station.sign_in.session import Session
from desktop_app.storage import audit
from desktop_app.storage.backup import backups_in
from desktop_app.storage.numbering import next_number
from desktop_app.storage.settings import write_setting
from tests.homes import StationHome

pytestmark = pytest.mark.sqlite_only


def take_number(session: Session) -> str:
    with session.desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        number = next_number(unit, 2026)
        unit.about(number)
        return number


def subjects(session: Session) -> list[str]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        return [entry.subject for entry in audit.entries(connection) if entry.action == "登记来访"]


def copy_of(home: StationHome, path: Path) -> StationHome:
    return StationHome(path, home.clock, home.lead, "")


def test_a_restored_home_goes_on_under_the_next_letter_and_another_lineage(
    station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        assert take_number(session) == "QR01-2026A-00001"
        made = service.back_up(session.desk, session.house.home, tmp_path / "stick")
        lost = take_number(session)
        old_lineage = session.database.station.lineage
    assert lost == "QR01-2026A-00002"

    service.restore(made.path, tmp_path / "new", station_home.clock)
    with copy_of(station_home, tmp_path / "new").session() as session:
        assert subjects(session) == ["QR01-2026A-00001"]
        assert take_number(session) == "QR01-2026B-00001"
        assert session.database.station.lineage != old_lineage
    with copy_of(station_home, tmp_path / "new").session() as session:
        assert take_number(session) == "QR01-2026B-00002"


def test_a_second_restore_takes_a_letter_that_no_backup_beside_it_has(
    station_home: StationHome, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    with station_home.session() as session:
        first = service.back_up(session.desk, session.house.home, stick)
    service.restore(first.path, tmp_path / "second", station_home.clock)
    station_home.clock.advance(60)
    with copy_of(station_home, tmp_path / "second").session() as session:
        service.back_up(session.desk, session.house.home, stick)

    service.restore(first.path, tmp_path / "third", station_home.clock)
    with copy_of(station_home, tmp_path / "third").session() as session:
        assert take_number(session) == "QR01-2026C-00001"


def test_a_restore_never_goes_into_a_home_that_exists(
    station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = service.back_up(session.desk, session.house.home, tmp_path / "stick")
    with pytest.raises(UserError, match="已经有近邻台的数据"):
        service.restore(made.path, station_home.path, station_home.clock)
    with station_home.session() as session:
        assert session.desk.actor.may(Right.REGISTER)


def test_a_damaged_backup_leaves_no_half_made_home(
    station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = service.back_up(session.desk, session.house.home, tmp_path / "stick")
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 255
    made.path.write_bytes(content)

    with pytest.raises(SafetyRefusal, match="不完整或已损坏"):
        service.restore(made.path, tmp_path / "new", station_home.clock)
    assert not (tmp_path / "new" / "home.json").exists()


def test_a_lost_marker_is_not_needed_and_a_damaged_one_stops(
    station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = service.back_up(session.desk, session.house.home, tmp_path / "stick")
    service.restore(made.path, tmp_path / "new", station_home.clock)
    (tmp_path / "new" / service.RESTORED).write_text("{")

    with (
        pytest.raises(SafetyRefusal, match="恢复标记文件已损坏"),
        copy_of(station_home, tmp_path / "new").session(),
    ):
        pass


def test_the_daily_backup_keeps_as_many_as_the_setting_says_and_a_copy_elsewhere(
    station_home: StationHome, tmp_path: Path
) -> None:
    other = tmp_path / "second disk"
    other.mkdir()
    with station_home.session() as session:
        with session.desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
            write_setting(unit, BACKUP_KEEP, 3)
            write_setting(unit, BACKUP_FOLDER, str(other))
        home = session.house.home
        for _ in range(5):
            station_home.clock.advance(3600)
            service.roll(session.desk, home)
        assert len(backups_in(home.backups)) == len(backups_in(other)) == 3


def test_a_second_folder_that_is_away_is_told_and_the_home_is_backed_up(
    station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        with session.desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
            write_setting(unit, BACKUP_FOLDER, str(tmp_path / "unplugged"))
        rolled = service.roll(session.desk, session.house.home)

    assert "找不到，只备份在了本机" in rolled.elsewhere
    assert rolled.made.path.exists()


def change_something(session: Session) -> None:
    people.set_pin(session.desk, "7391")


def test_a_backup_is_due_once_a_day_when_something_was_saved(station_home: StationHome) -> None:
    with station_home.session() as session:
        home = session.house.home
        due = [service.is_due(session.desk, home)]
        service.roll(session.desk, home)
        change_something(session)
        due.append(service.is_due(session.desk, home))
        station_home.clock.advance(24 * 3600)
        due.append(service.is_due(session.desk, home))
        service.roll(session.desk, home)
        station_home.clock.advance(24 * 3600)
        due.append(service.is_due(session.desk, home))

    assert due == [True, False, True, False]


def test_a_clock_that_fell_back_to_2000_never_makes_the_newest_backup_the_oldest(
    station_home: StationHome,
) -> None:
    with station_home.session() as session:
        home = session.house.home
        with session.desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
            write_setting(unit, BACKUP_KEEP, 2)
        for _ in range(2):
            service.roll(session.desk, home)
            station_home.clock.advance(24 * 3600)
            change_something(session)
        station_home.clock.set(millis(datetime(2000, 1, 1, 0, 5, tzinfo=UTC)))
        newest = service.roll(session.desk, home).made
        due = service.is_due(session.desk, home)

    assert backups_in(home.backups)[0].path == newest.path
    assert len(backups_in(home.backups)) == 2
    assert not due


def test_closing_without_news_needs_no_backup(station_home: StationHome) -> None:
    with station_home.session() as session:
        home = session.house.home
        service.roll(session.desk, home)
        before = service.has_news(session.desk, home)
        change_something(session)

        assert (before, service.has_news(session.desk, home)) == (False, True)


@pytest.mark.parametrize(
    ("letter", "following"), [("A", "B"), ("Y", "Z"), ("Z", "AA"), ("AZ", "BA"), ("ZZ", "AAA")]
)
def test_letters_go_on_after_z(letter: str, following: str) -> None:
    assert service.next_letter(letter) == following
