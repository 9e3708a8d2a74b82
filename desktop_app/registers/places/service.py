"""What is done with places: add, rename, move, close, link; and reading them as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.core.rights import Right
from desktop_app.registers.places import store
from desktop_app.registers.places.codes import DIVISION_DIGITS, next_code
from desktop_app.registers.places.directory import (
    Directory,
    Node,
    refuse_same_name,
    refuse_wrong_successor,
)
from desktop_app.registers.places.outline import Book, offers
from desktop_app.registers.places.record import KIND, LINK
from desktop_app.registers.places.rules import (
    CompoundType,
    Place,
    PlaceKind,
    PlaceLink,
    PlaceName,
    checked_link,
    checked_place,
    refuse_wrong_parent,
    renamed,
)
from desktop_app.storage.session import Desk

NO_COMPOUNDS = "还没有小区，请在“设置 · 地点”中新增。"
"""Stands below a 小区 picker that has nothing to offer."""


@dataclass(frozen=True, slots=True)
class CompoundChoice:
    """One line of a 小区 picker; `above` are the names of what it lies in, topmost first."""

    uid: Uid
    name: str
    above: tuple[str, ...]
    compound_type: CompoundType | None


def add(
    desk: Desk,
    *,
    kind: PlaceKind,
    name: str,
    parent: Uid | None = None,
    code: str = "",
    since: date | None = None,
    compound_type: CompoundType | None = None,
    remark: str = "",
) -> Changed[Place]:
    """A new place. Its name counts from the beginning."""
    return save(
        desk,
        Place(
            uid=desk.database.new_uid(),
            station=desk.database.station.code,
            kind=kind,
            names=(PlaceName(name),),
            code=code,
            parent=parent,
            since=since,
            compound_type=compound_type,
            remark=remark,
        ),
    )


def save(desk: Desk, place: Place) -> Changed[Place]:
    """Add a place, or correct one that was read before; a new name belongs into `rename`."""
    is_new = place.revision == 0
    label = "新增地点" if is_new else "修改地点"
    with desk.unit_of_work(label, needs=Right.MANAGE_STATION) as unit:
        before = None if is_new else store.PLACES.need(unit.connection, place.uid)
        if before is not None and before.kind is not place.kind:
            raise UserError(
                f"{before.kind.label}不能改成{place.kind.label}，没有保存。",
                "请新增一个地点，原来的填写截止日期。",
                field="kind",
            )
        saved = enter(unit, place)
    undo = Undo("撤销新增", _removing(saved)) if before is None else _back_to(before, saved)
    return changed(KIND.name, saved.uid, saved, undo=undo)


def rename(desk: Desk, uid: Uid, name: str, since: date) -> Changed[Place]:
    """Give a place a name that counts from a day on; what is older keeps the older name."""
    with desk.unit_of_work("地点改名", needs=Right.MANAGE_STATION) as unit:
        before = store.PLACES.need(unit.connection, uid)
        saved = enter(unit, renamed(before, name, since))
    return changed(KIND.name, uid, saved, undo=_back_to(before, saved))


def close(desk: Desk, uid: Uid, until: date, successor: Uid | None = None) -> Changed[Place]:
    """End a place with its last day; what lay in it lies in `successor` from the next day on."""
    with desk.unit_of_work("撤销地点", needs=Right.MANAGE_STATION) as unit:
        before = store.PLACES.need(unit.connection, uid)
        saved = enter(unit, replace(before, until=until, successor=successor))
    return changed(KIND.name, uid, saved, undo=_back_to(before, saved))


def reopen(desk: Desk, uid: Uid) -> Changed[Place]:
    """Take a place that had ended into use again: it never ended, and nothing took over from it."""
    with desk.unit_of_work("恢复地点", needs=Right.MANAGE_STATION) as unit:
        before = store.PLACES.need(unit.connection, uid)
        saved = enter(unit, replace(before, until=None, successor=None))
    return changed(KIND.name, uid, saved, undo=_back_to(before, saved))


def link(
    desk: Desk, place: Uid, other: Uid, *, since: date | None = None, remark: str = ""
) -> Changed[PlaceLink]:
    """Say that two places belong together (站点, 小区, 党支部, 网格 …), from a day on."""
    with desk.unit_of_work("关联地点", needs=Right.MANAGE_STATION) as unit:
        saved = enter_link(unit, place, other, since=since, remark=remark)
    return changed(LINK.name, saved.uid, saved, undo=Undo("撤销关联", _unlinking(saved)))


def enter_link(
    unit: Any, place: Uid, other: Uid, *, since: date | None = None, remark: str = ""
) -> PlaceLink:
    """Check a new link and save it: part of a unit of work."""
    first = store.PLACES.need(unit.connection, place)
    second = store.PLACES.need(unit.connection, other)
    draft = PlaceLink(
        uid=unit.new_uid(),
        station=unit.station.code,
        place=place,
        other=other,
        since=since,
        remark=remark,
    )
    for known in store.links_of(unit.connection, place):
        if known.beyond(place) == other and (known.until is None or _overlaps(known, since)):
            raise UserError(
                f"{first.name}和{second.name}已经关联，没有重复保存。",
                "如需更改日期，请先解除原来的关联。",
                field="other",
            )
    unit.about(f"{first.name} — {second.name}")
    return store.LINKS.put(unit, checked_link(draft, first, second))


def unlink(desk: Desk, uid: Uid, until: date) -> Changed[PlaceLink]:
    """End a link with its last day; the link stays readable for the time before."""
    with desk.unit_of_work("解除地点关联", needs=Right.MANAGE_STATION) as unit:
        before = store.LINKS.need(unit.connection, uid)
        ends = store.PLACES.many(unit.connection, (before.place, before.other))
        ended = replace(before, until=until)
        saved = store.LINKS.put(unit, checked_link(ended, ends[before.place], ends[before.other]))
        unit.about(f"{ends[before.place].name} — {ends[before.other].name}")

    def relink(desk: Desk) -> Changed[PlaceLink]:
        with desk.unit_of_work("恢复地点关联", needs=Right.MANAGE_STATION) as unit:
            again = store.LINKS.put(unit, replace(saved, until=before.until))
        return changed(LINK.name, uid, again)

    return changed(LINK.name, uid, saved, undo=Undo("撤销解除", relink))


def add_streets(desk: Desk, streets: Iterable[tuple[str, str]]) -> Changed[tuple[Place, ...]]:
    """Add streets by code and name, in one go; a code that is there already is left alone."""
    added = []
    with desk.unit_of_work("导入街道", needs=Right.MANAGE_STATION) as unit:
        for code, name in streets:
            draft = Place(
                uid=unit.new_uid(),
                station=unit.station.code,
                kind=PlaceKind.STREET,
                names=(PlaceName(name),),
                code=code,
            )
            street = checked_place(draft)
            if not store.with_code(unit.connection, unit.station.code, street.code):
                added.append(store.PLACES.put(unit, street))
        unit.about(f"街道 {len(added)}个")
    return Changed(frozenset({KIND.name}), tuple(place.uid for place in added), tuple(added))


def directory(desk: Desk) -> Directory:
    """All places as they stand, to be asked for any day."""
    with desk.reading(needs=Right.READ) as connection:
        return Directory(store.everywhere(connection))


def book(desk: Desk) -> Book:
    """All places and links at one moment, with what may be chosen among them today."""
    with desk.reading(needs=Right.READ) as connection:
        known = Directory(store.everywhere(connection))
        linked = tuple(store.all_links(connection))
    return Book(known, linked, offers(known, desk.today))


def get(desk: Desk, uid: Uid) -> Place:
    """One place; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.PLACES.need(connection, uid)


