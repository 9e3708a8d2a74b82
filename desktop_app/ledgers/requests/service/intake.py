"""Photos of a request as they come: the good ones are kept, each refusal is told by name.

How files become pictures is for `printing.photo_intake`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource, Picture
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.rules.photos import refuse_no_photos
from desktop_app.ledgers.requests.rules.request import MOST_PHOTOS, Request
from desktop_app.ledgers.requests.service.pictures import add_photos
from desktop_app.ledgers.requests.service.reading import get
from desktop_app.printing.photo_intake import (
    PicturesTaken,
    Room,
    bring_in,
    look_through,
    offered,
)
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.session import Desk

PhotosTaken = PicturesTaken[Request]


def take_in_photos(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    sources: Sequence[PhotoSource],
    job: Job,
    *,
    step: int | None = None,
) -> PhotosTaken:
    """Add pictures to a request; those that cannot be used are told, the others are kept.

    They belong to an earlier `step` of one's own, or to the adding itself.

    Raises `UserError` when the request takes none any more. Cancelling keeps none of them.
    """
    with desk.reading(needs=Right.HANDLE) as connection:
        request = store.SHELF.need(connection, uid)
    refuse_no_photos(request)

    def add(pictures: Sequence[Picture]) -> Changed[Request]:
        return add_photos(desk, blobs, uid, get(desk, uid).revision, pictures, step=step)

    return bring_in(sources, _room(request), translate_os_error, job, add)


def look_at_photos(
    desk: Desk, uid: Uid, sources: Sequence[PhotoSource], seen: Collection[str], job: Job
) -> PicturesTaken[tuple[Picture, ...]]:
    """Make pictures for a step that is being written down; `seen` are the SHA-256 of those that the
    form holds already. Nothing is kept before the step is taken."""
    with desk.reading(needs=Right.HANDLE) as connection:
        request = store.SHELF.need(connection, uid)
    refuse_no_photos(request)
    return offered(look_through(sources, _room(request, seen), translate_os_error, job), uid)


def _room(request: Request, seen: Collection[str] = ()) -> Room:
    return Room(
        {*(photo.sha256 for photo in request.photos), *seen},
        MOST_PHOTOS,
        full=f"一件诉求最多保存{MOST_PHOTOS}张照片，没有加入。请挑选有代表性的。",
        known="这张照片已经在这件诉求里，没有再加一次。",
    )
