"""Homes that cannot or should not be opened: what the person reads, and that nothing is touched."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.storage import home as storage_home
from desktop_app.storage.audit import entries
from tests.driver.program import CONTROL, Counter
from tests.homes import PASSWORD, StationHome
from tests.journeys.conftest import Open
from tests.storage.children import small_disk

KEY = Qt.Key


def contents(folder: Path) -> dict[str, bytes]:
    """Everything a person would call data; who uses the home changes from start to start."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def without_key_slots(home: Path) -> None:
    (home / "keyslots.json").unlink()


def with_a_broken_home_json(home: Path) -> None:
    (home / "home.json").write_text('{"format": 1, "home_id"')


def with_a_newer_home_json(home: Path) -> None:
    about = home / "home.json"
    about.write_text(about.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")


def with_garbled_key_slots(home: Path) -> None:
    (home / "keyslots.json").write_bytes(b"\x00" * 400)


@pytest.mark.parametrize(
    ("spoil", "happened", "next_step"),
    [
        (without_key_slots, "找不到密钥文件 keyslots.json，数据库还在", "恢复备份"),
        (with_garbled_key_slots, "密钥文件", "恢复备份"),
        (with_a_broken_home_json, "home.json 已损坏，没有打开；数据库还在", "恢复备份"),
        (with_a_newer_home_json, "更新版本的近邻台", "安装新版本"),
    ],
)
def test_a_home_that_cannot_be_opened_is_told_in_a_window_and_left_alone(
    home: StationHome,
    opened: Open,
    spoil: Callable[[Path], None],
    happened: str,
    next_step: str,
) -> None:
    spoil(home.path)
    before = contents(home.path)
    with opened(home.path) as counter:
        counter.sheet()
        assert happened in counter.words()
        assert next_step in counter.words()
    assert contents(home.path) == before


def test_a_home_on_a_network_share_is_refused_with_the_way_out(
    home: StationHome, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_home, "is_network_share", lambda _path: True)
    with opened(home.path) as counter:
        counter.sheet()
        assert "数据文件夹在网络共享上" in counter.words()
        assert "请把数据放在本机磁盘" in counter.words()


@contextmanager
def read_only(home: Path, place: Path) -> Iterator[Path]:
    """The home on a disk that refuses writes; in a folder that does, where one may not mount."""
    with small_disk(place, 20 << 20) as disk:
        copy = (disk or place) / "home"
        shutil.copytree(home, copy)
        if disk is None:
            copy.chmod(0o555)
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        try:
            yield copy
        finally:
            if disk is None:
                copy.chmod(0o755)


def test_a_home_on_a_read_only_disk_is_told_before_anybody_types_a_password(
    home: StationHome, opened: Open, tmp_path: Path
) -> None:
    with read_only(home.path, tmp_path / "disk") as copy, opened(copy) as counter:
        counter.sheet()
        assert "数据文件夹不能写入（只读或没有权限），没有打开，数据没有丢" in counter.words()
        assert "请检查磁盘的写保护和文件夹的权限后再打开" in counter.words()


@pytest.mark.parametrize("left", [0, 100, 4096, 20_000, -4096])
def test_a_truncated_database_is_named_damaged_and_never_written(
    home: StationHome, opened: Open, left: int
) -> None:
    database = home.path / "jinlin.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:left])
    with opened(home.path) as counter:
        counter.try_password(PASSWORD)
        counter.wait(lambda: counter.problem("密码") != "")
        assert "数据库文件已损坏，近邻台没有再写入任何内容" in counter.problem("密码")
        assert "用“恢复备份”回到最近一次完好的备份" in counter.problem("密码")
        assert counter.window.workplace is None
    assert database.read_bytes() == whole[:left]


def test_a_database_whose_last_page_is_torn_is_told_by_the_first_backup_of_the_day(
    home: StationHome, opened: Open
) -> None:
    database = home.path / "jinlin.db"
    database.write_bytes(database.read_bytes()[:-1])
    with opened(home.path) as counter:
        counter.sign_in()
        counter.wait(lambda: "今天的自动备份没有做成" in counter.words())
        assert "数据库文件已损坏" in counter.words()
        assert "用“恢复备份”回到最近一次完好的备份" in counter.words()
        counter.window.close()
        counter.sheet()
        assert "记录都已保存" not in counter.words()
        counter.answer("不备份，退出")
        counter.wait(lambda: not counter.window.isVisible())


def test_a_database_that_is_not_there_is_not_made_anew(home: StationHome, opened: Open) -> None:
    database = home.path / "jinlin.db"
    database.unlink()
    with opened(home.path) as counter:
        counter.try_password(PASSWORD)
        counter.wait(lambda: counter.problem("密码") != "")
        assert "找不到数据库文件 jinlin.db，没有新建" in counter.problem("密码")
    assert not database.exists()


def test_a_database_of_a_newer_version_is_refused_and_kept_as_it_is(
    home: StationHome, opened: Open
) -> None:
    with home.session() as session, session.database.unrecorded() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '9999' WHERE name = 'schema_version'")
    before = contents(home.path)
    with opened(home.path) as counter:
        counter.try_password(PASSWORD)
        counter.wait(lambda: counter.problem("密码") != "")
        assert "由更新版本的近邻台写成，本版本没有打开它" in counter.problem("密码")
        assert "升级到最新版本" in counter.problem("密码")
    assert contents(home.path) == before


def test_five_wrong_passwords_lock_the_account_through_a_restart_and_a_clock_set_forward(
    home: StationHome, opened: Open, clock: FixedClock
) -> None:
    with opened(home.path) as counter:
        for number in range(1, 6):
            counter.try_password(f"Wrong-guess-{number}")
            counter.wait(lambda: not counter.window.runner.running)
            told = counter.problem("密码")
            assert "密码不对，没有登录，数据没有改动" in told
            assert ("已经连续错了 5 次" if number == 5 else f"再错 {5 - number} 次") in told
            counter.press(KEY.Key_A, with_=CONTROL)
    with opened(home.path) as counter:
        counter.try_password(PASSWORD)
        counter.wait(lambda: counter.problem("密码") != "")
        assert "暂时锁定" in counter.problem("密码")
        assert counter.window.workplace is None
        clock.advance(16 * 60)
        counter.press(KEY.Key_A, with_=CONTROL)
        counter.sign_in()
    with (
        home.session() as session,
        session.desk.reading(needs=Right.SIGN_IN) as connection,
    ):
        on_record = [f"{one.action}{one.subject}{one.detail}" for one in entries(connection)]
    assert not any("Wrong-guess" in line for line in on_record)
    assert any("锁定" in line for line in on_record)


def test_key_slots_that_vanish_during_work_never_keep_the_screen_from_locking(
    counter: Counter, home: StationHome
) -> None:
    front = counter.sign_in()
    front.choose("zsf")
    front.letters("2")
    front.press(KEY.Key_Return)
    front.write("写了一半")
    slots = home.path / "keyslots.json"
    kept = slots.read_bytes()
    slots.unlink()
    counter.press(KEY.Key_L, with_=CONTROL)
    assert counter.is_locked
    assert "张淑芬" not in counter.words()
    counter.settle()
    counter.try_password(PASSWORD)
    counter.wait(lambda: counter.problem("密码") != "")
    assert "找不到密钥文件" in counter.problem("密码")
    slots.write_bytes(kept)
    counter.press(KEY.Key_A, with_=CONTROL)
    counter.try_password(PASSWORD)
    counter.wait(lambda: not counter.is_locked)
    assert front.text.now.summary == "写了一半"
