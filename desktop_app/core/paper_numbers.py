"""How a number that the program gave looks, wherever it is read again."""

from __future__ import annotations

import re

_PAPER_NUMBER = re.compile(r"[A-Z0-9]+-[A-Z]*[0-9]{4}[A-Z]{1,2}-[0-9]{5,}")
TELLING = 6
"""A shorter number of another ledger is one of a line; it tells nothing."""


def is_paper_number(text: str) -> bool:
    """Whether a text is written like a number of ours, of whatever station."""
    return _PAPER_NUMBER.fullmatch(text.upper()) is not None


def is_number_of_others(text: str) -> bool:
    """Whether a text may be the number of a platform or of an older ledger, that tells a record."""
    return len(text) >= TELLING and not is_paper_number(text)
