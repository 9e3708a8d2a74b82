"""报表: the figures of a period, each with how it is counted and the rows it counts.

Which figures there are, what they are compared with and what must not be told is for the service;
paper is for `station/papers`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import kind_of_period
from desktop_app.core.periods import Period
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.core.wording import Term
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.record import KIND as ACTIVITY
from desktop_app.ledgers.visits.record import EVALUATIONS
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.station.period_figures import service
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.ui.content import ReportContent
from desktop_app.station.period_figures.ui.save_picture import SavePicture
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.period_page import PERIOD_HINTS, Empty, PeriodPage


class ReportsPage(PeriodPage[PeriodFigures]):
    """Residents evaluate without telling the window: so it is read again on every visit."""

    kinds = frozenset({VISIT.name, EVALUATIONS.name, ACTIVITY.name, ATTENDANCE.name})
    hints = (
        *PERIOD_HINTS,
        KeyHint("Alt+←", "从明细回到报表"),
        KeyHint("Ctrl+P", "打印工作报告"),
    )
    content: ReportContent

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__(Term.REPORTS, lambda: desk.today, runner, parent)
        self.save = SavePicture(desk, self)
        self.title.add_secondary(self.save)
        self.content.record_wanted.connect(self._open_record)

    def make_content(self) -> ReportContent:
        return ReportContent(self._today, self)

    def reading(self, period: Period) -> Callable[[Job], PeriodFigures]:
        return lambda _job: service.period_report(self._desk, period)

    def show_report(self, report: PeriodFigures) -> None:
        self.content.show_report(report)

    def told(self, report: PeriodFigures | None) -> None:
        self.save.set_report(report)

    def empty(self, report: PeriodFigures) -> Empty:
        said = f"{report.period.label}没有来访，也没有活动。"
        if report.running and report.today >= report.period.first:
            return said, "在前台登记后，这里就有数了。", "登记", self._register
        more = report.remark if report.today < report.period.first else "换一个时间段看看。"
        return said, more, self.bar.this.text(), self.bar.come_back

    def print_report(self, report: PeriodFigures) -> None:
        kind = kind_of_period(report.period.kind)
        self.go(OpenPaper(kind.name, period=report.period))

    @Slot(object)
    def _open_record(self, record: tuple[str, object]) -> None:
        kind, uid = record
        self.go(Open(kind, uid))  # type: ignore[arg-type]

    def _register(self) -> None:
        self.go(OpenPage("front_desk"))
