"""The photos on a request's page: brought in by drop, paste or choosing, looked at, removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.request import MOST_PHOTOS, Request, RequestState
from desktop_app.ledgers.requests.service import PhotosTaken
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_intake import Offered, PhotoIntake, offered_by
from desktop_app.widgets.photo_list import PhotoList, picture_size
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS, PhotoTools
from desktop_app.widgets.photo_viewer import PhotoViewer
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SHARPER = 2
"""Small pictures are kept at twice their size on the screen, for screens at 150 and 200 %."""


class PhotosCard(Card):
    """`told` carries a `(Changed, sentence)` pair."""

    told = Signal(object)

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__("照片", parent)
        self._desk, self._page = desk, page
        self._request: Request | None = None
        self.words = QLabel(self)
        self.words.setProperty("role", "small")
        self.words.setWordWrap(True)
        self.list = PhotoList(self, captioned=False)
        self.intake = PhotoIntake(partial(_take_in, desk), page, self)
        self.tools = PhotoTools(self.list, self, captioned=False)
        for widget in (self.tools, self.words, self.intake):
            self.body.addWidget(widget)
        self.body.addWidget(self.list)
        self.list.opened.connect(self._open)
        self.list.removed.connect(self._remove)
        self.intake.taken.connect(self._taken)
        self.tools.offered.connect(self._bring)
        self.tools.refused.connect(self.words.setText)

    def show_request(self, request: Request) -> None:
        """Show the photos of a request; their small pictures follow."""
        if self._request is None or self._request.uid != request.uid:
            self.intake.forget()
        self._request = request
        may, some = self._may_change(), bool(request.photos)
        self.list.show_photos(request.photos, editable=may)
        self.tools.show_for(may_change=may, some=some)
        self.list.setVisible(some)
        self.words.setText(_count_words(len(request.photos)))
        self.setVisible(may or some)
        self._fit()
        if missing := self.list.missing():
            work = partial(_small_pictures, self._desk, request.uid, missing)
            self._page.in_background("照片缩略图", work, self.list.add_pictures)

    def accepts(self, mime: QMimeData) -> bool:
        """Whether what is dragged over the page can be dropped."""
        return self._may_change() and bool(offered_by(mime))

    def take(self, mime: QMimeData) -> None:
        """Take in what was dropped."""
        self._bring(offered_by(mime))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(object)
    def _bring(self, offered: Offered) -> None:
        if self._request is not None and self._may_change() and offered:
            self.intake.bring(self._request.uid, offered)

    @Slot(object)
    def _taken(self, taken: PhotosTaken) -> None:
        self.told.emit((taken.changed, f"已添加 {taken.added} 张照片"))

    @Slot(str)
    def _open(self, sha256: str) -> None:
        if self._request is not None:
            at = [one.sha256 for one in self.list.photos].index(sha256)
            read = partial(_content, self._desk, self._request.uid)
            PhotoViewer(self._page, read, self.list.photos, at).open()

    @Slot(str)
    def _remove(self, sha256: str) -> None:
        if self._request is None:
            return
        try:
            changed = service.remove_photo(
                self._desk, self._request.uid, self._request.revision, sha256
            )
        except Fault as fault:
            self._page.say_fault(fault)
            return
        self.told.emit((changed, "已移除一张照片"))

    def _may_change(self) -> bool:
        request, desk = self._request, self._desk
        if request is None or desk.database.station.is_street:
            return False
        fixed = request.petition or request.state is RequestState.MERGED
        return not fixed and desk.actor.may(Right.HANDLE)

    def _fit(self) -> None:
        """As high as all its rows: the page scrolls, not the list in it."""
        count = len(self.list.photos)
        cell = picture_size() + QSize(2 * (SPACE.hair + SPACE.small), 0)
        high = cell.height() + theme_of().metrics.control + 2 * (SPACE.hair + SPACE.small)
        across = max(1, (self.width() - 2 * SPACE.large) // (cell.width() + SPACE.small))
        rows = -(-count // across)
        self.list.setFixedHeight(max(1, rows) * (high + SPACE.small) + SPACE.medium)


def _count_words(count: int) -> str:
    if not count:
        return f"还没有照片。可以拖进来，或按 {ADD_KEYS} 选择、{PASTE_KEYS} 粘贴。"
    return f"共 {count} 张，最多 {MOST_PHOTOS} 张。Enter 看大图，Del 移除。"


def _take_in(desk: Desk, uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PhotosTaken:
    return service.take_in_photos(desk, desk.database.blobs, uid, sources, job)


def _content(desk: Desk, uid: Uid, sha256: str) -> bytes:
    return service.photo(desk, desk.database.blobs, uid, sha256)


def _small_pictures(desk: Desk, uid: Uid, wanted: list[str], job: Job) -> dict[str, QImage | None]:
    """In the worker's thread; None for a photo that cannot be read."""
    found: dict[str, QImage | None] = {}
    size = picture_size() * _SHARPER
    for sha256 in wanted:
        job.check()
        try:
            image = QImage.fromData(_content(desk, uid, sha256))
        except Fault:
            found[sha256] = None
            continue
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        found[sha256] = None if image.isNull() else image.scaled(size, keep, smooth)
    return found
