"""重新对账, record by record: whose changes count when two logs have parted. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.core.chain import DELETE
from desktop_app.core.ids import Uid

UNKNOWN_NUMBER = "待补-"
"""How the number of a record begins of which the street never learned the number."""

_DESK = re.compile(r"-[A-Z]*\d{4}([A-Z]+)-\d+")
_LETTER = re.compile("[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One change of a record, as both sides know it without its content."""

    revision: int
    at: int
    op: str


class Fate(Enum):
    """What becomes of a record that both sides know of after the point where they parted."""

    THEIRS = auto()
    """Everything of ours is in the street's log already: its state is taken."""
    OURS_GO_ON = auto()
    """The street has nothing we do not have: our further changes follow, as they are."""
    OURS_WINS = auto()
    """Both changed it: our record, whole, as one new change above both."""
    GONE_THERE = auto()
    """Deleted at the street: a tombstone is never undone."""
    GONE_HERE = auto()
    """Deleted here: a new tombstone above both."""


def fate(ours: Sequence[Mark], theirs: Sequence[Mark]) -> Fate:
    """Decide from what each side wrote after they parted, both in the order of their logs."""
    beyond_theirs = [one for one in ours if one not in theirs]
    beyond_ours = [one for one in theirs if one not in ours]
    if not beyond_theirs:
        return Fate.THEIRS
    if not beyond_ours:
        return Fate.OURS_GO_ON
    if any(one.op == DELETE for one in theirs):
        return Fate.GONE_THERE
    return Fate.GONE_HERE if ours[-1].op == DELETE else Fate.OURS_WINS


def latest_letter(letters: Collection[str]) -> str:
    """The desk letter that comes last: A … Z, AA, AB …"""
    return max(letters, key=lambda one: (len(one), one))


def desk_letters(number: str) -> set[str]:
    """The desk letters in a number for paper: A and C in `QR01-R2026A-00007/C`."""
    written, *added = number.split("/")
    found = _DESK.search(written)
    letters = {one for one in added if _LETTER.fullmatch(one)}
    return letters if found is None else {found[1], *letters}


def another_number(number: str, letter: str, taken: Container[str]) -> str:
    """A number for a record of ours whose number another one has."""
    while (number := f"{number}/{letter}") in taken:
        pass
    return number


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A record of ours whose number on paper another one has, too: what it is called now."""

    label: str
    uid: Uid
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that both sides changed, and what became of it in words."""

    label: str
    uid: Uid
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What 重新对账 did.

    `adopted` changes of the street's were taken over, `reappended` of ours follow them. `pending`
    fields of `records` given-back records are 待补; `lost` records are nowhere any more but in the
    log, `photos` of what came back are only at the street. `letter` is the desk letter of numbers
    from now on.
    """

    adopted: int
    reappended: int
    records: int
    conflicts: tuple[Conflict, ...]
    renumbered: tuple[Renumbered, ...]
    pending: int
    lost: int
    photos: int
    letter: str

    @property
    def sentence(self) -> str:
        """All of it in words."""
        if not self.adopted:
            return "本机和街道本来就接得上，没有改动任何内容。可以上报了。"
        told = [
            f"对账完成：接上街道的 {self.adopted} 条变更",
            f"本机后来的 {self.reappended} 条变更都保留并接在后面",
        ]
        told += _counted(
            (len(self.conflicts), "{} 条记录两边都改过，已逐条列出"),
            (len(self.renumbered), "{} 个编号重复，本机的加了后缀"),
            (self.pending, "{} 个字段街道没有完整内容，标为待补"),
            (self.lost, "{} 条记录街道也没有明细，只保留了计数"),
            (self.photos, "{} 张照片本机已没有，只在街道"),
        )
        return "；".join(told) + f"。新编号改用 {self.letter} 序列。请上报一次。"


def _counted(*parts: tuple[int, str]) -> Iterable[str]:
    return [words.format(count) for count, words in parts if count]
