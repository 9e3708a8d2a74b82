"""What is mounted where on Linux: the lines of /proc/self/mountinfo, read and understood.

For `file_systems` and `drives`. Reading is apart from understanding, so that the samples of other
machines can be tried.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_MOUNTINFO = Path("/proc/self/mountinfo")
_OCTAL = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system.

    `device` is "major:minor"; `root` the folder of the file system that is seen at `point` ("/",
    but for bind mounts and subvolumes); `source` what was mounted: a device, a share, a name.
    """

    device: str
    root: str
    point: Path
    file_system: str
    source: str
    read_only: bool


def parse_mounts(text: str) -> tuple[Mount, ...]:
    """The mounts of a text like /proc/self/mountinfo (proc(5)); lines unlike it are left out."""
    return tuple(
        mount for mount in (_mount(line.split(" ")) for line in text.splitlines()) if mount
    )


def _mount(fields: list[str]) -> Mount | None:
    # Six fixed fields, any number of optional ones, a dash, three more.
    try:
        dash = fields.index("-", 6)
        kind, source, super_options = fields[dash + 1 : dash + 4]
    except ValueError:
        return None
    return Mount(
        device=fields[2],
        root=_without_octal(fields[3]),
        point=Path(_without_octal(fields[4])),
        file_system=kind,
        source=_without_octal(source),
        read_only="ro" in fields[5].split(",") or "ro" in super_options.split(","),
    )


def _without_octal(field: str) -> str:
    """A field as the kernel means it: it writes blanks and the like as \\040."""
    raw = _OCTAL.sub(
        lambda match: bytes([int(match[1], 8) & 0xFF]), field.encode("utf-8", "surrogateescape")
    )
    return os.fsdecode(raw)


def mounts() -> tuple[Mount, ...]:
    """What is mounted at this moment; nothing where the system does not tell."""
    try:
        return parse_mounts(_MOUNTINFO.read_text("utf-8", "surrogateescape"))
    except OSError:
        return ()


def mount_of(path: Path, among: Iterable[Mount]) -> Mount | None:
    """The mount that `path` lies on; None when none of them can be it."""
    best: Mount | None = None
    for mount in among:
        # The later of two mounts on one folder lies on top of the earlier one.
        if path.is_relative_to(mount.point) and (
            best is None or len(mount.point.parts) >= len(best.point.parts)
        ):
            best = mount
    return best
