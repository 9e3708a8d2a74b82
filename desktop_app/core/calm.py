"""Long work without pauses for everybody else.

Python's collector of cycles walks through every object there is, and holds all threads up
meanwhile: half a second when the rows of a large sheet are in memory. Rows hold no cycles, so it
may rest while they are made, and need not look at them afterwards.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def calm() -> Iterator[None]:
    """The collector rests meanwhile, and passes over what is there at the end until `let_go`."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def let_go() -> None:
    """What was passed over is looked at again: it is not needed any more."""
    gc.unfreeze()
