"""The calendar of activities: a month or a week, its title, the ways to others, what is hidden.

Reads its own days; what opening an activity or adding one means is for the page that owns it.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.activities.ui.calendar_days import (
    MOST_SHOWN,
    CalendarDay,
    Read,
    Span,
    read,
    span_around,
)
from desktop_app.ledgers.activities.ui.calendar_grid import CalendarGrid
from desktop_app.ledgers.activities.ui.filters import ActivityFilters
from desktop_app.ledgers.activities.ui.looks import ActivityRow
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import choose
from desktop_app.widgets.forms import Card, ScrollPage, focus_order, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.page import Page
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

_WORDS = {False: ("上月", "下月"), True: ("上周", "下周")}


class ActivityCalendar(QWidget):
    """`opened` carries an `ActivityRow`, `new_wanted` the day on which something is to be added."""

    opened = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, desk: Desk, page: Page, filters: ActivityFilters, *, may_add: bool) -> None:
        super().__init__(page)
        self._desk, self._page, self._filters = desk, page, filters
        self._may_add = may_add
        self.grid = CalendarGrid(desk.today, self)
        self.before = plain_button("上月", self, icon_name="chevron-left")
        self.now = plain_button("今天", self)
        self.after = plain_button("下月", self)
        self.after.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        put_icon(self.after, "chevron-right")
        self.clear = plain_button("清除筛选", self)
        self.clear.setProperty("role", "plain")
        self._title, self._note, self._day_words = QLabel(self), QLabel(self), QLabel(self)
        # In 大字模式 six weeks are higher than many a screen.
        self._around = ScrollPage(self)
        self._around.body.addWidget(self.grid)
        self._pane = StatePane(self._around)
        self._pane.hide()
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        """2026年11月."""
        return self._title.text()

    @property
    def note(self) -> str:
        """What is hidden, or empty."""
        return self._note.text()

    @property
    def day_words(self) -> str:
        """What is said of the day the keyboard is on."""
        return self._day_words.text()

    @Slot()
    def load(self) -> None:
        """Read the days on show anew."""
        self.show_span(span_around(self.grid.day, by_week=self.grid.span.by_week))

    def come(self, *, by_week: bool) -> None:
        """Show the month or the week of the day the keyboard is on."""
        self.show_span(span_around(self.grid.day, by_week=by_week))

    @Slot(object)
    def show_span(self, span: Span) -> None:
        """Read a span; what is on show stays until it comes."""
        wanted = self._filters.wanted_between(span.first, span.last)
        work = partial(self._read, span, wanted)
        self._page.in_background("活动日历", work, self._show, self._show_fault)

    def take_keyboard(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, span: Span, wanted: ActivityFilter, _job: Job) -> Read:
        return read(self._desk, span, wanted)

    def _show(self, found: Read) -> None:
        self._pane.hide()
        self._filters.set_kinds(found.kinds)
        self._filters.set_stations(found.stations)
        self._title.setText(found.span.title)
        self.grid.setAccessibleName(f"活动日历 {found.span.title}")
        for button, word in zip((self.before, self.after), _WORDS[found.span.by_week], strict=True):
            button.setText(word)
        self._say(found)
        self.grid.show_span(found)

    def _say(self, found: Read) -> None:
        words = self._filters.words()
        said = f"只显示：{words}；其余活动没有列出。" if words else ""
        if found.left_out:
            said += f"这里最多列 {MOST_SHOWN} 场，其余请看列表。"
        if not said and not any(entry.rows for entry in found.days):
            said = "这一周没有活动。" if found.span.by_week else "这个月没有活动。"
        self._note.setText(said)
        self._note.setVisible(bool(said))
        self.clear.setVisible(bool(words))

    def _show_fault(self, fault: Fault) -> None:
        self._pane.setGeometry(self._around.rect())
        self._pane.show_fault(fault)

    @Slot(object)
    def _tell(self, day: date) -> None:
        entry = self.grid.shown
        rows = () if entry is None else entry.rows
        if rows:
            said = f"{len(rows)} 场" if len(rows) > 1 else rows[0].line.name
            said += " · Enter 打开"
        else:
            said = "没有活动 · Enter 新增" if self._may_add else "没有活动"
        head = " ".join(
            filter(None, (list_day(day, today=self._desk.today), entry.rest if entry else ""))
        )
        self._day_words.setText(f"{head}　{said}")
        area = self.grid.area_of(day)
        self._around.ensureVisible(area.center().x(), area.center().y(), 0, area.height())

    @Slot(object)
    def _enter(self, entry: CalendarDay) -> None:
        """Enter on a day: what is there is opened, on an empty day something is added."""
        if len(entry.rows) == 1:
            self.opened.emit(entry.rows[0])
        elif entry.rows:
            self._choose(entry)
        elif self._may_add:
            self.new_wanted.emit(entry.day)

    def _choose(self, entry: CalendarDay) -> None:
        items = [_item(row) for row in entry.rows]
        day = list_day(entry.day, today=self._desk.today)
        sheet = choose(self, f"{day}的活动", "", items, verb="打开")
        sheet.picked.connect(partial(self._picked, entry))

    @Slot()
    def _picked(self, entry: CalendarDay, uid: object) -> None:
        row = next((row for row in entry.rows if row.uid == uid), None)
        if row is not None:
            self.opened.emit(row)

    @Slot()
    def _to_today(self) -> None:
        self.grid.move_to(self._desk.today)
        self.take_keyboard()

    def _connect(self) -> None:
        self.grid.span_wanted.connect(self.show_span)
        self.grid.moved.connect(self._tell)
        self.grid.entered.connect(self._enter)
        self.grid.opened.connect(self.opened)
        self.before.clicked.connect(partial(self.grid.turn, -1))
        self.after.clicked.connect(partial(self.grid.turn, 1))
        self.now.clicked.connect(self._to_today)
        self.clear.clicked.connect(self._filters.clear)
        self._pane.next_step.connect(self.load)

    def _lay_out(self) -> None:
        card = Card(parent=self)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(self._title)
        head.addSpacing(SPACE.small)
        head.addWidget(self._day_words, 1)
        for button in (self.before, self.now, self.after):
            head.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(SPACE.small)
        below.addWidget(self._note)
        below.addWidget(self.clear)
        below.addStretch(1)
        set_role(self._title, "section")
        set_role(self._note, "small")
        set_role(self._day_words, "small")
        for label in (self._title, self._note, self._day_words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        # What is there on the focused day is told in full by its tip and by Enter.
        self._day_words.setMinimumWidth(1)
        self._note.hide()
        self.clear.hide()
        card.body.setSpacing(SPACE.small)
        card.body.addLayout(head)
        card.body.addWidget(self._around, 1)
        card.body.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        focus_order([self.grid, self.clear, self.before, self.now, self.after])


def _item(row: ActivityRow) -> LineItem:
    return LineItem(
        uid=row.uid,
        title=row.line.name,
        beside=row.kind,
        detail=" · ".join(filter(None, (row.place, row.people))),
        chip=row.chip,
        lead=row.span,
    )
