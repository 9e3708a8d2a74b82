"""总览: the figures of the whole street, who has not reported, and every part of it.

What is counted and what must not be told is for the service; paper is `street/overview/report`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import kind_of_period
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPage, OpenPaper
from desktop_app.core.told import Breakdown, By
from desktop_app.ledgers.activities.record import ATTENDANCE
from desktop_app.ledgers.activities.record import KIND as ACTIVITY
from desktop_app.ledgers.visits.record import EVALUATIONS
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.registers.offices.record import KIND as STATION
from desktop_app.storage.session import Desk
from desktop_app.street.overview import service
from desktop_app.street.overview.rules.told import Belonging, StreetFigures
from desktop_app.street.overview.ui.content import StreetContent
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.period_page import PERIOD_HINTS, Empty, PeriodPage
from desktop_app.widgets.save_as import SaveAs, Write

TITLE = "总览"
INBOX = "inbox"
"""The page on which bundles are taken in, as the window calls it."""


@dataclass(frozen=True)
class Seen:
    """What one reading gave: the street as a whole, and the parts that were asked for."""

    report: StreetFigures
    parts: Breakdown

    @property
    def period(self) -> Period:
        return self.report.period

    @property
    def today(self) -> date:
        return self.report.today

    @property
    def remark(self) -> str:
        return "　".join(part for part in (self.report.waiting_words, self.report.remark) if part)

    @property
    def running(self) -> bool:
        return self.report.running

    @property
    def is_empty(self) -> bool:
        return self.report.is_empty


class OverviewPage(PeriodPage[Seen]):
    """Bundles are taken in without the window being told: so it is read again on every visit."""

    kinds = frozenset({VISIT.name, EVALUATIONS.name, ACTIVITY.name, ATTENDANCE.name, STATION.name})
    hints = (
        *PERIOD_HINTS,
        KeyHint("1–4", "按站点、社区、业务类别、月份（在“分开看”上）"),
        KeyHint("1–9", "在表上：打开这一行第几个数的明细"),
        KeyHint("Alt+←", "从明细回到总览"),
        KeyHint("Ctrl+P", "打印街道报告"),
    )
    content: StreetContent

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__(TITLE, lambda: desk.today, runner, parent)
        self.save = SaveAs("另存表格", "表格", "csv", self)
        self.title.add_secondary(self.save)
        self.content.parts.chosen.connect(self._change_parts)
        self.content.parts.looked_at.connect(self.how.setText)

    def make_content(self) -> StreetContent:
        return StreetContent(self._today, self)

    def reading(self, period: Period) -> Callable[[Job], Seen]:
        return partial(self._read, period, *self.content.parts.wanted)

    def _read(self, period: Period, by: By, belonging: Belonging, _job: Job) -> Seen:
        report = service.street_report(self._desk, period, belonging)
        return Seen(report, service.breakdown(self._desk, period, by, belonging))

    def show_report(self, report: Seen) -> None:
        self.content.show_report(report.report, report.parts)

    def told(self, report: Seen | None) -> None:
        if report is None or report.is_empty or not self._desk.actor.may(Right.EXPORT):
            self.save.offer("", None)
            return
        name = f"{TITLE} {report.period.label} 按{report.parts.by.label}"
        self.save.offer(name, partial(self._writing, report))

    def empty(self, report: Seen) -> Empty:
        said = f"{report.period.label}没有收到来访，也没有活动。"
        if report.running and report.today >= report.period.first and INBOX in self.places:
            return said, "收下站点的上报包后，这里就有数了。", "去收件", self._take_in
        more = report.report.remark if report.today < report.period.first else "换一个时间段看看。"
        return said, more, self.bar.this.text(), self.bar.come_back

    def print_report(self, report: Seen) -> None:
        kind = kind_of_period(report.period.kind, "street")
        self.go(OpenPaper(kind.name, period=report.period))

    def _writing(self, report: Seen) -> Write:
        def write(path: Path) -> Path:
            return service.save_table(self._desk, path, report.parts, report.period)

        return write

    @Slot()
    def _change_parts(self) -> None:
        if self.report is not None:
            self.load()

    def _take_in(self) -> None:
        self.go(OpenPage(INBOX))
