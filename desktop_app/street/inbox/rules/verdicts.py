"""What becomes of a file, decided from the chain alone. Pure.

The street holds of every station the changes 1…n of its log, without a hole. A bundle continues
them, repeats them, leaves some out, or contradicts them; there is nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from desktop_app.core.chain import GENESIS
from desktop_app.core.clock import Millis
from desktop_app.core.errors import ExitStatus
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import NEVER

NAME_LIMIT = 255
SENTENCE_LIMIT = 2000


class Outcome(LabelledEnum):
    """What became of one file."""

    APPLIED = "applied", "已收下"
    PARKED = "parked", "已收下，有暂存"
    DUPLICATE = "duplicate", "重复"
    GAP = "gap", "断档"
    FORKED = "forked", "分叉"
    REFUSED = "refused", "拒收"

    @property
    def taken(self) -> bool:
        """Whether the street has what is in the file."""
        return self in (Outcome.APPLIED, Outcome.PARKED, Outcome.DUPLICATE)


EXIT_STATUS: Mapping[Outcome, ExitStatus] = {
    Outcome.APPLIED: ExitStatus.DONE,
    Outcome.PARKED: ExitStatus.DONE,
    Outcome.DUPLICATE: ExitStatus.DONE,
    Outcome.GAP: ExitStatus.WRONG_INPUT,
    Outcome.FORKED: ExitStatus.REFUSED,
    Outcome.REFUSED: ExitStatus.REFUSED,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the street is with one station; see `RECEIVED_STATION`. New: nothing came yet."""

    station: str
    name: str = ""
    applied: int = 0
    hash: bytes = GENESIS
    lineage: str = ""
    earlier_lineages: tuple[str, ...] = ()
    profile: str = ""
    projection: str = ""
    made_at: Millis = NEVER
    taken_at: Millis = NEVER
    program: str = ""
    missing_until: int = 0
    photos_missing: int = 0

    @property
    def clock_offset(self) -> int:
        """By how many ms the station's clock was ahead of ours when its last bundle came.

        Negative is the rule: a bundle lies on a stick for a while. Ahead is a wrong clock.
        """
        return self.made_at - self.taken_at if self.taken_at else 0


@dataclass(frozen=True, slots=True)
class Span:
    """Where a bundle lies in its station's chain: `last` is `first - 1` when it has no changes.

    `has_more`: there is more in it than changes (current rows, counts); `made_at` by the station's
    clock.
    """

    lineage: str
    first: int
    last: int
    hash_before: bytes
    made_at: Millis = NEVER
    has_more: bool = False


class Writer(Enum):
    """Who must have written changes that contradict the street's: told by the lineage."""

    OLD_PC = auto()
    RESTORED = auto()
    COPY = auto()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`outcome` before anything is applied, and what the sentence needs: the missing numbers of a
    gap; of a fork the number up to which both sides agree, at most, and who wrote on."""

    outcome: Outcome
    missing: tuple[int, int] = (0, 0)
    forked_at: int = 0
    writer: Writer | None = None


_APPLIED = Judgement(Outcome.APPLIED)


def judge(
    standing: Standing, span: Span, hash_before: bytes | None, differs_at: int | None
) -> Judgement:
    """What a bundle is to the street.

    `hash_before` is the street's own hash after change `first - 1` (None: it is not that far), and
    `differs_at` the first change of those both have whose digests differ.
    """
    if span.first > standing.applied + 1 or hash_before is None:
        return Judgement(Outcome.GAP, missing=(standing.applied + 1, span.first - 1))
    if hash_before != span.hash_before:
        return _forked(standing, span, span.first - 1)
    if differs_at is not None:
        return _forked(standing, span, differs_at)
    superseded = span.lineage in standing.earlier_lineages
    if span.last > standing.applied:
        return _forked(standing, span, standing.applied + 1) if superseded else _APPLIED
    # At the very end of what the street has, a later bundle may still bring more of known rows.
    is_more = span.has_more and span.last == standing.applied and _is_later(standing, span)
    return _APPLIED if is_more and not superseded else Judgement(Outcome.DUPLICATE)


def _is_later(standing: Standing, span: Span) -> bool:
    """Than the last one, which was made before it was taken in, whatever the station's clock said:
    one that was ahead and has been put right must not make duplicates of all that follows."""
    before = min(standing.made_at, standing.taken_at)
    return span.made_at > before and span.made_at != standing.made_at


def _forked(standing: Standing, span: Span, at: int) -> Judgement:
    if span.lineage in standing.earlier_lineages:
        writer = Writer.OLD_PC
    elif span.lineage == standing.lineage:
        writer = Writer.COPY
    else:
        writer = Writer.RESTORED
    return Judgement(Outcome.FORKED, forked_at=at, writer=writer)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One file and what became of it: `sentence` says it, `next_step` what to do now; `uid` is that
    of its line in the history, None when it was only looked at.

    `counts`: kind of record → new, changed, deleted, withheld, parked. `exit_status` is what the
    command line ends with. A file that is no parcel, or of nobody we know, has no `station`.
    """

    uid: Uid | None
    path: Path
    outcome: Outcome
    sentence: str
    next_step: str = ""
    exit_status: ExitStatus = ExitStatus.DONE
    parcel: str = ""
    station: str = ""
    station_name: str = ""
    first: int = 0
    last: int = 0
    profile: str = ""
    made_at: Millis = NEVER
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parked: int = 0
    receipt_path: Path | None = None
