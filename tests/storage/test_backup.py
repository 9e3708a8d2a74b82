"""A backup can be believed: it is re-read, it opens, and damage is found before it is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.core.rights import Right
from desktop_app.storage import audit
from desktop_app.storage.backup import (
    ATTACHMENTS,
    Label,
    backups_in,
    drop_old,
    make_backup,
    unpack,
    verify_backup,
)
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.snapshot import restore_server
from tests.stations import KEY, ON_SERVER


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / ATTACHMENTS / "ab").mkdir(parents=True)
    (folder / "keyslots.json").write_text('{"slots": 1}')
    (folder / "home.json").write_text('{"home": 1}')
    (folder / ATTACHMENTS / "ab" / "abcd").write_bytes(b"sealed photo")
    return folder


def label(taken: int = 1) -> Label:
    return Label("00" * 16, "QR01", "青榕雅苑", "A", 0, taken, f"2026-11-23 09:00:{taken:02d}")


def work(desk: Desk, times: int = 3) -> None:
    for turn in range(times):
        with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
            unit.about(f"QR01-2026A-{turn:05d}")


@pytest.mark.sqlite_only
def test_a_backup_opens_with_everything_that_was_saved(
    desk: Desk, home: Path, tmp_path: Path, clock: FixedClock
) -> None:
    work(desk)
    made = make_backup(home, tmp_path / "out", label(), desk.database.snapshot, 1 << 20)
    work(desk)

    target = tmp_path / "restored"
    target.mkdir()
    unpack(made.path, target)
    opened = open_file(target / "jinlin.db", KEY, clock)
    with Desk(opened, desk.actor).reading(needs=Right.READ) as connection:
        assert len(audit.entries(connection)) == 3
        assert audit.check_audit(connection) == []
    opened.close()
    assert (target / "keyslots.json").read_text() == '{"slots": 1}'
    assert (target / ATTACHMENTS / "ab" / "abcd").read_bytes() == b"sealed photo"


def test_a_snapshot_taken_while_others_write_is_whole(
    desk: Desk, tmp_path: Path, clock: FixedClock, request: pytest.FixtureRequest
) -> None:
    work(desk, 2)
    copy = tmp_path / "copy"
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        desk.database.snapshot(copy)
        unit.about("未提交")

    if desk.database.dialect == "sqlite":
        opened: Database = open_file(copy, KEY, clock)
    else:
        url = sa.make_url(request.getfixturevalue("station_url"))
        with desk.database._writer.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        restore_server(url, copy)
        opened = open_server(url.render_as_string(hide_password=False), ON_SERVER, clock)
    with Desk(opened, desk.actor).reading(needs=Right.READ) as connection:
        assert [entry.n for entry in audit.entries(connection)] == [2, 1]
    opened.close()


def what_is_said_of(path: Path) -> object:
    """The parts of a backup that was found whole, else the words of its refusal."""
    try:
        return verify_backup(path).parts
    except SafetyRefusal as refusal:
        return "不完整或已损坏" if "不完整或已损坏" in refusal.sentence else refusal.sentence


@pytest.mark.sqlite_only
@pytest.mark.parametrize("where", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.9999])
def test_one_flipped_bit_anywhere_is_found_or_changes_nothing(
    desk: Desk, home: Path, tmp_path: Path, where: float
) -> None:
    made = make_backup(home, tmp_path / "out", label(), desk.database.snapshot, 1 << 20)
    content = bytearray(made.path.read_bytes())
    content[int(len(content) * where)] ^= 1
    made.path.write_bytes(content)

    # Most flips land in a part; a few land in the ZIP's own dates, which nobody reads.
    assert what_is_said_of(made.path) in ("不完整或已损坏", made.parts)


@pytest.mark.sqlite_only
def test_half_a_backup_is_refused_and_restores_nothing(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    made = make_backup(home, tmp_path / "out", label(), desk.database.snapshot, 1 << 20)
    content = made.path.read_bytes()
    made.path.write_bytes(content[: len(content) // 2])
    target = tmp_path / "restored"
    target.mkdir()

    with pytest.raises(SafetyRefusal, match="不完整或已损坏"):
        unpack(made.path, target)
    assert list(target.iterdir()) == []


@pytest.mark.sqlite_only
def test_old_backups_go_only_after_newer_ones_exist(desk: Desk, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for taken in range(1, 6):
        make_backup(home, folder, label(taken), desk.database.snapshot, 1 << 20)
    stranger = Label("00" * 16, "OTHER", "别的站", "A", 0, 0, "2026-01-01 00:00:00")
    make_backup(home, folder, stranger, desk.database.snapshot, 1 << 20)

    gone = drop_old(folder, "QR01", keep=3)

    assert len(gone) == 2
    assert [(b.station, b.taken) for b in backups_in(folder)] == [
        ("QR01", 5),
        ("QR01", 4),
        ("QR01", 3),
        ("OTHER", 0),
    ]


@pytest.mark.sqlite_only
def test_too_little_space_is_said_before_anything_is_written(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(EnvironmentFault, match="剩余空间不足"):
        make_backup(home, tmp_path / "out", label(), desk.database.snapshot, free)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.sqlite_only
def test_a_home_without_its_key_slots_is_told_in_words(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    (home / "keyslots.json").unlink()
    with pytest.raises(EnvironmentFault, match="备份"):
        make_backup(home, tmp_path / "out", label(), desk.database.snapshot, 1 << 20)
    assert list((tmp_path / "out").iterdir()) == []
