"""The offices one exchanges files with: the street a station belongs to, the stations of a street.

Pure. A station keeps one street, a street its stations and the keys each of them signs with. A
station's code never changes, its rows keep it for ever; what follows from a rename, a merger, a
split or a move is worked out here from the dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.record import NEVER, Record
from desktop_app.core.text import clean_line, clean_text, half_width

NAME_LIMIT = 40
NOTE_LIMIT = 500
REASON_LIMIT = 200
INVITATION_DAYS = 90
"""How long an invitation may be answered; a street makes another whenever it likes."""

_CODE = re.compile(r"[A-Z0-9]{2,8}")


class StationState(LabelledEnum):
    """How a station stands with its street."""

    EXPECTED = "expected", "待加入"
    JOINED = "joined", "已加入"
    REVOKED = "revoked", "密钥已吊销"
    MERGED = "merged", "已并入"
    MOVED = "moved", "已迁出"

    @property
    def over(self) -> bool:
        """Whether it is no station of this street any more."""
        return self in (StationState.MERGED, StationState.MOVED)


@dataclass(frozen=True, slots=True)
class Street:
    """The street a station belongs to: `signing` is its public key, bundles are sealed to all of
    `recipients` (its own opening key, and the one on paper)."""

    code: str
    name: str
    recipients: tuple[str, ...]
    signing: bytes
    joined_at: Millis = NEVER


@dataclass(frozen=True, slots=True)
class EarlierName:
    """A name a station had up to and including the day before `until`."""

    name: str
    until: date


@dataclass(frozen=True, kw_only=True)
class StationEntry(Record):
    """A station as its street knows it.

    `since` is its first day and `until` the first day it is none of this street's any more.
    `successor` is the code of the station that carries on its work; `origin` the code of the one
    it was split off from; `moved_to` names the street it went to.
    """

    code: str
    name: str
    since: date
    until: date | None = None
    state: StationState = StationState.EXPECTED
    successor: str = ""
    origin: str = ""
    moved_to: str = ""
    earlier_names: tuple[EarlierName, ...] = ()
    note: str = ""

    def name_on(self, day: date) -> str:
        """What it was called on a day."""
        for earlier in self.earlier_names:
            if day < earlier.until:
                return earlier.name
        return self.name

    def there_on(self, day: date) -> bool:
        """Whether it was a station of this street on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class StationKey:
    """A key a station signs with. `recipient` is what is sealed to it, `lineage` the line of its
    database when the key was accepted.

    `used_at` is when something signed by it first arrived, None for a key only announced; `until`
    when another took its place; `revoked_at` when the street stopped believing it, and why. `n`
    counts the keys in the order in which they came to be believed.
    """

    station: str
    public: bytes
    recipient: str
    lineage: str
    since: Millis
    until: Millis | None = None
    revoked_at: Millis | None = None
    reason: str = ""
    used_at: Millis | None = None
    request: str = ""
    n: int = 0

    @property
    def trusted(self) -> bool:
        """Whether what it signs is believed now."""
        return self.until is None and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station as the list shows it: `key` is the one that is believed, if any."""

    entry: StationEntry
    key: StationKey | None
    keys: tuple[StationKey, ...] = ()


class Structure:
    """Which station stands for which: as it is now, or as it was on a day."""

    def __init__(self, entries: Iterable[StationEntry]) -> None:
        self._entries = {entry.code: entry for entry in entries}

    def standing_for(self, code: str, on: date | None = None) -> str:
        """The code under which rows of station `code` are counted: its own while it was there on
        the day, afterwards that of who carries on its work. Without a day: as it is now."""
        passed = {code}
        entry = self._entries.get(code)
        while entry is not None and entry.successor and entry.successor not in passed:
            if on is not None and (entry.until is None or on < entry.until):
                break
            passed.add(entry.successor)
            entry = self._entries.get(entry.successor)
        return code if entry is None else entry.code

    def name(self, code: str, on: date | None = None) -> str:
        """What a station is called, or was called on a day; of one unknown its code."""
        entry = self._entries.get(code)
        if entry is None:
            return code
        return entry.name if on is None else entry.name_on(on)

    def living(self, on: date | None = None) -> tuple[StationEntry, ...]:
        """The stations of the street now, or on a day, by code."""
        found = [
            entry
            for entry in self._entries.values()
            if (not entry.state.over if on is None else entry.there_on(on))
        ]
        return tuple(sorted(found, key=_code))


def checked_code(text: str, field: str = "code") -> str:
    """A station's code, 2 to 8 Latin letters and digits; raises `UserError`."""
    code = half_width(text).strip().upper()
    if not _CODE.fullmatch(code):
        raise UserError(
            "站点编码要由2到8位字母或数字组成，例如 QR01，没有改动。",
            "请照站点清单上的编码填写。",
            field=field,
        )
    return code


def checked_name(text: str) -> str:
    """A station's full name; raises `UserError`."""
    name = clean_line(text, limit=NAME_LIMIT, label="站点名称", field="name")
    if not name:
        raise UserError("站点名称还没有填写，没有改动。", "请填写全称。", field="name")
    return name


def checked_place(text: str) -> str:
    """The street a station moves to; raises `UserError`."""
    name = clean_line(text, limit=NAME_LIMIT, label="迁往的街道", field="to")
    if not name:
        raise UserError("还没有写迁往哪个街道，没有改动。", "请写街道的全称。", field="to")
    return name


def checked_reason(text: str) -> str:
    """Why something was done; raises `UserError` when nobody said."""
    reason = clean_line(text, limit=REASON_LIMIT, label="原因", field="reason")
    if not reason:
        raise UserError("还没有写原因，没有改动。", "请写明原因，它会记入审计。", field="reason")
    return reason


def checked_note(text: str) -> str:
    """A note on a station; raises `UserError`."""
    return clean_text(text, limit=NOTE_LIMIT, label="备注", field="note")


def _code(entry: StationEntry) -> str:
    return entry.code
