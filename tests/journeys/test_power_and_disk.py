"""Power, disk and other programs fail in the middle of the work: the form stays, work goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.rules.text import FormText
from desktop_app.storage import audit
from desktop_app.storage.backup import backups_in, verify_backup
from desktop_app.widgets.jobs import Ticket
from tests.driver.front_desk import FrontDesk
from tests.driver.program import CONTROL, Counter
from tests.homes import PASSWORD, StationHome
from tests.journeys.conftest import Open
from tests.storage.children import ROOT, small_disk, start_child

KEY = Qt.Key
FULL = "磁盘已满，这一次没有保存，先前的记录都在"
DISK = 80 << 20


class Disk:
    """A disk that can be filled to the last byte and emptied again."""

    def __init__(self, folder: Path | None, station: StationHome) -> None:
        self._folder, self.station, self.home = folder, station, station.path
        self._ballast = self.home.parent / "films of somebody's holiday"

    def fill(self, counter: Counter) -> None:
        """From now on nothing more can be written."""
        # The day's first backup comes when it likes, and reads from the log of the database.
        counter.wait(lambda: bool(backups_in(self.home / "backups")))
        counter.settle()
        # Else the log has room of its own for a while.
        counter.wait(lambda: _pragma(counter, "wal_checkpoint(TRUNCATE)") == 0)
        if self._folder is None:
            _limit_pages(counter, 0)
            return
        with self._ballast.open("wb", buffering=0) as ballast:
            for piece in (1 << 20, 4096, 1):
                try:
                    while ballast.write(b"\0" * piece) == piece:
                        pass
                except OSError:
                    continue

    def clear(self, counter: Counter) -> None:
        """Somebody deletes the films."""
        if self._folder is None:
            _limit_pages(counter, 1 << 30)
        else:
            self._ballast.unlink(missing_ok=True)


def _limit_pages(counter: Counter, more: int) -> None:
    pages = int(_pragma(counter, "page_count"))
    _pragma(counter, f"max_page_count = {pages + more}")


def _pragma(counter: Counter, words: str) -> Any:
    """Said to the program's own writing connection, outside any transaction."""
    connection = counter.workplace.desk.database._writer.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {words}")
        row: Any = cursor.fetchone()
        return row[0]
    finally:
        connection.close()


@pytest.fixture
def disk(home: StationHome, tmp_path: Path) -> Iterator[Disk]:
    """The settled home on a disk of its own."""
    with small_disk(tmp_path / "disk", DISK) as folder:
        place = folder or tmp_path
        shutil.copytree(home.path, place / "station")
        yield Disk(folder, replace(home, path=place / "station"))


def half_a_form(front: FrontDesk, reason: str = "水管漏了三天") -> FormText:
    """张淑芬, the second matter, and a reason."""
    front.choose("zsf")
    front.letters("2")
    front.press(KEY.Key_Return)
    front.write(reason)
    return front.text


def tell_of_the_full_disk(counter: Counter) -> None:
    """Read what the sheet says and put it away."""
    counter.sheet()
    assert FULL in counter.words()
    counter.answer("知道了")


def test_a_disk_that_fills_up_during_work_keeps_the_form_and_work_goes_on_after_clearing_up(
    disk: Disk, opened: Open
) -> None:
    with opened(disk.home) as counter:
        front = counter.sign_in()
        counter.settle()
        disk.fill(counter)
        typed = half_a_form(front)
        front.save()
        counter.wait(lambda: FULL in front.form_problem)
        assert "请清理磁盘空间后再保存一次，填写的内容还在" in front.form_problem
        assert front.text == typed
        assert front.today == []
        front.press(KEY.Key_F9)
        tell_of_the_full_disk(counter)
        front.press(KEY.Key_Escape)
        front.choose("ljg")
        assert "赖建国" in front.who
        disk.clear(counter)
        front.press(KEY.Key_Escape)
        front.choose("zsf")
        front.save()
        counter.wait(lambda: len(front.today) == 1)
        assert front.text.is_empty
    with (
        disk.station.session() as session,
        session.desk.reading(needs=Right.READ) as connection,
    ):
        assert audit.check_audit(connection) == []
        assert audit.check_changes(connection) == []


def test_a_draft_the_full_disk_refused_is_kept_as_soon_as_there_is_room(
    disk: Disk, opened: Open
) -> None:
    with opened(disk.home) as counter:
        front = counter.sign_in()
        counter.settle()
        disk.fill(counter)
        titles: list[str] = []

        def note(ticket: Ticket) -> None:
            titles.append(ticket.title)

        counter.window.runner.finished.connect(note)
        half_a_form(front)
        counter.wait(lambda: "保存草稿" in titles)
        disk.clear(counter)
        desk = counter.workplace.desk
        counter.wait(lambda: service.load_drafts(desk).now.now.summary == "水管漏了三天")


def test_a_full_disk_never_keeps_the_screen_from_locking(disk: Disk, opened: Open) -> None:
    with opened(disk.home) as counter:
        front = counter.sign_in()
        counter.settle()
        typed = half_a_form(front)
        disk.fill(counter)
        counter.press(KEY.Key_L, with_=CONTROL)
        assert counter.is_locked
        assert "张淑芬" not in counter.words()
        counter.settle()
        counter.try_password(PASSWORD)
        counter.wait(lambda: FULL in counter.problem("密码"))
        disk.clear(counter)
        counter.press(KEY.Key_A, with_=CONTROL)
        counter.try_password(PASSWORD)
        counter.wait(lambda: not counter.is_locked)
        assert front.text == typed


