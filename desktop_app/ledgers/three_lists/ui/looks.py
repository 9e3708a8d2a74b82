"""How states, days and steps of problems, offers and duties look, the same on every screen.

Words, letters and tones only; which step may follow which is for the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.rights import Right
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists.rules import duty_steps, offer_steps, problem_steps
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.listing import DutyLine, OfferLine, ProblemLine
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction, OfferState, free_of
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction, ProblemState
from desktop_app.storage.session import Desk
from desktop_app.widgets import record_head
from desktop_app.widgets.chips import ChipText

DISPATCH = "dispatch"
"""派给: a duty is made of a problem. No step of the problem's own, but done from it."""

PAPER_OF_LISTS, PAPER_OF_DUTY, PAPER_OF_CLOSING = "three-lists", "duty-sheet", "closing-sheet"
"""The kinds of paper, by name."""


@dataclass(frozen=True, slots=True)
class Deed(record_head.Deed):
    """One thing to do with a record or a row, and its name."""

    name: str = ""


def by_name(deeds: Iterable[Deed]) -> dict[str, Deed]:
    """Deeds as the head of a record's page takes them."""
    return {deed.name: deed for deed in deeds}


def _problem(action: ProblemAction, key: str, icon: str) -> Deed:
    return Deed(action.label, icon, key, action.value)


def _duty(action: DutyAction, key: str, icon: str) -> Deed:
    return Deed(action.label, icon, key, action.value)


def _offer(action: OfferAction, key: str, icon: str) -> Deed:
    return Deed(action.label, icon, key, action.value)


PROBLEM_DEEDS = (
    _problem(ProblemAction.LIST, "L", "list"),
    Deed("派给…", "forward", "D", DISPATCH),
    _problem(ProblemAction.MERGE, "M", "copy"),
    _problem(ProblemAction.WITHDRAW, "W", "undo-2"),
    _problem(ProblemAction.REOPEN, "O", "folder-open"),
)
DUTY_DEEDS = (
    _duty(DutyAction.ACCEPT, "J", "user-check"),
    _duty(DutyAction.PROGRESS, "P", "pencil"),
    _duty(DutyAction.SUBMIT, "S", "clipboard-check"),
    _duty(DutyAction.REVIEW_OK, "A", "circle-check"),
    _duty(DutyAction.REVIEW_BACK, "B", "corner-up-right"),
    _duty(DutyAction.DECLINE, "N", "ban"),
    _duty(DutyAction.ADD_EVIDENCE, "Z", "image"),
    _duty(DutyAction.EXTEND, "Y", "calendar-days"),
    _duty(DutyAction.ESCALATE, "T", "chevron-up"),
    _duty(DutyAction.ASK_OPINION, "F", "phone"),
    _duty(DutyAction.REOPEN, "O", "folder-open"),
    _duty(DutyAction.CANCEL, "X", "circle-x"),
)
OFFER_DEEDS = (
    _offer(OfferAction.WITHDRAW, "W", "undo-2"),
    _offer(OfferAction.RESTORE, "O", "folder-open"),
)
"""Each with the letter that does it from the focused row or card and on the record's page, in the
order in which they stand there."""

_ICONS = {deed.name: deed.icon for deed in (*PROBLEM_DEEDS, *DUTY_DEEDS, *OFFER_DEEDS)}
_TONES = {"close": "ok", "review_ok": "ok", "undo": "warn", "escalate": "warn", "extend": "warn"}

_PROBLEM_LOOKS = {
    ProblemState.RAISED: ("warn", "inbox"),
    ProblemState.LISTED: ("warn", "megaphone"),
    ProblemState.CLAIMED: ("info", "handshake"),
    ProblemState.CLOSED: ("ok", "circle-check"),
    ProblemState.WITHDRAWN: ("quiet", "undo-2"),
    ProblemState.MERGED: ("quiet", "copy"),
}
_DUTY_LOOKS = {
    DutyState.PROPOSED: ("warn", "hourglass"),
    DutyState.DOING: ("info", "circle-dot"),
    DutyState.TO_REVIEW: ("warn", "clipboard-check"),
    DutyState.CLOSED: ("ok", "circle-check"),
    DutyState.DECLINED: ("quiet", "ban"),
    DutyState.CANCELLED: ("quiet", "circle-x"),
}


