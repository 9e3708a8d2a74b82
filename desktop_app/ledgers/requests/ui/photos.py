"""The photos on a request's page: brought in by drop, paste or choosing, looked at, removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.request import MOST_PHOTOS, Request, RequestState
from desktop_app.ledgers.requests.service import PhotosTaken
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_album import PhotoAlbum
from desktop_app.widgets.photo_intake import TakeIn
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS


class RequestPhotos(PhotoAlbum):
    """`told` carries a `(Changed, sentence)` pair."""

    told = Signal(object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(
            page,
            partial(_content, desk),
            partial(_take_in, desk),
            title="照片",
            captioned=False,
            short=True,
            at_step=partial(_at_step, desk),
        )
        self._desk = desk
        self._request: Request | None = None
        self.added.connect(self._taken)
        self.removed.connect(self._remove)

    def adder(self, request: Request) -> str:
        """Who sits here, if that person may add photos to the request; else empty."""
        return self._desk.actor.name if _may_change(self._desk, request) else ""

    def show_request(self, request: Request) -> None:
        """Show the photos of a request; their small pictures follow."""
        if self._request is None or self._request.uid != request.uid:
            self.forget()
        self._request = request
        may_change, count = _may_change(self._desk, request), len(request.photos)
        self.show_photos(
            request.uid,
            request.photos,
            may_change=may_change,
            words=f"共 {count} 张，最多 {MOST_PHOTOS} 张。Enter 看大图，Del 移除。",
            empty=f"可以拖进来，或按 {ADD_KEYS} 选择、{PASTE_KEYS} 粘贴。",
        )
        self.setVisible(may_change or bool(count))

    @Slot(object)
    def _taken(self, taken: PhotosTaken) -> None:
        self.told.emit((taken.changed, f"已添加 {taken.added} 张照片"))

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


def _may_change(desk: Desk, request: Request) -> bool:
    fixed = request.petition or request.state is RequestState.MERGED
    return not fixed and not desk.database.station.is_street and desk.actor.may(Right.HANDLE)


def _take_in(desk: Desk, uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PhotosTaken:
    return service.take_in_photos(desk, desk.database.blobs, uid, sources, job)


def _at_step(desk: Desk, step: int) -> TakeIn:
    def take_in(uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PhotosTaken:
        blobs = desk.database.blobs
        return service.take_in_photos(desk, blobs, uid, sources, job, step=step)

    return take_in


def _content(desk: Desk, uid: Uid, sha256: str) -> bytes:
    return service.photo(desk, desk.database.blobs, uid, sha256)