def test_closing_on_a_full_disk_says_what_would_be_lost_before_it_goes(
    disk: Disk, opened: Open, clock: FixedClock
) -> None:
    with opened(disk.home) as counter:
        front = counter.sign_in()
        counter.settle()
        front.press(KEY.Key_F9)
        counter.wait(lambda: len(front.today) == 1)
        counter.settle()
        disk.fill(counter)
        typed = half_a_form(front)
        counter.window.close()
        counter.sheet()
        assert "填了一半的内容没能存下，窗口没有关" in counter.words()
        assert "再关一次窗口，没有登记的内容就不保留了" in counter.words()
        counter.answer("知道了")
        assert counter.window.isVisible()
        assert front.text == typed
        counter.window.close()
        counter.sheet()
        assert "备份没有完成" in counter.words()
        assert "记录都已保存在本机，只是少了这一份备份" in counter.words()
        counter.answer("返回处理")
        assert counter.window.isEnabled()
        assert front.text == typed
        disk.clear(counter)
        clock.advance(60)
        counter.window.close()
        counter.wait(lambda: not counter.window.isVisible())
    assert len(backups_in(disk.home / "backups")) == 2


def test_a_backup_that_fails_at_closing_is_told_and_the_window_may_still_go(
    home: StationHome, opened: Open
) -> None:
    with opened(home.path) as counter:
        front = counter.sign_in()
        counter.settle()
        front.press(KEY.Key_F9)
        counter.wait(lambda: len(front.today) == 1)
        backups = home.path / "backups"
        shutil.rmtree(backups)
        backups.write_text("a file where the folder was")
        counter.window.close()
        counter.sheet()
        assert "备份没有完成" in counter.words()
        counter.answer("不备份，退出")
        counter.wait(lambda: not counter.window.isVisible())
    with home.session() as session:
        assert len(service.board(session.desk).lines) == 1


def test_closing_at_once_lets_the_first_backup_of_the_day_finish(
    home: StationHome, opened: Open
) -> None:
    with opened(home.path) as counter:
        front = counter.sign_in()
        front.press(KEY.Key_F9)
        counter.window.close()
        counter.window.close()
        counter.wait(lambda: not counter.window.isVisible())
    made = backups_in(home.path / "backups")
    assert made
    assert all(verify_backup(one.path) for one in made)
    assert not [path for path in home.path.rglob("*") if path.name.endswith((".tmp", ".database"))]
    with home.session() as session:
        assert len(service.board(session.desk).lines) == 1


def test_closing_while_a_job_runs_asks_and_stops_it_only_when_told_to(
    home: StationHome, opened: Open
) -> None:
    with opened(home.path) as counter:
        counter.sign_in()
        counter.settle()
        asked: list[str] = []

        def endless(job: Job) -> None:
            asked.append("begun")
            while True:
                job.check()

        counter.window.runner.start("导出", endless)
        counter.wait(lambda: asked == ["begun"])
        counter.window.close()
        counter.sheet()
        assert "“导出”还没有做完" in counter.words()
        assert "已经保存的记录都在" in counter.words()
        counter.answer("返回等它做完")
        assert [one.title for one in counter.window.runner.running if not one.is_quick] == ["导出"]
        counter.window.close()
        counter.answer("停下并退出")
        counter.wait(lambda: not counter.window.isVisible())
    with home.house(window=True):
        pass


def test_a_database_another_program_holds_for_six_seconds_keeps_the_form(
    counter: Counter, home: StationHome
) -> None:
    front = counter.sign_in()
    counter.settle()
    with start_child(
        """
        from pathlib import Path
        from desktop_app.core.clock import SystemClock
        from desktop_app.station.sign_in.house import open_house
        from desktop_app.station.sign_in.service import sign_in
        from desktop_app.core.rights import Right
        """,
        """
        house = open_house(Path(sys.argv[1]), SystemClock())
        session = sign_in(house, "王小燕", sys.argv[2])
        with session.desk.unit_of_work("占用", needs=Right.REGISTER):
            print("held", flush=True)
            sys.stdin.read()
        session.close()
        house.close()
        """,
        home.path,
        PASSWORD,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        typed = half_a_form(front)
        front.save()
        counter.wait(lambda: "正被另一个程序占用" in front.form_problem)
        assert "请稍等几秒再保存，填写的内容还在" in front.form_problem
        assert front.text == typed
        other.communicate("", timeout=20)
    front.save()
    counter.settle()
    counter.wait(lambda: len(front.today) == 1)


def test_a_window_killed_in_the_middle_of_a_form_gives_it_back_after_the_sign_in(
    home: StationHome, opened: Open, tmp_path: Path
) -> None:
    reason = "楼上漏水三天，今天又漏"
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.journeys.child_at_the_window",
            str(home.path),
            str(tmp_path / "other.json"),
            reason,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "kept\n"
        child.kill()
    with opened(home.path) as counter:
        front = counter.sign_in()
        assert "张淑芬" in front.who
        assert front.text.now.summary == reason
        assert front.matter != ""
        front.save()
        counter.wait(lambda: len(front.today) == 1)