def step_icon(action: ProblemAction | OfferAction | DutyAction) -> str:
    """The icon of a step in the course of a record."""
    return _ICONS.get(action.value, "circle")


def step_tone(action: ProblemAction | OfferAction | DutyAction) -> str:
    """The tone of a step in the course of a record."""
    return _TONES.get(action.value, "quiet")


def problem_chip(state: ProblemState) -> ChipText:
    """How a problem stands."""
    return ChipText(state.label, *_PROBLEM_LOOKS[state])


def duty_chip(state: DutyState) -> ChipText:
    """How a duty stands."""
    return ChipText(state.label, *_DUTY_LOOKS[state])


def offer_chip(offer: Offer | OfferLine, today: date) -> ChipText:
    """How an offer stands; that nothing is left or its time is over says more than its state."""
    if offer.state is OfferState.WITHDRAWN:
        return ChipText(offer.state.label, "quiet", "undo-2")
    if offer.until_on is not None and offer.until_on < today:
        return ChipText("已过期", "quiet", "hourglass")
    if free_of(offer.amount, offer.promised) == 0:
        return ChipText("已认领完", "info", "circle-check")
    return ChipText(offer.state.label, "ok", "handshake")


def free_words(offer: Offer | OfferLine) -> str:
    """How much of an offer is left: 还剩3次，共5次 or 不限."""
    free = free_of(offer.amount, offer.promised)
    if free is None:
        return f"不限（已认领{offer.promised}{offer.unit_word}）" if offer.promised else "不限"
    return f"还剩{free}{offer.unit_word}，共{offer.amount}{offer.unit_word}"


def due_cell(due: date | None, today: date, *, live: bool) -> ChipText | str:
    """A due day: a chip when it is today or has passed while there is something to do."""
    if due is None:
        return ""
    if live and due < today:
        return ChipText(f"逾期{(today - due).days}天", "late")
    if live and due == today:
        return ChipText("今天到期", "warn")
    return list_day(due, today=today)


def problem_due(problem: Problem | ProblemLine, today: date) -> ChipText | str:
    """The day a problem is wanted by."""
    return due_cell(problem.wanted_by, today, live=problem.open)


def duty_due(duty: Duty | DutyLine, today: date) -> ChipText | str:
    """The day a duty is due."""
    return due_cell(duty.due, today, live=duty.live)


def first_line(text: str) -> str:
    """A text of several lines in one, for a row or a sentence."""
    return " ".join(text.split())


def short(text: str, most: int = 24) -> str:
    """The beginning of a text, for a sentence that names what it is about."""
    line = first_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def may_handle(desk: Desk) -> bool:
    """Whether this seat works on the lists: never at a street, where each line is a station's."""
    return desk.actor.may(Right.HANDLE) and not desk.database.station.is_street


def may_raise(desk: Desk) -> bool:
    """Whether this seat may write a problem down."""
    return desk.actor.may(Right.REGISTER) and not desk.database.station.is_street


def may_reveal(desk: Desk) -> bool:
    """Whether this seat may uncover what is masked."""
    return desk.actor.may(Right.REVEAL)


def problem_deeds(desk: Desk, state: ProblemState) -> tuple[Deed, ...]:
    """What may be done with a problem in this state at this seat, in the order of the buttons."""
    if not may_handle(desk):
        return ()
    names = {action.value for action in problem_steps.steps_from(state)}
    if state in (ProblemState.LISTED, ProblemState.CLAIMED):
        names.add(DISPATCH)
    return tuple(deed for deed in PROBLEM_DEEDS if deed.name in names)


def duty_deeds(desk: Desk, state: DutyState) -> tuple[Deed, ...]:
    """The same for a duty."""
    if not may_handle(desk):
        return ()
    names = {action.value for action in duty_steps.steps_from(state)}
    return tuple(deed for deed in DUTY_DEEDS if deed.name in names)


def offer_deeds(desk: Desk, state: OfferState) -> tuple[Deed, ...]:
    """The same for an offer."""
    if not may_handle(desk):
        return ()
    names = {action.value for action, rule in offer_steps.RULES.items() if state in rule.sources}
    return tuple(deed for deed in OFFER_DEEDS if deed.name in names)
