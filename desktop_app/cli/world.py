"""What a command touches outside itself: streams, environment, clock, and the face with Qt.

Everything particular to a process is in here, so that a command can be run inside a test.
"""

from __future__ import annotations

import getpass
import io
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from desktop_app.core.clock import Clock, SystemClock

if TYPE_CHECKING:
    from desktop_app.storage.keys import KdfCost

Ask = Callable[[str], str]
Found = list[tuple[str, bool, str]]
"""Parts of a self-test: name, whether it is in order, words."""


@dataclass
class World:
    """`ask(prompt)` reads a password without showing it; None where nobody sits at a terminal.

    `open_window(home)` and `look_at_screen()` are the doors to Qt; only `__main__` has them.
    `kdf_cost` is what a guess at a new password costs, None for the program's own measure.
    """

    out: TextIO
    err: TextIO
    source: io.BufferedIOBase
    environment: Mapping[str, str]
    clock: Clock
    ask: Ask | None
    open_window: Callable[[Path], int]
    look_at_screen: Callable[[], Found]
    kdf_cost: KdfCost | None = None


def this_process(open_window: Callable[[Path], int], look_at_screen: Callable[[], Found]) -> World:
    """The world as this process has it."""
    return World(
        out=_speaking(sys.stdout),
        err=_speaking(sys.stderr),
        source=_heard(sys.stdin),
        environment=os.environ,
        clock=SystemClock(),
        ask=getpass.getpass if sys.stdin is not None and sys.stdin.isatty() else None,
        open_window=open_window,
        look_at_screen=look_at_screen,
    )


def _heard(stream: TextIO | None) -> io.BufferedIOBase:
    if isinstance(stream, io.TextIOWrapper) and isinstance(stream.buffer, io.BufferedIOBase):
        return stream.buffer
    return io.BytesIO()


def _speaking(stream: TextIO | None) -> TextIO:
    """A stream that can say everything: UTF-8 for scripts, whatever a Windows console is.

    A program without a console has no streams at all.
    """
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        console = sys.platform == "win32" and stream.isatty()
        stream.reconfigure(
            encoding=stream.encoding if console else "utf-8", errors="backslashreplace"
        )
    return stream
