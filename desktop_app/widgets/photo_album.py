"""The photos of one record on its page: brought in by drop, paste or choosing, looked at, changed.

Knows pictures only: what is read, added and changed comes in by argument and goes out by signal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import Photo
from desktop_app.widgets.forms import Card
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_intake import Offered, PhotoIntake, TakeIn, offered_by
from desktop_app.widgets.photo_list import PhotoList, picture_size
from desktop_app.widgets.photo_tools import PhotoTools, choose_photos
from desktop_app.widgets.photo_viewer import PhotoViewer
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

Read = Callable[[Uid, str], bytes]
"""Answers the JPEG of a record's photo by its SHA-256; called in a worker's thread."""

_SHARPER = 2
"""Small pictures are kept at twice their size on the screen, for screens at 150 and 200 %."""

_SMALLER = 0.84
"""Of a `short` album, so that three stand side by side in a column of a page."""


class PhotoAlbum(QWidget):
    """`added` carries what `take_in` answered; the others are those of `PhotoList`.

    `title` stands above it. Photos that are not `captioned` are only added and removed. A `short`
    one is as high as its photos, on a page that scrolls; else it fills what it is given. `pictured`
    carries the small pictures by SHA-256, for whoever shows some of them elsewhere on the page.
    `at_step` takes in what belongs to a step of that number (`add_to_step`).
    """

    added = Signal(object)
    pictured = Signal(object)
    moved = Signal(str, int)
    removed = Signal(str)
    written = Signal(str, str)

    def __init__(
        self,
        page: Page,
        read: Read,
        take_in: TakeIn,
        *,
        title: str = "",
        captioned: bool = True,
        short: bool = False,
        at_step: Callable[[int], TakeIn] | None = None,
    ) -> None:
        super().__init__(page)
        self._page, self._read, self._short = page, read, short
        self._at_step = at_step
        self._beside: tuple[Photo, ...] = ()
        self._of: Uid | None = None
        self._may = False
        self.count = QLabel(self)
        self.count.setWordWrap(True)
        self.count.setProperty("role", "small")
        self.list = PhotoList(self, captioned=captioned, share=_SMALLER if short else 1)
        if title:
            self.list.setAccessibleName(title)
        self.intake = PhotoIntake(take_in, page, self)
        self.empty = StatePane(self)
        self.tools = PhotoTools(self.list, self, captioned=captioned, folders=not short)
        self._lay_out(title)
        self.list.opened.connect(self.open_photo)
        self.list.moved.connect(self.moved)
        self.list.removed.connect(self.removed)
        self.list.written.connect(self.written)
        self.intake.taken.connect(self.added)
        self.tools.offered.connect(self._bring)
        self.tools.refused.connect(self._say)
        self.empty.next_step.connect(self.tools.choose_files)

    # --- what the page says --------------------------------------------------------------------

    def show_photos(
        self,
        of: Uid,
        photos: Sequence[Photo],
        *,
        may_change: bool,
        words: str,
        empty: str,
        beside: Sequence[Photo] = (),
    ) -> None:
        """Show the photos of a record; `words` say how many there are, `empty` what is wanted where
        there are none. What is `beside` is shown elsewhere on the page, and only read here."""
        self._of, self._may, self._beside = of, may_change, tuple(beside)
        self.list.show_photos(photos, editable=may_change)
        some = bool(photos)
        self.tools.show_for(may_change=may_change, some=some)
        self._say(words)
        self.list.setVisible(some)
        self.empty.setVisible(not some and not self._short)
        if self._short and not some:
            self._say(f"还没有照片。{empty}" if may_change else "还没有照片。")
        elif not some:
            step = "添加照片" if may_change else ""
            self.empty.show_empty("还没有照片。", empty if may_change else "", step)
        self._fit()
        missing = self.list.missing(self._beside)
        if missing:
            work = partial(_small_pictures, self._read, of, missing)
            self._page.in_background("照片缩略图", work, self._picture)
        else:
            self.pictured.emit(self.list.pictures)

    def forget(self) -> None:
        """Another record comes onto the page."""
        self._of = None
        self._may = False
        self.list.show_photos((), editable=False)
        self.intake.forget()

    def take_keyboard(self) -> None:
        """To the photos, or to the button that adds the first one."""
        if self.list.photos:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._short:
            self.tools.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.press()

    def accepts(self, mime: QMimeData) -> bool:
        """Whether what is dragged over the page can be dropped."""
        return self._may and bool(offered_by(mime))

    def take(self, mime: QMimeData) -> None:
        """Take in what was dropped or pasted."""
        self._bring(offered_by(mime))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(int)
    def add_to_step(self, step: int) -> None:
        """Let somebody choose photos that belong to a step of the record, counted from 1."""
        if self._may and self._at_step is not None:
            choose_photos(self, partial(self.bring_to_step, step))

    def bring_to_step(self, step: int, offered: Offered) -> None:
        """Take in photos that belong to a step."""
        if self._of is not None and self._may and self._at_step is not None and offered:
            self.intake.bring(self._of, offered, self._at_step(step))

    @Slot(str)
    def open_photo(self, sha256: str) -> None:
        """Show one of them large; from there one goes on to the others."""
        photos = (*self.list.photos, *self._beside)
        at = [one.sha256 for one in photos].index(sha256)
        if self._of is not None:
            PhotoViewer(self._page, partial(self._read, self._of), photos, at).open()

    # --- inside --------------------------------------------------------------------------------

    def _picture(self, pictures: Mapping[str, QImage | None]) -> None:
        self.list.add_pictures(pictures)
        self.pictured.emit(self.list.pictures)

    @Slot(object)
    def _bring(self, offered: Offered) -> None:
        if self._of is not None and self._may and offered:
            self.intake.bring(self._of, offered)

    @Slot(str)
    def _say(self, words: str) -> None:
        self.count.setText(words)
        self.count.setVisible(bool(words) or not self._short)

    def _fit(self) -> None:
        if self._short:
            self.list.setFixedHeight(self.list.height_of_all())

    def _lay_out(self, title: str) -> None:
        card = Card(title, self)
        card.body.addWidget(self.tools)
        card.body.addWidget(self.count)
        card.body.addWidget(self.intake)
        if self._short:
            card.body.addWidget(self.list)
        else:
            card.add_list(self.list)
            card.add_list(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(card, 1)


def _small_pictures(
    read: Read, uid: Uid, wanted: Sequence[str], job: Job
) -> dict[str, QImage | None]:
    """In the worker's thread; None for a photo that cannot be read."""
    found: dict[str, QImage | None] = {}
    size: QSize = picture_size() * _SHARPER
    for sha256 in wanted:
        job.check()
        try:
            image = QImage.fromData(read(uid, sha256))
        except Fault:
            found[sha256] = None
            continue
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        found[sha256] = None if image.isNull() else image.scaled(size, keep, smooth)
    return found
