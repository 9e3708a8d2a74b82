"""What a sealed file shows to everybody: its name and its size. Nothing here is proven.

A name gives away no more than the station and the change numbers:
`上报包-QR01-000121-000340.jlb`, `上报包-QR01-000121-000340-照片1.jlb`, `回执-QR01-000340.jlb`,
`对账-QR01-000340.jlb`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from desktop_app.bundle.faults import NoParcel, reading_failed
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.seal import LONGEST_HEADER, check_beginning

SUFFIX = ".jlb"

_WORDS = {
    ParcelKind.BUNDLE: "上报包",
    ParcelKind.PHOTOS: "上报包",
    ParcelKind.RECEIPT: "回执",
    ParcelKind.SNAPSHOT: "对账",
}
_WITH_FIRST = frozenset({ParcelKind.BUNDLE, ParcelKind.PHOTOS})
_NAME = re.compile(
    r"(?P<word>上报包|回执|对账)-(?P<office>\w(?:[\w.]|-(?!\d{6}))*)(?:-(?P<first>\d{6,}))?"
    r"-(?P<last>\d{6,})(?:-照片(?P<part>\d+))?.*\.jlb",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What can be known of a file without a key. What the NAME says may be wrong: files are
    renamed. `kind`, `office`, `first`, `last` are None where the name does not say so; `part` is a
    photo parcel's. `sha256` is that of the file, as in `Sealed` and `OpenParcel`.
    """

    name: str
    size: int
    sha256: str
    kind: ParcelKind | None = None
    office: str | None = None
    first: int | None = None
    last: int | None = None
    part: int | None = None


def file_name(kind: ParcelKind, office: str, first: int, last: int, part: int = 1) -> str:
    """How a parcel about `office` (the station's code, both ways) is called."""
    numbers = f"-{first:06d}-{last:06d}" if kind in _WITH_FIRST else f"-{last:06d}"
    photos = f"-照片{part}" if kind is ParcelKind.PHOTOS else ""
    return f"{_WORDS[kind]}-{office}{numbers}{photos}{SUFFIX}"


def read_label(path: Path) -> Label:
    """Look at a file from outside. Raises `NoParcel` when it is none of ours by its beginning, and
    `EnvironmentFault` when it cannot be read.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            piece = file.read(LONGEST_HEADER)
            check_beginning(piece)
            while piece:
                digest.update(piece)
                size += len(piece)
                piece = file.read(1 << 20)
    except IsADirectoryError as error:
        raise NoParcel("这是一个文件夹，不是文件") from error
    except OSError as error:
        raise reading_failed() from error
    return _named(path.name, size, digest.hexdigest())


def _named(name: str, size: int, sha256: str) -> Label:
    match = _NAME.fullmatch(name)
    if match is None:
        return Label(name, size, sha256)
    kind = next(kind for kind, word in _WORDS.items() if word == match["word"])
    if kind is ParcelKind.BUNDLE and match["part"]:
        kind = ParcelKind.PHOTOS
    first, part = match["first"], match["part"]
    return Label(
        name, size, sha256, kind, match["office"], int(first) if first else None,
        int(match["last"]), int(part) if part else None,
    )  # fmt: skip
