"""The story on screen: read from the keyboard alone, photos beside the chapter they belong to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open, OpenPage, story_of
from desktop_app.shell.pages import spec_named
from desktop_app.station.story.ui.page import StoryPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.story_key import bind_story
from tests.station.story.conftest import Line, told_whole

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def told(clerk: Desk, clock: FixedClock, blobs: FolderBlobs) -> Line:
    return told_whole(clerk, clock, blobs)


@pytest.fixture
def page(clerk: Desk, told: Line, runner: JobRunner, qtbot: QtBot) -> StoryPage:
    """The page in front, with the story of the duty."""
    made = StoryPage(clerk, runner)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.narrow_to(Open("duties", told.duty))
    made.arrive()
    qtbot.waitUntil(lambda: bool(made.list.items))
    return made


def press(page: QWidget, key: Qt.Key) -> None:
    """A key, where the keyboard is."""
    focused = QApplication.focusWidget()
    QTest.keyClick(page if focused is None else focused, key)


def test_it_begins_at_the_record_one_came_from(page: StoryPage, told: Line) -> None:
    focused = int(page.list.focused_uid() or -1)
    assert page.list.items[focused].title == "交办"
    assert page.list.items[0].title == "来访登记"
    assert "QR01-Z2026A-00001" in page.accessibleName()
    assert page.list.hasFocus()


def test_photos_stand_beside_their_chapter_and_turn_with_the_arrows(
    page: StoryPage, qtbot: QtBot
) -> None:
    assert page.photos.isHidden()
    press(page, Qt.Key.Key_End)
    press(page, Qt.Key.Key_Up)
    press(page, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.photos.is_shown)
    assert page.photos.isVisible()
    assert page.photos.told == "1 / 2　更换前"
    press(page, Qt.Key.Key_Right)
    assert page.photos.told == "2 / 2　更换后"
    press(page, Qt.Key.Key_Right)
    assert page.photos.told == "2 / 2　更换后"
    press(page, Qt.Key.Key_Left)
    assert page.photos.told == "1 / 2　更换前"
    qtbot.waitUntil(lambda: page.photos.is_shown)


def test_enter_opens_the_record_and_escape_goes_back(
    page: StoryPage, told: Line, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_Home)
    with qtbot.waitSignal(page.routed) as opened:
        press(page, Qt.Key.Key_Return)
    assert opened.args == [Open("visits", told.visit)]
    with qtbot.waitSignal(page.back_wanted):
        press(page, Qt.Key.Key_Escape)


def test_a_record_that_is_gone_is_told_in_words(
    clerk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    made = StoryPage(clerk, runner)
    qtbot.addWidget(made)
    made.show()
    made.narrow_to(Open("problems", Uid(int=9)))
    made.arrive()
    qtbot.waitUntil(lambda: "没有找到" in made.pane.sentence)


def test_a_key_and_a_button_beside_its_course_lead_there_from_a_record(
    clerk: Desk, told: Line, runner: JobRunner, qtbot: QtBot
) -> None:
    record = Page(runner)
    qtbot.addWidget(record)
    shown: list[Uid] = []
    course = CourseCard("办理过程", record)
    button = bind_story(record, "problems", lambda: shown[0] if shown else None, course)
    record.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitExposed(record):
        record.show()
    record.activateWindow()
    record.setFocus()
    went: list[object] = []
    record.routed.connect(went.append)
    press(record, Qt.Key.Key_F7)
    assert went == []
    shown.append(told.problem)
    press(record, Qt.Key.Key_F7)
    assert went == [story_of("problems", told.problem)]
    assert went == [OpenPage("story", wanted=Open("problems", told.problem))]
    button.click()
    assert went[1:] == went[:1]
    assert course.isAncestorOf(button)
    assert button.accessibleName() == "来龙去脉"
    assert not spec_named("story").on_rail
