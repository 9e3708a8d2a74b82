"""How places lie below each other on a given day. Pure; a snapshot, nothing is kept up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.registers.places.rules import PARENTS, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree of one day, under the name it had then."""

    place: Place
    name: str
    children: tuple[Node, ...]


class Directory:
    """All places at one moment, and how they lay below each other on any day.

    Where the place above had ended by that day, its successor stands in for it: the communities of
    a merged street lie below the street that took over, without a row of theirs being touched.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.uid: place for place in places}

    def get(self, uid: Uid) -> Place | None:
        return self._places.get(uid)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def chain(self, place: Place) -> tuple[Place, ...]:
        """The place and those that took over one after another; a loop is cut where it closes."""
        chain = {place.uid: place}
        later = self._successor(place)
        while later is not None and later.uid not in chain:
            chain[later.uid] = later
            later = self._successor(later)
        return tuple(chain.values())

    def parent_on(self, place: Place, day: date) -> Place | None:
        """What the place lay below on a day.

        A parent of a kind it cannot lie below is no parent, wherever it came from: the kinds make
        no circle, so neither do the places.
        """
        above = None if place.parent is None else self._places.get(place.parent)
        if above is None:
            return None
        candidates = [later for later in self.chain(above) if later.kind in PARENTS[place.kind]]
        for candidate in candidates:
            if candidate.until is None or day <= candidate.until:
                return candidate
        return candidates[-1] if candidates else None

    def path_on(self, uid: Uid, day: date) -> tuple[Place, ...]:
        """From the topmost place down to this one; empty when there is no such place."""
        path: list[Place] = []
        place = self._places.get(uid)
        while place is not None:
            path.append(place)
            place = self.parent_on(place, day)
        return tuple(reversed(path))

    def names_on(self, uid: Uid, day: date) -> tuple[str, ...]:
        """The names along `path_on`, as they were called on that day."""
        return tuple(place.name_on(day) for place in self.path_on(uid, day))

    def tree_on(self, day: date) -> tuple[Node, ...]:
        """Every place that existed on a day, below the one it lay in, in natural order."""
        present = [place for place in self if place.exists_on(day)]
        below: dict[Uid | None, list[Place]] = {}
        uids = {place.uid for place in present}
        for place in present:
            above = self.parent_on(place, day)
            key = above.uid if above is not None and above.uid in uids else None
            below.setdefault(key, []).append(place)
        return _nodes(None, below, day)

    def _successor(self, place: Place) -> Place | None:
        return None if place.successor is None else self._places.get(place.successor)


def refuse_wrong_successor(place: Place, successor: Place, directory: Directory) -> None:
    """Raise `UserError` unless `successor` can take over what was the place's."""
    if successor.kind is not place.kind:
        raise UserError(
            f"{place.kind.label}只能由另一个{place.kind.label}承接。",
            "请重新选择承接的地点。",
            field="successor",
        )
    if place.uid in {later.uid for later in directory.chain(successor)}:
        raise UserError(
            "承接的地点最后又回到了这个地点自己，没有保存。",
            "请重新选择承接的地点。",
            field="successor",
        )


def refuse_same_name(place: Place, parent: Place | None, directory: Directory) -> None:
    """Raise `UserError` when another one in use has this name, of the same kind and place above.

    Nobody could tell the two apart in a list, and a name typed twice is a slip.
    """
    if place.until is not None:
        return
    for other in directory:
        same = (other.kind, other.parent, other.name) == (place.kind, place.parent, place.name)
        if same and other.until is None and other.uid != place.uid:
            where = f"{parent.name}下面" if parent else "本站"
            raise UserError(
                f"{where}已经有叫“{place.name}”的{place.kind.label}，没有保存。",
                "请核对名称；确实是另一个，请在名称里写出区别。",
                field="names",
            )


def _nodes(uid: Uid | None, below: Mapping[Uid | None, list[Place]], day: date) -> tuple[Node, ...]:
    places = sorted(below.get(uid, ()), key=lambda place: natural_order(place, day))
    return tuple(Node(place, place.name_on(day), _nodes(place.uid, below, day)) for place in places)


_DIGITS = re.compile(r"(\d+)")


def natural_order(place: Place, day: date) -> tuple[object, ...]:
    """Sort key: kind by kind, then as people count: 2栋 before 10栋."""
    parts = _DIGITS.split(place.name_on(day))
    # Odd parts are the digits, so that numbers are only ever compared with numbers.
    name = tuple(int(part) if index % 2 else part for index, part in enumerate(parts))
    return tuple(PlaceKind).index(place.kind), name, place.uid
