"""Tells a card reader or scanner, which types like a keyboard, from a person. Pure; no Qt.

Such a device sends a run of characters a few milliseconds apart. Enter or Tab may stand between
its fields and at its end. What the text means is for `core/burst.py`.
"""

from __future__ import annotations

LONGEST_GAP_MS = 35
"""Two keys further apart than this were not sent by a device."""

FEWEST_KEYS = 8
"""A shorter run may be a person rolling over the keys."""


class BurstDetector:
    """Feed it every key with its time in milliseconds; times come from the events themselves."""

    def __init__(
        self, longest_gap_ms: int = LONGEST_GAP_MS, fewest_keys: int = FEWEST_KEYS
    ) -> None:
        self._gap = longest_gap_ms
        self._fewest = fewest_keys
        self._marks: list[str] = []
        self._last = 0
        self._spoilt = False

    @property
    def is_device(self) -> bool:
        """Is the present run already too long and too quick for a person?"""
        return len(self._marks) >= self._fewest

    def key(self, mark: str, at_ms: int) -> bool:
        """A character was typed; is it the first of a new run?"""
        starts = not self.is_running(at_ms)
        if starts:
            self.reset()
        self._marks.append(mark)
        self._last = at_ms
        return starts

    def separator(self, mark: str, at_ms: int) -> bool:
        r"""Enter (`\n`) or Tab (`\t`) came; does it belong to a device, so that it must not act?"""
        if not self.is_running(at_ms):
            self.reset()
            return False
        self._marks.append(mark)
        self._last = at_ms
        return self.is_device

    def committed(self, text: str) -> None:
        """An input method gave this into the run: a letter it had held back, or its own words."""
        if not self._marks:
            return
        if text.isascii():
            self._marks.extend(text)
        else:
            self._spoilt = True

    def is_running(self, at_ms: int) -> bool:
        """Would a key at this time belong to the present run?"""
        return bool(self._marks) and at_ms - self._last <= self._gap

    def take(self) -> str | None:
        """End the run: its text when a device sent it, else None.

        An empty text means: a device it was, but an input method spoilt what it sent.
        """
        text = "".join(self._marks).strip("\t\n")
        spoilt, device = self._spoilt, self.is_device
        self.reset()
        if not device:
            return None
        return "" if spoilt else text

    def reset(self) -> None:
        """Something else happened: the run is over."""
        self._marks = []
        self._spoilt = False
