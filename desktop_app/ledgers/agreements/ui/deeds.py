"""What is done with one agreement from its row and from its page, each by one call.

`Deeds.done` hands over what was changed and the sentence for the undo strip; the page opens what
comes of it. Where somebody has to leave for is said by routes.
"""

from __future__ import annotations

from functools import partial

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement
from desktop_app.ledgers.agreements.rules.listing import AgreementLine
from desktop_app.ledgers.agreements.ui.looks import DISCARD, PARTNER, PRINT
from desktop_app.ledgers.agreements.ui.sheets import (
    ContactsSheet,
    EndSheet,
    SignSheet,
    SupplementSheet,
    sentence_of,
)
from desktop_app.registers.partners.record import KIND as PARTNERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import confirm, tell_fault
from desktop_app.widgets.page import Page

PAPER = "agreement"
"""共建协议书, by its name among the papers."""

Seen = Agreement | AgreementLine


class Deeds:
    """Does what is wanted with an agreement as it is seen on a page."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self._desk, self._page = desk, page

    def take_up(self, deed: str, seen: Seen) -> None:
        """Do a deed that is offered, asking first for what it needs."""
        about = (seen.uid, seen.revision, f"{seen.partner_name}　{seen.number}")
        if deed == Action.CHANGE.value:
            self._page.go(OpenPage(KIND.name, wanted=seen.uid))
        elif deed == PRINT:
            self._page.go(OpenPaper(PAPER, about=seen.uid))
        elif deed == PARTNER and seen.partner is not None:
            self._page.go(Open(PARTNERS.name, seen.partner))
        elif deed == Action.SIGN.value:
            self._open(Action.SIGN, SignSheet(self._page, self._desk, about))
        elif deed == Action.END.value:
            self._open(Action.END, EndSheet(self._page, self._desk, about))
        elif deed == Action.RENEW.value:
            self._renew(seen)
        elif deed == DISCARD:
            self._ask_to_discard(seen)
        elif deed == Action.SUPPLEMENT.value:
            self._read_then_open(Action.SUPPLEMENT, seen.uid)
        elif deed == Action.CONTACTS.value:
            self._read_then_open(Action.CONTACTS, seen.uid)

    def _read_then_open(self, action: Action, uid: Uid) -> None:
        """A supplement shows the terms, other contacts the telephones: what shows telephones is
        logged."""

        def work(_job: Job) -> Agreement:
            whole = action is Action.CONTACTS
            read = service.for_editing if whole else service.get
            return read(self._desk, uid)

        def opened(agreement: Agreement) -> None:
            if self._page.isVisible():
                kind = ContactsSheet if action is Action.CONTACTS else SupplementSheet
                self._open(action, kind(self._page, self._desk, agreement))

        self._page.in_background("打开协议", work, opened)

    def _open(
        self, action: Action, sheet: SignSheet | EndSheet | ContactsSheet | SupplementSheet
    ) -> None:
        sheet.taken.connect(partial(self._taken, action))
        sheet.open()

    def _taken(self, action: Action, changed: Changed[Agreement]) -> None:
        self._page.tell_changed(changed, sentence_of(action, changed.value))

    def _renew(self, seen: Seen) -> None:
        """The draft that goes on with it comes to the front, to be filled in and signed."""
        try:
            changed = service.renew(self._desk, seen.uid, seen.revision)
        except Fault as fault:
            tell_fault(self._page, "没有续签", fault)
            return
        made = changed.value
        self._page.tell_changed(changed, f"已建续签草稿 {made.number}，签订后原协议才转为已续签")
        self._page.go(Open(KIND.name, made.uid))

    def _ask_to_discard(self, seen: Seen) -> None:
        text = f"{seen.partner_name}　{seen.number}\n草稿删除后不能恢复；编号不再使用。"
        sheet = confirm(self._page, "删除这份协议草稿？", text, "删除草稿", danger=True)
        sheet.answered.connect(partial(self._discard, seen))

    def _discard(self, seen: Seen, answer: object) -> None:
        if answer != "yes":
            return
        try:
            changed = service.discard(self._desk, seen.uid, seen.revision)
        except Fault as fault:
            tell_fault(self._page, "没有删除", fault)
            return
        self._page.tell_changed(changed, f"已删除协议草稿 {changed.value.number}")
