"""What lists of activities and of attendance can be narrowed to, and what a line shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities.rules.activity import (
    HELD,
    Activity,
    ActivityState,
    Group,
)
from desktop_app.ledgers.activities.rules.attendance import Source
from desktop_app.ledgers.activities.rules.counting import HeadCount


@dataclass(frozen=True, kw_only=True)
class ActivityFilter:
    """Narrows the list; everything given must hold.

    `search` is a number, or part of a name by its characters, pinyin or initials. `since` and
    `until` are business dates, both included. `kind` is a kind's value. `held` are those that take
    or took place, `unreviewed` those of them that are not in the archive yet. `waiting` are those
    whose time is over and whose record has not been handed in. `to_review` are those that wait for
    the review of whoever asks: what that operator recorded is somebody else's to review. `stations`
    are the codes of those whose activities a street looks at; none means all.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: ActivityState | None = None
    kind: str = ""
    series: Uid | None = None
    held: bool = False
    unreviewed: bool = False
    waiting: bool = False
    to_review: bool = False
    late_entry: bool = False
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One line: enough to recognise an activity, to count it and to take its next step.

    `solved_count` is the number of linked items of the problem list.
    """

    uid: Uid
    revision: int
    number: str
    kind: str
    meeting: bool
    name: str
    brand: str
    starts_at: Millis
    ends_at: Millis
    day: date
    late_entry: bool
    place_words: str
    organiser: str
    expected: int | None
    state: ActivityState
    solved_count: int
    photo_count: int
    station: str
    counts: HeadCount

    @property
    def held(self) -> bool:
        """Whether it takes place or took place."""
        return self.state in HELD


@dataclass(frozen=True, slots=True)
class MonthCopy:
    """An activity of one month and the day its copy falls on in the next."""

    source: Activity
    day: date


@dataclass(frozen=True, kw_only=True)
class AttendanceFilter:
    """Narrows the lines of all sheets; `search` is a person's name or an activity's number.

    `present` True: who arrived; False: who did not.
    """

    search: str = ""
    activity: Uid | None = None
    residents: tuple[Uid, ...] = ()
    group: Group | None = None
    present: bool | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One line of a sheet with the activity it belongs to; the phone is masked."""

    uid: Uid
    revision: int
    activity: Uid
    number: str
    activity_name: str
    activity_kind: str
    day: date
    resident: Uid | None
    name: str
    group: Group
    unit: str
    phone: str
    signed_up_at: Millis | None
    arrived_at: Millis | None
    left_at: Millis | None
    source: Source
    absent_reason: str
    remark: str
