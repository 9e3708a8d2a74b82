"""One resident: the file at the left, everything that happened at the right, and the next steps."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.registers.residents import entry
from desktop_app.registers.residents.entry import PlaceChoices
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.ui.form import ResidentForm
from desktop_app.registers.residents.ui.merge import merged_words, open_merge
from desktop_app.registers.residents.ui.page import (
    FORM_HINTS,
    FRONT_DESK,
    framed_form,
    saved_words,
    words_to_find,
)
from desktop_app.registers.residents.ui.table import CHANGE, MERGE, REGISTER
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.registers.volunteers.ui.deeds import open_new
from desktop_app.station.resident_card import service
from desktop_app.station.resident_card.service import ResidentView
from desktop_app.station.resident_card.ui.card_pane import CardPane
from desktop_app.station.resident_card.ui.deeds import ask_for_own_copy, ask_to_erase
from desktop_app.station.resident_card.ui.heading import (
    ALL_KEYS,
    BACK,
    ENLIST,
    ERASE,
    OWN_COPY,
    THE_VOLUNTEER,
    VOLUNTEER,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.state_pane import StatePane

_CARD, _FORM, _STATE, _BLANK = range(4)
VOLUNTEER_HINT = KeyHint(ALL_KEYS[VOLUNTEER], f"{ENLIST}、{THE_VOLUNTEER}")


class ResidentCardPage(Page):
    """`open_record` says whose; a merged file shows that of the one it is part of."""

    kinds = frozenset({KIND.name, VISITS.name, VOLUNTEERS.name})
    hints: tuple[KeyHint, ...] = (
        KeyHint("R", "显示遮挡的内容（十秒）"),
        KeyHint(ALL_KEYS[REGISTER], "登记来访"),
        KeyHint(ALL_KEYS[CHANGE], "修改"),
        VOLUNTEER_HINT,
        KeyHint(ALL_KEYS[MERGE], "合并"),
        KeyHint(ALL_KEYS[OWN_COPY], "本人查阅"),
        KeyHint(ALL_KEYS[ERASE], "删除"),
        KeyHint("Enter", "打开往来记录"),
        KeyHint("Esc", "返回"),
        *FORM_HINTS,
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        if desk.database.station.is_street or not desk.actor.may(Right.HANDLE):
            self.hints = tuple(one for one in self.hints if one is not VOLUNTEER_HINT)
        self._uid: Uid | None = None
        self.view: ResidentView | None = None
        self.card = CardPane(desk, self)
        self.form = ResidentForm(desk, self, self)
        self.state = StatePane(self)
        self._patience = Patience(self._show_loading, self)
        self._lay_out()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def open_record(self, uid: object) -> None:
        assert isinstance(uid, Uid)
        if uid == self._uid:
            return
        if self._stack.currentIndex() == _FORM:
            self.form.leave()
        self._uid, self.view = uid, None
        self._stale = True
        self._stack.setCurrentIndex(_BLANK)
        self._patience.start()

    def load(self) -> None:
        if self._uid is not None:
            self.in_background("居民档案", self._read, self._show, self._show_fault)

    def arrive(self) -> None:
        super().arrive()
        if self._stack.currentIndex() == _CARD:
            self.card.take_keyboard()

    def may_leave(self) -> bool:
        self.form.keeper.flush()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, _job: Job) -> ResidentView:
        assert self._uid is not None
        return service.view(self._desk, self._uid)

    def _show(self, view: ResidentView) -> None:
        fresh = self.view is None
        self.view = view
        self._patience.stop()
        self.card.show_view(view)
        if self._stack.currentIndex() in (_STATE, _BLANK):
            self._stack.setCurrentIndex(_CARD)
        if fresh:
            self.card.take_keyboard()

    @Slot()
    def _show_loading(self) -> None:
        self._stack.setCurrentIndex(_STATE)
        self.state.show_loading()

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        if self.view is not None and isinstance(fault, UserError):
            # What was just on show is gone: its making was undone, or a colleague erased it.
            self._uid = self.view = None
            self.back_wanted.emit()
            return
        self.view = None
        self._stack.setCurrentIndex(_STATE)
        self.state.show_fault(fault, "返回")
        self.state.press()

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def _take(self, action: str) -> None:
        view = self.view
        if action == BACK:
            self.back_wanted.emit()
        elif view is None:
            return
        elif action == REGISTER:
            self.go(OpenPage(FRONT_DESK, search=words_to_find(view.card.line)))
        elif action == CHANGE:
            self._begin_change(view)
        elif action == VOLUNTEER:
            self._to_volunteer(view)
        elif action == MERGE:
            sheet = open_merge(self, self._desk, view.card.resident.uid)
            sheet.merged.connect(self._merged)
        elif action == OWN_COPY:
            ask_for_own_copy(self, self._desk, view)
        elif action == ERASE:
            ask_to_erase(self, self._desk, view, self._erased)

    def _to_volunteer(self, view: ResidentView) -> None:
        if view.volunteer is not None:
            self.go(Open(VOLUNTEERS.name, view.volunteer))
        else:
            open_new(self, self._desk, self.tell_changed, resident=view.card.resident.uid)

    def _begin_change(self, view: ResidentView) -> None:
        def work(_job: Job) -> PlaceChoices:
            return entry.place_choices(self._desk)

        self._stack.setCurrentIndex(_FORM)
        self.form.begin_change(view.card.resident.uid)
        self.in_background("小区", work, self.form.body.set_places)

    @Slot(object)
    def _merged(self, changed: Changed[Resident]) -> None:
        self.tell_changed(changed, merged_words(changed.value.number))

    def _erased(self, changed: Changed[Resident]) -> None:
        self._uid = self.view = None
        self.back_wanted.emit()
        self.tell_changed(changed, f"已删除档案 {changed.value.number}")

    @Slot(object)
    def _saved(self, changed: Changed[Resident]) -> None:
        self._show_card()
        self.tell_changed(changed, saved_words(changed.value))

    @Slot()
    def _show_card(self) -> None:
        self._stack.setCurrentIndex(_STATE if self.view is None else _CARD)
        self.card.take_keyboard()

    @Slot(object)
    def _open(self, kind: str, uid: Uid) -> None:
        self.go(Open(kind, uid))

    # --- the parts -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        for part in (self.card, framed_form(self.form, self), self.state, QWidget(self)):
            self._stack.addWidget(part)
        self._stack.setCurrentIndex(_BLANK)

    def _connect(self) -> None:
        self.card.wanted.connect(self._take)
        self.card.opened.connect(partial(self._open, VISITS.name))
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._show_card)
        self.form.opened.connect(partial(self._open, KIND.name))
        self.state.next_step.connect(self.back_wanted)
