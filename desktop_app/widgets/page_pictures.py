"""Pictures of the pages of one document: made one at a time, off the window's thread, when wanted.

Whoever shows pages says which it wants now; what it no longer wants is not made. What has been
made is kept up to a limit, the longest unused going first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.widgets.jobs import JobRunner, Ticket
from desktop_app.widgets.pdf_pages import render

KEPT_BYTES = 96_000_000
"""What pictures may take in memory beyond those on the screen: about twenty pages of A4."""

MOST_PIXELS = 16_000_000
"""A larger picture of one page is not made; beyond it a page is shown a little blurred."""


@dataclass(frozen=True, slots=True)
class PageKey:
    """One picture: the page (from 0) and how many pixels wide."""

    page: int
    pixels: int


@dataclass(frozen=True, slots=True)
class _Made:
    """What a job brings back."""

    key: PageKey
    image: QImage


class PagePictures(QObject):
    """`arrived` carries the `PageKey` of a new picture, `failed` a `Fault`."""

    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._data = b""
        self._ticket: Ticket | None = None
        self._wanted: dict[str, tuple[PageKey, ...]] = {}
        self._made: OrderedDict[PageKey, QImage] = OrderedDict()

    def set_document(self, data: bytes) -> None:
        """Make pictures of this document from now on, and let go of those of the one before."""
        self._data = data
        # What is still being made belongs to the other document and is not taken when it comes.
        self._ticket = None
        self._wanted.clear()
        self._made.clear()

    def want(self, who: str, keys: Sequence[PageKey]) -> None:
        """These are wanted by `who` now, the most urgent first, instead of what was before.

        Pages come before thumbnails, in the order in which their askers first spoke up.
        """
        self._wanted[who] = tuple(keys)
        self._make_next()

    def image(self, key: PageKey) -> QImage | None:
        """The picture, if it is there."""
        image = self._made.get(key)
        if image is not None:
            self._made.move_to_end(key)
        return image

    def best(self, page: int) -> QImage | None:
        """The sharpest picture there is of a page, to be shown until the right one comes."""
        there = [key for key in self._made if key.page == page]
        return self._made[max(there, key=lambda key: key.pixels)] if there else None

    @property
    def kept_bytes(self) -> int:
        """How much memory the pictures take."""
        return sum(image.sizeInBytes() for image in self._made.values())

    def _make_next(self) -> None:
        if self._ticket is not None or not self._data:
            return
        for key in self._all_wanted():
            if key not in self._made:
                work = partial(_make, self._data, key)
                self._ticket = self._runner.start("显示页面", work, quick=True)
                self._ticket.done.connect(self._take)
                self._ticket.failed.connect(self._give_up)
                return

    def _all_wanted(self) -> list[PageKey]:
        return [key for keys in self._wanted.values() for key in keys]

    @Slot(object)
    def _take(self, made: object) -> None:
        if not isinstance(made, _Made) or self.sender() is not self._ticket:
            return
        self._ticket = None
        self._made[made.key] = made.image
        self._forget_old()
        self.arrived.emit(made.key)
        self._make_next()

    @Slot(object)
    def _give_up(self, fault: Fault) -> None:
        if self.sender() is not self._ticket:
            return
        # The rest of a document that fails in one page is not shown: half of it would mislead.
        self._data = b""
        self.failed.emit(fault)

    def _forget_old(self) -> None:
        wanted = set(self._all_wanted())
        for key in list(self._made):
            if self.kept_bytes <= KEPT_BYTES:
                return
            if key not in wanted:
                del self._made[key]


def _make(data: bytes, key: PageKey, _job: Job) -> _Made:
    return _Made(key, render(data, key.page, key.pixels))
