"""A picture that a record shows, what is known of it beside the attachment that holds it, and one
that is offered to be taken in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    """

    sha256: str
    size: int
    width: int
    height: int
    taken_on: date | None = None
    caption: str = ""


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
