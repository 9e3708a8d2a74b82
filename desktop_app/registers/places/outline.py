"""The places as one looks at them: the tree as lines from top to bottom, and what may be chosen.

Pure. Unlike `Directory.tree_on`, which answers for one day, this shows what is yet to begin as
well, because who has just entered it looks for it, and what has ended when that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.core.pinyin import name_keys
from desktop_app.registers.places.directory import Directory, natural_order
from desktop_app.registers.places.rules import PARENTS, Place, PlaceKind, PlaceLink

_JOIN = " · "
_WIDE = (PlaceKind.STREET, PlaceKind.COMMUNITY)
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)", re.ASCII)

CHILD: Mapping[PlaceKind, PlaceKind] = {
    PlaceKind.STREET: PlaceKind.COMMUNITY,
    PlaceKind.COMMUNITY: PlaceKind.COMPOUND,
    PlaceKind.COMPOUND: PlaceKind.BUILDING,
    PlaceKind.BUILDING: PlaceKind.UNIT,
    PlaceKind.BRANCH: PlaceKind.GROUP,
}
"""What is most often entered below a place of a kind; kinds that hold nothing are not here."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place under its name of today (its last one, when it has ended), `depth` steps down.

    `within` names what it lies in: without it 3栋 says nothing.
    """

    place: Place
    name: str
    depth: int
    within: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A place to choose: `label` says which 3栋 it is, `found_by` holds pinyin and initials.

    One that has ended is offered only to what lies in it already.
    """

    uid: Uid
    kind: PlaceKind
    label: str
    found_by: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All that is known of places at one moment: what a screen shows and lets one choose from."""

    known: Directory
    links: tuple[PlaceLink, ...] = ()
    offers: tuple[Offer, ...] = ()

    def name_of(self, uid: Uid | None) -> str:
        """What a place is called now, or empty when there is none."""
        place = None if uid is None else self.known.get(uid)
        return "" if place is None else place.name

    def living(self) -> list[Offer]:
        """What may be chosen for the time to come."""
        return [one for one in self.offers if not one.ended]

    def links_of(self, place: Place) -> list[PlaceLink]:
        """The links of a place, ended ones included."""
        return [link for link in self.links if place.uid in (link.place, link.other)]


def outline(known: Directory, day: date, *, with_ended: bool = False) -> tuple[Line, ...]:
    """Every place that has not ended by `day`, each below the one it lies in, in natural order.

    Those that have ended stand where they lay on their last day, when they are asked for.
    """
    shown = [place for place in known if with_ended or not has_ended(place, day)]
    uids = {place.uid for place in shown}
    below: dict[Uid | None, list[Place]] = {}
    for place in shown:
        above = known.parent_on(place, moment(place, day))
        key = above.uid if above is not None and above.uid in uids else None
        below.setdefault(key, []).append(place)
    return tuple(_lines(None, 0, below, known, day))


def narrowed(lines: Sequence[Line], words: str, kind: PlaceKind | None) -> list[Line]:
    """The lines of a kind that a word, initials or a code finds, former names included.

    What remains of a tree is no tree: the lines come without their depth, the better fits first.
    """
    if not words and kind is None:
        return list(lines)
    some = [replace(line, depth=0) for line in lines if kind in (None, line.place.kind)]
    return pick(some, words, _found_by)


def offers(known: Directory, day: date) -> tuple[Offer, ...]:
    """What may be chosen as a parent, a successor or the other end of a link, as the tree has it.

    The first call loads the readings of characters (0.3 s).
    """
    return tuple(_offer(known, line, day) for line in outline(known, day, with_ended=True))


def lying_in(known: Directory, place: Place, day: date) -> list[Place]:
    """What lies directly below a place and has not ended."""
    return [
        other
        for other in known
        if not has_ended(other, day)
        and (above := known.parent_on(other, day)) is not None
        and above.uid == place.uid
    ]


def beside(known: Directory, kind: PlaceKind, parent: Uid | None, day: date) -> list[str]:
    """The names of those of a kind that lie directly below `parent`, in natural order."""
    some = [
        place
        for place in known
        if place.kind is kind and place.parent == parent and not has_ended(place, day)
    ]
    some.sort(key=lambda place: natural_order(place, day))
    return [place.name_on(moment(place, day)) for place in some]


def near(known: Directory, uid: Uid | None, kind: PlaceKind, day: date) -> Uid | None:
    """Where a new place of a kind most likely lies, seen from `uid`: there, or in what holds it.

    Seen from nowhere, it is the only place it can lie in.
    """
    allowed = PARENTS[kind]
    path = () if uid is None else known.path_on(uid, day)
    for place in reversed(path):
        if place.kind in allowed and not has_ended(place, day):
            return place.uid
    able = [place for place in known if place.kind in allowed and not has_ended(place, day)]
    closest = [place for place in able if place.kind is not PlaceKind.STREET] or able
    return closest[0].uid if len(closest) == 1 else None


def next_name(name: str) -> str:
    """The name that counts on: 4栋 after 3栋; empty when there is no number in it."""
    found = _LAST_NUMBER.search(name)
    if found is None:
        return ""
    number = str(int(found[0]) + 1).zfill(len(found[0]))
    return name[: found.start()] + number + name[found.end() :]


def has_ended(place: Place, day: date) -> bool:
    """Whether the place's last day is over."""
    return place.until is not None and place.until < day


def moment(place: Place, day: date) -> date:
    """The day nearest to `day` on which the place was there."""
    if has_ended(place, day):
        assert place.until is not None
        return place.until
    return place.since if place.since is not None and day < place.since else day


def _lines(
    uid: Uid | None,
    depth: int,
    below: Mapping[Uid | None, list[Place]],
    known: Directory,
    day: date,
) -> Iterator[Line]:
    for place in sorted(below.get(uid, ()), key=lambda place: natural_order(place, day)):
        when = moment(place, day)
        path = known.path_on(place.uid, when)[:-1]
        came = _came_from(known, place, path)
        # The street of a 小区 is clear from its community; the 小区 of a 单元 from nothing else.
        while len(path) > 1 and path[0].kind in _WIDE:
            path = path[1:]
        within = _JOIN.join(above.name_on(when) for above in path) + came
        yield Line(place, place.name_on(when), depth, within)
        yield from _lines(place.uid, depth + 1, below, known, day)


def _came_from(known: Directory, place: Place, path: Sequence[Place]) -> str:
    """Where a place lay before that was merged: 1栋 of the one and of the other are two."""
    before = None if place.parent is None else known.get(place.parent)
    if before is None or not path or path[-1].uid == before.uid:
        return ""
    return f"（原{before.name}）"


def _found_by(line: Line) -> Iterable[str]:
    return filter(None, (line.name, *(one.name for one in line.place.names), line.place.code))


def _offer(known: Directory, line: Line, day: date) -> Offer:
    path = known.path_on(line.place.uid, moment(line.place, day))[:-1]
    narrow = [place.name for place in path if place.kind not in _WIDE]
    found_by = [*(place.name for place in path), *sorted(name_keys(line.name))]
    ended = has_ended(line.place, day)
    came = _came_from(known, line.place, path)
    label = _JOIN.join([*narrow, line.name]) + came + ("（已撤销）" if ended else "")
    return Offer(line.place.uid, line.place.kind, label, " ".join(found_by), ended)
