"""How much of the evaluations of a period may be told by level, so that nobody's can be seen. Pure.

The rule is one for a station, which knows each evaluation, and for a street, which only knows what
its stations counted; whoever subtracts one figure from another finds five of them at the least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.core.periods import Period
from desktop_app.core.satisfaction import Satisfaction

LEAST = 5
"""Fewer evaluations than this are never shown by level, and a running period moves on in steps of
as many. Our choice: the standards protect the evaluator but name no number. Whoever watches the
figures grow cannot say whose evaluation the last one was."""

NOT_SO_MANY = f"不足 {LEAST} 件，不显示分布"

SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR)
"""The levels that count as satisfied; the other two are 差评 (GB/T 39735-2020)."""

Given = tuple[int, Satisfaction]
"""When an evaluation came (epoch milliseconds), and its level."""

Told = tuple[Counter[Satisfaction], list[Given]]
"""What is shown of a period, and what is left for the longer one it is part of."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What may be told of the `received` evaluations of a period: `shown` of them by level.

    `levels` is None while there are none to be shown.
    """

    received: int
    shown: int
    levels: Mapping[Satisfaction, int] | None

    @property
    def satisfied(self) -> int:
        """非常满意, 满意 and 基本满意 among those shown."""
        return sum((self.levels or {}).get(level, 0) for level in SATISFIED)

    @property
    def counts(self) -> dict[str, int] | None:
        """The counts that figures of levels are told from; None while nothing may be told."""
        if self.levels is None:
            return None
        satisfied, shown = self.satisfied, self.shown
        return {"satisfied": satisfied, "dissatisfied": shown - satisfied, "evaluated": shown}

    @property
    def beside(self) -> str:
        """What must be said beside such a figure: why there is none, or that it is of some only."""
        if self.levels is None:
            return NOT_SO_MANY.replace("分布", "") if self.received else ""
        return f"按其中 {self.shown} 件算" if self.shown < self.received else ""


def levels_from(received: int, shown: Mapping[Satisfaction, int]) -> Levels:
    """The levels of a period of which these are shown."""
    count = sum(shown.values())
    told = {level: shown.get(level, 0) for level in Satisfaction} if count else None
    return Levels(received, count, told)


def composed(
    period: Period,
    running: Callable[[Period], bool],
    of_month: Callable[[Period], Told],
    *,
    in_order: bool = True,
) -> Told:
    """What is shown of a period, and what is left.

    A month is shown as `LEAST` says. A longer period is what its parts show, and besides what they
    do not show, when that is `LEAST` or more by itself. Otherwise a quarter less its other months
    would give away a month that is hidden, and one evaluation of today could be had by subtracting.
    Nothing is left by a period that still runs: it may yet show it by itself. Who does not know in
    what order they came (`in_order`) tells what is left when the period is over, all at once.
    """
    if not period.parts:
        return of_month(period)
    shown: Counter[Satisfaction] = Counter()
    rest: list[Given] = []
    for part in period.parts:
        of_part, left = composed(part, running, of_month, in_order=in_order)
        shown += of_part
        rest += left
    rest.sort()
    runs = running(period)
    more = 0 if runs and not in_order else shown_of(len(rest), running=runs)
    shown += Counter(level for _, level in rest[:more])
    return shown, [] if runs else rest[more:]


def shown_of(received: int, *, running: bool) -> int:
    """How many of the evaluations received are shown by level."""
    if received < LEAST:
        return 0
    return received - received % LEAST if running else received
