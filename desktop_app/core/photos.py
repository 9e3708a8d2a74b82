"""A picture that a record shows, what is known of it beside the attachment that holds it, and one
that is offered to be taken in; how the photos of a record become more and fewer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop_app.core.codec import SPARSE
from desktop_app.core.errors import UserError
from desktop_app.core.text import clean_line

SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".bmp",
        ".gif",
        ".tif",
        ".tiff",
        ".avif",
        ".heic",
        ".heif",
    }
)
"""What of a folder is looked at; a file somebody chose by itself is always tried."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: the content is kept as an attachment under `sha256` (hexadecimal), `size` bytes.

    `width` and `height` in pixels, as shrunk; `taken_on` is None when the camera did not say.
    `step` says at which step of its record it was added, counted from 1; None for a photo that
    belongs to the record as a whole. Steps are never taken out, so the number stays true.
    """

    sha256: str
    size: int
    width: int
    height: int
    taken_on: date | None = None
    caption: str = ""
    step: int | None = field(default=None, metadata=SPARSE)


class StepTaken(Protocol):
    """What the steps of all ledgers have in common."""

    @property
    def actor(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be kept: JPEG bytes, pixels, the day it was taken if the camera said so."""

    jpeg: bytes
    width: int
    height: int
    taken_on: date | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """A picture that is offered: a file or folder at `path`, or its content in `data`."""

    name: str
    path: Path | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in, and why."""

    name: str
    words: str


def not_yet(there: Iterable[Photo], photos: Iterable[Photo]) -> list[Photo]:
    """Those photos that are not there, each once."""
    known = {photo.sha256 for photo in there}
    return list({photo.sha256: photo for photo in photos if photo.sha256 not in known}.values())


def of_step(photos: Iterable[Photo], step: int) -> tuple[Photo, ...]:
    """Those that were added at a step, counted from 1."""
    return tuple(photo for photo in photos if photo.step == step)


def is_own_step(steps: Sequence[StepTaken], step: int, actor: str) -> bool:
    """Whether there is such a step and this person took it."""
    return 1 <= step <= len(steps) and steps[step - 1].actor == actor


def refuse_other_step(steps: Sequence[StepTaken], step: int, actor: str) -> None:
    """Raise `UserError` unless that step is this person's own: nobody adds to a colleague's."""
    if not is_own_step(steps, step, actor):
        raise UserError(
            "照片只能加到自己办的那一步，没有添加。", "请在“照片”里添加。", field="photos"
        )


def with_more(
    there: tuple[Photo, ...],
    photos: Sequence[Photo],
    of: str,
    *,
    most: int,
    each: str = "",
    step: int | None = None,
) -> tuple[tuple[Photo, ...], int]:
    """All photos together, the new ones as those of a step; and how many are new.

    `of` says what they belong to (这场活动), `each` what may have `most` of them (一场活动). Raises
    `UserError` when none is new, or when there would be too many.
    """
    new = [replace(photo, step=step) for photo in not_yet(there, photos)]
    if not new:
        said = f"这些照片已经在{of}里，没有再加一次。" if photos else "还没有选照片。"
        raise UserError(said, "请选别的照片。", field="photos")
    together = (*there, *new)
    if len(together) > most:
        raise UserError(
            f"{each}最多保存{most}张照片，现在会有{len(together)}张，没有添加。",
            "请挑选有代表性的。",
            field="photos",
        )
    return together, len(new)


def without_one(there: tuple[Photo, ...], sha256: str) -> tuple[tuple[Photo, ...], int]:
    """The photos without one of them, and which place it had, counted from 1."""
    place = place_of(there, sha256)
    return (*there[:place], *there[place + 1 :]), place + 1


def place_of(there: Sequence[Photo], sha256: str) -> int:
    """Where a photo stands, counted from 0. Raises `UserError` when it is not there."""
    for place, photo in enumerate(there):
        if photo.sha256 == sha256:
            return place
    raise UserError(
        "没有找到这张照片，它可能已被移除，没有改动。", "请刷新后再试。", field="photos"
    )


def captions_of(pictures: Sequence[Picture], limit: int) -> tuple[str, ...]:
    """The captions as they are kept; a `UserError` names the picture."""
    return tuple(
        caption_of(one.caption, place, limit) for place, one in enumerate(pictures, start=1)
    )


def caption_of(text: str, place: int, limit: int) -> str:
    """One caption as it is kept, that of the photo at a place counted from 1."""
    label = f"第{place}张照片的说明"
    return clean_line(text, limit=limit, label=label, field="captions") if text else ""