def tree(desk: Desk, day: date | None = None) -> tuple[Node, ...]:
    """The places of a day (today), each below the one it lay in."""
    return directory(desk).tree_on(day or desk.today)


def breadcrumb(desk: Desk, uid: Uid, day: date | None = None) -> tuple[str, ...]:
    """The names from the topmost place down to this one, as they were on a day (today)."""
    return directory(desk).names_on(uid, day or desk.today)


def compounds(desk: Desk, search: str = "", day: date | None = None) -> list[CompoundChoice]:
    """The 小区 of a day (today), in the tree's order; found by name, pinyin or initials."""
    when = day or desk.today
    known = directory(desk)
    choices = [
        CompoundChoice(
            place.uid,
            place.name_on(when),
            known.names_on(place.uid, when)[:-1],
            place.compound_type,
        )
        for place in _in_order(known.tree_on(when))
        if place.kind is PlaceKind.COMPOUND
    ]
    return pick(choices, search, lambda choice: (choice.name,))


def links(desk: Desk, uid: Uid, day: date | None = None) -> tuple[PlaceLink, ...]:
    """The links of a place that hold on a day (today)."""
    when = day or desk.today
    with desk.reading(needs=Right.READ) as connection:
        return tuple(known for known in store.links_of(connection, uid) if known.holds_on(when))


