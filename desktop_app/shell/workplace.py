"""What a signed-in operator sees: rail, pages, strips; brings changes and undo together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.rights import Right
from desktop_app.core.settings import LOCK_AFTER_MINUTES
from desktop_app.shell.closing import back_up_if_due
from desktop_app.shell.curtain import Curtain
from desktop_app.shell.others import OthersWatch
from desktop_app.shell.page_stack import PageStack
from desktop_app.shell.pages import pages_for, rail_entries
from desktop_app.shell.recount import DueDays
from desktop_app.shell.reported import ReportedWatch
from desktop_app.shell.standing import REPORTING, StandingWarnings, Warned
from desktop_app.station.exporting.rules.columns import Exported
from desktop_app.station.exporting.ui.folder import OPEN_FOLDER, open_folder
from desktop_app.station.reporting.ui.standing_word import StandingWord
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.notify import Banner, StatusStrip, UndoStrip
from desktop_app.widgets.rail import Rail
from desktop_app.widgets.theme import colour
from desktop_app.widgets.tokens import SPACE

WIDE_RAIL_FROM = 1600
GO_REPORT = "去上报"


class ClerkCorner(QWidget):
    """Who sits here, and the button that locks the screen or changes seats."""

    lock_wanted = Signal()

    def __init__(self, name: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        who = QLabel(name, self)
        who.setProperty("role", "small")
        who.setToolTip(f"{name}（{role}）")
        button = QPushButton("锁屏", self)
        put_icon(button, "lock")
        button.setProperty("role", "plain")
        button.setToolTip("锁屏或换人（Ctrl+L）")
        button.clicked.connect(self.lock_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, SPACE.medium)
        column.setSpacing(SPACE.hair)
        column.addWidget(who, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        # The rail's own ground goes on to the foot of the window.
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line"))
        painter.end()


class Workplace(QWidget):
    """The window's content for one operator; thrown away when somebody else takes the seat."""

    lock_wanted = Signal()
    look_wanted = Signal(object)

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = session.desk
        self.banner = Banner(self)
        self.rail = Rail(rail_entries(self.desk), self)
        self.status = StatusStrip(runner, self)
        self.status.set_reported("")
        self.pages = PageStack(session, runner, self)
        self._corner = ClerkCorner(self.desk.actor.name, self.desk.actor.role, self)
        self._lay_out()
        self.undo = UndoStrip(self)
        self.rail.chosen.connect(self.pages.show_page)
        self.pages.arrived.connect(self.rail.set_active)
        self.pages.changed.connect(self.take_change)
        self.pages.look_wanted.connect(self.look_wanted)
        self.pages.exported.connect(self._tell_exported)
        self._corner.lock_wanted.connect(self.lock_wanted)
        self._add_keys()
        others = OthersWatch(self.desk.database, runner, self)
        others.wrote.connect(self.pages.spread_everything)
        self.curtain = Curtain(self)
        self._due_days = DueDays(self.desk, runner, self)
        self._due_days.moved.connect(self.pages.spread)
        warnings = StandingWarnings(session, self)
        warnings.told.connect(self._warn)
        warnings.start()
        self._reported = ReportedWatch(self.desk, runner, self)
        self._reported.told.connect(self._tell_reported)
        self._reported.told.connect(warnings.take_word)
        self.banner.pressed.connect(partial(self.pages.show_page, REPORTING))
        self.pages.arrived.connect(warnings.note_page)
        others.wrote.connect(self._reported.look_soon)
        self._reported.start()
        back_up_if_due(session, runner).failed.connect(warnings.miss_backup)

    def start(self) -> None:
        """Go to the first page this operator may use."""
        self.pages.show_page(pages_for(self.desk)[0].key)

    def lock_minutes(self) -> int:
        """After how many idle minutes the screen locks itself."""
        with self.desk.reading(needs=Right.SIGN_IN) as connection:
            return read_settings(connection)[LOCK_AFTER_MINUTES]

    @Slot(object)
    def take_change(self, news: tuple[Changed[Any], str]) -> None:
        """A page changed something: tell the others, and offer to take it back."""
        changed, sentence = news
        self._tell_saved(changed)
        undo = changed.undo
        self.undo.offer(
            sentence, None if undo is None else partial(self._take_back, undo.call, sentence)
        )

    @Slot(object)
    def _tell_exported(self, done: Exported) -> None:
        """Say where the file is, and lead there."""
        path = Path(done.path)
        self.undo.offer(
            f"已导出 {done.rows} 条：{path.name}", partial(open_folder, path), step=OPEN_FOLDER
        )

    def _take_back(self, call: Callable[[Desk], Changed[Any]], sentence: str) -> None:
        try:
            undone = call(self.desk)
        except Fault as fault:
            tell_fault(self, "没有撤销", fault)
            return
        self._tell_saved(undone)
        self.undo.offer(f"已撤销：{sentence}")

    def _tell_saved(self, changed: Changed[Any]) -> None:
        self.pages.spread(catalog.kinds_after(changed.kinds))
        self._due_days.take(changed.kinds)
        self._reported.look_soon()
        database = self.desk.database
        at = database.zone.local(database.clock.now())
        self.status.set_saved(f"{at:%H:%M} 已保存")

    @Slot(object)
    def _warn(self, warning: Warned) -> None:
        if not warning.sentence:
            self.banner.withdraw()
        elif warning.is_reminder:
            self.banner.warn(warning.sentence, tone="info", step=GO_REPORT)
        else:
            self.banner.warn(warning.sentence)

    @Slot(object)
    def _tell_reported(self, word: StandingWord) -> None:
        self.status.set_reported(word.words, waiting=word.late)
        self.pages.note_reported(word.words, late=word.late)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.rail, 1)
        left.addWidget(self._corner)
        right = QVBoxLayout()
        right.addWidget(self.banner)
        right.addWidget(self.pages, 1)
        across = QHBoxLayout()
        across.addLayout(left)
        across.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)
        for layout in (left, right, across, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("F1", self.show_help),
            ("Ctrl+L", self.lock_wanted.emit),
            ("F2", self.pages.start_new),
            ("Ctrl+F", self.pages.start_search),
            ("Alt+Left", self.pages.back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @Slot()
    def show_help(self) -> None:
        """F1: the manual, open at what fits the page in front."""
        from desktop_app.shell.help.ui.sheet import HelpSheet

        at_street = self.desk.database.station.is_street
        HelpSheet(self, self.pages.help_key, at_street=at_street).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_wide(self.width() >= WIDE_RAIL_FROM)
        self._corner.setFixedWidth(self.rail.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._corner.setFixedWidth(self.rail.width())
