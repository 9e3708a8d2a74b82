"""The form of a resident's file, for a new one and for a change. It fills a page or a sheet.

Keeps what is typed a moment after each change, so that Esc and a power cut lose nothing. What it
offers, keeps and saves is in `entry`; what is in order is for the rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.burst import ScannedId, recognise_burst
from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.registers.residents import entry, service
from desktop_app.registers.residents.entry import HalfFilled
from desktop_app.registers.residents.entry_text import ResidentText, text_of
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.service import Duplicate
from desktop_app.registers.residents.ui.form_body import FormBody
from desktop_app.registers.residents.ui.form_panes import give_keyboard
from desktop_app.registers.residents.ui.keeper import FormKeeper
from desktop_app.storage.session import Desk
from desktop_app.widgets.burst_router import router_of_application
from desktop_app.widgets.forms import PageTitle
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

CONTINUED = "已接着上次没有保存的内容。"
OUTDATED = "已接着上次没有保存的内容；这份档案后来改过，请逐项核对后再保存。"


class ResidentForm(QWidget):
    """`saved` carries the `Changed`; `left` is Esc; `opened` the uid of somebody else's file.

    `page` runs its work; the form stands in it, or on a sheet over it.
    """

    saved = Signal(object)
    left = Signal()
    opened = Signal(object)

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._base: Resident | None = None
        self._begun = self._saving = False
        self.title = PageTitle("新建居民档案", self)
        self.body = FormBody(
            partial(_today, desk), desk.actor.name, self, with_care=desk.actor.may(Right.SENSITIVE)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.body, 1)
        self.keeper = FormKeeper(desk, page, self.body.text)
        self.keeper.moment.connect(self._look_for_similar)
        self.body.changed.connect(self.keeper.touch)
        self.body.save_wanted.connect(self.save)
        self.body.leave_wanted.connect(self.leave)
        self.body.begin_again.connect(self._begin_again)
        self.body.opened.connect(self._open_other)

    # --- beginning ---------------------------------------------------------------------------

    def begin_new(self, name: str = "") -> None:
        """A new file, as it was left the last time; a name that was searched for comes along."""
        half = entry.left_over(self._desk, None)
        self.title.set_title("新建居民档案")
        self._begin(None, half)
        if half is None and name:
            self.body.show_text(ResidentText(name=name))
            self.keeper.touch()
        self.take_keyboard()

    def begin_change(self, uid: Uid) -> None:
        """The whole file, for altering it. Written to the audit."""
        self._begun = False
        self.body.setEnabled(False)

        def work(_job: Job) -> tuple[Resident, HalfFilled | None]:
            base = service.for_editing(self._desk, uid)
            return base, entry.left_over(self._desk, base)

        self._page.in_background("打开档案修改", work, self._show_file, self._not_opened)

    def take_card(self, scanned: object) -> None:
        """A card was read: what it tells fills the form; what was typed differently is checked."""
        assert isinstance(scanned, ScannedId)
        if not self._begun or self._saving:
            return
        card, text = scanned.card, self.body.text()
        gender = scanned.gender or card.gender
        birth = scanned.birth or card.birth
        text = replace(
            text,
            id_kind=card.kind.value,
            id_number=card.number,
            name=text.name or scanned.name or "",
            gender=text.gender or (str(gender.value) if gender else ""),
            birth=text.birth or (birth.isoformat() if birth else ""),
            address_note=text.address_note or scanned.address or "",
        )
        self.body.show_text(text)
        self.keeper.touch()
        self.body.check()

    # --- leaving and saving ------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: keep it. Until that is done the form can be read but not changed."""
        if self._saving or not self._begun:
            return
        self._saving = True
        self.keeper.stop()
        text, base = self.body.text(), self._base
        self.body.setEnabled(False)

        def work(_job: Job) -> Changed[Resident]:
            return entry.save(self._desk, base, text)

        self._page.in_background("保存居民档案", work, self._saved, self._not_saved)

    @Slot()
    def leave(self) -> None:
        """Esc: away from here; what was typed waits for the next time."""
        if self._saving:
            return
        self.keeper.flush()
        self._empty()
        self.left.emit()

    def take_keyboard(self) -> None:
        """Where the conversation begins."""
        give_keyboard(self.body.person.fields["name"].editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        router_of_application().set_target(
            self.take_card, partial(recognise_burst, today=self._desk.today)
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        router_of_application().set_target(None)

    # --- inside ------------------------------------------------------------------------------

    def _begin(self, base: Resident | None, half: HalfFilled | None) -> None:
        self._base, self._begun, self._saving = base, True, False
        own = ResidentText() if base is None else text_of(base)
        self.body.setEnabled(True)
        self.body.show_text(own if half is None else half.text)
        self.keeper.begin_with(base, None if half is None else half.text)
        current = base is None or half is None or half.revision == base.revision
        self.body.say("" if half is None else CONTINUED if current else OUTDATED)

    def _empty(self) -> None:
        """Nobody's file stands here any more, not even for the moment until the next one comes."""
        self._begun = False
        self.keeper.stop()
        self.body.setEnabled(True)
        self.body.show_text(ResidentText())
        self.body.say("")

    def _show_file(self, found: tuple[Resident, HalfFilled | None]) -> None:
        base, half = found
        self.title.set_title("修改居民档案", f"{base.name}　{base.number}")
        self._begin(base, half)
        self.take_keyboard()

    def _not_opened(self, fault: Fault) -> None:
        self._page.say_fault(fault)
        self.left.emit()

    @Slot()
    def _begin_again(self) -> None:
        dropped = self.body.text()
        self._begin(self._base, None)
        # What was kept is still stored, and is to go a moment from now.
        self.keeper.begin_with(self._base, dropped)
        self.keeper.touch()
        self.take_keyboard()

    @Slot(object)
    def _open_other(self, uid: Uid) -> None:
        self.keeper.flush()
        self.opened.emit(uid)

    def _saved(self, changed: Changed[Resident]) -> None:
        self._saving = False
        self._empty()
        self.saved.emit(changed)

    def _not_saved(self, fault: Fault) -> None:
        self._saving = False
        self.body.setEnabled(True)
        self.body.show_problems(fault.problems if isinstance(fault, InvalidInput) else [fault])

    @Slot()
    def _look_for_similar(self) -> None:
        if self._begun and not self._saving:
            work = partial(_similar, self._desk, self._base, self.body.text())
            self._page.in_background("可能重复", work, self._show_similar, _ignore)

    def _show_similar(self, people: tuple[Duplicate, ...]) -> None:
        if self._begun:
            self.body.similar.show_people(people)


def _today(desk: Desk) -> date:
    return desk.today


def _similar(
    desk: Desk, base: Resident | None, text: ResidentText, _job: Job
) -> tuple[Duplicate, ...]:
    return entry.similar(desk, base, text)


def _ignore(_answer: object) -> None:
    """A hint that could not be looked up is no reason to disturb anybody."""
