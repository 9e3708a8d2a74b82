"""Invented residents, household by household: who lives together shares a door and often a name.

Half of those who come to a station are over sixty. Nobody here is anybody: names are thrown,
numbers belong to no network and to no county, and no label is here that a counter must not keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.registers.residents.rules import (
    GUARDIAN_AGE,
    Guardian,
    PartyKind,
    Phone,
    Resident,
    ResidentDraft,
    ResidentKind,
    SpecialGroup,
    age_on,
)
from desktop_app.station.demo.dice import Dice, Table
from desktop_app.station.demo.names import Names

ELDER_AGE = 60
_SELDOM, _OFTEN = (1, 1, 1, 2, 2, 2, 3), (1, 1, 1, 2, 2, 3, 4)
_COMES_ALONE_FROM = 16


@dataclass(frozen=True, slots=True)
class Home:
    """A 小区 that people of the demo live in, with what its doors look like."""

    uid: Uid
    branch: Uid | None
    buildings: int
    units: int
    floors: int
    share: float
    rented: bool
    name: str = ""
    community: str = ""


@dataclass
class Person:
    """Somebody before and after the station knows him; `comes` is how often beside others.

    `came_for` is when he last came for which matter.
    """

    draft: ResidentDraft
    gender: Gender
    birth: date
    comes: int
    role: str
    household: list[Person] = field(default_factory=list, repr=False)
    resident: Resident | None = None
    regular: bool = False
    came_for: dict[str, date] = field(default_factory=dict)

    @property
    def phone(self) -> str:
        return self.draft.phones[0].number if self.draft.phones else ""

    def age(self, day: date) -> int:
        return age_on(self.birth, day)


class People:
    """Throws households until there are enough people."""

    def __init__(
        self,
        dice: Dice,
        names: Names,
        homes: Sequence[Home],
        words: dict[str, Any],
        first_day: date,
    ) -> None:
        self._dice = dice
        self._names = names
        self._homes = Table((home, home.share) for home in homes)
        self._workplaces: list[str] = words["workplaces"]
        self._far_away: list[str] = words["far_away"]
        self._first_day = first_day

    def thrown(self, count: int) -> list[Person]:
        """So many people, those of a household beside each other."""
        people: list[Person] = []
        while len(people) < count:
            people += self._household()
        return people[:count]

    def _household(self) -> list[Person]:
        home = self._dice.drawn(self._homes)
        members = self._dice.drawn(_HOUSEHOLDS)(self)
        door = self._door(home)
        known = [self._at_home(person, home, door) for person in members]
        for person in known:
            person.household = known
            person.draft = altered(person.draft, phones=self._phones(person, known))
        for person in known:
            person.draft = self._minded(person, known)
        return known

    def _door(self, home: Home) -> dict[str, Any]:
        dice = self._dice
        floor, door = dice.between(1, home.floors), dice.between(1, 4 if home.units == 1 else 2)
        return {
            "building": str(dice.between(1, home.buildings)),
            "unit": "" if home.units == 1 else str(dice.between(1, home.units)),
            "room": f"{floor}{door:02d}",
        }

    def _at_home(self, person: Person, home: Home, door: dict[str, Any]) -> Person:
        dice, draft = self._dice, person.draft
        migrant = person.role == "tenant" and dice.chance(0.7 if home.rented else 0.45)
        draft = altered(
            draft,
            compound=home.uid,
            **door,
            kind=ResidentKind.MIGRANT if migrant else ResidentKind.RESIDENT,
        )
        if dice.chance(0.58):
            number = self._names.id_number(person.gender, person.birth)
            draft = altered(draft, id_kind=IdKind.RESIDENT_ID_CARD, id_number=number)
        elif dice.chance(0.35):
            # At the counter often only the year is asked; then nothing is kept.
            draft = altered(draft, birth=None)
        person.draft = self._in_party(person, draft, home)
        return person

    def _phones(self, person: Person, household: list[Person]) -> tuple[Phone, ...]:
        age = age_on(person.birth, self._first_day)
        if age < _COMES_ALONE_FROM or self._dice.chance(0.06):
            return ()
        own = Phone(self._names.mobile())
        child = next((one for one in household if one.role in _CHILD_WORDS and one.phone), None)
        if age > 74 and child is not None and self._dice.chance(0.45):
            of_child = Phone(child.phone, _CHILD_WORDS[child.role])
            return (of_child,) if self._dice.chance(0.5) else (own, of_child)
        return (own,)

    def _minded(self, person: Person, household: list[Person]) -> ResidentDraft:
        """A child has a guardian; what is said of an old person follows from who lives there."""
        draft = person.draft
        if age_on(person.birth, self._first_day) < GUARDIAN_AGE:
            adult = next(one for one in household if one.role in _PARENT_WORDS)
            word = _PARENT_WORDS[adult.role]
            return altered(draft, guardian=Guardian(adult.draft.name, word, adult.phone))
        groups = tuple(self._groups(person, household))
        return altered(draft, special_groups=groups) if groups else draft

    def _groups(self, person: Person, household: list[Person]) -> Iterator[SpecialGroup]:
        dice, age = self._dice, age_on(person.birth, self._first_day)
        if age >= 68 and len(household) == 1 and dice.chance(0.4):
            yield SpecialGroup.LIVING_ALONE
        elif age >= 70 and len(household) == 2 and dice.chance(0.1):
            yield SpecialGroup.EMPTY_NEST
        if age >= 80 and dice.chance(0.5):
            yield SpecialGroup.AGED
        if dice.chance(0.015):
            yield SpecialGroup.DISABLED
        if age > 40 and dice.chance(0.012):
            yield SpecialGroup.MINIMUM_LIVING
        if person.gender is Gender.MALE and dice.chance(0.02):
            yield SpecialGroup.VETERAN

    def _in_party(self, person: Person, draft: ResidentDraft, home: Home) -> ResidentDraft:
        dice, age = self._dice, age_on(person.birth, self._first_day)
        if age < 22 or not dice.chance(0.13):
            return draft
        if age >= ELDER_AGE:
            kind = PartyKind.RETIRED if dice.chance(0.6) else PartyKind.COMPOUND
            return altered(draft, party=kind, party_branch=home.branch)
        if dice.chance(0.06):
            place = dice.pick(self._far_away)
            return altered(draft, party=PartyKind.MOBILE, flow_from=place)
        if dice.chance(0.6):
            place = dice.pick(self._workplaces)
            return altered(draft, party=PartyKind.EMPLOYED, workplace=place)
        return altered(draft, party=PartyKind.COMPOUND, party_branch=home.branch)

    # --- who lives behind a door -----------------------------------------------------------------

    def person(self, role: str, low: int, high: int, *, surname: str = "") -> Person:
        """Somebody between two ages on the station's first day."""
        dice = self._dice
        gender = _GENDERS.get(role) or (Gender.MALE if dice.chance(0.46) else Gender.FEMALE)
        days = dice.between(low * 365 + low // 4 + 1, high * 365 + high // 4 + 364)
        birth = self._first_day - timedelta(days=days)
        name = self._names.of(gender, birth.year, surname)
        comes = dice.pick(_OFTEN if low >= 58 else _SELDOM) if low >= _COMES_ALONE_FROM else 0
        draft = ResidentDraft(name=name, gender=gender, birth=birth)
        return Person(draft, gender, birth, comes, role)

    def old_couple(self) -> list[Person]:
        low = self._dice.between(61, 79)
        return [self.person("husband", low, low + 4), self.person("wife", low - 2, low + 3)]

    def old_alone(self) -> list[Person]:
        return [self.person(self._dice.pick(("husband", "wife", "wife")), 63, 90)]

    def three_generations(self) -> list[Person]:
        surname = self._names.surname()
        old = self.person("grandfather", 66, 84, surname=surname)
        if self._dice.chance(0.55):
            old = self.person("grandmother", 64, 86)
        son = self._dice.chance(0.62)
        child = self.person("son" if son else "daughter", 34, 50, surname=surname if son else "")
        found = [child, old]
        if self._dice.chance(0.14):
            family = child.draft.name[: len(surname)] if son else ""
            found.append(self.person("grandchild", 2, 13, surname=family))
        return found

    def family(self) -> list[Person]:
        surname = self._names.surname()
        father = self.person("son", 30, 57, surname=surname)
        mother = self.person("daughter", 29, 55)
        if self._dice.chance(0.1):
            return [father, mother, self.person("grandchild", 1, 12, surname=surname)]
        return [father, mother] if self._dice.chance(0.45) else [self._dice.pick((father, mother))]

    def tenant(self) -> list[Person]:
        return [self.person("tenant", 20, 52)]


_GENDERS = {
    "husband": Gender.MALE,
    "wife": Gender.FEMALE,
    "grandfather": Gender.MALE,
    "grandmother": Gender.FEMALE,
    "son": Gender.MALE,
    "daughter": Gender.FEMALE,
}
_CHILD_WORDS = {"son": "儿子", "daughter": "女儿"}
_PARENT_WORDS = {"son": "父亲", "daughter": "母亲"}

Household = Callable[[People], list[Person]]
_HOUSEHOLDS: Table[Household] = Table(
    (
        (People.old_couple, 21),
        (People.old_alone, 15),
        (People.three_generations, 20),
        (People.family, 30),
        (People.tenant, 16),
    )
)