def all_links(desk: Desk) -> list[PlaceLink]:
    """Every living link, ended ones included, in the order they came."""
    with desk.reading(needs=Right.READ) as connection:
        return store.all_links(connection)


def get_link(desk: Desk, uid: Uid) -> PlaceLink:
    """One link; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.LINKS.need(connection, uid)


def suggest_code(desk: Desk, parent: Uid) -> str:
    """The next free own code for something in this community; "" when it has no code itself."""
    with desk.reading(needs=Right.READ) as connection:
        above = store.PLACES.need(connection, parent)
        if above.kind is not PlaceKind.COMMUNITY or len(above.code) != DIVISION_DIGITS:
            return ""
        return next_code(above.code, store.codes_from(connection, above.code))


def enter(unit: Any, place: Place) -> Place:
    """Check a place against itself and against the others and save it: part of a unit of work."""
    place = checked_place(place)
    connection = unit.connection
    known = Directory(store.everywhere(connection))
    parent = None if place.parent is None else store.PLACES.need(connection, place.parent)
    refuse_wrong_parent(place, parent)
    refuse_same_name(place, parent, known)
    if place.successor is not None:
        later = store.PLACES.need(connection, place.successor)
        refuse_wrong_successor(place, later, known)
    if place.code and set(store.with_code(connection, unit.station.code, place.code)) - {place.uid}:
        raise UserError(
            f"编码{place.code}已经用在另一个地点上，没有保存。", "请换一个编码。", field="code"
        )
    unit.about(f"{place.kind.label} {place.name}")
    return store.PLACES.put(unit, place)


def _back_to(before: Place, saved: Place) -> Undo:
    """Undo of a change: the same place as it was, unless somebody changed it again."""

    def restore(desk: Desk) -> Changed[Place]:
        with desk.unit_of_work("撤销地点改动", needs=Right.MANAGE_STATION) as unit:
            again = enter(unit, replace(before, revision=saved.revision))
        return changed(KIND.name, again.uid, again)

    return Undo("撤销改动", restore)


def _removing(saved: Place) -> Any:
    def remove(desk: Desk) -> Changed[Place]:
        with desk.unit_of_work("撤销新增地点", needs=Right.MANAGE_STATION) as unit:
            if store.has_below(unit.connection, saved.uid):
                raise UserError(
                    f"{saved.name}下面已有别的地点或关联，不能再撤销新增。",
                    "如已不用，请填写截止日期。",
                )
            unit.about(f"{saved.kind.label} {saved.name}")
            gone = store.PLACES.remove(unit, saved)
        return changed(KIND.name, gone.uid, gone)

    return remove


def _unlinking(saved: PlaceLink) -> Any:
    def remove(desk: Desk) -> Changed[PlaceLink]:
        with desk.unit_of_work("撤销地点关联", needs=Right.MANAGE_STATION) as unit:
            gone = store.LINKS.remove(unit, saved)
        return changed(LINK.name, gone.uid, gone)

    return remove


def _overlaps(known: PlaceLink, since: date | None) -> bool:
    return since is None or (known.until is not None and since <= known.until)


def _in_order(nodes: Iterable[Node]) -> Iterable[Place]:
    for node in nodes:
        yield node.place
        yield from _in_order(node.children)
