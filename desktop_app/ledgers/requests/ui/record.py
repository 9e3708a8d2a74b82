"""One request in full: how it stands, its steps, whose it is and what, its photos and its course.

Numbers and doors are masked; what is uncovered is logged and covered again after ten seconds.
There is no deleting: a request is withdrawn.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.links import Linked
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Request,
    RequestKind,
    RequestState,
)
from desktop_app.ledgers.requests.ui.content import RequestContent, WholeRequest
from desktop_app.ledgers.requests.ui.correction import CorrectionSheet
from desktop_app.ledgers.requests.ui.facts import maskable
from desktop_app.ledgers.requests.ui.parts import KEYS, deeds, due_text, state_chip, verb
from desktop_app.ledgers.requests.ui.steps import open_step, step_sentence
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.places.service import CompoundChoice, breadcrumb, compounds
from desktop_app.registers.residents.record import KIND as RESIDENT_KIND
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS
from desktop_app.widgets.record_head import PaperButton, RecordHead
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

REVEAL_SECONDS = 10
SLIP = "dispute-slip"
_LINES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}
_PAPERS = (PaperButton(SLIP, "打印移交单", "Ctrl+P"),)


class RequestPage(Page):
    """Shows the request it was told to by `open_record`.

    `shown` carries the whole of it whenever it was read, for what joins ledgers.
    """

    shown = Signal(object)

    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint("R", "显示完整内容"),
        KeyHint("E", "更正"),
        KeyHint("P", "居民档案"),
        KeyHint("V", "打开相关记录"),
        KeyHint("Ctrl+P", "打印移交单（物业纠纷）"),
        KeyHint(ADD_KEYS, "添加照片"),
        KeyHint(PASTE_KEYS, "粘贴照片"),
        *(KeyHint(key, verb(step, RequestKind.APPEAL)) for step, key in KEYS.items()),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.desk = desk
        self._uid: Uid | None = None
        self._whole: WholeRequest | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = RecordHead(self, _PAPERS)
        self.content = RequestContent(desk, self)
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
            self._uid, self._whole = uid, None
            self.header.wipe()
            self.content.hide()
            self.pane.hide()
        self._stale = True

    def load(self) -> None:
        if self._uid is not None:
            if self._whole is None:
                self._patience.start()
            self.in_background("诉求详情", partial(self._read, self._uid), self._show, self._fail)

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

    def _read(self, uid: Uid, _job: Job) -> WholeRequest:
        """In the worker's thread."""
        desk = self.desk
        found = service.history(desk, uid)
        request = found.request
        above = breadcrumb(desk, request.compound, request.day) if request.compound else ()
        return WholeRequest(
            found,
            above[-1] if above else "",
            calendar(desk),
            self.links(uid),
            station_names(desk).owner(request.station),
        )

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        """In the worker's thread: what other ledgers have that belongs to the request. This ledger
        knows of none; whoever joins them says so."""
        return ()

    def _show(self, whole: WholeRequest) -> None:
        self._cover.stop()
        self._patience.stop()
        self._whole = whole
        request, desk = whole.request, self.desk
        actor = desk.actor
        self.pane.hide()
        self.content.show_request(whole, desk.database.zone, may_reveal=actor.may(Right.REVEAL))
        self.content.show()
        self.header.show_record(
            request.number,
            state_chip(request.state, request.kind),
            due_text(request, desk.today, whole.calendar),
            deeds(actor, request),
            may_correct=_may_correct(request, desk),
            papers=_papers(request, desk),
            urge=request.open,
        )
        self.shown.emit(whole)
        self.setAccessibleName(f"诉求 {request.number} {request.state_words}")

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
        self.content.photos.told.connect(self.changed)
        for keys, slot in (
            ("Esc", self.back_wanted.emit),
            ("R", self._toggle),
            ("E", self._correct),
            ("P", self._open_resident),
            ("V", self.content.open_first),
            *((key, partial(self._take_step, step)) for step, key in KEYS.items()),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @Slot(object)
    def _take_step(self, action: Action) -> None:
        if self._whole is not None and action in self.header.offered:
            open_step(self, self.desk, self._whole.request, action, self._stepped)

    def _stepped(self, changed: Changed[Request]) -> None:
        request = changed.value
        self.tell_changed(changed, step_sentence(request.steps[-1].action, request))

    @Slot()
    def _correct(self) -> None:
        if self._whole is None or not _may_correct(self._whole.request, self.desk):
            return
        work = partial(_read_for_editing, self.desk, self._whole.request.uid)
        self.in_background("打开更正", work, self._edit)

    def _edit(self, opened: tuple[Request, list[CompoundChoice]]) -> None:
        request, compounds = opened
        if request.uid == self._uid and self.isVisible():
            sheet = CorrectionSheet(self, self.desk, request, compounds)
            sheet.taken.connect(self._stepped)
            sheet.open()

    @Slot()
    def _toggle(self) -> None:
        if self._cover.isActive():
            self._mask()
        elif self._whole is not None and self.desk.actor.may(Right.REVEAL):
            request = self._whole.request
            if maskable(request):
                self.in_background(
                    "查看完整内容", partial(_uncover, self.desk, request), self._reveal
                )

    def _reveal(self, answer: tuple[Uid, dict[str, str]]) -> None:
        uid, plain = answer
        if self._whole is not None and uid == self._uid and self.isVisible():
            self.content.show_person(self._whole, plain)
            self._cover.start()

    @Slot()
    def _mask(self) -> None:
        self._cover.stop()
        if self._whole is not None:
            self.content.show_person(self._whole, {})

    @Slot(object)
    def _print(self, kind: str) -> None:
        if self._whole is not None and kind in _papers(self._whole.request, self.desk):
            self.go(OpenPaper(kind, about=self._whole.request.uid))

    @Slot()
    def _open_resident(self) -> None:
        if self._whole is not None and self._whole.request.resident is not None:
            self.go(Open(RESIDENT_KIND.name, self._whole.request.resident))


def _read_for_editing(desk: Desk, uid: Uid, _job: Job) -> tuple[Request, list[CompoundChoice]]:
    """In the worker's thread: opening a correction is logged like a reveal."""
    return service.for_editing(desk, uid), compounds(desk)


def _uncover(desk: Desk, request: Request, _job: Job) -> tuple[Uid, dict[str, str]]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return request.uid, {
        name: service.reveal(desk, request.uid, name) for name in maskable(request)
    }


def _papers(request: Request, desk: Desk) -> tuple[str, ...]:
    """What may be handed over on paper: the slip of a dispute, to whoever settles it next."""
    street = desk.database.station.is_street
    may = request.dispute_stage is not None and desk.actor.may(Right.HANDLE) and not street
    return (SLIP,) if may else ()


def _may_correct(request: Request, desk: Desk) -> bool:
    fixed = request.petition or request.state is RequestState.MERGED
    return not fixed and desk.actor.may(Right.HANDLE) and desk.actor.may(Right.REVEAL)
