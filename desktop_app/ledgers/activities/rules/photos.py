"""The photos of an activity: added several at once, with captions. Pure.

Pictures come shrunk and turned already; their content is kept elsewhere, here is what is known of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.errors import UserError
from desktop_app.core.photos import Photo, Picture
from desktop_app.core.record import altered
from desktop_app.core.text import clean_line
from desktop_app.ledgers.activities.rules.activity import (
    CAPTION_LIMIT,
    MOST_PHOTOS,
    Action,
    Activity,
)
from desktop_app.ledgers.activities.rules.steps import Moment, refuse_unless, with_step


def check_captions(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """The captions as they are kept; raises `UserError` that names the picture."""
    return tuple(_caption(one.caption, place) for place, one in enumerate(pictures, start=1))


def with_photos(activity: Activity, photos: Sequence[Photo], moment: Moment) -> Activity:
    """The activity with more photos; one that is there already is not taken in twice."""
    refuse_unless(activity, Action.ADD_PHOTOS)
    known = {photo.sha256 for photo in activity.photos}
    new = list({photo.sha256: photo for photo in photos if photo.sha256 not in known}.values())
    if not new:
        raise UserError(
            "这些照片已经在这场活动里，没有再加一次。" if photos else "还没有选照片。",
            "请选别的照片。",
            field="photos",
        )
    together = (*activity.photos, *new)
    if len(together) > MOST_PHOTOS:
        raise UserError(
            f"一场活动最多保存{MOST_PHOTOS}张照片，现在会有{len(together)}张，没有添加。",
            "请挑选有代表性的。",
            field="photos",
        )
    changed = altered(activity, photos=together)
    return with_step(changed, Action.ADD_PHOTOS, moment, f"{len(new)} 张")


def with_caption(activity: Activity, sha256: str, caption: str, moment: Moment) -> Activity:
    """The activity with another caption under one photo."""
    refuse_unless(activity, Action.CHANGE_CAPTION)
    place = _place(activity, sha256)
    told = _caption(caption, place + 1)
    photos = list(activity.photos)
    photos[place] = replace(photos[place], caption=told)
    changed = altered(activity, photos=tuple(photos))
    return with_step(changed, Action.CHANGE_CAPTION, moment, f"第 {place + 1} 张")


def with_photo_moved(activity: Activity, sha256: str, steps: int) -> Activity:
    """The activity with one photo earlier (`steps` below zero) or later; at an end it stays.

    The course does not tell it: nothing that the activity says has changed.
    """
    place = _place(activity, sha256)
    photos = list(activity.photos)
    photos.insert(max(0, place + steps), photos.pop(place))
    return altered(activity, photos=tuple(photos))


def without_photo(activity: Activity, sha256: str, moment: Moment) -> Activity:
    """The activity without one photo."""
    refuse_unless(activity, Action.REMOVE_PHOTO)
    place = _place(activity, sha256)
    photos = (*activity.photos[:place], *activity.photos[place + 1 :])
    changed = altered(activity, photos=photos)
    return with_step(changed, Action.REMOVE_PHOTO, moment, f"第 {place + 1} 张")


def _place(activity: Activity, sha256: str) -> int:
    for place, photo in enumerate(activity.photos):
        if photo.sha256 == sha256:
            return place
    raise UserError(
        "没有找到这张照片，它可能已被移除，没有改动。", "请刷新后再试。", field="photos"
    )


def _caption(text: str, place: int) -> str:
    label = f"第{place}张照片的说明"
    return clean_line(text, limit=CAPTION_LIMIT, label=label, field="captions") if text else ""
