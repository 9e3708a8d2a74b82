"""Photos of a problem and evidence of a duty: added several at once, never twice. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.errors import UserError
from desktop_app.core.photos import Photo, Picture
from desktop_app.core.text import clean_line
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, MOST_PHOTOS


def with_more(
    there: tuple[Photo, ...], photos: Sequence[Photo], of: str
) -> tuple[tuple[Photo, ...], int]:
    """All photos together, and how many are new; `of` says what they belong to.

    Raises `UserError` when none is new, or when there would be too many.
    """
    known = {photo.sha256 for photo in there}
    new = list({photo.sha256: photo for photo in photos if photo.sha256 not in known}.values())
    if not new:
        said = f"这些照片已经在{of}里，没有再加一次。" if photos else "还没有选照片。"
        raise UserError(said, "请选别的照片。", field="photos")
    together = (*there, *new)
    if len(together) > MOST_PHOTOS:
        raise UserError(
            f"最多保存{MOST_PHOTOS}张照片，现在会有{len(together)}张，没有添加。",
            "请挑选有代表性的。",
            field="photos",
        )
    return together, len(new)


def without_one(there: tuple[Photo, ...], sha256: str) -> tuple[tuple[Photo, ...], int]:
    """The photos without one of them, and which place it had, counted from 1."""
    for place, photo in enumerate(there):
        if photo.sha256 == sha256:
            return (*there[:place], *there[place + 1 :]), place + 1
    raise UserError(
        "没有找到这张照片，它可能已被移除，没有改动。", "请刷新后再试。", field="photos"
    )


def captions_of(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """The captions as they are kept; a `UserError` names the picture."""
    return tuple(
        clean_line(one.caption, limit=LINE_LIMIT, label=f"第{place}张照片的说明", field="captions")
        if one.caption
        else ""
        for place, one in enumerate(pictures, start=1)
    )
