"""What was written for another office, and what may be said of the stick or folder it lies on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import Fault
from desktop_app.storage import drives as sticks
from desktop_app.storage.delivery import pull_words

_MOST_FOLDERS_SAID = 3


@dataclass(frozen=True, slots=True)
class Written:
    """`files` lie whole where they should; `words` say so, `fault` that they may not."""

    files: tuple[Path, ...] = ()
    words: str = ""
    fault: str = ""


def flushed(files: Iterable[Path]) -> Written:
    """Make sure that every disk has what was written to it, and say so, once for each.

    Takes as long as the slowest stick: call it in a job.
    """
    written = tuple(files)
    folders = list(dict.fromkeys(path.parent for path in written))
    removable = [drive.path for drive in sticks.drives()]
    said: list[str] = []
    for folder in folders:
        on_stick = any(folder.is_relative_to(stick) for stick in removable)
        try:
            words = pull_words(folder, removable=on_stick)
        except Fault as fault:
            return Written(written, "", fault.words)
        said.append(f"{folder}：{words}" if len(folders) > 1 else words)
    more = len(said) - _MOST_FOLDERS_SAID
    if more > 0:
        said[_MOST_FOLDERS_SAID:] = [f"另有 {more} 处也已写好。"]
    return Written(written, "\n".join(said))
