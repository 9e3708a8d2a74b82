"""Who could fill the holes of a roster: a proposal, which people look over and save. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts.rules.pattern import Slot


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot of a post that lacks `missing` people; `there` are those it has."""

    post: Uid
    slot: Slot
    missing: int
    there: frozenset[Uid]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody for one slot of a post."""

    post: Uid
    slot: Slot
    volunteer: Uid


Fits = Callable[[Uid, Uid, Slot], bool]
"""Whether a volunteer may stand at a post in a slot, apart from being elsewhere."""


def proposed(
    holes: Sequence[Hole],
    candidates: Mapping[Uid, Sequence[Uid]],
    busy: Mapping[Uid, Sequence[tuple[int, int]]],
    counts: Mapping[Uid, int],
    fits: Fits,
) -> tuple[Proposed, ...]:
    """Who should fill these holes, in the order of time.

    `candidates` are the people on each post in the order in which they claimed it, `busy` when each
    is somewhere already, `counts` how many shifts each has in these days. The one with the fewest
    shifts goes first; among equals the one whose last shift is longest ago, then who claimed first.
    Nobody is proposed where anybody is at the same time; a hole that nobody can fill stays one.
    """
    taken = {who: list(spans) for who, spans in busy.items()}
    shifts = dict(counts)
    found = []
    for hole in sorted(holes, key=lambda one: (one.slot, one.post)):
        there = set(hole.there)
        for _ in range(hole.missing):
            free = [
                who
                for who in candidates.get(hole.post, ())
                if who not in there
                and not _is_busy(taken.get(who, ()), hole.slot)
                and fits(who, hole.post, hole.slot)
            ]
            if not free:
                break
            # `min` answers the first of equals: who claimed first.
            chosen = min(free, key=lambda who: (shifts.get(who, 0), _last(taken, who, hole.slot)))
            there.add(chosen)
            taken.setdefault(chosen, []).append((hole.slot.starts_at, hole.slot.ends_at))
            shifts[chosen] = shifts.get(chosen, 0) + 1
            found.append(Proposed(hole.post, hole.slot, chosen))
    return tuple(found)


def _is_busy(spans: Sequence[tuple[int, int]], slot: Slot) -> bool:
    return any(starts < slot.ends_at and slot.starts_at < ends for starts, ends in spans)


def _last(taken: Mapping[Uid, Sequence[tuple[int, int]]], who: Uid, slot: Slot) -> int:
    """When the last shift before this slot ended; 0 without one."""
    return max((ends for _, ends in taken.get(who, ()) if ends <= slot.starts_at), default=0)
