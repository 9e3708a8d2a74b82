"""Below the head of an activity's page: four tabs, each a pane of its own, and perhaps more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.activities.ui.course_pane import CoursePane
from desktop_app.ledgers.activities.ui.more_pane import MorePane
from desktop_app.ledgers.activities.ui.people_pane import PeoplePane
from desktop_app.ledgers.activities.ui.photos_pane import PhotosPane
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.ledgers.activities.ui.recording_pane import RecordingPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

PEOPLE, RECORDING, PHOTOS, COURSE = range(4)
KEYS = ("people", "recording", "photos", "course")
_WORDS = ("人员", "记录", "照片", "经过")
_Pane = PeoplePane | RecordingPane | PhotosPane | CoursePane | MorePane
_FIRST: dict[ActivityState, int] = {
    ActivityState.TO_RECORD: RECORDING,
    ActivityState.TO_REVIEW: RECORDING,
    ActivityState.ARCHIVED: RECORDING,
    ActivityState.CANCELLED: COURSE,
}
"""What is opened first, by how the activity stands; else who is there."""


class ActivityContent(QWidget):
    """`turned` comes when another pane is in front."""

    turned = Signal()

    def __init__(self, desk: Desk, page: Page, runner: JobRunner) -> None:
        super().__init__(page)
        self.people = PeoplePane(desk, page, runner)
        self.recording = RecordingPane(desk, page, runner)
        self.photos = PhotosPane(desk, page)
        self.course = CoursePane(page)
        self.panes: list[_Pane] = [self.people, self.recording, self.photos, self.course]
        self.keys = list(KEYS)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("活动的内容")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget(self)
        for word, pane in zip(_WORDS, self.panes, strict=True):
            self.tabs.addTab(word)
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turned)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._turn, step))

    def add_pane(self, pane: MorePane) -> None:
        """One more tab, behind the others, there while it is of use."""
        self.panes.append(pane)
        self.keys.append(pane.key)
        self._stack.addWidget(pane)
        self.tabs.setTabVisible(self.tabs.addTab(pane.word), False)

    @property
    def at(self) -> int:
        """Which pane is in front."""
        return self.tabs.currentIndex()

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the pane in front."""
        return self.panes[self.at].hints

    def open_with(self, whole: WholeActivity) -> None:
        """Another activity: what was half-filled comes back, the fitting pane to the front."""
        self.recording.open_with(whole)
        self.tabs.setCurrentIndex(_FIRST.get(whole.activity.state, PEOPLE))

    def show_whole(self, whole: WholeActivity) -> None:
        """Show what was read anew."""
        for number, pane in enumerate(self.panes):
            pane.show_whole(whole)
            if isinstance(pane, MorePane):
                self.tabs.setTabVisible(number, pane.is_of_use(whole))
        counts = {PEOPLE: len(whole.sheet.rows), PHOTOS: len(whole.activity.photos)}
        for number, count in counts.items():
            words = f"{_WORDS[number]} {count}" if count else _WORDS[number]
            self.tabs.setTabText(number, words)

    def forget(self) -> None:
        """Another activity is on its way: nothing of this one is left."""
        self.recording.leave()
        self.people.forget()
        self.photos.forget()

    def turn_to(self, number: int) -> None:
        """Bring a pane to the front, with the keyboard in it."""
        self.tabs.setCurrentIndex(number)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Where work begins in the pane in front."""
        self.panes[self.at].take_keyboard()

    def drop(self, mime: QMimeData) -> None:
        """Photos were dropped somewhere on the page."""
        self.turn_to(PHOTOS)
        self.photos.take(mime)

    @Slot()
    def _turn(self, step: int) -> None:
        there = [one for one in range(self.tabs.count()) if self.tabs.isTabVisible(one)]
        self.turn_to(there[(there.index(self.at) + step) % len(there)])

    @Slot(int)
    def _turned(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.turned.emit()
