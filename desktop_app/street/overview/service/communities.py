"""Puts what was counted by place together by community. Every station writes down its own places,
so one community is several records: its code makes it one, and without a code its name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.registers.places.directory import Directory, natural_order
from desktop_app.registers.places.rules import Place, PlaceKind
from desktop_app.registers.places.store import everywhere
from desktop_app.street.overview import store

NO_COMMUNITY = "未写明社区"


@dataclass(frozen=True)
class Community:
    """A community on a day, and what was counted in its places; `key` tells it from others."""

    key: str
    name: str
    sums: store.Sums


def communities_on(
    connection: store.Connection, by_place: Mapping[str, store.Sums], day: date
) -> list[Community]:
    """Every community of which something was counted, in the order of their names, and last what
    names none."""
    directory = Directory(everywhere(connection))
    above: dict[str, Place | None] = {}
    for part in by_place:
        uid = parse_uid(part)
        above[part] = None if uid is None else _community(directory, uid, day)
    codes = {one.name_on(day): one.code for one in above.values() if one is not None and one.code}
    found: dict[str, store.Sums] = defaultdict(lambda: defaultdict(Counter))
    shown: dict[str, Place] = {}
    for part, sums in by_place.items():
        place = above[part]
        key = "" if place is None else place.code or codes.get(place.name_on(day), "")
        if place is not None:
            key = key or place.name_on(day)
            shown.setdefault(key, place)
        for kind, counts in sums.items():
            found[key][kind].update(counts)
    order = sorted(shown, key=lambda key: natural_order(shown[key], day)[:2])
    made = [Community(key, shown[key].name_on(day), found[key]) for key in order]
    return [*made, *([Community("", NO_COMMUNITY, found[""])] if "" in found else [])]


def _community(directory: Directory, uid: Uid, day: date) -> Place | None:
    """The community a place lay in on a day, or that it is."""
    path = directory.path_on(uid, day)
    return next((one for one in reversed(path) if one.kind is PlaceKind.COMMUNITY), None)
