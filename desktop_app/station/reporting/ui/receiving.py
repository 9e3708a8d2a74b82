"""What comes back from the street: 回执, and the 对账文件 that puts a restored home right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.core.wording import Term
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.station.reporting import service
from desktop_app.station.reporting.rules.answers import Answered
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.station.reporting.ui import outcomes, taking
from desktop_app.station.reporting.ui.files import PARCEL
from desktop_app.station.reporting.ui.hero import Hero
from desktop_app.station.reporting.ui.sending import KIND
from desktop_app.station.reporting.ui.taking import Took
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import confirm
from desktop_app.widgets.page import Page

CHOOSE = "选择街道发来的回执或对账文件"
STARTING = (
    "会先自动备份，再把街道记得的内容补回本机；本机后来登记的全部保留，接在后面重新编号。"
    "不用重新录入任何内容。做完以后才能上报。"
)


TIDYING = "整理变更记录"


class Receiver(QObject):
    """`reconciled` carries a `Reconciled`; `over` comes when a file has been dealt with."""

    over = Signal()
    reconciled = Signal(object)

    def __init__(self, session: Session, desk: Desk, page: Page, hero: Hero) -> None:
        super().__init__(page)
        self._session, self._desk, self._page, self._hero = session, desk, page, hero
        self._headline = outcomes.NOT_TAKEN
        self._answered: list[Answered] = []
        self._scratch = session.house.home.outbox
        hero.outcome.step_wanted.connect(self._take_step)

    @Slot()
    def choose(self) -> None:
        """Ask for files."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self._page, CHOOSE, home, f"街道发来的文件 (*{PARCEL})")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self._chosen)
        chooser.open()

    def take(self, paths: Sequence[Path]) -> None:
        """Take in what was dropped, chosen, or found on a stick."""
        if self._hero.is_busy or not paths:
            return
        snapshots = [path for path in paths if taking.looks_like_snapshot(path)]
        if snapshots:
            self._ask_reconcile(snapshots[-1])
            return
        self._headline = outcomes.NOT_TAKEN
        work = partial(taking.take_all, self._desk, tuple(paths), self._scratch)
        self._follow("导入回执", work, self._took, may_stop=True)

    def _ask_reconcile(self, path: Path) -> None:
        sheet = confirm(self._page, f"用 {path.name} {Term.RECONCILE.value}？", STARTING, "开始")
        sheet.answered.connect(partial(self._reconcile, path))

    @Slot(object)
    def _reconcile(self, path: Path, answer: str) -> None:
        if answer == "yes":
            work = partial(taking.reconcile, self._session, self._desk, path, self._scratch)
            self._headline = outcomes.NOT_RECONCILED
            self._follow(Term.RECONCILE.value, work, self._met, may_stop=False)

    def _follow(
        self,
        title: str,
        work: Callable[[Job], object],
        done: Callable[[object], None],
        *,
        may_stop: bool,
    ) -> None:
        ticket = self._page.in_background(title, work, done, self._failed, quick=False)
        ticket.cancelled.connect(self._hero.put_away)
        self._hero.follow(ticket, may_stop=may_stop)

    def _took(self, took: object) -> None:
        assert isinstance(took, tuple)
        found = [one for one in took if isinstance(one, Took)]
        snapshots = [one.path for one in found if one.is_snapshot]
        if len(found) == len(snapshots) == 1:
            self._hero.put_away()
            self._ask_reconcile(snapshots[0])
            return
        self._answered = outcomes.answered_by(found)
        may_look = REQUESTS.name in self._page.places
        self._hero.tell(outcomes.of_receipts(found, may_look=may_look))
        if any(one.confirms for one in found) and self._desk.actor.may(Right.BACK_UP):
            self._page.in_background(
                TIDYING, partial(_tidy, self._desk), _nothing, _nothing, quick=False
            )
        if any(one.changed for one in found):
            kinds = {KIND, *([REQUESTS.name] if self._answered else [])}
            self._page.tell_changed(Changed(frozenset(kinds), (), found), "已导入回执")
        self.over.emit()

    def _met(self, met: object) -> None:
        assert isinstance(met, Reconciled)
        self._hero.tell(outcomes.of_reconciled(met))
        self.reconciled.emit(met)
        self.over.emit()

    def _failed(self, fault: Fault) -> None:
        self._hero.tell(outcomes.of_fault(fault, self._headline))
        self.over.emit()

    @Slot(object)
    def _take_step(self, name: str) -> None:
        if name == outcomes.RECONCILE:
            self.choose()
        elif name == outcomes.ANSWERS and len(self._answered) == 1:
            self._page.go(Open(REQUESTS.name, self._answered[0].uid))
        elif name == outcomes.ANSWERS:
            self._page.go(OpenPage(REQUESTS.name, wanted=RequestFilter(escalated=True)))

    @Slot(object)
    def _chosen(self, files: Sequence[str]) -> None:
        self.take([Path(file) for file in files])


def _tidy(desk: Desk, job: Job) -> object:
    """What the street holds now need not be kept twice; goes on the next time where it stops."""
    return service.tidy(desk, job)


def _nothing(_came_of_it: object) -> None:
    """Nobody asked for it, so nobody is told; a disk that fails is told by the next real work."""
