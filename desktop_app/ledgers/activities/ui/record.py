"""One activity: who takes part, what was written down of it, its photos and its course.

A half-filled record or sheet is kept and comes back. What each tab does is the panes'.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import OpenPage, OpenPaper
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules.activity import Action, Activity
from desktop_app.ledgers.activities.rules.sheet_text import from_plain
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.ledgers.activities.ui.paper_sheet import PaperSheet
from desktop_app.ledgers.activities.ui.record_content import (
    COURSE,
    PEOPLE,
    RECORDING,
    ActivityContent,
)
from desktop_app.ledgers.activities.ui.record_doors import PLAN, ActivityDoors
from desktop_app.ledgers.activities.ui.record_header import NEXT_KEY, ActivityHeader
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity, with_activity
from desktop_app.ledgers.activities.ui.record_steps import step_sentence, take_step
from desktop_app.registers.offices.names import station_names
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, KeyMap
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

_LINES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class ActivityPage(Page):
    """Shows the activity it was told to by `open_record`."""

    kinds = frozenset({KIND.name, ATTENDANCE.name})
    hints: tuple[KeyHint, ...] = (
        KeyHint("Esc", "返回"),
        KeyHint(NEXT_KEY, "下一步（右上角的按钮）"),
        KeyHint("F4", "修改计划"),
        KeyHint("Ctrl+P", "打印活动总结"),
        KeyHint("Ctrl+Shift+P", "打印签到表"),
        KeyHint("Ctrl+Tab", "下一栏"),
        KeyHint("Ctrl+Shift+Tab", "上一栏"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._uid: Uid | None = None
        self._whole: WholeActivity | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = ActivityHeader(self)
        self.doors = ActivityDoors(self.header, self)
        self.pane = StatePane(self)
        self.pane.hide()
        self._patience = Patience(self.pane.show_loading, self)
        self.content = ActivityContent(desk, self, runner)
        self.content.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.header)
        column.addWidget(self.pane, 1)
        column.addWidget(self.content, 1)
        # Until there is something to show, the head stays where it will be.
        column.addStretch(0)
        self.header.back.connect(self.back_wanted)
        self.header.step_wanted.connect(self._take_step)
        self.doors.wanted.connect(self._leave_for)
        self.pane.next_step.connect(self.back_wanted)
        self.content.turned.connect(self._list_keys)
        self.content.people.paper_wanted.connect(self._ask_for_paper)
        self.content.recording.dirty_changed.connect(self.header.set_quiet)

    @property
    def part(self) -> str:
        return self.content.keys[self.content.at]

    # --- what the window asks for --------------------------------------------------------------

    def open_record(self, uid: object) -> None:
        assert isinstance(uid, Uid)
        if uid != self._uid:
            self.content.forget()
            self._uid, self._whole = uid, None
            self.header.wipe()
            self.doors.withdraw()
            self.content.hide()
            self.pane.hide()
        self._stale = True

    def load(self) -> None:
        if self._uid is not None:
            if self._whole is None:
                self._patience.start()
            work = partial(self._read, self._uid, draft=self._whole is None)
            self.in_background("活动详情", work, self._show, self._fail)

    def arrive(self) -> None:
        super().arrive()
        if self._whole is None:
            # Not on a button: the Enter that opened the page must not take a step as well.
            self.setFocus()
        else:
            self.content.take_keyboard()

    def may_leave(self) -> bool:
        return self.content.recording.may_leave()

    def tell_changed(self, changed: Changed[Any], sentence: str) -> None:
        now, whole = changed.value, self._whole
        if isinstance(now, Activity) and whole is not None and now.uid == whole.activity.uid:
            # At once: the next key may come before all of it is read again, and must not be
            # refused for a revision that is our own.
            self._show(with_activity(whole, now))
        super().tell_changed(changed, sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = _LINES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            if not self.content.people.step_back():
                self.back_wanted.emit()
        elif lines is not None and self.content.at == COURSE:
            self.content.course.scroll_lines(lines)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.content.photos.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.content.drop(event.mimeData())

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, uid: Uid, _job: Job, *, draft: bool) -> WholeActivity:
        """In the worker's thread."""
        desk = self._desk
        history = service.history(desk, uid)
        return WholeActivity(
            history,
            service.attendance_of(desk, uid),
            desk.actor,
            desk.database.clock.now(),
            desk.database.zone,
            half_filled.left_over(desk, uid, half_filled.RECORD) if draft else None,
            station_names(desk).owner(history.activity.station),
            self.read_beyond(uid),
        )

    def read_beyond(self, _uid: Uid) -> object:
        """In the worker's thread: what a further pane of the content shows of other ledgers. This
        ledger knows of none; whoever joins them says so."""
        return None

    def _show(self, whole: WholeActivity) -> None:
        first = self._whole is None
        self._patience.stop()
        self._whole = whole
        activity = whole.activity
        self.header.show_whole(whole)
        self.doors.offer(whole)
        self.content.show_whole(whole)
        self.pane.hide()
        self.content.show()
        self.setAccessibleName(f"活动 {activity.name} {activity.state.label}")
        if first:
            self.content.open_with(whole)
            self.content.take_keyboard()
            self._list_keys()

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        self.header.wipe()
        self.content.hide()
        self.pane.show_fault(fault, "返回")

    @Slot()
    def _list_keys(self) -> None:
        listed = self.findChild(KeyMap)
        if listed is not None:
            listed.set_hints([*self.content.key_hints, *self.hints])

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def _take_step(self, step: Action) -> None:
        whole = self._whole
        if whole is None or step not in self.header.offered:
            return
        if step is Action.RECORD:
            self.content.turn_to(RECORDING)
        elif step is Action.SUBMIT and self.content.recording.is_dirty:
            # What is typed is saved first; then the same button hands it in.
            self.content.turn_to(RECORDING)
            self.content.recording.save()
        else:
            take_step(self, self._desk, self._runner, whole, step, partial(self._stepped, step))

    def _stepped(self, step: Action, changed: Changed[Activity]) -> None:
        self.tell_changed(changed, step_sentence(step, changed.value))
        if step is Action.START:
            self.content.turn_to(PEOPLE)

    @Slot(object)
    def _leave_for(self, door: str) -> None:
        if self._uid is not None:
            plan = OpenPage("activities", wanted=self._uid)
            self.go(plan if door == PLAN else OpenPaper(door, about=self._uid))

    @Slot()
    def _ask_for_paper(self) -> None:
        """The paper sheet comes with the lines that were put aside, if there are any."""
        whole = self._whole
        if whole is None or not (whole.may_register and whole.begun):
            return
        uid, desk = whole.activity.uid, self._desk

        def work(_job: Job) -> dict[str, Any] | None:
            return half_filled.left_over(desk, uid, half_filled.SHEET)

        def opened(left: dict[str, Any] | None) -> None:
            if self._uid == uid and self.isVisible():
                sheet = PaperSheet(self, desk, whole, from_plain(left))
                sheet.taken.connect(self._paper_taken)
                sheet.open()

        self.in_background("打开补录", work, opened)

    @Slot(object)
    def _paper_taken(self, changed: Changed[service.SheetDone]) -> None:
        self.tell_changed(changed, changed.value.words)
