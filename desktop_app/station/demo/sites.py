"""The stations of the invented street: their names and codes, and what lies in the area of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.identity import Gender
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.scales import SCALES, Scale

_HERE = 2
"""So many times as often somebody comes from the compound of a small station as from all others."""

Community = Mapping[str, Any]
"""A community of `places.json` with its compounds."""


@dataclass(frozen=True)
class Site:
    """One station. `communities` lie in its area, `operators` are the names of who works there."""

    code: str
    name: str
    street: str
    communities: Sequence[Community]
    operators: Sequence[str]

    @property
    def issuer(self) -> str:
        """On whose behalf its papers are issued."""
        return f"{self.communities[0]['name']}居民委员会"

    @property
    def in_one_community(self) -> bool:
        return len(self.communities) == 1


@dataclass(frozen=True)
class Office:
    """The street itself: its code and name, and who works there."""

    code: str
    name: str
    operators: Sequence[str]


def street_office(seed: int) -> Office:
    """The invented street."""
    known = words.places()
    code = f"{known['code']}JD"
    return Office(code, known["street"], _operators(code, seed))


def site_of(scale: Scale) -> Site:
    """Where a demo station stands that is alone."""
    known = words.places()
    operators = words.names()["operators"]
    first, second, *_ = known["communities"]
    if scale is SCALES["hall"]:
        return Site(
            f"{known['code']}01",
            known["halls"][0],
            known["street"],
            known["communities"][:4],
            operators,
        )
    if scale is SCALES["middle"]:
        return _of_community(known, second, operators)
    return Site(
        f"{first['code']}01",
        _station(first["compounds"][0]["name"]),
        known["street"],
        [first],
        operators,
    )


def street_sites(seed: int) -> list[tuple[Site, Scale]]:
    """Every station of the street: its halls, one a community, one a compound."""
    known = words.places()
    found = [
        (
            Site(
                f"{known['code']}{number:02d}",
                name,
                known["street"],
                known["communities"],
                _operators(f"{known['code']}{number:02d}", seed),
            ),
            SCALES["hall"],
        )
        for number, name in enumerate(known["halls"], start=1)
    ]
    for community in known["communities"]:
        operators = _operators(_code(community), seed)
        found.append((_of_community(known, community, operators), SCALES["middle"]))
        for number, compound in enumerate(community["compounds"], start=1):
            code = _code(community, number)
            area = _around(community, compound["name"])
            name = _station(compound["name"])
            site = Site(code, name, known["street"], [area], _operators(code, seed))
            found.append((site, SCALES["small"]))
    return found


def _of_community(known: Mapping[str, Any], community: Community, operators: Sequence[str]) -> Site:
    return Site(
        _code(community), _station(community["name"]), known["street"], [community], operators
    )


def _code(community: Community, number: int = 0) -> str:
    return f"{community['code']}{number:02d}"


def _station(place: str) -> str:
    return f"{place}党群服务站"


def _around(community: Community, here: str) -> Community:
    """The community as a station in one of its compounds sees it."""
    known = community["compounds"]
    share = _HERE * sum(one["share"] for one in known if one["name"] != here)
    compounds = [{**one, "share": share} if one["name"] == here else one for one in known]
    return {**community, "compounds": compounds}


def _operators(code: str, seed: int) -> list[str]:
    """The names of a station's staff, nobody's twice."""
    dice = Dice(f"operators {code} {seed}")
    names = Names(dice)
    found: dict[str, None] = {}
    while len(found) < len(words.names()["operators"]):
        gender = dice.pick((Gender.MALE, Gender.FEMALE, Gender.FEMALE))
        found[names.of(gender, dice.between(1968, 1999), names.surname())] = None
    return list(found)
