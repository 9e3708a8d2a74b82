"""What a place is, how places hang together, and what may be said of them. Pure.

A place is never rewritten: a new name is added with the day it counts from, a closed place keeps
its last day and names who took over. So an old record still reads as it did when it was made. The
public code table already differs from what was said of the same district a few years before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.text import clean_line, clean_text
from desktop_app.registers.places import codes

CODE_LIMIT = codes.CODE_LIMIT
NAME_LIMIT = 60
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
        """The latest name, which new records and lists show; empty when it came without one."""
        return self.names[-1].name if self.names else ""

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


def checked_place(place: Place) -> Place:
    """The place as it may be saved, cleaned; raises `InvalidInput` with every problem found."""
    problems: list[UserError] = []
    names = _checked_names(place, problems)
    code = place.code
    try:
        code = checked_code(place.kind, place.code)
    except UserError as problem:
        problems.append(problem)
    remark = clean_text(place.remark, limit=REMARK_LIMIT, label="备注", field="remark")
    if place.since and place.until and place.until < place.since:
        problems.append(_UNTIL_BEFORE_SINCE)
    if place.compound_type is not None and place.kind is not PlaceKind.COMPOUND:
        problems.append(
            UserError("只有小区才有小区类型。", "请清空小区类型后再保存。", field="compound_type")
        )
    if place.successor is not None and place.until is None:
        problems.append(
            UserError("写了承接的地点，却没有写截止日期。", "请填写截止日期。", field="until")
        )
    if problems:
        raise InvalidInput(problems)
    return replace(place, names=names, code=code, remark=remark)


_UNTIL_BEFORE_SINCE = UserError(
    "截止日期早于起始日期，没有保存。", "请核对这两个日期。", field="until"
)


def _checked_names(place: Place, problems: list[UserError]) -> tuple[PlaceName, ...]:
    names = tuple(
        replace(named, name=clean_line(named.name, limit=NAME_LIMIT, label="名称", field="names"))
        for named in place.names
    )
    if not names or not all(named.name for named in names):
        problems.append(UserError("名称还没有填写。", "请填写名称后再保存。", field="names"))
    for before, after in pairwise(names):
        if after.since is None or (before.since is not None and after.since <= before.since):
            problems.append(
                UserError(
                    "曾用名的起始日期没有从早到晚排列。",
                    "请给每个后来的名称写上启用日期。",
                    field="names",
                )
            )
    if names and place.until and names[-1].since and names[-1].since > place.until:
        problems.append(
            UserError("最后一个名称的启用日期晚于截止日期。", "请核对这两个日期。", field="names")
        )
    return names


def checked_code(kind: PlaceKind, text: str) -> str:
    """A code in its one spelling, or "" for none; raises `UserError` (see `codes`)."""
    code = codes.plain_code(text)
    if not code:
        return ""
    if kind is PlaceKind.STREET:
        return codes.street_code(code)
    if kind is PlaceKind.COMMUNITY:
        return codes.community_code(code)
    return codes.own_code(code)


def refuse_wrong_parent(place: Place, parent: Place | None) -> None:
    """Raise `UserError` unless `place` may lie below `parent`."""
    allowed = PARENTS[place.kind]
    if parent is None:
        if place.kind in NEEDS_PARENT:
            raise UserError(
                f"还没有选{place.kind.label}所在的上级。",
                f"请选择它所属的{_either(allowed)}。",
                field="parent",
            )
        return
    if parent.kind not in allowed:
        where = f"只能放在{_either(allowed)}下面" if allowed else "没有上级"
        raise UserError(
            f"{place.kind.label}{where}，不能放在{parent.kind.label}下面。",
            "请重新选择上级。",
            field="parent",
        )
    if (
        place.kind is PlaceKind.COMMUNITY
        and place.code
        and parent.code
        and place.code[:9] != parent.code[:9]
    ):
        raise UserError(
            f"社区编码前9位与{parent.name}的编码不一致。",
            "请核对社区编码，或核对所属街道。",
            field="code",
        )


def _either(kinds: frozenset[PlaceKind]) -> str:
    return "或".join(kind.label for kind in PlaceKind if kind in kinds)


def renamed(place: Place, name: str, since: date) -> Place:
    """The place with a name that counts from a day on; the names before it stay as they were.

    A second name for the same day corrects the first. Raises `UserError` for a day before the
    present name's or outside the place's own dates.
    """
    if not place.exists_on(since):
        raise UserError(
            "启用日期不在这个地点存在的时间里，没有改名。", "请核对日期。", field="since"
        )
    last = place.names[-1]
    if last.since is not None and since < last.since:
        raise UserError(
            f"现在的名称从{last.since:%Y-%m-%d}起使用，新名称不能更早，没有改名。",
            "请核对启用日期。",
            field="since",
        )
    kept = place.names[:-1] if last.since == since else place.names
    return replace(place, names=(*kept, PlaceName(name, since)))


def checked_link(link: PlaceLink, place: Place, other: Place) -> PlaceLink:
    """The link as it may be saved, its ends in the order of their kinds; raises `UserError`."""
    if link.since and link.until and link.until < link.since:
        raise _UNTIL_BEFORE_SINCE
    if place.kind is other.kind or not {place.kind, other.kind} <= LINKED_KINDS:
        raise UserError(
            f"{place.kind.label}和{other.kind.label}之间不能建立关联。",
            "站点、小区、党支部、网格等不同类的地点之间才可以关联。",
            field="other",
        )
    kinds = tuple(PlaceKind)
    first, second = sorted((place, other), key=lambda end: kinds.index(end.kind))
    remark = clean_text(link.remark, limit=REMARK_LIMIT, label="备注", field="remark")
    return replace(link, place=first.uid, other=second.uid, remark=remark)
