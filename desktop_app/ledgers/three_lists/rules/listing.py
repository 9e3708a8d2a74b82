"""What the three lists can be narrowed to, and what one line of each shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.ledgers.three_lists.rules.duty import LIVE, DutyState
from desktop_app.ledgers.three_lists.rules.offer import OfferState, Way, free_of
from desktop_app.ledgers.three_lists.rules.problem import OPEN, ProblemState


@dataclass(frozen=True, kw_only=True)
class ProblemFilter:
    """Narrows 问题清单; everything given must hold.

    `search` is a number, or words of the description. `since` and `until` are business dates of
    raising, `listed_*` of coming onto the list, `closed_*` of closing, all included. `late`: open
    and past the day it was wanted by. `stations` are codes, for a street; none means all.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: ProblemState | None = None
    open: bool = False
    late: bool = False
    category: str = ""
    source: Source | None = None
    urgency: Urgency | None = None
    compound: Uid | None = None
    request: Uid | None = None
    visit: Uid | None = None
    activity: Uid | None = None
    merged_into: Uid | None = None
    listed_since: date | None = None
    listed_until: date | None = None
    closed_since: date | None = None
    closed_until: date | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferFilter:
    """Narrows 共建清单. `since` and `until` are business dates of its registration; `usable`: open,
    not expired and not used up; `used_up`: all of it is promised."""

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: OfferState | None = None
    usable: bool = False
    used_up: bool = False
    category: str = ""
    way: Way | None = None
    partner: Uid | None = None
    agreement: Uid | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DutyFilter:
    """Narrows 责任清单; everything given must hold.

    `since` and `until` are business dates of its proposal, `closed_*` of its closing. `live`: under
    way; `late`: under way and past its due day; `in_time`: closed in time (True) or late (False);
    `extended`: its due day was put off at least once.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: DutyState | None = None
    live: bool = False
    late: bool = False
    in_time: bool | None = None
    extended: bool = False
    category: str = ""
    unit: str = ""
    compound: Uid | None = None
    problem: Uid | None = None
    offer: Uid | None = None
    partner: Uid | None = None
    closed_since: date | None = None
    closed_until: date | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line of 问题清单."""

    uid: Uid
    revision: int
    number: str
    raised_on: date
    late_entry: bool
    source: Source
    compound: Uid | None
    building: str
    category: str
    description: str
    urgency: Urgency
    repeated: int
    level: Level
    wanted_by: date | None
    state: ProblemState
    closed_on: date | None
    station: str

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def is_late(self, today: date) -> bool:
        """Whether the day it was wanted by has passed while it is still open."""
        return self.open and self.wanted_by is not None and self.wanted_by < today


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One line of 共建清单."""

    uid: Uid
    revision: int
    number: str
    offered_on: date
    partner: Uid
    partner_name: str
    resource: str
    category: str
    way: Way
    from_on: date
    until_on: date | None
    weekdays_words: str
    amount: int | None
    unit_word: str
    promised: int
    state: OfferState
    station: str

    @property
    def free(self) -> int | None:
        """How much is left to promise; None without a bound."""
        return free_of(self.amount, self.promised)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of 责任清单."""

    uid: Uid
    revision: int
    number: str
    problem: Uid
    problem_number: str
    offer: Uid | None
    partner: Uid | None
    category: str
    compound: Uid | None
    unit: str
    person: str
    level: Level
    measures: str
    proposed_on: date
    due: date
    amount: int | None
    extended: int
    state: DutyState
    closed_on: date | None
    station: str

    @property
    def live(self) -> bool:
        return self.state in LIVE

    def is_late(self, today: date) -> bool:
        """Whether its due day has passed while it is under way."""
        return self.live and self.due < today
