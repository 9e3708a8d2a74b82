"""One visit in full: how it stands, its steps, who came with what, and its course.

Numbers and doors are masked; what is uncovered is logged and covered again after ten seconds.
There is no deleting: a visit is withdrawn.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.links import Linked
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitKind, VisitState
from desktop_app.ledgers.visits.ui.content import VisitContent, WholeVisit
from desktop_app.ledgers.visits.ui.correction import CorrectionSheet
from desktop_app.ledgers.visits.ui.facts import maskable
from desktop_app.ledgers.visits.ui.parts import (
    KEYS,
    RAISE,
    RAISE_KEY,
    REQUEST_FORM,
    deeds,
    due_text,
    may_raise,
    state_chip,
)
from desktop_app.ledgers.visits.ui.steps import open_step, step_sentence
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.places.service import breadcrumb
from desktop_app.registers.residents.record import KIND as RESIDENT_KIND
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.record_head import PaperButton, RecordHead
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

REVEAL_SECONDS = 10
RECEIPT, SLIP = "receipt", "slip"
_LINES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}
_PAPERS = (
    PaperButton(RECEIPT, "打印回执", "Ctrl+P"),
    PaperButton(SLIP, "打印告知单", "Ctrl+Shift+P"),
)


class VisitPage(Page):
    """Shows the visit it was told to by `open_record`.

    `shown` carries the whole of it whenever it was read, for what joins ledgers.
    """

    shown = Signal(object)

    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint("R", "显示完整内容"),
        KeyHint("E", "更正"),
        KeyHint("P", "居民档案"),
        KeyHint(RAISE_KEY, RAISE),
        KeyHint("V", "打开相关记录"),
        KeyHint("Ctrl+P", "打印回执"),
        KeyHint("Ctrl+Shift+P", "打印告知单"),
        *(KeyHint(key, step.label) for step, key in KEYS.items()),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.desk = desk
        self._uid: Uid | None = None
        self.whole: WholeVisit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = RecordHead(self, _PAPERS)
        self.raising = plain_button(f"{RAISE}  {RAISE_KEY}", self, icon_name="arrow-right")
        self.raising.setAccessibleName(RAISE)
        self.content = VisitContent(self)
        self.pane = StatePane(self)
        self.pane.hide()
        self._patience = Patience(self.pane.show_loading, self)
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(REVEAL_SECONDS * 1000)
        self._cover.timeout.connect(self._mask)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.header)
        column.addWidget(self.pane, 1)
        column.addWidget(self.content, 1)
        # Until there is something to show, the head stays where it will be.
        column.addStretch(0)
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def open_record(self, uid: object) -> None:
        assert isinstance(uid, Uid)
        if uid != self._uid:
            self._uid, self.whole = uid, None
            self.header.wipe()
            self.content.hide()
            self.pane.hide()
        self._stale = True

    def load(self) -> None:
        if self._uid is not None:
            if self.whole is None:
                self._patience.start()
            self.in_background("来访详情", partial(self._read, self._uid), self._show, self._fail)

    def arrive(self) -> None:
        super().arrive()
        # Not on a button: the Enter that opened the page must not take a step as well.
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = _LINES.get(Qt.Key(event.key()))
        if lines is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.content.scroll_lines(lines)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._mask()

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, uid: Uid, _job: Job) -> WholeVisit:
        """In the worker's thread."""
        desk = self.desk
        found = service.history(desk, uid)
        visit = found.visit
        above = breadcrumb(desk, visit.compound, visit.day) if visit.compound else ()
        merged = service.found(desk, visit.merged_into) if visit.merged_into else None
        station = station_names(desk).owner(visit.station)
        return WholeVisit(
            found,
            above[-1] if above else "",
            merged,
            calendar(desk),
            station,
            self.links(uid),
        )

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        """In the worker's thread: what other ledgers have that belongs to the visit. This ledger
        knows of none; whoever joins them says so."""
        return ()

    def _show(self, whole: WholeVisit) -> None:
        self._cover.stop()
        self._patience.stop()
        self.whole = whole
        visit, desk = whole.visit, self.desk
        actor = desk.actor
        self.pane.hide()
        self.content.show_visit(whole, desk.database.zone, may_reveal=actor.may(Right.REVEAL))
        self.content.show()
        self.header.show_record(
            visit.number,
            state_chip(visit.state),
            due_text(visit, desk.today, whole.calendar),
            deeds(actor, visit),
            may_correct=_may_correct(visit, desk),
            papers=_papers(visit, desk),
            urge=visit.open,
        )
        self.header.offer(self.raising, on=_may_raise(self, visit))
        self.shown.emit(whole)
        self.setAccessibleName(f"来访 {visit.number} {visit.state.label}")

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        self.header.wipe()
        self.content.hide()
        self.pane.show_fault(fault, "返回")

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.header.back.connect(self.back_wanted)
        self.header.wanted.connect(self._take_step)
        self.header.correct_wanted.connect(self._correct)
        self.header.paper_wanted.connect(self._print)
        self.pane.next_step.connect(self.back_wanted)
        self.content.reveal_wanted.connect(self._toggle)
        self.content.resident_wanted.connect(self._open_resident)
        self.content.open_wanted.connect(self.go)
        self.raising.clicked.connect(partial(_raise, self))
        for keys, slot in (
            ("Esc", self.back_wanted.emit),
            ("R", self._toggle),
            ("E", self._correct),
            ("P", self._open_resident),
            (RAISE_KEY, partial(_raise, self)),
            ("V", self.content.open_first),
            *((key, partial(self._take_step, step)) for step, key in KEYS.items()),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @Slot(object)
    def _take_step(self, action: Action) -> None:
        if self.whole is not None and action in self.header.offered:
            open_step(self, self.desk, self.whole.visit, action, self._stepped)

    def _stepped(self, changed: Changed[Visit]) -> None:
        visit = changed.value
        self.tell_changed(changed, step_sentence(visit.steps[-1].action, visit))

    @Slot()
    def _correct(self) -> None:
        if self.whole is None or not _may_correct(self.whole.visit, self.desk):
            return
        work = partial(_read_for_editing, self.desk, self.whole.visit.uid)
        self.in_background("打开更正", work, self._edit)

    def _edit(self, visit: Visit) -> None:
        if visit.uid == self._uid and self.isVisible():
            sheet = CorrectionSheet(self, self.desk, visit)
            sheet.taken.connect(self._stepped)
            sheet.open()

    @Slot()
    def _toggle(self) -> None:
        if self._cover.isActive():
            self._mask()
        elif self.whole is not None and self.desk.actor.may(Right.REVEAL):
            visit = self.whole.visit
            if maskable(visit):
                self.in_background(
                    "查看完整内容", partial(_uncover, self.desk, visit), self._reveal
                )

    def _reveal(self, answer: tuple[Uid, dict[str, str]]) -> None:
        uid, plain = answer
        if self.whole is not None and uid == self._uid and self.isVisible():
            self.content.show_person(self.whole, plain)
            self._cover.start()

    @Slot()
    def _mask(self) -> None:
        self._cover.stop()
        if self.whole is not None:
            self.content.show_person(self.whole, {})

    @Slot(object)
    def _print(self, kind: str) -> None:
        if self.whole is not None and kind in _papers(self.whole.visit, self.desk):
            visit = self.whole.visit
            self.go(OpenPaper(kind, about=visit.matter if kind == SLIP else visit.uid))

    @Slot()
    def _open_resident(self) -> None:
        if self.whole is not None and self.whole.visit.resident is not None:
            self.go(Open(RESIDENT_KIND.name, self.whole.visit.resident))


def _read_for_editing(desk: Desk, uid: Uid, _job: Job) -> Visit:
    """In the worker's thread: opening a correction is logged like a reveal."""
    return service.for_editing(desk, uid)


def _uncover(desk: Desk, visit: Visit, _job: Job) -> tuple[Uid, dict[str, str]]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return visit.uid, {name: service.reveal(desk, visit.uid, name) for name in maskable(visit)}


def _papers(visit: Visit, desk: Desk) -> tuple[str, ...]:
    """What may be handed over on paper: nothing of a petition or to who was only counted."""
    if visit.petition or visit.kind is VisitKind.COUNTED or desk.database.station.is_street:
        return ()
    found = [RECEIPT] if desk.actor.may(Right.REGISTER) else []
    return tuple([*found, SLIP] if visit.matter is not None else found)


def _may_correct(visit: Visit, desk: Desk) -> bool:
    counted = visit.petition or visit.kind is VisitKind.COUNTED
    fixed = counted or visit.state is VisitState.MERGED
    return not fixed and desk.actor.may(Right.HANDLE) and desk.actor.may(Right.REVEAL)


def _raise(page: VisitPage) -> None:
    """转诉求: the form of the request that the visit on the page becomes."""
    whole = page.whole
    if whole is not None and _may_raise(page, whole.visit):
        page.go(OpenPage(REQUEST_FORM, wanted=Open(KIND.name, whole.visit.uid)))


def _may_raise(page: VisitPage, visit: Visit) -> bool:
    return REQUEST_FORM in page.places and may_raise(page.desk.actor, visit)
