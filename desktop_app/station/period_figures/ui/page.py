"""报表: the figures of a period, each with how it is counted and the rows it counts.

Which figures there are, what they are compared with and what must not be told is for the service;
paper is for `station/papers`.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.periods import Period
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.core.told import FigureLine, Rows
from desktop_app.core.wording import Term, number
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.record import KIND as ACTIVITY
from desktop_app.ledgers.visits.record import EVALUATIONS
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.station.papers.rules import kind_of_period
from desktop_app.station.period_figures import service
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.ui.content import ReportContent
from desktop_app.station.period_figures.ui.save_picture import SavePicture
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, PageTitle, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.period_bar import PeriodBar
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

HINT = f"{Term.HOW_COUNTED}：把光标移到一个数上，这里写明它怎么计。"
_PATIENCE_MS = 300
"""Figures that come sooner do not flash 正在读取."""


class ReportsPage(Page):
    """The period chosen stays while one is elsewhere; its figures are read anew on every visit."""

    kinds = frozenset({VISIT.name, EVALUATIONS.name, ACTIVITY.name, ATTENDANCE.name})
    hints = (
        KeyHint("PgUp", "上一期"),
        KeyHint("PgDn", "下一期"),
        KeyHint("T", "回到本期"),
        KeyHint("1–4", "按月、季度、半年、年度（在“时间段”上）"),
        KeyHint("← → ↑ ↓", "到另一个数；在图上到另一根柱"),
        KeyHint("Enter", "打开这个数的明细"),
        KeyHint("Alt+←", "从明细回到报表"),
        KeyHint("Ctrl+P", "打印工作报告"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._wants_focus = False
        self.report: PeriodFigures | None = None
        self.title = PageTitle(
            Term.REPORTS, self, action="打印", keys="Ctrl+P", icon_name="printer"
        )
        self.title.action.hide()
        self.save = SavePicture(desk, self)
        self.title.add_secondary(self.save)
        self.bar = PeriodBar(self._today, self)
        self.remark = QLabel(self)
        self.content = ReportContent(self._today, self)
        self.pane = StatePane(self)
        self.how = QLabel(HINT, self)
        self._front = QStackedWidget(self)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_PATIENCE_MS)
        self._next = self.load
        self._lay_out()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        self.bar.tell_today()
        self._slow.start()
        work = partial(self._read, self.bar.period)
        self.in_background(Term.REPORTS, work, self._show, self._show_fault)

    def arrive(self) -> None:
        # Residents evaluate without telling the window: what is stored is always read again.
        self._stale = True
        self._wants_focus = True
        super().arrive()
        if self.report is None:
            self.bar.length.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, period: Period, _job: Job) -> PeriodFigures:
        return service.period_report(self._desk, period)

    def _show(self, report: PeriodFigures) -> None:
        self._slow.stop()
        self.report = report
        self.remark.setText(report.remark)
        self.remark.setVisible(bool(report.remark))
        self.save.set_report(report)
        self.title.action.setVisible(not report.is_empty)
        self.how.setText(HINT)
        self.how.setVisible(not report.is_empty)
        if report.is_empty:
            self._show_empty(report)
            return
        self.content.places = self.places
        self._front.setCurrentWidget(self.content)
        self.content.show_report(report)
        if self._wants_focus:
            self._focus_figures()

    def _show_empty(self, report: PeriodFigures) -> None:
        more = report.remark if report.today < report.period.first else "换一个时间段看看。"
        if report.running and report.today >= report.period.first:
            self._next, step = self._register, "登记"
            more = "在前台登记后，这里就有数了。"
        else:
            self._next, step = self.bar.come_back, self.bar.this.text()
        self.pane.show_empty(f"{report.period.label}没有来访，也没有活动。", more, step)
        self._front.setCurrentWidget(self.pane)

    def _show_loading(self) -> None:
        if self.report is None:
            self.pane.show_loading()
            self._front.setCurrentWidget(self.pane)

    def _show_fault(self, fault: Fault) -> None:
        self._slow.stop()
        self._next = self.load
        self.report = None
        self.save.set_report(None)
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
    def _open_record(self, record: tuple[str, object]) -> None:
        kind, uid = record
        self.go(Open(kind, uid))  # type: ignore[arg-type]

    @Slot(object)
    def _change_period(self, _period: Period) -> None:
        self.load()

    @Slot()
    def _register(self) -> None:
        self.go(OpenPage("front_desk"))

    @Slot()
    def _take_next(self) -> None:
        self._next()

    @Slot()
    def _print(self) -> None:
        if self.report is not None:
            period = self.report.period
            self.go(OpenPaper(kind_of_period(period.kind).name, period=period))

    # --- layout --------------------------------------------------------------------------------

    def _today(self) -> date:
        return self._desk.today

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

    def _connect(self) -> None:
        self._slow.timeout.connect(self._show_loading)
        self.bar.chosen.connect(self._change_period)
        self.content.rows_wanted.connect(self._open_rows)
        self.content.record_wanted.connect(self._open_record)
        self.content.looked_at.connect(self.tell_how)
        self.pane.next_step.connect(self._take_next)
        self.title.action.clicked.connect(self._print)
