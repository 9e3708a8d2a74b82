"""上报, from the press of the button to 可以拔出: asks where to and who agrees, tells the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.travel import Profile
from desktop_app.registers.offices.ui.targets import Target
from desktop_app.station.reporting.rules.reports import Export, Second
from desktop_app.station.reporting.ui import outcomes, work
from desktop_app.station.reporting.ui.full_sheet import FullSheet
from desktop_app.station.reporting.ui.hero import Hero
from desktop_app.station.reporting.ui.work import NotSent, Order, Sent
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner, Ticket
from desktop_app.widgets.page import Page

KIND = "reporting"
"""The name under which a 上报 or a receipt is told to pages; neither is a kind of record."""

WHERE = "上报到哪个文件夹"


class Sender(QObject):
    """`over` comes when an attempt has ended, whichever way."""

    over = Signal()

    def __init__(
        self, session: Session, desk: Desk, runner: JobRunner, page: Page, hero: Hero
    ) -> None:
        super().__init__(page)
        self._session, self._desk, self._runner = session, desk, runner
        self._page, self._hero = page, hero
        self._outbox = session.house.home.outbox
        self._once_more: Callable[[], None] | None = None
        self._wanted: Callable[[Target], None] | None = None
        hero.standing.report_wanted.connect(self.report)
        hero.outcome.step_wanted.connect(self._take_step)

    # --- what the person wants -----------------------------------------------------------------

    @Slot()
    def report(self) -> None:
        """Report as chosen on the card; asks for a folder, or for a second person, first."""
        if self._hero.is_busy or not self._hero.standing.button.isEnabled():
            return
        self._with_target(self._report_to)

    def send_again(self, export: Export) -> None:
        """Deliver one that is on record, to where the card says."""
        if not self._hero.is_busy:
            self._with_target(partial(self._send_to, export))

    @Slot(str)
    def choose(self, folder: str) -> None:
        """This folder was chosen for what somebody is about to do."""
        wanted, self._wanted = self._wanted, None
        path = Path(folder)
        self._hero.standing.targets.set_folder(path, choose=True)
        if wanted is not None:
            wanted(self._hero.standing.targets.target() or Target(path))

    def _with_target(self, then: Callable[[Target], None]) -> None:
        target = self._hero.standing.targets.target()
        if target is not None:
            then(target)
            return
        self._wanted = then
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self._page, WHERE, home)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.choose)
        chooser.open()

    # --- the work ------------------------------------------------------------------------------

    def _report_to(self, target: Target) -> None:
        profile = self._hero.standing.chosen_profile()
        order = Order(target, profile)
        if profile is not Profile.FULL:
            self._begin(order)
            return
        others = [
            one.name for one in self._session.house.operators() if one.uid != self._desk.actor.uid
        ]
        sheet = FullSheet(self._page, others)

        def agreed(second: Second) -> None:
            self._begin(replace(order, reason=sheet.given.reason, second=second))

        sheet.carry_out(self._runner, sheet.proof(self._desk, self._session.house), agreed)

    def _begin(self, order: Order) -> None:
        self._once_more = partial(self._begin, order)
        job = partial(work.report, self._desk, self._outbox, order)
        self._follow(order.target.after("上报到"), job, order.target)

    def _send_to(self, export: Export, target: Target) -> None:
        job = partial(work.send, self._desk, self._outbox, export, target)
        self._follow(target.after("送到"), job, target)

    def _follow(self, title: str, job: Callable[[Job], object], target: Target) -> None:
        ticket: Ticket = self._page.in_background(title, job, self._done, self._failed, quick=False)
        ticket.cancelled.connect(partial(self._stopped, target))
        self._hero.follow(ticket)

    def _done(self, sent: Sent | NotSent) -> None:
        if isinstance(sent, NotSent):
            self._once_more = partial(self._send_once_more, sent.export)
        self._hero.tell(outcomes.of_sent(sent))
        self._hero.standing.back_to_daily()
        if isinstance(sent, Sent):
            told = f"已上报 {outcomes.contents_of(sent.export)}"
            self._page.tell_changed(Changed(frozenset({KIND}), (), sent), told)
        self.over.emit()

    def _failed(self, fault: Fault) -> None:
        self._hero.tell(outcomes.of_fault(fault, anew=True))
        self.over.emit()

    def _stopped(self, target: Target) -> None:
        self._hero.tell(outcomes.stopped(target))
        self.over.emit()

    @Slot(object)
    def _take_step(self, name: str) -> None:
        if name in (outcomes.AGAIN, outcomes.ANEW) and self._once_more is not None:
            self._once_more()

    def _send_once_more(self, export: Export) -> None:
        """To where the card says by now: the stick may have come back under another name."""
        self._with_target(partial(self._send_to, export))
