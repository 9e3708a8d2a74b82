"""活动: list, month and week of all activities; new ones are planned here and old ones copied.

One activity in full (who came, the record, the photos, the review) is the record's own page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.activities.ui.calendar import ActivityCalendar
from desktop_app.ledgers.activities.ui.filters import ActivityFilters
from desktop_app.ledgers.activities.ui.form import PlanForm, saved_words
from desktop_app.ledgers.activities.ui.listing import ActivityList
from desktop_app.ledgers.activities.ui.looks import (
    CANCEL,
    CHANGE,
    COPY,
    KEYS,
    REPEAT,
    ActivityRow,
)
from desktop_app.ledgers.activities.ui.row_work import RowWork
from desktop_app.registers.working_days.record import KIND as WORKING_DAYS
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

LIST, MONTH, WEEK = "list", "month", "week"
VIEWS = (
    Choice(LIST, "列表", icon="list"),
    Choice(MONTH, "月", icon="calendar-days"),
    Choice(WEEK, "周", icon="table-2"),
)
VIEW_KEYS = {LIST: "Alt+1", MONTH: "Alt+2", WEEK: "Alt+3"}


STREET_HINTS = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开活动"),
    KeyHint("Alt+1 / 2 / 3", "列表 / 月 / 周"),
    KeyHint("Ctrl+PgDn / PgUp", "更早 / 更新一页"),
    KeyHint("← → ↑ ↓", "日历：移动"),
    KeyHint("PgUp / PgDn", "日历：上月 / 下月，上周 / 下周"),
    KeyHint("T", "日历：回到今天"),
)
"""What there is to do at a street, where every activity belongs to a station."""


class ActivitiesPage(Page):
    """The list or the calendar, and in their place the form while a plan is entered or changed."""

    kinds = frozenset({KIND.name, ATTENDANCE.name, WORKING_DAYS.name})
    hints: Sequence[KeyHint] = (
        KeyHint("Ctrl+F", "查找"),
        KeyHint("Enter", "打开活动；日历空白日新增"),
        KeyHint("F2", "新增活动"),
        KeyHint("Alt+1 / 2 / 3", "列表 / 月 / 周"),
        KeyHint(KEYS[CHANGE], "修改"),
        KeyHint(KEYS[COPY], "复制到另一天"),
        KeyHint(KEYS[REPEAT], "重复"),
        KeyHint(KEYS[CANCEL], "取消活动"),
        KeyHint("Ctrl+PgDn / PgUp", "更早 / 更新一页"),
        KeyHint("← → ↑ ↓", "日历：移动"),
        KeyHint("PgUp / PgDn", "日历：上月 / 下月，上周 / 下周"),
        KeyHint("T", "日历：回到今天"),
        KeyHint("Ctrl+Enter", "保存活动"),
        KeyHint("Esc", "离开表单，内容保留"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_add = desk.actor.may(Right.HANDLE)
        if desk.database.station.is_street:
            self.hints = STREET_HINTS
        self._changing = False
        self.title = PageTitle("活动", self, action="新增活动", icon_name="plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("新增活动  F2")
        self.title.action.setVisible(self._may_add)
        self.views = ChoiceBar(VIEWS, self, value=LIST)
        self.views.setAccessibleName("显示方式")
        self.copy_month = plain_button("复制上月活动…", self, icon_name="copy")
        self.copy_month.setVisible(self._may_add)
        self.filters = ActivityFilters(desk, self)
        self.list = ActivityList(desk, self, self.filters, may_add=self._may_add)
        self.calendar = ActivityCalendar(desk, self, self.filters, may_add=self._may_add)
        self._made_form: PlanForm | None = None
        self.work = RowWork(desk, self, runner)
        self._lay_out()
        self._connect()

    @property
    def form(self) -> PlanForm:
        """The form; made when first needed, so that the list is quick to come."""
        if self._made_form is None:
            self._made_form = PlanForm(self._desk, self, self)
            self._made_form.saved.connect(self._saved)
            self._made_form.left.connect(self._show_browser)
            self._stack.addWidget(self._made_form)
        return self._made_form

    # --- what the window asks for --------------------------------------------------------------

    @property
    def view(self) -> str:
        """列表, 月 or 周: a value of `VIEWS`."""
        return str(self.views.value() or LIST)

    def load(self) -> None:
        if self.view == LIST:
            self.list.load()
        else:
            self.calendar.load()

    def arrive(self) -> None:
        super().arrive()
        if self._stack.currentWidget() is self._made_form:
            self.form.take_keyboard()
        else:
            self._take_keyboard()

    def search_for(self, words: str) -> None:
        self._show_browser()
        self.filters.box.set_value(words)

    def narrow_to(self, wanted: object) -> None:
        """A figure's rows, or the plan of one activity to be changed."""
        if isinstance(wanted, ActivityFilter):
            self._show_browser()
            self.views.set_value(LIST)
            self.filters.set_wanted(wanted)
        elif isinstance(wanted, Uid):
            self.change(wanted)

    def start_new(self) -> None:
        self.start_on(None if self.view == LIST else self.calendar.grid.day)

    def start_search(self) -> None:
        if self._stack.currentWidget() is self._made_form:
            self.form.leave()
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    def may_leave(self) -> bool:
        if self._made_form is not None:
            self._made_form.keeper.flush()
        return True

    # --- inside --------------------------------------------------------------------------------

    @Slot(object)
    def start_on(self, day: date | None) -> None:
        """A new activity, on a day of the calendar or on one that is still to be said."""
        if self._may_add and self._stack.currentWidget() is self._browser:
            self._changing = False
            self._stack.setCurrentWidget(self.form)
            self.form.begin_new(day)

    def change(self, uid: Uid) -> None:
        """The plan of an activity, to be changed."""
        self._changing = True
        self._stack.setCurrentWidget(self.form)
        self.form.begin_change(uid)

    @Slot()
    def _turn_view(self) -> None:
        is_list = self.view == LIST
        self.filters.set_with_days(is_list)
        self._views.setCurrentIndex(0 if is_list else 1)
        if is_list:
            self.list.load()
        else:
            self.calendar.come(by_week=self.view == WEEK)
        if not self.views.hasFocus():
            self._take_keyboard()

    @Slot()
    def _reload(self) -> None:
        if self.view == LIST:
            self.list.begin_anew()
        else:
            self.calendar.load()

    @Slot()
    def _take_keyboard(self) -> None:
        if self.view == LIST:
            self.list.take_keyboard()
        else:
            self.calendar.take_keyboard()

    @Slot()
    def _show_browser(self) -> None:
        self._stack.setCurrentIndex(0)
        self._take_keyboard()

    @Slot(object)
    def _take(self, wanted: tuple[ActivityRow, str]) -> None:
        row, action = wanted
        if action == CHANGE:
            self.change(row.line.uid)
        else:
            self.work.take_up(row.line, action)

    @Slot(object)
    def _saved(self, changed: Changed[tuple[Activity, ...]]) -> None:
        words = saved_words(self._changing, changed.value, self._desk.today)
        self._show_browser()
        self.tell_changed(changed, words)

    def _lay_out(self) -> None:
        for secondary in (self.views, self.copy_month):
            self.title.add_secondary(secondary)
        self._browser = QWidget(self)
        place = QWidget(self._browser)
        self._views = QStackedLayout(place)
        self._views.addWidget(self.list)
        self._views.addWidget(self.calendar)
        column = QVBoxLayout(self._browser)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.filters)
        column.addWidget(place, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._browser)

    def _connect(self) -> None:
        self.title.action.clicked.connect(self.start_new)
        self.copy_month.clicked.connect(self.work.ask_copy_month)
        self.views.changed.connect(self._turn_view)
        self.filters.changed.connect(self._reload)
        self.filters.to_list.connect(self._take_keyboard)
        for shown in (self.list, self.calendar):
            shown.opened.connect(partial(_open, self))
        self.list.wanted.connect(self._take)
        self.list.new_wanted.connect(self.start_new)
        self.calendar.new_wanted.connect(self.start_on)
        for view, keys in VIEW_KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self._browser)
            shortcut.activated.connect(partial(self.views.set_value, view))


def _open(page: ActivitiesPage, row: ActivityRow) -> None:
    page.go(Open(KIND.name, row.line.uid))
