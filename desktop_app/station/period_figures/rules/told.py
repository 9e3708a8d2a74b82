"""A station's report of a period as data: the figures of `core/told` and what goes with them. Pure.

The same for the page, for paper and for the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.told import PeriodTold
from desktop_app.ledgers.activities.rules.listing import ActivityLine


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """A matter or request past the station's own limit today; `name` is masked, `late` in working
    days, `kind` the kind of record it is."""

    kind: str
    uid: Uid
    number: str
    name: str
    matter: str
    due: date
    late: str
    clerk: str


@dataclass(frozen=True)
class PeriodFigures(PeriodTold):
    """Everything a station's report of a period tells.

    `overdue` are as of `today`, whatever the period, the longest overdue first; all of them are
    `overdue_total`. `late_entries` (补录) of every ledger are also among the figures.
    """

    station: str
    activities: tuple[ActivityLine, ...]
    overdue: tuple[OverdueLine, ...]
    overdue_total: int
    late_entries: int
