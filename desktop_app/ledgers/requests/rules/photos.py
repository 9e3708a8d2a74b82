"""The photos of a request: what it looked like when it was raised, and when it was done. Pure.

Pictures come shrunk and turned already; their content is kept elsewhere, here is what is known of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.photos import Photo
from desktop_app.core.record import altered
from desktop_app.core.text import clean_line
from desktop_app.ledgers.requests.rules.request import (
    CAPTION_LIMIT,
    MOST_PHOTOS,
    Action,
    Request,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.rules.steps import Moment


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be kept: JPEG bytes, pixels, the day it was taken if the camera said so."""

    jpeg: bytes
    width: int
    height: int
    taken_on: date | None = None
    caption: str = ""


def check_captions(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """The captions as they are kept; raises `UserError` that names the picture."""
    return tuple(_caption(one.caption, place) for place, one in enumerate(pictures, start=1))


def refuse_no_photos(request: Request) -> None:
    """Raise `UserError` when a request takes no photos: petitions keep no content at all."""
    if request.petition or request.deleted or request.state is RequestState.MERGED:
        raise UserError(
            "这条记录只计件数或已并入另一条，不能添加或移除照片，没有改动。",
            "请在并入的那一条里添加。",
            field="photos",
        )


def with_photos(request: Request, photos: Sequence[Photo], moment: Moment) -> Request:
    """The request with more photos; one that is there already is not taken in twice."""
    refuse_no_photos(request)
    known = {photo.sha256 for photo in request.photos}
    new = list({photo.sha256: photo for photo in photos if photo.sha256 not in known}.values())
    if not new:
        raise UserError(
            "这些照片已经在这件诉求里，没有再加一次。" if photos else "还没有选照片。",
            "请选别的照片。",
            field="photos",
        )
    together = (*request.photos, *new)
    if len(together) > MOST_PHOTOS:
        raise UserError(
            f"一件诉求最多保存{MOST_PHOTOS}张照片，现在会有{len(together)}张，没有添加。",
            "请挑选有代表性的。",
            field="photos",
        )
    changed = altered(request, photos=together)
    return _with_step(changed, Action.ADD_PHOTOS, moment, f"{len(new)} 张")


def without_photo(request: Request, sha256: str, moment: Moment) -> Request:
    """The request without one photo."""
    refuse_no_photos(request)
    left = tuple(photo for photo in request.photos if photo.sha256 != sha256)
    if len(left) == len(request.photos):
        raise UserError(
            "没有找到这张照片，它可能已被移除，没有改动。", "请刷新后再试。", field="photos"
        )
    return _with_step(altered(request, photos=left), Action.REMOVE_PHOTO, moment, "1 张")


def _with_step(request: Request, action: Action, moment: Moment, words: str) -> Request:
    step = Step(moment.at, moment.actor, action, request.state, words)
    return altered(request, steps=(*request.steps, step))


def _caption(text: str, place: int) -> str:
    label = f"第{place}张照片的说明"
    return clean_line(text, limit=CAPTION_LIMIT, label=label, field="captions") if text else ""
