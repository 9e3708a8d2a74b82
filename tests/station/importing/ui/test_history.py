"""历史导入: what was taken in, taken back whole or but for what was changed since; what a dead
program left is taken back at the next sign-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import Millis
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import IMPORTS, OpenPage
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.station.importing import service, store
from desktop_app.station.importing.rules.history import LEFT_ALONE_MS, Import, ImportState
from desktop_app.storage.paging import FIRST
from desktop_app.storage.session import Desk
from tests.driver.importing import ALT, ImportingSeat
from tests.driver.program import Counter
from tests.driver.typing import press
from tests.homes import StationHome
from tests.station.importing.ui.sheets import old_visits

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def take_in(desk: Desk, path: Path) -> Import:
    """A ledger of visits, taken in as it is proposed."""
    opened = service.open_file(path)
    plan = service.propose(desk, opened, 0)
    tried = service.try_out(desk, opened, plan, Job("试"))
    return service.take_in(desk, tried, service.Decisions(), Job("导入")).value.made


def listed(desk: Desk) -> list[str]:
    return [visit.name for visit in visits.page(desk, VisitFilter(), FIRST).rows]


def test_an_import_is_taken_back_whole_from_the_list(seat: ImportingSeat, tmp_path: Path) -> None:
    desk = seat.counter.workplace.desk
    take_in(desk, old_visits(tmp_path))
    seat.counter.workplace.pages.follow(OpenPage(IMPORTS))
    seat.settle()
    row = seat.history[0]
    assert row[1:6] == ["已导入", "来访", "3", "", "2023年来访登记.xlsx"]
    seat.press(K.Key_Return)
    assert "已导入：新增 3 条" in seat.counter.sheet().accessibleDescription()
    seat.counter.answer("知道了")
    seat.page.history.take_keyboard()
    seat.press(K.Key_R)
    seat.counter.answer("撤回整次导入")
    seat.settle()
    assert seat.history[0][1] == "已撤回"
    assert listed(desk) == []
    seat.press(K.Key_H, with_=ALT)
    assert "选择文件…" in seat.words


def test_what_was_changed_since_is_listed_and_stays(seat: ImportingSeat, tmp_path: Path) -> None:
    desk = seat.counter.workplace.desk
    take_in(desk, old_visits(tmp_path))
    changed = visits.page(desk, VisitFilter(), FIRST).rows[0]
    visits.correct(desk, changed.uid, changed.revision, {"name": "周贵兰"})
    seat.counter.workplace.pages.follow(OpenPage(IMPORTS))
    seat.settle()
    seat.press(K.Key_R)
    sheet = seat.counter.sheet()
    assert sheet.windowTitle() == "有 1 条在导入以后改过"
    sheet.activateWindow()
    seat.counter.wait(lambda: sheet.isActiveWindow())
    press(sheet, K.Key_Return)
    seat.counter.wait(lambda: isinstance(seat.counter.workplace.pages.current_page, VisitPage))
    seat.press(K.Key_Left, with_=ALT)
    seat.settle()
    seat.press(K.Key_R)
    seat.counter.answer("撤回其余 2 条")
    seat.settle()
    assert seat.history[0][1] == "部分撤回"
    assert listed(desk) == ["周贵兰"]


def test_without_imports_the_list_leads_to_the_first(seat: ImportingSeat) -> None:
    seat.counter.workplace.pages.follow(OpenPage(IMPORTS))
    seat.settle()
    assert "还没有导入过表格。" in seat.words
    seat.push("去导入", K.Key_Space)
    assert "选择文件…" in seat.words


def test_what_a_dead_program_left_is_taken_back_at_the_next_sign_in(
    station_home: StationHome, opened: Callable[[], Counter], tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = take_in(session.desk, old_visits(tmp_path))
        desk = session.desk
        long_ago = Millis(desk.database.clock.now() - 2 * LEFT_ALONE_MS)
        with desk.unit_of_work("断电", needs=Right.HANDLE, told=False) as unit:
            store.move(
                unit.connection, made.uid, long_ago,
                expected=ImportState.DONE, state=ImportState.RUNNING,
            )  # fmt: skip
    counter = opened()
    counter.wait(lambda: counter.workplace.notice.isVisible())
    assert counter.workplace.notice.sentence.startswith("上次有一份表格导入到一半，程序就关掉了。")
    assert listed(counter.workplace.desk) == []
    counter.workplace.notice.pressed.emit()
    assert not counter.workplace.notice.isVisible()


def test_what_died_a_moment_before_the_sign_in_is_looked_at_again(
    station_home: StationHome, opened: Callable[[], Counter], tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = take_in(session.desk, old_visits(tmp_path))
        desk = session.desk
        with desk.unit_of_work("断电", needs=Right.HANDLE, told=False) as unit:
            store.move(
                unit.connection, made.uid, unit.now,
                expected=ImportState.DONE, state=ImportState.RUNNING,
            )  # fmt: skip
    counter = opened()
    again = counter.workplace.sheets.again
    counter.wait(again.isActive)
    assert listed(counter.workplace.desk) != [], "somebody may still be at it"
    assert again.remainingTime() > LEFT_ALONE_MS / 2
    station_home.clock.advance(LEFT_ALONE_MS / 1000 + 1)
    again.start(0)
    counter.wait(lambda: counter.workplace.notice.isVisible())
    assert listed(counter.workplace.desk) == []
    assert not again.isActive()
