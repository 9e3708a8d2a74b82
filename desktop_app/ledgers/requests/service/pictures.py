"""The photos of a request: kept as attachments, named in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, Picture, captions_of
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.photos import (
    refuse_no_photos,
    with_photos,
    without_photo,
)
from desktop_app.ledgers.requests.rules.request import CAPTION_LIMIT, Action, Request
from desktop_app.ledgers.requests.rules.steps import Moment
from desktop_app.ledgers.requests.service.parts import back, moment, seen
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk


def add_photos(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    revision: int,
    pictures: Sequence[Picture],
    *,
    step: int | None = None,
) -> Changed[Request]:
    """Add several photos at once; one that the request has already is not taken in twice.

    They belong to an earlier `step` of one's own, counted from 1, or to the adding itself.
    """
    captions = captions_of(pictures, CAPTION_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        # Before megabytes are written for nothing.
        refuse_no_photos(store.SHELF.need(connection, uid))
    photos = keep(blobs, pictures, captions)
    return _changed(
        desk,
        uid,
        revision,
        Action.ADD_PHOTOS,
        lambda before, now: with_photos(before, photos, now, step=step),
    )


def keep_for_step(desk: Desk, uid: Uid, pictures: Sequence[Picture]) -> tuple[Photo, ...]:
    """Keep the pictures of a step that is about to be taken, once it is sure that they may be."""
    if not pictures:
        return ()
    captions = captions_of(pictures, CAPTION_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        refuse_no_photos(store.SHELF.need(connection, uid))
    return keep(desk.database.blobs, pictures, captions)


def remove_photo(desk: Desk, uid: Uid, revision: int, sha256: str) -> Changed[Request]:
    """Take a photo out of a request; its content stays for a week, so that it can come back."""
    return _changed(
        desk,
        uid,
        revision,
        Action.REMOVE_PHOTO,
        lambda before, now: without_photo(before, sha256, now),
    )


def photo(desk: Desk, blobs: BlobStore, uid: Uid, sha256: str) -> bytes:
    """The JPEG of one photo. Raises `MissingAttachment` or `DamagedAttachment`."""
    with desk.reading(needs=Right.READ) as connection:
        request = store.SHELF.need(connection, uid)
    if sha256 not in {one.sha256 for one in request.photos}:
        raise UserError("这件诉求没有这张照片，它可能已被移除。", "请刷新后再试。", field="photos")
    return blobs.get(bytes.fromhex(sha256))


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: Action,
    make: Callable[[Request, Moment], Request],
) -> Changed[Request]:
    with desk.unit_of_work(f"诉求：{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(before, moment(desk, unit)))
        unit.about(saved.number, saved.steps[-1].words)
    return changed(KIND.name, uid, saved, undo=Undo(f"撤销{action.label}", back(before, saved)))
