"""The form of an agreement that is drafted or changed before it is signed. It stands in the pane.

Keeps what is typed a moment after each change, so that Esc and a power cut lose nothing. A draft
may be half written; what must not be missing is asked for when it is signed or printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.draft_text import Text, from_plain, meaning, text_of
from desktop_app.ledgers.agreements.rules.entry import AgreementForm, form_of
from desktop_app.ledgers.agreements.service import half_filled
from desktop_app.ledgers.agreements.ui.draft_frame import DraftFrame
from desktop_app.registers.partners import service as partners
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.page import Page

CONTINUED = "已接着上次没有保存的内容。"
OUTDATED = "已接着上次没有保存的内容；这份草稿后来改过，请逐项核对后再保存。"
MOST_PARTNERS = 500
_OF_PARTNER = ("party_a", "party_b", "credit_code", "b_head", "b_liaison", "b_phone")
"""What is known of both sides once the unit is chosen."""


@dataclass(frozen=True, slots=True)
class _Base:
    """The draft that the form changes, as it was when the form was opened."""

    uid: Uid
    revision: int
    number: str
    form: AgreementForm


_Found = tuple[_Base | None, tuple[Text, int] | None, Sequence[Choice]]


class AgreementFormPane(DraftFrame):
    """`saved` carries the `Changed` and whether it is a new draft; `left` is Esc.

    `page` runs its work; the form stands in it.
    """

    saved = Signal(object, bool)
    left = Signal()

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(partial(_today_at, desk), page)
        self._desk, self._page = desk, page
        self._base: _Base | None = None
        self._fresh: Text = {}
        self._from_partner: Text = {}
        self._begun = self._saving = False
        self.keeper = DraftKeeper(page, self._worth_keeping)
        self.body.changed.connect(self._touched)
        self.body.partner_chosen.connect(self._read_partner)
        self.leave_wanted.connect(self.leave)
        self.save_wanted.connect(self.save)
        self.begin_again.connect(self._begin_again)

    # --- beginning -----------------------------------------------------------------------------

    def begin_new(self, partner: Uid | None = None) -> None:
        """A new agreement, as it was left the last time; with a unit, one that begins with it."""
        self._wait("草拟共建协议")

        def work(_job: Job) -> _Found:
            left = None if partner is not None else half_filled.left_over(self._desk, None)
            return None, left, partner_choices(self._desk)

        self._page.in_background("打开协议草拟", work, partial(self._show, partner), self._refused)

    def begin_change(self, uid: Uid) -> None:
        """A whole draft, for altering it; opening it is logged like a reveal."""
        self._wait("修改协议草稿")

        def work(_job: Job) -> _Found:
            found = service.for_editing(self._desk, uid)
            base = _Base(uid, found.revision, found.number, form_of(found))
            return base, half_filled.left_over(self._desk, uid), partner_choices(self._desk)

        self._page.in_background("打开协议草拟", work, partial(self._show, None), self._refused)

    # --- leaving and saving --------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: keep it. Until that is done the form can be read but not changed."""
        if self._saving or not self._begun:
            return
        self.keeper.stop()
        text, base, desk = self.body.text(), self._base, self._desk

        def work(_job: Job) -> Changed[Agreement]:
            began = AgreementForm() if base is None else base.form
            form = meaning(text, began, desk.today)
            if base is None:
                return service.draft(desk, form, beside=half_filled.forgetting(None))
            forget = half_filled.forgetting(base.uid)
            return service.change(desk, base.uid, base.revision, form, beside=forget)

        self._saving = True
        self.body.setEnabled(False)
        self._page.in_background("保存协议", work, self._saved, self._not_saved)

    @Slot()
    def leave(self) -> None:
        """Esc: away from here; what was typed waits for the next time."""
        if not self._saving:
            self.keeper.flush()
            self._begun = False
            self.left.emit()

    def take_keyboard(self) -> None:
        """Where the conversation begins: at the unit, or behind it once it is chosen."""
        text = self.body.text()
        self.body.go("party_a" if text["partner"] else "partner")

    # --- inside --------------------------------------------------------------------------------

    def _wait(self, title: str) -> None:
        self._begun = False
        self.title.setText(title)
        self.body.setEnabled(False)
        self.say("")
        self.blame(())

    def _show(self, partner: Uid | None, found: _Found) -> None:
        base, left, choices = found
        self._base = base
        began = AgreementForm(partner=partner) if base is None else base.form
        self._fresh, self._from_partner = text_of(began), {}
        if base is not None:
            self.title.setText(f"修改协议草稿　{base.number}")
        self.body.offer_partners(choices)
        self._begin(None if left is None else from_plain(left[0], self._fresh))
        if left is not None:
            current = base is None or left[1] == base.revision
            self.say(CONTINUED if current else OUTDATED)
        elif partner is not None:
            self._read_partner(partner.hex)

    def _begin(self, kept: Text | None) -> None:
        self._begun, self._saving = True, False
        self.body.setEnabled(True)
        self.body.show_text(self._fresh if kept is None else kept)
        base = self._base
        uid, revision = (None, 0) if base is None else (base.uid, base.revision)
        self.keeper.begin_with(partial(_keep, self._desk, uid, revision), kept)
        self.say("")
        self.take_keyboard()

    def _worth_keeping(self) -> Text | None:
        """What is typed; None when it says just what is saved."""
        text = self.body.text()
        return None if text == self._fresh else text

    @Slot(object)
    def _read_partner(self, value: object) -> None:
        """What is known of the unit just chosen is written where nobody has written anything."""
        uid = parse_uid(str(value or ""))
        if uid is None or self._base is not None:
            return

        def work(_job: Job) -> AgreementForm:
            return service.form_for(self._desk, uid)

        self._page.in_background("共建单位资料", work, self._fill, _ignore)

    def _fill(self, form: AgreementForm) -> None:
        now, known = self.body.text(), text_of(form)
        if not self._begun or now["partner"] != known["partner"]:
            return
        fits = {
            name: known[name]
            for name in _OF_PARTNER
            if now[name] in ("", self._from_partner.get(name, ""))
        }
        self._from_partner = {name: known[name] for name in _OF_PARTNER}
        self.body.show_text(fits)
        self.keeper.touch()

    def _refused(self, fault: Fault) -> None:
        self._page.say_fault(fault)
        self.left.emit()

    @Slot()
    def _begin_again(self) -> None:
        dropped = self.body.text()
        self._begin(None)
        # What was kept is still stored, and is to go a moment from now.
        base = self._base
        uid, revision = (None, 0) if base is None else (base.uid, base.revision)
        self.keeper.begin_with(partial(_keep, self._desk, uid, revision), dropped)
        self.keeper.touch()

    @Slot()
    def _touched(self) -> None:
        self.blame(())
        if self._begun:
            self.keeper.touch()

    def _saved(self, changed: Changed[Agreement]) -> None:
        self._saving = self._begun = False
        self.body.setEnabled(True)
        self.saved.emit(changed, self._base is None)

    def _not_saved(self, fault: Fault) -> None:
        self._saving = False
        self.body.setEnabled(True)
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        self.blame(self.body.show_problems(problems))
        # What is typed is kept again from here on, whatever was refused.
        self.keeper.touch()


def partner_choices(desk: Desk) -> tuple[Choice, ...]:
    """The units that are partners now, each found by its short name, pinyin and initials too."""
    return tuple(
        Choice(
            one.uid.hex,
            one.name,
            search=" ".join([one.short_name, *sorted(name_keys(one.name))]),
        )
        for one in partners.search(desk, "", most=MOST_PARTNERS)
    )


def _keep(desk: Desk, uid: Uid | None, revision: int, text: object) -> None:
    assert text is None or isinstance(text, dict)
    half_filled.keep(desk, uid, revision, text)


def _ignore(_fault: Fault) -> None:
    """What could not be looked up is typed by hand."""


def _today_at(desk: Desk) -> date:
    return desk.today
