"""The two long steps: trying a sheet out, and taking it in. What is stopped leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.wording import number
from desktop_app.station.importing.service import Outcome
from desktop_app.station.importing.ui import work
from desktop_app.station.importing.ui.draft import Draft
from desktop_app.station.importing.ui.progress_face import ProgressFace
from desktop_app.station.importing.ui.taking_back import TakingBack
from desktop_app.station.importing.ui.words import headline, without_undo
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import Ticket
from desktop_app.widgets.page import Page

CHECKING = "正在逐行检查"
NOT_KEPT_YET = "现在只是检查，还没有导入任何内容。"
IMPORTING = "正在导入"
MEANWHILE = "可以先去别的页面办事，导入会接着做。取消的话，已写入的会全部撤回，什么也不留下。"
TAKING_BACK = "正在撤回"
ONE_BY_ONE = "撤回是逐条做的，可以先去别的页面办事。"


class Stopped(Enum):
    """What was stopped."""

    TRYING = auto()
    TAKING_IN = auto()


class Doing(QObject):
    """`begun`: the progress is to be shown; then one of `tried` (a `Seen`), `taken` (an `Outcome`),
    `taken_back` (an `Import`, or None when it was stopped), `stopped` (a `Stopped`) or `failed`."""

    begun = Signal()
    tried = Signal(object)
    taken = Signal(object)
    taken_back = Signal(object)
    stopped = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, page: Page, face: ProgressFace) -> None:
        super().__init__(page)
        self._desk, self._page, self._face = desk, page, face
        self.is_trying = self.is_taking_in = False
        self.back = TakingBack(desk, page)
        self.back.begun.connect(self._take_back)
        self.back.done.connect(self.taken_back)
        self.back.failed.connect(self.failed)

    def try_out(self, draft: Draft) -> None:
        """Try the sheet out."""
        self.is_trying = True
        ticket = self._page.in_background(
            f"检查 {draft.name}",
            partial(work.try_out, self._desk, draft.looked.opened, draft.plan),
            self._tried,
            self._not_done,
            quick=False,
        )
        ticket.cancelled.connect(self._stopped_trying)
        self._follow(ticket, CHECKING, NOT_KEPT_YET)

    def take_in(self, draft: Draft) -> None:
        """Take in what was tried out."""
        assert draft.seen is not None, "the preview comes first"
        self.is_taking_in = True
        decisions = replace(draft.decisions, by_row=dict(draft.decisions.by_row))
        ticket = self._page.in_background(
            f"导入 {draft.name}",
            partial(work.take_in, self._desk, draft.seen.tried, decisions),
            self._taken,
            self._not_done,
            quick=False,
        )
        ticket.cancelled.connect(self._stopped_taking)
        count = number(draft.seen.taken(decisions))
        self._follow(ticket, f"{IMPORTING} {count} 条{draft.ledger}", MEANWHILE)

    @Slot(object)
    def _take_back(self, ticket: Ticket) -> None:
        self._follow(ticket, TAKING_BACK, ONE_BY_ONE)

    def _follow(self, ticket: Ticket, title: str, more: str) -> None:
        self._face.follow(ticket, title, more)
        self.begun.emit()

    def _tried(self, seen: work.Seen) -> None:
        self.is_trying = False
        self.tried.emit(seen)

    def _taken(self, changed: Changed[Outcome]) -> None:
        self.is_taking_in = False
        outcome = changed.value
        self._page.tell_changed(
            without_undo(changed), f"{headline(outcome)}（{outcome.made.number}）"
        )
        self.taken.emit(outcome)

    def _not_done(self, fault: Fault) -> None:
        self.is_trying = self.is_taking_in = False
        self.failed.emit(fault)

    @Slot()
    def _stopped_trying(self) -> None:
        self.is_trying = False
        self.stopped.emit(Stopped.TRYING)

    @Slot()
    def _stopped_taking(self) -> None:
        self.is_taking_in = False
        self.stopped.emit(Stopped.TAKING_IN)
