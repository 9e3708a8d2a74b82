"""What a lost thing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record


class Fate(LabelledEnum):
    """What became of it."""

    KEPT = "kept", "保管中"
    CLAIMED = "claimed", "已认领"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something it is recognised by."""

    word: str
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class LostThing(Record):
    """A thing that somebody brought to the station."""

    number: str
    what: str
    found_on: date
    fate: Fate = Fate.KEPT
    phone: str = ""
    finder_file: Uid | None = None
    marks: tuple[Mark, ...] = ()
    note: str = ""
