"""Invented names as a register of a Fujian town holds them, rare and polyphone ones included."""

from __future__ import annotations

from datetime import date

from desktop_app.core.identity import Gender, citizen_check_digit
from desktop_app.core.text import MIDDLE_DOT
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice

_SHARE_RARE = 0.012
_SHARE_MINORITY = 0.006
_SHARE_FOREIGN = 0.001
_SHARE_SINGLE = 0.09

# Prefixes that no network has given out, so that no number here rings at anybody's.
_PREFIXES = ("154", "160", "161", "163", "164", "168", "169")
# A county that does not exist in GB/T 2260: nobody has such a number.
_NOWHERE = "350899"


class Names:
    """Throws names, telephone and 证件 numbers. No number is thrown twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        known = words.names()
        self._surnames = words.weighted(known["surnames"])
        self._given = [
            (part["until"], {key: _syllables(part[key]) for key in ("male", "female")})
            for part in known["given"]
        ]
        self._single = _lists(known["single"])
        self._rare = _lists(known["rare"])
        self._minority = {key: _parts(groups) for key, groups in known["minority"].items()}
        self._foreign = known["foreign"]
        self._used: set[str] = set()

    def surname(self) -> str:
        return self._dice.drawn(self._surnames)

    def of(self, gender: Gender, born: int, surname: str = "") -> str:
        """A whole name of somebody born in that year; `surname` when it runs in the family."""
        dice, key = self._dice, "male" if gender is Gender.MALE else "female"
        if not surname:
            if dice.chance(_SHARE_MINORITY):
                first, second = dice.pick(self._minority[key])
                return f"{dice.pick(first)}{MIDDLE_DOT}{dice.pick(second)}"
            if dice.chance(_SHARE_FOREIGN):
                return str(dice.pick(self._foreign[key]))
        return (surname or self.surname()) + self._given_name(key, born)

    def _given_name(self, key: str, born: int) -> str:
        dice = self._dice
        if 1960 < born < 2000 and dice.chance(_SHARE_SINGLE):
            return dice.pick(self._single[key])
        first, second = next(syllables[key] for until, syllables in self._given if born <= until)
        head = dice.pick(first)
        tail = dice.pick(self._rare[key] if dice.chance(_SHARE_RARE) else second)
        return head + tail if head != tail else head

    def mobile(self) -> str:
        """A telephone number that nobody has."""
        while True:
            number = f"{self._dice.pick(_PREFIXES)}{self._dice.between(0, 99_999_999):08d}"
            if number not in self._used:
                self._used.add(number)
                return number

    def id_number(self, gender: Gender, birth: date) -> str:
        """A 公民身份号码 that is in order by GB 11643 and nobody's."""
        while True:
            serial = self._dice.between(1, 499) * 2 - (gender is Gender.MALE)
            body = f"{_NOWHERE}{birth:%Y%m%d}{serial:03d}"
            if body not in self._used:
                self._used.add(body)
                return body + citizen_check_digit(body)


def _syllables(parts: list[str]) -> tuple[list[str], list[str]]:
    first, second = parts
    return first.split(), second.split()


def _parts(groups: list[str]) -> list[tuple[list[str], list[str]]]:
    """Names in two parts that go together: `扎西 旦增|多吉 罗布`."""
    return [_syllables(group.split("|")) for group in groups]


def _lists(known: dict[str, str]) -> dict[str, list[str]]:
    return {key: text.split() for key, text in known.items()}
