"""Which units a demo station has for partners, and what becomes of its agreements with them.

Everything is invented. The 统一社会信用代码 are in order by their check character, and of a county
that does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Any

from desktop_app.core.identity import Gender, credit_check_character
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    Content,
    PromiseKind,
    Rhythm,
)
from desktop_app.ledgers.agreements.rules.entry import AgreementForm, PromiseForm, form_of
from desktop_app.registers.partners.rules import Contact, Partner, PartnerForm, UnitKind
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Home
from desktop_app.station.demo.stage import Span

NOWHERE = "350899"
"""A county that does not exist in GB/T 2260: no unit has such a code."""

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MORE_PARTNERS, _LEAVES_FROM = 3, 8
_SERVES_SOME, _MORE_CONTACTS, _FILED = 0.35, 0.3, 0.25
_SERVICE_PHONE = "2000110"


class Fate(Enum):
    """What becomes of an agreement by the day the demo is opened."""

    RUNNING = auto()
    EXPIRING = auto()
    DRAFT = auto()
    RENEWED = auto()
    SUPPLEMENTED = auto()
    ENDED = auto()
    EXPIRED = auto()


_FATES = (
    Fate.RUNNING, Fate.EXPIRING, Fate.DRAFT, Fate.RENEWED, Fate.SUPPLEMENTED, Fate.ENDED,
    Fate.EXPIRED, Fate.RUNNING, Fate.SUPPLEMENTED, Fate.RENEWED, Fate.RUNNING, Fate.RENEWED,
    Fate.RUNNING, Fate.SUPPLEMENTED,
)  # fmt: skip


@dataclass(frozen=True)
class Ally:
    """A unit: the day it is entered, and the day it is no partner any more."""

    form: PartnerForm
    contents: tuple[Content, ...]
    venues: str
    met_on: date
    left_on: date | None = None

    @property
    def name(self) -> str:
        return self.form.name


@dataclass(frozen=True)
class Treaty:
    """An agreement to come: `drafted_on` and `entered_on` are when it is written down here,
    `signed_on` to `ends_on` what stands in it, `turns_on` when its fate comes about."""

    ally: Ally
    fate: Fate
    drafted_on: date
    entered_on: date
    signed_on: date
    starts_on: date
    ends_on: date
    turns_on: date | None = None


def fates(count: int) -> list[Fate]:
    """What becomes of so many agreements; one that is renewed stands for two."""
    found: list[Fate] = []
    place = made = 0
    while made < count:
        fate = _FATES[place % len(_FATES)]
        place += 1
        if fate is Fate.RENEWED and made + 2 > count:
            continue
        if fate is Fate.DRAFT and Fate.DRAFT in found:
            fate = Fate.RUNNING
        found.append(fate)
        made += 2 if fate is Fate.RENEWED else 1
    return found


def allies_of(
    dice: Dice, names: Names, homes: Sequence[Home], span: Span, count: int
) -> list[Ally]:
    """The first so many units of the word list and some more that sign nothing."""
    lines = words.rows("partners.csv")[: count + _MORE_PARTNERS]
    early = max(2, min(40, span.days // 12))
    found = []
    for number, line in enumerate(lines):
        met = span.first + timedelta(days=dice.between(1, early))
        left = None
        if number == len(lines) - 1 and count >= _LEAVES_FROM:
            left = span.today - timedelta(days=dice.between(20, max(21, span.days // 3)))
        form = _partner_form(dice, names, homes, line, met)
        contents = tuple(one for one in Content if one.label in line["contents"].split("|"))
        found.append(Ally(form, contents, line["venues"], met, left))
    return found


def _partner_form(
    dice: Dice, names: Names, homes: Sequence[Home], line: dict[str, str], met: date
) -> PartnerForm:
    head, _ = _person(dice, names)
    liaison, phone = _person(dice, names)
    contacts: tuple[Contact, ...] = ()
    if dice.chance(_MORE_CONTACTS):
        name, number = _person(dice, names)
        contacts = (Contact(name, "党务干事", number),)
    some = dice.chance(_SERVES_SOME)
    return PartnerForm(
        name=line["name"],
        short_name=line["short"] if line["short"] != line["name"] else "",
        credit_code=credit_code(dice, line["register"]),
        unit_kind=next(kind for kind in UnitKind if kind.label == line["kind"]),
        party_organisation=line["organisation"],
        address=f"云栎街道{line['name'][:2]}路{dice.between(2, 188)}号",
        head=head,
        head_phone=names.mobile(),
        liaison=liaison,
        liaison_phone=phone,
        contacts=contacts,
        specialities=line["specialities"],
        compounds=(dice.pick(homes).uid, dice.pick(homes).uid) if some else (),
        former_names=(line["former"],) if line["former"] else (),
        since=met - timedelta(days=dice.between(0, 700)),
    )


def credit_code(dice: Dice, register: str) -> str:
    """A 统一社会信用代码 of GB 32100-2015 that no unit has."""
    body = register + NOWHERE + "".join(dice.pick(_CODE_CHARACTERS) for _ in range(9))
    return body + credit_check_character(body)


def _person(dice: Dice, names: Names) -> tuple[str, str]:
    gender = dice.pick((Gender.MALE, Gender.FEMALE))
    return names.of(gender, dice.between(1966, 1996), names.surname()), names.mobile()


def treaties_of(dice: Dice, allies: Sequence[Ally], span: Span, count: int) -> list[Treaty]:
    """So many agreements, each with another unit while there are enough of them."""
    found = []
    staying = [ally for ally in allies if ally.left_on is None]
    for place, fate in enumerate(fates(count)):
        found.append(_treaty(dice, staying[place % len(staying)], fate, span))
    return found


def _treaty(dice: Dice, ally: Ally, fate: Fate, span: Span) -> Treaty:
    today = span.today
    years = dice.between(1, 3)
    if fate is Fate.DRAFT:
        starts = today + timedelta(days=dice.between(10, 30))
        drafted = today - timedelta(days=dice.between(2, 9))
        return Treaty(ally, fate, drafted, drafted, drafted, starts, _end_of(starts, years))
    ends = {
        Fate.EXPIRING: lambda: today + timedelta(days=dice.between(8, 25)),
        Fate.EXPIRED: lambda: today - timedelta(days=dice.between(6, 35)),
        Fate.RENEWED: lambda: today - timedelta(days=dice.between(12, min(300, span.days // 4))),
    }.get(fate, lambda: today + timedelta(days=dice.between(70, 365 * years - 80)))()
    starts = ends - timedelta(days=365 * years)
    signed = starts - timedelta(days=dice.between(0, 12))
    # What was signed before the station kept records is entered in its first weeks.
    entered = max(signed, ally.met_on + timedelta(days=dice.between(3, 9)))
    drafted = max(ally.met_on + timedelta(days=1), entered - timedelta(days=dice.between(1, 14)))
    turns = _turn(dice, fate, entered, ends, today)
    return Treaty(ally, fate, drafted, entered, signed, starts, ends, turns)


def _turn(dice: Dice, fate: Fate, entered: date, ends: date, today: date) -> date | None:
    low, high = entered + timedelta(days=6), today - timedelta(days=3)
    if fate is Fate.RENEWED:
        return max(low, ends - timedelta(days=dice.between(14, 24)))
    if low >= high:
        return None
    return low + timedelta(days=dice.between(0, (high - low).days))


def _end_of(starts: date, years: int) -> date:
    return starts + timedelta(days=365 * years - 1)


class Terms:
    """What stands in agreements. `station` and `community` are party 甲."""

    def __init__(self, dice: Dice, names: Names, community: str, liaison: str) -> None:
        self._dice = dice
        self._names = names
        self._community = community
        self._liaison = liaison
        self._head = _person(dice, names)[0]
        self.words = words.Sayings("agreements.csv")

    def person(self) -> tuple[str, str]:
        """Somebody else to call."""
        return _person(self._dice, self._names)

    def form(self, partner: Partner, treaty: Treaty) -> AgreementForm:
        """An agreement as it is drafted."""
        dice, say = self._dice, self.words
        filed = dice.pick(say["filed"]) if dice.chance(_FILED) else ""
        return AgreementForm(
            partner=partner.uid,
            party_a=f"{self._community}党委",
            a_head=self._head,
            a_liaison=self._liaison,
            a_phone=_SERVICE_PHONE,
            party_b=partner.party_organisation or partner.name,
            credit_code=partner.credit_code,
            b_head=partner.head,
            b_liaison=partner.liaison,
            b_phone=partner.liaison_phone,
            starts_on=treaty.starts_on,
            ends_on=treaty.ends_on,
            goals=dice.pick(say["goals"]),
            contents=treaty.ally.contents,
            contents_words=dice.pick(say["words"]),
            a_duties=dice.pick(say["a_duties"]),
            b_duties=dice.pick(say["b_duties"]),
            demand_every=dice.pick((Rhythm.MONTH, Rhythm.QUARTER, Rhythm.QUARTER)),
            platform=dice.pick(say["platform"]),
            venues=treaty.ally.venues,
            promises=self._promises(),
            meeting_every=dice.pick((Rhythm.QUARTER, Rhythm.HALF_YEAR)),
            quarterly_report=dice.chance(0.4),
            changes_words=dice.pick(say["changes"]),
            copies=3 if filed else 2,
            copies_each=1,
            filed_with=filed,
        )

    def _promises(self) -> tuple[PromiseForm, ...]:
        dice = self._dice
        found = [PromiseForm(PromiseKind.ACTIVITIES, dice.between(2, 4))]
        if dice.chance(0.7):
            found.append(PromiseForm(PromiseKind.OFFERS, dice.between(1, 2)))
        if dice.chance(0.7):
            found.append(PromiseForm(PromiseKind.SOLVED, dice.between(1, 4)))
        if dice.chance(0.4):
            found.append(PromiseForm(PromiseKind.MEETINGS, 2))
        return tuple(found)

    def supplement(self, agreement: Agreement) -> tuple[str, dict[str, Any]]:
        """What a supplement says and which terms it changes."""
        more, at_home, longer = self.words["supplement"]
        throw = self._dice.random()
        if throw < 0.4:
            promises = tuple(
                PromiseForm(one.kind, one.amount + 2, one.words, one.uid)
                if one.kind is PromiseKind.ACTIVITIES
                else one
                for one in form_of(agreement).promises
            )
            return more, {"promises": promises}
        if throw < 0.7 or agreement.ends_on is None:
            return at_home, {"contents": (*agreement.contents, Content.SERVICES)}
        ends = agreement.ends_on + timedelta(days=182)
        return f"{longer}，至{paper_day(ends)}止", {"ends_on": ends}
