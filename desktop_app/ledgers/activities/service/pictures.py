"""The photos of an activity: kept as attachments, named in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Picture, captions_of
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import CAPTION_LIMIT, Action, Activity
from desktop_app.ledgers.activities.rules.photos import (
    with_caption,
    with_photo_moved,
    with_photos,
    without_photo,
)
from desktop_app.ledgers.activities.rules.steps import refuse_unless, refuse_unless_editable
from desktop_app.ledgers.activities.service.parts import back, moment, seen
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk


def add_photos(
    desk: Desk, blobs: BlobStore, uid: Uid, revision: int, pictures: Sequence[Picture]
) -> Changed[Activity]:
    """Add several photos at once; one that the activity has already is not taken in twice."""
    captions = captions_of(pictures, CAPTION_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        # Before megabytes are written for nothing.
        refuse_unless(store.SHELF.need(connection, uid), Action.ADD_PHOTOS)
    photos = keep(blobs, pictures, captions)
    return _changed(
        desk, uid, revision, Action.ADD_PHOTOS, lambda before, now: with_photos(before, photos, now)
    )


def change_caption(
    desk: Desk, uid: Uid, revision: int, sha256: str, caption: str
) -> Changed[Activity]:
    """Put other words under a photo."""
    return _changed(
        desk,
        uid,
        revision,
        Action.CHANGE_CAPTION,
        lambda before, now: with_caption(before, sha256, caption, now),
    )


def move_photo(desk: Desk, uid: Uid, revision: int, sha256: str, steps: int) -> Changed[Activity]:
    """Let a photo come so many places later, or earlier with `steps` below zero."""
    with desk.unit_of_work("活动：调整照片顺序", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        refuse_unless_editable(before)
        saved = store.SHELF.put(unit, with_photo_moved(before, sha256, steps))
        unit.about(saved.number)
    order = [one.sha256 for one in before.photos]
    moved = [one.sha256 for one in saved.photos].index(sha256) - order.index(sha256)

    def undo(desk: Desk) -> Changed[Activity]:
        return replace(move_photo(desk, uid, saved.revision, sha256, -moved), undo=None)

    return changed(KIND.name, uid, saved, undo=Undo("撤销调整", undo))


def remove_photo(desk: Desk, uid: Uid, revision: int, sha256: str) -> Changed[Activity]:
    """Take a photo out of an activity; its content stays for a week, so that it can come back."""
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
        activity = store.SHELF.need(connection, uid)
    if sha256 not in {one.sha256 for one in activity.photos}:
        raise UserError("这场活动没有这张照片，它可能已被移除。", "请刷新后再试。", field="photos")
    return blobs.get(bytes.fromhex(sha256))


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: Action,
    make: Callable[[Activity, Moment], Activity],
) -> Changed[Activity]:
    with desk.unit_of_work(f"活动：{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(before, moment(unit)))
        unit.about(saved.number, saved.steps[-1].words)
    return changed(
        KIND.name, uid, saved, undo=Undo(f"撤销{action.label}", back(before, saved, Right.HANDLE))
    )
