"""Who comes to the activities of a demo station: residents, party members, partner units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities.rules.activity import ActivityKind, Group
from desktop_app.ledgers.activities.rules.attendance import Person as Guest
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Home, Person
from desktop_app.station.demo.themes import Theme

_USUALLY, _SPREAD, _FEWEST, _MOST = 26, 7, 9, 55
_AT_A_MEETING = (8, 15)
_FROM_A_PARTNER = (2, 4)
_BODIES = ("居民委员会", "业主委员会", "物业服务中心")
_VOLUNTEERS = 0.55


class Guests:
    """Picks who comes; `pool` grows with everybody the station gets to know."""

    def __init__(self, dice: Dice, names: Names, homes: Sequence[Home]) -> None:
        self._dice = dice
        self._names = names
        self._compounds: Mapping[Uid, str] = {home.uid: home.name for home in homes}
        self.pool: Sequence[Person] = ()

    def of(self, theme: Theme, where: str) -> list[Guest]:
        """The people of one activity, nobody twice and no two of one name."""
        count = self._count(theme)
        found = self._residents(theme, count)
        if theme.meeting:
            found = [*(self._from(body, Group.PARTNER) for body in _BODIES), *found]
        elif theme.partner:
            sent = self._dice.between(*_FROM_A_PARTNER)
            found += [self._from(theme.partner, Group.PARTNER) for _ in range(sent)]
        if theme.kind == ActivityKind.PARTY_DAY:
            while len(found) < _FEWEST:
                found.append(self._from(f"{where}小区党支部", Group.PARTY))
        return list({guest.name: guest for guest in found}.values())

    def _count(self, theme: Theme) -> int:
        if theme.meeting:
            return self._dice.between(*_AT_A_MEETING)
        return min(_MOST, max(_FEWEST, round(self._dice.gauss(_USUALLY, _SPREAD))))

    def _residents(self, theme: Theme, count: int) -> list[Guest]:
        """Of everybody known here; to 主题党日 only party members come."""
        found: dict[Uid, Guest] = {}
        for _ in range(count * 4):
            if len(found) == count or not self.pool:
                break
            person = self._dice.pick(self.pool)
            if person.resident is None:
                continue
            if theme.kind == ActivityKind.PARTY_DAY and person.draft.party is PartyKind.NONE:
                continue
            found.setdefault(person.resident.uid, self._resident(person, theme))
        return list(found.values())

    def _resident(self, person: Person, theme: Theme) -> Guest:
        assert person.resident is not None, "known here"
        compound = person.draft.compound
        return Guest(
            resident=person.resident.uid,
            name=person.draft.name,
            group=self._group(person, theme),
            unit=self._compounds.get(compound, "") if compound else "",
            phone=person.phone,
        )

    def _group(self, person: Person, theme: Theme) -> Group:
        if theme.kind == ActivityKind.VOLUNTEERING and self._dice.chance(_VOLUNTEERS):
            return Group.VOLUNTEER
        return Group.PUBLIC if person.draft.party is PartyKind.NONE else Group.PARTY

    def _from(self, unit: str, group: Group) -> Guest:
        """Somebody the station has no file of."""
        gender = self._dice.pick((Gender.MALE, Gender.FEMALE))
        name = self._names.of(gender, self._dice.between(1962, 2001), self._names.surname())
        return Guest(name=name, group=group, unit=unit)
