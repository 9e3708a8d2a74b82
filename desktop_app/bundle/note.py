"""A few words sealed to public keys (age, ASCII armored), to lie inside a file that people read."""

from __future__ import annotations

from collections.abc import Sequence

import pyrage

from desktop_app.bundle.faults import Damaged, NotForUs
from desktop_app.bundle.keyring import NO_KEY_FITS, OpeningKey, read_recipient

MOST_CHARACTERS = 16 << 10


def seal_note(text: str, recipients: Sequence[str]) -> str:
    """The text so that only these recipients can read it; `age -d` can, too."""
    if not recipients:
        raise ValueError("nobody could open it")
    known = [read_recipient(one) for one in recipients]
    sealed: bytes = pyrage.encrypt(text.encode(), known, armored=True)
    return sealed.decode("ascii")


def open_note(sealed: str, keys: Sequence[OpeningKey]) -> str:
    """What `seal_note` closed. Raises `NotForUs` or `Damaged`."""
    if len(sealed) > MOST_CHARACTERS:
        raise Damaged
    try:
        opened = pyrage.decrypt(sealed.encode(), [key.identity for key in keys])
        return str(opened.decode())
    except pyrage.DecryptError as error:
        if NO_KEY_FITS in str(error):
            raise NotForUs from error
        raise Damaged from error
    except ValueError as error:
        raise Damaged from error
