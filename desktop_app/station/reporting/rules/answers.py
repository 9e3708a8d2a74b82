"""What a receipt means to this station, decided from the chain alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.tally import Tally


class Answer(Enum):
    """`CONFIRMS` what was open; `REPEATS` what is known, or is older than what is known; the street
    went `BACK` to an earlier state of its own; or it knows a past that is not this home's."""

    CONFIRMS = auto()
    REPEATS = auto()
    BACK = auto()
    OTHER_PAST = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a receipt says of the chain: the street holds changes up to `until`, with the chain's
    `hash` there. `made_at` is by the street's clock; `missing`: the street misses something."""

    until: int
    hash: bytes
    made_at: Millis
    missing: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What this home knows: its own hash at the receipt's number (None: its log is shorter), how
    far the street was by the last receipt, and when that was made."""

    hash: bytes | None
    confirmed: int
    receipt_at: Millis | None


def judge(heard: Heard, known: Known) -> Answer:
    """What a receipt means.

    Street clocks are not to be trusted, so a receipt that brings good news is always believed; one
    that brings less than is known only when it is the newer one, or says that something is missing.
    """
    if known.hash != heard.hash:
        return Answer.OTHER_PAST
    if heard.until > known.confirmed:
        return Answer.CONFIRMS
    if heard.until == known.confirmed:
        return Answer.REPEATS if heard.made_at == known.receipt_at else Answer.CONFIRMS
    newer = known.receipt_at is None or heard.made_at > known.receipt_at
    return Answer.BACK if newer or heard.missing else Answer.REPEATS


def differing(ours: Mapping[str, Tally], theirs: Mapping[str, Tally]) -> list[str]:
    """The kinds that both sides do not count alike."""
    return [kind for kind, own in ours.items() if theirs.get(kind, Tally()) != own]


@dataclass(frozen=True, slots=True)
class ParkedHere:
    """A record of ours that waits at the street: `number` on paper if it has one, and why."""

    kind: str
    label: str
    uid: Uid
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A request of ours that the street has answered (吹哨): `title` tells the matter only."""

    uid: Uid
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a receipt did.

    `until` is the last change the street holds, `confirmed` how many exports became 已确认 by this,
    `photos` how many photos; `answered` are requests that got the street's answer by this one and
    by none before. `sentence` and `next_step` say it all; `street_says` are the street's own words,
    `returned` the reason when it sent a bundle back.
    """

    answer: Answer
    until: int
    confirmed: int
    photos: int
    parked: tuple[ParkedHere, ...]
    clock_offset: int
    sentence: str
    next_step: str = ""
    street_says: str = ""
    returned: str = ""
    answered: tuple[Answered, ...] = ()

    @property
    def must_reconcile(self) -> bool:
        return self.answer is Answer.OTHER_PAST
