"""记服务 in the duty roster: a shift that is over becomes a service record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.hours import hours_words
from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.ledgers.posts.ui.looks import may_handle
from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.ledgers.posts.ui.roster_rows import GridCell, GridRow, Someone
from desktop_app.station.volunteering import service
from desktop_app.station.volunteering.ui.of_request import SERVE_KEY
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import choose, tell, tell_fault
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem

SERVE = "记服务"
_NOBODY = "这一格没有值过班的人。缺勤的先按 D 改记到岗。"


class ServingPostsPane(PostsPane):
    """Posts, claims and the duty roster; in a cell of a day that is over the hours are written
    down."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        if desk.database.station.is_street or not may_handle(desk.actor):
            return
        self.hints = (*self.hints, KeyHint(SERVE_KEY, f"值班表：{SERVE}（值过的班）"))
        keys = self.roster.keys
        keys.setText(f"{keys.text()}　{SERVE_KEY} {SERVE}")
        shortcut = QShortcut(QKeySequence(SERVE_KEY), self.roster.grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._serve_in_cell)

    @Slot()
    def _serve_in_cell(self) -> None:
        focused = self.roster.grid.focused()
        if focused is None:
            return
        row, cell = focused
        where = f"{row.name}　{list_day(cell.day)} {row.hours}"
        fits = {
            one.shift.hex: one
            for one in cell.planned
            if one.shift is not None and one.state is not ShiftState.ABSENT
        }
        if len(fits) > 1:
            items = [LineItem(uid, one.name, detail=one.about) for uid, one in fits.items()]
            sheet = choose(self, SERVE, where, items, verb=SERVE)
            sheet.picked.connect(lambda uid: self._serve(row, cell, fits[uid]))
        elif fits:
            self._serve(row, cell, *fits.values())
        else:
            tell(self, f"没有可以{SERVE}的班", f"{where}\n{_NOBODY}")

    def _serve(self, row: GridRow, cell: GridCell, one: Someone) -> None:
        """With the times of the shift; who stayed longer is put right on the record."""
        assert one.shift is not None, "planned"
        try:
            changed = service.serve_from_shift(self._desk, one.shift, one.revision)
        except Fault as fault:
            tell_fault(self, f"没有{SERVE}", fault)
            return
        record = changed.value
        told = f"已{SERVE} {record.number}，{hours_words(record.minutes or 0)}"
        self.tell_changed(changed, f"{told}：{row.name} {list_day(cell.day)}")
