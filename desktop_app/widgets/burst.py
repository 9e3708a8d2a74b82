"""Tells a card reader or scanner, which types like a keyboard, from a person. Pure; no Qt.

Such a device sends a run of characters a few milliseconds apart and ends it with Enter or Tab.
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
        starts = not self._marks or at_ms - self._last > self._gap
        if starts:
            self.reset()
        self._marks.append(mark)
        self._last = at_ms
        return starts

    def committed(self, text: str) -> None:
        """An input method gave this into the run: a letter it had held back, or its own words."""
        if not self._marks:
            return
        if text.isascii():
            self._marks.extend(text)
        else:
            self._spoilt = True

    def end(self, at_ms: int | None = None) -> str | None:
        """Enter or Tab came: the text of the burst, or None when a person typed.

        Without a time the run is ended as it stands, for an Enter that an input method ate. An
        empty text means: a device it was, but an input method spoilt what it sent.
        """
        marks, spoilt, device = self._marks, self._spoilt, self.is_device
        quick = at_ms is None or at_ms - self._last <= self._gap
        self.reset()
        if not quick or not device:
            return None
        return "" if spoilt else "".join(marks)

    def reset(self) -> None:
        """Something else happened: the run is over."""
        self._marks = []
        self._spoilt = False
