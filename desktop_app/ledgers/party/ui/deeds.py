"""What is done with a 报到 from its row and from its page.

Each deed opens a sheet that asks for what it needs; `done` gets what was changed and the sentence
for the undo strip, which names the member by number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import parse_period
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.rules.member import MemberAction, PartyMember
from desktop_app.ledgers.party.ui import form, sheets
from desktop_app.ledgers.party.ui.looks import DEEDS, pledges_for
from desktop_app.ledgers.party.ui.sheets import Served, ServedIn
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers.ui.kept_sheet import read_left
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

_A = MemberAction
Done = Callable[[Changed[Any], str], None]

_SHEETS: Mapping[str, type[sheets.StepSheet]] = {
    _A.SHOW: sheets.ShowSheet,
    _A.PLEDGE: sheets.PledgeSheet,
    _A.DO: sheets.DoneSheet,
    _A.KEEP: sheets.KeepSheet,
    _A.END_PLEDGE: sheets.EndPledgeSheet,
    _A.RATE: sheets.RateSheet,
    _A.SEND_FEEDBACK: sheets.SentSheet,
    _A.LEAVE: sheets.LeaveSheet,
}
_ABOUT_PLEDGES = (_A.DO, _A.KEEP, _A.END_PLEDGE, _A.RATE)


def open_new(page: Page, desk: Desk, done: Done, resident: Uid | None = None) -> None:
    """The form of a new 报到, as it was left the last time; `resident` says whose."""

    def work(_job: Job) -> tuple[Card | None, Any]:
        card = None if resident is None else residents.card(desk, resident)
        return card, read_left(desk, form.DRAFT, card and card.resident.uid)

    def opened(found: tuple[Card | None, Any]) -> None:
        sheet = form.PartySheet(page, desk, None, *found)
        _open(page, sheet, lambda changed: f"已登记报到 {changed.value.number}", done)

    page.in_background("打开登记报到", work, opened)


def open_change(page: Page, desk: Desk, uid: Uid, done: Done) -> None:
    """The form of a 报到, whole: opening it is logged like a reveal."""

    def work(_job: Job) -> tuple[PartyMember, Card | None, Any]:
        member = service.for_editing(desk, uid)
        return member, card_of(desk, member.resident), read_left(desk, form.DRAFT, uid)

    def opened(found: tuple[PartyMember, Card | None, Any]) -> None:
        sheet = form.PartySheet(page, desk, *found)
        _open(page, sheet, lambda changed: f"已修改报到 {changed.value.number}", done)

    page.in_background("打开修改报到", work, opened)


def open_step(page: Page, desk: Desk, action: str, uid: Uid, done: Done, served: ServedIn) -> None:
    """The sheet of a step. `served` is asked in a worker's thread what was served in a quarter."""

    def work(_job: Job) -> tuple[PartyMember, str, dict[str, Served]]:
        history = service.history(desk, uid)
        told = {}
        if action == _A.MAKE_FEEDBACK:
            told = _proposed(desk, history.member, served)
        return history.member, history.name, told

    def opened(found: tuple[PartyMember, str, dict[str, Served]]) -> None:
        _ask(page, desk, action, found, done)

    page.in_background(f"打开{DEEDS[action].verb}", work, opened)


def come_back(page: Page, desk: Desk, member: tuple[Uid, int, str], done: Done) -> None:
    """At once; the undo strip is the way back. `member` is its uid, revision and number."""
    uid, revision, number = member
    try:
        changed = service.come_back(desk, uid, revision)
    except Fault as fault:
        tell_fault(page, "没有重新报到", fault)
        return
    done(changed, f"已重新报到：{number}")


def card_of(desk: Desk, resident: Uid) -> Card | None:
    """The resident's card; None for somebody who was erased."""
    try:
        return residents.card(desk, resident)
    except UserError:
        return None


def _ask(
    page: Page,
    desk: Desk,
    action: str,
    found: tuple[PartyMember, str, dict[str, Served]],
    done: Done,
) -> None:
    member, name, told = found
    verb = DEEDS[action].verb
    sentence = f"已{verb}：{member.number}"
    if words := _in_vain(desk, member, action):
        tell(page, f"没有{verb}", words)
    elif action == _A.MAKE_FEEDBACK:
        sheet = sheets.FeedbackSheet(page, desk, member, name, told)
        _open(page, sheet, lambda _changed: sentence, done)
    else:
        made: Any = _SHEETS[action]
        _open(page, made(page, desk, member, name), lambda _changed: sentence, done)


def _in_vain(desk: Desk, member: PartyMember, action: str) -> str:
    """Why there is nothing to ask for, in words; empty where there is."""
    if action in _ABOUT_PLEDGES and not pledges_for(member, action):
        return "没有可以选的承诺，没有改动。请先作承诺、记践诺。"
    if action == _A.SEND_FEEDBACK and not member.feedbacks:
        return "还没有做过反馈表，没有改动。请先做反馈表。"
    if action == _A.MAKE_FEEDBACK and not sheets.quarters_to_tell(member, desk.today):
        return "近几个季度的反馈表都已经送出，没有再做。如要更正，请另附说明给单位。"
    return ""


def _proposed(desk: Desk, member: PartyMember, served: ServedIn) -> dict[str, Served]:
    quarters = sheets.quarters_to_tell(member, desk.today)
    known = {one: served(member.resident, parse_period(one)) for one in quarters}
    return {one: told for one, told in known.items() if told is not None}


def _open(page: Page, sheet: SavingSheet, words: Callable[[Changed[Any]], str], done: Done) -> None:
    if not page.isVisible():
        sheet.deleteLater()
        return
    sheet.taken.connect(lambda changed: done(changed, words(changed)))
    sheet.open()
