"""Takes steps from wherever a record is shown: asks where something has to be asked, else at once.

One way for the board, the lists and the records' pages, so that a letter means the same on each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, ReviewerRole
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction
from desktop_app.ledgers.three_lists.ui.dispatch import Basis, DispatchSheet, read_basis
from desktop_app.ledgers.three_lists.ui.looks import DISPATCH, short
from desktop_app.ledgers.three_lists.ui.sheets import (
    DutySheet,
    ProblemSheet,
    WithdrawOfferSheet,
    duty_asks,
    problem_asks,
)
from desktop_app.registers.people.service import is_alone
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

OWN_REVIEW = "申请销号的人不能自己复核，没有改动。请另一位同事登录后“同意销号”。"

_PROBLEM_ACTIONS = {action.value: action for action in ProblemAction}
_DUTY_ACTIONS = {action.value: action for action in DutyAction}


class Stepper(QObject):
    """`done` carries the `Changed` after the window was told; `evidence_wanted` a duty's uid, for
    the page that shows it. On other pages adding evidence leads to the duty's page."""

    done = Signal(object)
    evidence_wanted = Signal()

    def __init__(self, desk: Desk, page: Page, *, shows_duty: bool = False) -> None:
        super().__init__(page)
        self._desk, self._page, self._shows_duty = desk, page, shows_duty

    # --- problems ------------------------------------------------------------------------------

    def problem_step(self, uid: Uid, revision: int, name: str) -> None:
        """Take the step of that name, on the problem as it was seen."""
        if name == DISPATCH:
            self.dispatch(uid)
            return
        action = _PROBLEM_ACTIONS[name]
        if not problem_asks(action):
            call = partial(service.list_problem, self._desk, uid, revision)
            self._at_once(action.label, call, self._problem_done)
            return

        def opened(problem: Problem) -> None:
            sheet = ProblemSheet(self._page, self._desk, problem, revision, action)
            self._open(sheet, self._problem_done)

        self._after(partial(service.get_problem, self._desk, uid), opened)

    def dispatch(self, problem: Uid, offer: Uid | None = None) -> None:
        """派给: make a duty of a problem, perhaps with this offer."""

        def opened(basis: Basis) -> None:
            self._open(DispatchSheet(self._page, self._desk, basis), self._duty_done)

        self._after(partial(read_basis, self._desk, problem, offer), opened)

    # --- duties --------------------------------------------------------------------------------

    def duty_step(self, uid: Uid, revision: int, name: str) -> None:
        """Take the step of that name, on the duty as it was seen."""
        action = _DUTY_ACTIONS[name]
        if action is DutyAction.ADD_EVIDENCE:
            self._add_evidence(uid)
            return
        if not duty_asks(action):
            call = partial(service.act, self._desk, uid, action, revision)
            self._at_once(action.label, call, self._duty_done)
            return
        opened = partial(self._ask_duty, revision=revision, action=action)
        self._after(partial(_read_duty, self._desk, uid), opened)

    def _add_evidence(self, uid: Uid) -> None:
        if self._shows_duty:
            self.evidence_wanted.emit()
        else:
            self._page.go(Open(DUTIES.name, uid))

    def _ask_duty(self, found: tuple[Duty, str, bool], revision: int, action: DutyAction) -> None:
        duty, about, alone = found
        roles = tuple(ReviewerRole)
        if action is DutyAction.REVIEW_OK and self._is_own(duty):
            if not alone:
                tell(self._page, "没有销号", OWN_REVIEW, tone="warn")
                return
            roles = tuple(role for role in roles if role is not ReviewerRole.SECOND)
        sheet = DutySheet(self._page, self._desk, duty, revision, action, about=about, roles=roles)
        self._open(sheet, self._duty_done)

    def _is_own(self, duty: Duty) -> bool:
        """Whether who sits here is the one who asked for the closing."""
        actor = self._desk.actor
        if duty.submitted_by is not None and actor.uid is not None:
            return duty.submitted_by == actor.uid
        return duty.submitted_by_name == actor.name

    # --- offers --------------------------------------------------------------------------------

    def offer_step(self, uid: Uid, revision: int, name: str) -> None:
        """Take the step of that name, on the offer as it was seen."""
        if name == OfferAction.RESTORE.value:
            call = partial(service.restore_offer, self._desk, uid, revision)
            self._at_once(OfferAction.RESTORE.label, call, self._offer_done)
            return

        def opened(offer: Offer) -> None:
            sheet = WithdrawOfferSheet(self._page, self._desk, offer, revision)
            self._open(sheet, self._offer_done)

        self._after(partial(service.get_offer, self._desk, uid), opened)

    def at_once(self, label: str, call: Callable[[], Changed[Any]], sentence: str) -> None:
        """Do something that asks nothing; a refusal is said in a message."""
        self._at_once(label, call, partial(self.tell, sentence=sentence))

    # --- inside --------------------------------------------------------------------------------

    def _after(self, read: Callable[[], Any], opened: Callable[[Any], None]) -> None:
        """Read in the worker's thread, then open what asks."""

        def work(_job: Job) -> Any:
            return read()

        def shown(found: Any) -> None:
            if self._page.isVisible():
                opened(found)

        self._page.in_background("打开办理步骤", work, shown)

    def _open(self, sheet: SavingSheet, done: Callable[[Changed[Any]], None]) -> None:
        sheet.taken.connect(done)
        sheet.open()

    def _at_once(
        self,
        label: str,
        call: Callable[[], Changed[Any]],
        done: Callable[[Changed[Any]], None],
    ) -> None:
        try:
            changed = call()
        except Fault as fault:
            tell_fault(self._page, f"没有{label}", fault)
            return
        done(changed)

    def _problem_done(self, changed: Changed[Problem]) -> None:
        problem = changed.value
        done = problem.steps[-1].action.label
        self.tell(changed, f"已{done}：{short(problem.description)}")

    def _duty_done(self, changed: Changed[Duty]) -> None:
        duty = changed.value
        done = duty.steps[-1].action.label
        self.tell(changed, f"已{done}：{duty.unit} {duty.person}　{duty.number}")

    def _offer_done(self, changed: Changed[Offer]) -> None:
        offer = changed.value
        done = offer.steps[-1].action.label
        self.tell(changed, f"已{done}：{offer.partner_name} {short(offer.resource)}")

    def tell(self, changed: Changed[Any], sentence: str) -> None:
        """Tell the window what was done."""
        self._page.tell_changed(changed, sentence)
        self.done.emit(changed)


def _read_duty(desk: Desk, uid: Uid) -> tuple[Duty, str, bool]:
    """In the worker's thread: the duty, what it is about, and whether nobody else works here."""
    found = service.duty_history(desk, uid)
    about = "" if found.problem is None else short(found.problem.description, 60)
    return found.duty, about, is_alone(desk)
