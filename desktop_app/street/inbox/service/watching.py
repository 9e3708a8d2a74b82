"""A folder that is looked into by itself, such as a share the stations put their bundles into.

A file is taken once it lies there unchanged from one look to the next: while it is being copied it
grows. What was taken in before, in another run of the program too, is known by its content.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.rights import Right
from desktop_app.core.settings import INBOX_FOLDER
from desktop_app.storage.os_errors import translate_away_error
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings, write_setting
from desktop_app.street.inbox.service.taking import is_parcel, sha256_of
from desktop_app.street.inbox.store import files

KIND = "settings"
WHAT = "查看收件文件夹"

Print = tuple[Path, int, int]
"""A file as it lay there: its size in bytes and when it was last written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """What lay in the folder: `there` are all files, `ready` those that are to be taken in, and
    `known` those that were found to have been taken in before."""

    there: Mapping[Path, Print] = field(default_factory=dict)
    ready: tuple[Path, ...] = ()
    known: frozenset[Print] = frozenset()


def never_taken(desk: Desk, paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those that were never taken in, as far as name and size tell; content is looked at later."""
    sizes = {path: size for path in paths if (size := _size(path)) is not None}
    with desk.reading(needs=Right.RECEIVE) as connection:
        known = files.settled_of(connection, {path.name for path in sizes})
    return tuple(path for path, size in sizes.items() if (path.name, size) not in known)


def watched_folder(desk: Desk) -> str:
    """The folder that is looked into; empty when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return read_settings(connection)[INBOX_FOLDER]


def watch(desk: Desk, folder: str) -> Changed[str]:
    """Look into this folder from now on, into none when it is empty; undo puts back the former."""
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        before = read_settings(unit.connection)[INBOX_FOLDER]
        written = write_setting(unit, INBOX_FOLDER, folder)

    def put_back(seat: Desk) -> Changed[str]:
        return watch(seat, before)

    return Changed(frozenset({KIND}), (), written, Undo("恢复设置", put_back))


def look(desk: Desk, folder: Path, before: Look, tried: Collection[Print]) -> Look:
    """Look once. `before` is the look before, `tried` what needs no second try: neither to be taken
    in nor to be read through, for these files may be large and lie on a share.

    Raises `EnvironmentFault` when the folder is not there.
    """
    there = _lying(folder)
    still = [path for path, seen in there.items() if before.there.get(path) == seen]
    fresh = [path for path in still if there[path] not in tried]
    if not fresh:
        return Look(there)
    with desk.reading(needs=Right.RECEIVE) as connection:
        settled = files.settled(connection)
    ready = tuple(path for path in fresh if sha256_of(path) not in settled)
    return Look(there, ready, frozenset(there[path] for path in set(fresh).difference(ready)))


def _lying(folder: Path) -> dict[Path, Print]:
    found: dict[Path, Print] = {}
    try:
        # A folder that is away gives no error of its own to whoever looks for names in it.
        folder.stat()
        for path in sorted(path for path in folder.iterdir() if is_parcel(path.name)):
            status = path.stat()
            found[path] = (path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise translate_away_error(error, WHAT) from error
    return found


def _size(path: Path) -> int | None:
    """None when it was pulled out while we looked."""
    try:
        return path.stat().st_size
    except OSError:
        return None
