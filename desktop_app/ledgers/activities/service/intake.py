"""Photos of an activity as they come: the good ones are kept, each refusal is told by name.

How files become pictures is for `printing.photo_intake`.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource, Picture, Refusal
from desktop_app.ledgers.activities.rules.activity import MOST_PHOTOS, Action, Activity
from desktop_app.ledgers.activities.rules.steps import refuse_unless
from desktop_app.ledgers.activities.service.pictures import add_photos
from desktop_app.ledgers.activities.service.reading import get
from desktop_app.printing.photo_intake import PicturesTaken, Room, bring_in
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.session import Desk

__all__ = ["PhotoSource", "PhotosTaken", "Refusal", "take_in_photos"]

PhotosTaken = PicturesTaken[Activity]


def take_in_photos(
    desk: Desk, blobs: BlobStore, uid: Uid, sources: Sequence[PhotoSource], job: Job
) -> PhotosTaken:
    """Add pictures to an activity; those that cannot be used are told, the others are kept.

    Raises `UserError` when the activity takes none any more. Cancelling keeps none of them.
    """
    activity = get(desk, uid)
    refuse_unless(activity, Action.ADD_PHOTOS)
    room = Room(
        {photo.sha256 for photo in activity.photos},
        MOST_PHOTOS,
        full=f"一场活动最多保存{MOST_PHOTOS}张照片，没有加入。请挑选有代表性的。",
        known="这张照片已经在这场活动里，没有再加一次。",
    )

    def add(pictures: Sequence[Picture]) -> Changed[Activity]:
        return add_photos(desk, blobs, uid, get(desk, uid).revision, pictures)

    return bring_in(sources, room, translate_os_error, job, add)
