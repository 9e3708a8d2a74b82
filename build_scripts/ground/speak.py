"""What the starter says, and how it stops: one line a developer can act on, never a traceback."""

from __future__ import annotations

import sys

# The same figure the program itself answers with when the machine, not the person, is at fault.
ENVIRONMENT_FAILED = 4


class GroundMissing(Exception):
    """The machine lacks something that cannot be mended from here; the message is the way out."""


def say(sentence: str) -> None:
    """One line for people, kept out of standard output, where results go."""
    print(sentence, file=sys.stderr, flush=True)
