"""来龙去脉: what happened from the first word to the last photo, on one page.

The list has the chapters, the earliest first; beside it are the photos of the focused one. Enter
opens the record a chapter belongs to, and coming back leads here again.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.core.wording import list_day
from desktop_app.station.story import service
from desktop_app.station.story.chapters import KINDS, LABELS, Chapter
from desktop_app.station.story.ui.photos import StoryPhotos
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card, KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

TITLE = "来龙去脉"
_ROOM_FOR_BOTH_EMS = 60


class StoryPage(Page):
    """`narrow_to` says of which record: an `Open(kind, uid)`."""

    kinds = frozenset(KINDS)
    hints = (
        KeyHint("↑ ↓", "逐条看"),
        KeyHint("Enter", "打开这一条的记录"),
        KeyHint("← →", "看上一张、下一张照片"),
        KeyHint("Esc", "返回"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._wanted: Open | None = None
        self._chapters: tuple[Chapter, ...] = ()
        self.title = PageTitle(TITLE, parent=self)
        self.back = plain_button("返回", self, icon_name="chevron-left")
        self.list = LineList(TITLE, self)
        self.pane = StatePane(self.list)
        self.photos = StoryPhotos(self, desk)
        self._patience = Patience(self.pane.show_loading, self)
        self.pane.hide()
        self._lay_out()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        """Another record's story is asked for."""
        assert isinstance(wanted, Open)
        if wanted != self._wanted:
            self._wanted, self._chapters = wanted, ()
            self.list.set_items([])
            self.photos.show_chapter(None)
        self._stale = True

    def load(self) -> None:
        if self._wanted is None:
            self.pane.show_empty("还没有选记录。", "请从来访、诉求、问题或责任的页面打开。")
            return
        if not self._chapters:
            self._patience.start()
        work = partial(_read, self._desk, self._wanted)
        self.in_background("来龙去脉", work, self._show, self._fail)

    def arrive(self) -> None:
        super().arrive()
        self.list.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- showing -------------------------------------------------------------------------------

    def _show(self, answer: tuple[Open, tuple[Chapter, ...]]) -> None:
        wanted, chapters = answer
        if wanted != self._wanted:
            return
        self._patience.stop()
        self.pane.hide()
        self._chapters = chapters
        today = self._desk.today
        self.list.set_items(
            [
                _item(place, one, list_day(one.day, today=today))
                for place, one in enumerate(chapters)
            ]
        )
        own = next((one.number for one in chapters if one.uid == wanted.uid), "")
        self.title.set_title(TITLE, f"{LABELS[wanted.kind]} {own}".strip())
        self.setAccessibleName(f"{TITLE} {own}，{len(chapters)} 条")
        self._focus_own(wanted.uid)

    def _focus_own(self, uid: Uid) -> None:
        """The keyboard begins at the record one came from, unless somebody has moved on."""
        if self.list.focused_uid() is None:
            for place, one in enumerate(self._chapters):
                if one.uid == uid:
                    self.list.setCurrentIndex(self.list.model().index(place, 0))
                    break
        self._focused(self.list.focused_uid())

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        self.pane.show_fault(fault, "返回")

    @Slot(object)
    def _focused(self, place: str | None) -> None:
        there = place is not None and int(place) < len(self._chapters)
        self.photos.show_chapter(self._chapters[int(place)] if there and place else None)
        self._fit()

    @Slot(object)
    def _open(self, place: str) -> None:
        chapter = self._chapters[int(place)]
        if not self.places or chapter.kind in self.places:
            self.go(Open(chapter.kind, chapter.uid))

    def _fit(self) -> None:
        """Photos stand beside the list where there is room, and only while there are any."""
        wide = self.width() >= _ROOM_FOR_BOTH_EMS * theme_of().metrics.body
        self.photos.setVisible(wide and self.photos.count > 0)

    # --- inside --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.Resize:
            self.pane.setGeometry(self.list.rect())
        return False

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.pane.next_step.connect(self.back_wanted)
        self.list.chosen.connect(self._open)
        self.list.focused.connect(self._focused)
        self.list.installEventFilter(self)
        for keys, slot in (
            ("Esc", self.back_wanted.emit),
            ("Left", partial(self.photos.turn, -1)),
            ("Right", partial(self.photos.turn, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        card = Card("", self)
        card.add_list(self.list)
        body = QHBoxLayout()
        body.setSpacing(SPACE.large)
        body.addWidget(card, 3)
        body.addWidget(self.photos, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addLayout(top)
        column.addLayout(body, 1)


def _item(place: int, chapter: Chapter, day: str) -> LineItem:
    photos = f"照片 {len(chapter.photos)} 张" if chapter.photos else ""
    return LineItem(
        uid=str(place),
        title=chapter.done,
        beside=" ".join(chapter.words.split()),
        detail=f"{chapter.label} {chapter.number}",
        end=photos,
        lead=day,
    )


def _read(desk: Desk, wanted: Open, _job: Job) -> tuple[Open, tuple[Chapter, ...]]:
    """In the worker's thread."""
    return wanted, service.story(desk, wanted.kind, wanted.uid)
