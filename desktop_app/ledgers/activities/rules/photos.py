"""The photos of an activity: added several at once, with captions. Pure.

Pictures come shrunk and turned already; their content is kept elsewhere, here is what is known of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.photos import Photo, caption_of, place_of, with_more, without_one
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities.rules.activity import (
    CAPTION_LIMIT,
    MOST_PHOTOS,
    Action,
    Activity,
)
from desktop_app.ledgers.activities.rules.steps import refuse_unless, with_step


def with_photos(activity: Activity, photos: Sequence[Photo], moment: Moment) -> Activity:
    """The activity with more photos; one that is there already is not taken in twice."""
    refuse_unless(activity, Action.ADD_PHOTOS)
    together, new = with_more(
        activity.photos, photos, "这场活动", most=MOST_PHOTOS, each="一场活动"
    )
    changed = altered(activity, photos=together)
    return with_step(changed, Action.ADD_PHOTOS, moment, f"{new} 张")


def with_caption(activity: Activity, sha256: str, caption: str, moment: Moment) -> Activity:
    """The activity with another caption under one photo."""
    refuse_unless(activity, Action.CHANGE_CAPTION)
    place = place_of(activity.photos, sha256)
    told = caption_of(caption, place + 1, CAPTION_LIMIT)
    photos = list(activity.photos)
    photos[place] = replace(photos[place], caption=told)
    changed = altered(activity, photos=tuple(photos))
    return with_step(changed, Action.CHANGE_CAPTION, moment, f"第 {place + 1} 张")


def with_photo_moved(activity: Activity, sha256: str, steps: int) -> Activity:
    """The activity with one photo earlier (`steps` below zero) or later; at an end it stays.

    The course does not tell it: nothing that the activity says has changed.
    """
    place = place_of(activity.photos, sha256)
    photos = list(activity.photos)
    photos.insert(max(0, place + steps), photos.pop(place))
    return altered(activity, photos=tuple(photos))


def without_photo(activity: Activity, sha256: str, moment: Moment) -> Activity:
    """The activity without one photo."""
    refuse_unless(activity, Action.REMOVE_PHOTO)
    photos, place = without_one(activity.photos, sha256)
    changed = altered(activity, photos=photos)
    return with_step(changed, Action.REMOVE_PHOTO, moment, f"第 {place} 张")
