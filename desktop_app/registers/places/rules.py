"""What a place is, how places hang together, and what may be said of them. Pure.

A place is never rewritten: a new name is added with the day it counts from, a closed place keeps
its last day and names who took over. So an old record still reads as it did when it was made. The
public code table already differs from what was said of the same district a few years before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.text import clean_line, clean_text, half_width

NAME_LIMIT = 60
CODE_LIMIT = 20
REMARK_LIMIT = 500


class PlaceKind(LabelledEnum):
    """What sort of place; a 街道 stands for 镇 and 乡 as well."""

    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    STATION = "station", "站点"
    COMPOUND = "compound", "小区"
    BUILDING = "building", "楼栋"
    UNIT = "unit", "单元"
    GRID = "grid", "网格"
    BRANCH = "branch", "党支部"
    GROUP = "group", "党小组"
    TEMPORARY = "temporary", "临时组织"


class CompoundType(LabelledEnum):
    """What sort of 小区: it decides who is asked when something breaks."""

    COMMERCIAL = "commercial", "商品房"
    AFFORDABLE = "affordable", "保障房"
    RESETTLEMENT = "resettlement", "安置房"
    UNMANAGED = "unmanaged", "无物业"
    OLD = "old", "老旧片区"


PARENTS: Mapping[PlaceKind, frozenset[PlaceKind]] = {
    PlaceKind.STREET: frozenset(),
    PlaceKind.COMMUNITY: frozenset({PlaceKind.STREET}),
    PlaceKind.STATION: frozenset({PlaceKind.COMMUNITY, PlaceKind.STREET}),
    PlaceKind.COMPOUND: frozenset({PlaceKind.COMMUNITY}),
    PlaceKind.BUILDING: frozenset({PlaceKind.COMPOUND, PlaceKind.COMMUNITY}),
    PlaceKind.UNIT: frozenset({PlaceKind.BUILDING}),
    PlaceKind.GRID: frozenset({PlaceKind.COMMUNITY}),
    PlaceKind.BRANCH: frozenset({PlaceKind.COMMUNITY, PlaceKind.STREET}),
    PlaceKind.GROUP: frozenset({PlaceKind.BRANCH}),
    PlaceKind.TEMPORARY: frozenset({PlaceKind.COMMUNITY, PlaceKind.STREET}),
}
"""What a place may lie below."""

NEEDS_PARENT = frozenset({PlaceKind.BUILDING, PlaceKind.UNIT, PlaceKind.GROUP})
"""Without the place above it, 3栋 says nothing; a small station need not enter its street."""

LINKED_KINDS = frozenset(PlaceKind) - {PlaceKind.STREET, PlaceKind.COMMUNITY}
"""Kinds that may be linked across the tree: 站点, 小区, 党支部, 网格 are many-to-many in life."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name and its first day; `since` None: from the beginning, or nobody knows."""

    name: str
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Place(Record):
    """`names` in order of time, at least one. `since` and `until` are the first and the last day
    the place existed (None: unknown, and still there); `successor` took over after `until`."""

    kind: PlaceKind
    names: tuple[PlaceName, ...]
    code: str = ""
    parent: Uid | None = None
    since: date | None = None
    until: date | None = None
    compound_type: CompoundType | None = None
    successor: Uid | None = None
    remark: str = ""

    @property
    def name(self) -> str:
        """The latest name, which new records and lists show."""
        return self.names[-1].name

    def name_on(self, day: date) -> str:
        """The name that counted on a day; before the first known name, that name."""
        current = self.names[0].name
        for named in self.names:
            if named.since is None or named.since <= day:
                current = named.name
        return current

    def exists_on(self, day: date) -> bool:
        """Whether the place was there on that day; both ends count as there."""
        return _within(day, self.since, self.until)


@dataclass(frozen=True, kw_only=True)
class PlaceLink(Record):
    """Two places that belong together although neither lies below the other. Has no direction."""

    place: Uid
    other: Uid
    since: date | None = None
    until: date | None = None
    remark: str = ""

    def holds_on(self, day: date) -> bool:
        return _within(day, self.since, self.until)

    def beyond(self, uid: Uid) -> Uid:
        """The other end, seen from `uid`."""
        return self.other if uid == self.place else self.place


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)
