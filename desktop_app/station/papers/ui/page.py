"""One paper on screen, exactly as it will be printed: look at it, word it, print it, save it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.wording import paper_moment
from desktop_app.ledgers.papers.record import KIND, PHRASE
from desktop_app.ledgers.papers.rules import CopyKind, Paper
from desktop_app.station.papers import service
from desktop_app.station.papers.service import Drafted
from desktop_app.station.papers.ui.leaving import PaperLeaving
from desktop_app.station.papers.ui.side import PaperSide
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.notify import Banner
from desktop_app.widgets.page import Page
from desktop_app.widgets.pdf_view import KEYS, PdfView
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

MAKING = "正在生成…"
NOT_KEPT = "还没有打印或另存，没有存档"
TO_DRAFT = "回到新的一份"
BESIDE = "文字和存档"
_ROOM_FOR_BOTH_EMS = 84


class PaperPage(Page):
    """`narrow_to` says which paper; what leaves the program is kept as it was."""

    kinds = frozenset({KIND.name, PHRASE.name})
    hints = (
        *KEYS,
        KeyHint("Ctrl+Enter", "按改过的文字重排"),
        KeyHint("F4", BESIDE),
        KeyHint("Esc", "返回"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._wanted: OpenPaper | None = None
        self._drafted: Drafted | None = None
        self._paper: Paper | None = None
        self.title = PageTitle("", self)
        self.back = plain_button("返回", self, icon_name="chevron-left")
        self.fresh = plain_button(TO_DRAFT, self)
        self.beside = plain_button(BESIDE, self, keys="F4")
        self.missing = Banner(self)
        self.view = PdfView(runner, self)
        self.side = PaperSide(self)
        if not desk.actor.may(Right.PAPERS):
            self.view.only_to_look()
        self.leaving = PaperLeaving(desk, self, self.view, lambda: self.shown)
        self._lay_out()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        """Another paper is asked for."""
        assert isinstance(wanted, OpenPaper)
        self._wanted, self._drafted, self._paper = wanted, None, None
        self._stale = True
        self.view.show_loading(MAKING)

    def load(self) -> None:
        if self._wanted is None:
            return
        if self._drafted is None:
            self._make({})
        self._read_kept()

    def arrive(self) -> None:
        super().arrive()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.beside.isChecked():
            self.side.setVisible(self.width() >= _ROOM_FOR_BOTH_EMS * theme_of().metrics.body)

    @property
    def shown(self) -> Paper | Drafted | None:
        """What the pages are: a kept paper, or one that was made and not kept yet."""
        return self._paper or self._drafted

    # --- making --------------------------------------------------------------------------------

    @Slot()
    def make_anew(self) -> None:
        """Make the paper with the sentences as they are typed now."""
        self._make(self.side.own())

    def _make(self, own: dict[str, str]) -> None:
        assert self._wanted is not None
        self.view.show_loading(MAKING)
        work = partial(_draft, self._desk, self._wanted, own)
        self.in_background("生成文书", work, self._show_draft, self._not_made, quick=False)

    def _show_draft(self, drafted: Drafted) -> None:
        self._drafted, self._paper = drafted, None
        self.title.set_title(drafted.kind.label, NOT_KEPT)
        self.fresh.hide()
        self.side.show_sentences(drafted)
        self.view.show_pdf(drafted.pdf, drafted.file_name)
        words = " ".join([*drafted.refused, drafted.missing_words]).strip()
        self.missing.warn(words) if words else self.missing.withdraw()

    def _not_made(self, fault: Fault) -> None:
        self.view.show_fault(fault)

    @Slot()
    def _again(self) -> None:
        if self._paper is not None:
            self._show_kept(self._paper.uid.hex)
        elif self._wanted is not None:
            self._make(self.side.own())

    # --- what was kept -------------------------------------------------------------------------

    def _read_kept(self) -> None:
        assert self._wanted is not None
        wanted = self._wanted
        self.in_background("读取存档", lambda _job: service.kept(self._desk, wanted), self._list)

    def _list(self, papers: tuple[Paper, ...]) -> None:
        zone = self._desk.database.zone
        when = {one.uid.hex: paper_moment(one.created_at, zone) for one in papers}
        self.side.show_kept(papers, when)

    @Slot(object)
    def _show_kept(self, uid: str) -> None:
        self.view.show_loading("正在打开存档…")
        work = partial(_open_kept, self._desk, Uid(hex=uid))
        self.in_background("打开存档", work, self._kept_opened, self._not_made)

    def _kept_opened(self, found: tuple[Paper, bytes]) -> None:
        self._paper, pdf = found
        when = paper_moment(self._paper.created_at, self._desk.database.zone)
        label = "" if self._drafted is None else self._drafted.kind.label
        self.title.set_title(label, f"{when} 的存档")
        self.fresh.show()
        self.missing.withdraw()
        self.view.show_pdf(pdf, f"{service.safe_name(self._paper.title)}.pdf")

    # --- what was done with it -----------------------------------------------------------------

    @Slot(object, object)
    def _kept(self, copy: CopyKind, changed: Changed[Paper]) -> None:
        self._paper = changed.value
        self.tell_changed(changed, f"已{copy.label}，原件已存档")
        if copy is CopyKind.PRINTED:
            # The next print of it says 补打, so that is what must be seen.
            self._show_kept(changed.value.uid.hex)
        self._read_kept()

    @Slot(bool)
    def _show_side(self, wanted: bool) -> None:
        """In a narrow window the pages have all the room until somebody asks for what is beside."""
        self.side.setVisible(wanted)
        if wanted:
            self.side.take_keyboard()
        else:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _new_one(self) -> None:
        self._paper = None
        self._make(self.side.own())

    # --- inside --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.fresh.clicked.connect(self._new_one)
        self.leaving.kept.connect(self._kept)
        self.view.retry_wanted.connect(self._again)
        self.side.anew.connect(self.make_anew)
        self.side.opened.connect(self._show_kept)
        self.beside.toggled.connect(self._show_side)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back_wanted)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        top.addWidget(self.fresh)
        top.addWidget(self.beside)
        self.beside.setCheckable(True)
        self.fresh.hide()
        body = QHBoxLayout()
        body.setSpacing(SPACE.large)
        body.addWidget(self.view, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addLayout(top)
        column.addWidget(self.missing)
        column.addLayout(body, 1)


def _draft(desk: Desk, wanted: OpenPaper, own: dict[str, str], _job: Job) -> Drafted:
    return service.draft(desk, wanted, own)


def _open_kept(desk: Desk, uid: Uid, _job: Job) -> tuple[Paper, bytes]:
    return service.paper(desk, uid), service.copy_for_paper(desk, uid)
