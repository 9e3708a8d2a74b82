"""A page of the figures of a period: which period, its figures, how each is counted, its rows.

What is counted, compared and drawn is for who makes the report; a subclass reads it and says how it
is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.periods import Period
from desktop_app.core.route import OpenPage
from desktop_app.core.told import FigureLine, Rows
from desktop_app.core.wording import Term, number
from desktop_app.widgets.figure_cards import FigureCards
from desktop_app.widgets.forms import KeyHint, PageTitle, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.period_bar import PeriodBar
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

HINT = f"{Term.HOW_COUNTED}：把光标移到一个数上，这里写明它怎么计。"
PERIOD_HINTS = (
    KeyHint("PgUp", "上一期"),
    KeyHint("PgDn", "下一期"),
    KeyHint("T", "回到本期"),
    KeyHint("1–4", "按月、季度、半年、年度（在“时间段”上）"),
    KeyHint("← → ↑ ↓", "到另一个数；在图上到另一根柱"),
    KeyHint("Enter", "打开这个数的明细"),
)


class PeriodReport(Protocol):
    """What a report of a period must tell for a page to show it."""

    @property
    def period(self) -> Period: ...

    @property
    def today(self) -> date: ...

    @property
    def remark(self) -> str: ...

    @property
    def running(self) -> bool: ...

    @property
    def is_empty(self) -> bool: ...


R = TypeVar("R", bound=PeriodReport)
Empty = tuple[str, str, str, Callable[[], None]]
"""Of a period of which nothing was counted: what is said, what else, the next step and its word."""


class PeriodPage(Page, Generic[R]):
    """The period chosen stays while one is elsewhere; its figures are read anew on every visit."""

    def __init__(
        self, word: str, today: Callable[[], date], runner: JobRunner, parent: QWidget | None
    ) -> None:
        super().__init__(runner, parent)
        self._word, self._today = word, today
        self._wants_focus = False
        self.report: R | None = None
        self.title = PageTitle(word, self, action="打印", keys="Ctrl+P", icon_name="printer")
        self.title.action.hide()
        self.bar = PeriodBar(today, self)
        self.remark = QLabel(self)
        self.content = self.make_content()
        self.pane = StatePane(self)
        self.how = QLabel(HINT, self)
        self._front = QStackedWidget(self)
        self._patience = Patience(self._show_loading, self)
        self._next: Callable[[], None] = self.load
        self._lay_out()
        self.bar.chosen.connect(self._change_period)
        self.content.rows_wanted.connect(self._open_rows)
        self.content.looked_at.connect(self.tell_how)
        self.pane.next_step.connect(self._take_next)
        self.title.action.clicked.connect(self._print)

    # --- what a subclass says ------------------------------------------------------------------

    def make_content(self) -> FigureCards:
        """What stands below the choice of the period."""
        raise NotImplementedError

    def reading(self, period: Period) -> Callable[[Job], R]:
        """What reads the report of a period, off the window's thread."""
        raise NotImplementedError

    def show_report(self, report: R) -> None:
        """Put a report into the content."""
        raise NotImplementedError

    def told(self, report: R | None) -> None:
        """Another report is on show, or none; for buttons that need one."""

    def empty(self, report: R) -> Empty:
        """What is said of a period of which nothing was counted."""
        raise NotImplementedError

    def print_report(self, report: R) -> None:
        """Go to the paper of a report."""
        raise NotImplementedError

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        self.bar.tell_today()
        self._patience.start()
        work = self.reading(self.bar.period)
        self.in_background(self._word, work, self._show, self._show_fault)

    def arrive(self) -> None:
        # What is counted may change without the window being told: it is always read again.
        self._stale = True
        self._wants_focus = True
        super().arrive()
        if self.report is None:
            self.bar.length.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- reading and showing -------------------------------------------------------------------

    def _show(self, report: R) -> None:
        self._patience.stop()
        self.report = report
        self.remark.setText(report.remark)
        self.remark.setVisible(bool(report.remark))
        self.told(report)
        self.title.action.setVisible(not report.is_empty)
        self.how.setText(HINT)
        self.how.setVisible(not report.is_empty)
        if report.is_empty:
            said, more, step, self._next = self.empty(report)
            self.pane.show_empty(said, more, step)
            self._front.setCurrentWidget(self.pane)
            return
        self.content.places = self.places
        self._front.setCurrentWidget(self.content)
        self.show_report(report)
        focus_order([self.bar.this, *self.content.stops()])
        if self._wants_focus:
            self._focus_figures()

    @Slot()
    def _show_loading(self) -> None:
        if self.report is None:
            self.pane.show_loading()
            self._front.setCurrentWidget(self.pane)

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.report = None
        self.told(None)
        self.title.action.hide()
        self.how.hide()
        self.pane.show_fault(fault)
        self._front.setCurrentWidget(self.pane)

    def _focus_figures(self) -> None:
        self._wants_focus = False
        tile = self.content.keys.current
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def tell_how(self, line: FigureLine) -> None:
        """Say how a figure is counted, and where Enter leads."""
        said = f"{Term.HOW_COUNTED}：{line.label}——{line.how}"
        if line.unlisted:
            said += f"其中 {number(line.unlisted)} 属信访渠道告知，不列明细。"
        if self.content.opens(line):
            said += "　按 Enter 看明细。"
        self.how.setText(said)

    @Slot(object)
    def _open_rows(self, rows: Rows) -> None:
        self.go(OpenPage(rows.kind, wanted=rows.wanted))

    @Slot(object)
    def _change_period(self, _period: Any) -> None:
        self.load()

    @Slot()
    def _take_next(self) -> None:
        self._next()

    @Slot()
    def _print(self) -> None:
        if self.report is not None:
            self.print_report(self.report)

    # --- layout --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        # The row keeps its height when its buttons go: nothing jumps from one period to the next.
        self.title.setMinimumHeight(theme_of().metrics.control)
        self.remark.setProperty("role", "quiet")
        self.remark.setWordWrap(True)
        self.remark.hide()
        self.how.setProperty("role", "quiet")
        self.how.setWordWrap(True)
        self.how.setTextFormat(Qt.TextFormat.PlainText)
        self.how.setMinimumHeight(round(2.9 * theme_of().metrics.body))
        self.how.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.how.hide()
        self._front.addWidget(self.content)
        self._front.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.small)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.remark)
        column.addWidget(self._front, 1)
        column.addWidget(self.how)
        focus_order([self.bar.length, self.bar.earlier, self.bar.later, self.bar.this])
