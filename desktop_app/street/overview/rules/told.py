"""A street's overview of a period as data: the same for the page, for paper and for the command
line. Pure.

Stations are never ranked: they stand in the order of their codes, and who has not reported in the
order of the day until which it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.core.told import PeriodTold
from desktop_app.core.wording import Term

MOST_NAMED = 3
"""More stations than this are not named in a sentence; the list has them all."""


class Belonging(StrEnum):
    """Under whom the rows of a station are told that was merged into another one."""

    NOW = "now"
    THEN = "then"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Belonging.NOW: "按现在的站点", Belonging.THEN: "按当时的站点"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A station that has not reported what a period needs. `until` is the last day the street has
    its records of, None when nothing ever came."""

    code: str
    name: str
    until: date | None

    def words(self, today: date) -> str:
        """What is told of it: until when it has reported."""
        if self.until is None:
            return "还没有上报过"
        year = "" if self.until.year == today.year else f"{self.until.year}年"
        return f"报送到{year}{self.until.month}月{self.until.day}日"


@dataclass(frozen=True)
class StreetFigures(PeriodTold):
    """Everything an overview of a period tells of the street as a whole.

    `waiting` are the stations of which something of this period is still to come, the longest
    waited for first, of `expected` that are expected to report it. `merged` tells that some station
    was merged into another one.
    """

    street: str
    belonging: Belonging
    waiting: tuple[Waiting, ...]
    expected: int
    merged: bool

    @property
    def waiting_words(self) -> str:
        """How many stations have reported, in a sentence."""
        if not self.expected:
            return "还没有站点。"
        if self.today < self.period.first:
            return ""
        if not self.waiting:
            return f"{self.expected} 个站点都已报送。"
        named = "、".join(one.name for one in self.waiting[:MOST_NAMED])
        others = " 等" if len(self.waiting) > MOST_NAMED else ""
        return (
            f"{self.expected} 个站点中 {len(self.waiting)} 个{Term.NOT_REPORTED}：{named}{others}；"
            "下面的数不含它们还没有报来的。"
        )
