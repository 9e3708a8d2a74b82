"""How much a parcel may hold, so that no file, whoever made it, fills a disk or the memory."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.bundle.archive import LARGEST
from desktop_app.bundle.bag import MOST_FILES


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. A file may be unpacked to `ratio` times its packed size, or to `free_size`
    however small it is packed; all files of a parcel together to `unpacked`.
    """

    archive: int = LARGEST
    unpacked: int = 2 * LARGEST
    files: int = MOST_FILES + 100
    ratio: int = 200
    free_size: int = 1 << 20
    line: int = 1 << 20
    json: int = 16 << 20


LIMITS = Limits()
