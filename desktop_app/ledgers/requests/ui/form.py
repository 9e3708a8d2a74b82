"""登记诉求: the form of a new request, a page of its own that one leaves without loss.

Keeps what is typed a moment after each change, so that Esc and a power cut lose nothing. What a
request may come of (a visit) is joined in by whoever knows both: see `open_form`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.form_text import RequestText
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.service import drafting
from desktop_app.ledgers.requests.ui.form_body import RequestBody, give_keyboard, with_choices
from desktop_app.registers.places import service as places
from desktop_app.registers.places.service import CompoundChoice
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import PersonLine, Resident
from desktop_app.registers.residents.search import find
from desktop_app.storage.session import Desk
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.forms import KeyHint, PageTitle
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

_EMPTY = RequestText()
CONTINUED = "已接着上次没有登记的内容。"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A form that begins: under which name it is kept, what stands in it while nobody typed.

    `save` registers what it says, in a worker's thread; `said` is the sentence about it. `title`
    and `beside` head the page. `who` says whose request it is where that is known already; empty
    asks for it.
    """

    save: Callable[[RequestText], Changed[Any]]
    said: Callable[[Any], str]

    place: str = drafting.NEW
    fresh: RequestText = _EMPTY
    title: str = "登记诉求"
    beside: str = ""
    who: str = ""


class RequestFormPage(Page):
    """Begins what `narrow_to` was told when it comes to the front; Esc leads back."""

    kinds = frozenset({"places", "matters"})
    hints = (
        KeyHint("Ctrl+F", "到查找框"),
        KeyHint("Enter", "选第一位；在表里到下一项"),
        KeyHint("Ctrl+Enter", "登记"),
        KeyHint("Esc", "返回，内容不丢"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.desk = desk
        self._wanted: object = None
        self._now = self._new = Beginning(partial(drafting.save, desk), _said)
        self._begun = self._saving = False
        self.title = PageTitle("登记诉求", self)
        self.body = RequestBody(partial(find, desk), lambda: desk.today, self, self)
        self.keeper = DraftKeeper(self, self._worth_keeping)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.body, 1)
        self.body.changed.connect(self.keeper.touch)
        self.body.save_wanted.connect(self.save)
        self.body.leave_wanted.connect(self.leave)
        self.body.begin_again.connect(self._begin_again)
        self.body.chosen.connect(self._choose)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        self._wanted = wanted

    def load(self) -> None:
        work = partial(_read_choices, self.desk)
        self.in_background("诉求登记的选项", work, lambda found: self.body.offer(*found))

    def arrive(self) -> None:
        super().arrive()
        wanted, self._wanted = self._wanted, None
        if wanted is not None or not self._begun:
            self.keeper.flush()
            self._begun = False
            self.open_form(wanted)

    def start_search(self) -> None:
        self.body.box.take_keyboard()

    def may_leave(self) -> bool:
        self.keeper.flush()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.body.box.step_back():
            self.leave()

    # --- beginning, for those who join it with another ledger -----------------------------------

    def open_form(self, wanted: object) -> None:
        """Open what was asked for: here always a request that came of nothing written down."""
        self.show_form(self._new)

    def show_form(self, beginning: Beginning) -> None:
        """Show a form, as it was left the last time."""
        try:
            half = drafting.left_over(self.desk, beginning.place)
        except Fault as fault:
            self.not_opened(fault)
            return
        self._now = beginning
        self._show(half)

    def not_opened(self, fault: Fault) -> None:
        """There is nothing to fill in: say why, and go back."""
        self.say_fault(fault)
        self.back_wanted.emit()

    # --- leaving and saving --------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: register it. Until that is done the form can be read but not changed."""
        if self._saving or not self._begun:
            return
        self._saving = True
        self.keeper.stop()
        text, now = self.body.text(), self._now
        self.body.setEnabled(False)

        def work(_job: Job) -> Changed[Any]:
            return now.save(text)

        self.in_background("登记诉求", work, self._saved, self._not_saved)

    @Slot()
    def leave(self) -> None:
        """Esc: away from here; what was typed waits for the next time."""
        if self._saving:
            return
        self.keeper.flush()
        self._begun = False
        self.back_wanted.emit()

    # --- inside --------------------------------------------------------------------------------

    def _show(self, half: RequestText | None) -> None:
        now = self._now
        self._begun, self._saving = True, False
        self.title.set_title(now.title, now.beside)
        self.body.setEnabled(True)
        self.body.ask_who(not now.who, now.who)
        self.body.show_text(with_choices(half or now.fresh))
        self.keeper.begin_with(partial(drafting.keep, self.desk, now.place), half)
        self.body.say("" if half is None else CONTINUED)
        first = self.body.first_missing() if now.who or half is not None else self.body.box.box
        give_keyboard(first)

    def _worth_keeping(self) -> RequestText | None:
        """What is typed; None when it says just what stood there at first."""
        if not self._begun:
            return None
        text = self.body.text()
        return None if text == with_choices(self._now.fresh) else text

    @Slot(object)
    def _choose(self, line: PersonLine) -> None:
        work = partial(_file_of, self.desk, line.uid)
        self.in_background("居民档案", work, self.body.take_person)

    @Slot()
    def _begin_again(self) -> None:
        dropped = self.body.text()
        self._show(None)
        # What was kept is still stored, and is to go a moment from now.
        self.keeper.begin_with(partial(drafting.keep, self.desk, self._now.place), dropped)
        self.keeper.touch()

    def _saved(self, changed: Changed[Any]) -> None:
        self._saving = self._begun = False
        self.body.setEnabled(True)
        self.back_wanted.emit()
        self.tell_changed(changed, self._now.said(changed.value))

    def _not_saved(self, fault: Fault) -> None:
        self._saving = False
        self.body.setEnabled(True)
        self.body.show_problems(fault.problems if isinstance(fault, InvalidInput) else [fault])
        # What is typed is kept again from here on, whatever was refused.
        self.keeper.touch()


def _said(request: Request) -> str:
    late = "补录" if request.late_entry else "登记"
    return f"已{late}{request.kind.label}：{request.title} {request.number}"


def _read_choices(desk: Desk, _job: Job) -> tuple[list[CompoundChoice], tuple[str, ...]]:
    """In the worker's thread."""
    return places.compounds(desk), service.list_frame(desk).categories


def _file_of(desk: Desk, uid: Uid, _job: Job) -> Resident:
    """In the worker's thread."""
    return residents.card(desk, uid).resident
