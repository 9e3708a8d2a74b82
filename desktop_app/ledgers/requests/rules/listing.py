"""What a list of requests can be narrowed to, and what one line of it shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source, Urgency
from desktop_app.ledgers.requests.rules.request import (
    FINAL,
    Assignee,
    DisputeStage,
    RequestKind,
    RequestState,
    state_words,
)


@dataclass(frozen=True, kw_only=True)
class RequestFilter:
    """Narrows the list; everything given must hold.

    `search` is a number (ours or that of the platform it came from), or whatever the box finds a
    resident by. `since` and `until` are business dates, both included. `residents` are a person's
    files, merged ones included. `assignee` is who it was given to. `open` has nobody's end yet;
    `overdue` and `due_today` are not done by the station's own limit, and sort the list by what is
    due first. `in_time` are requests closed that were done in time (True) or late (False);
    `closed_since` and `closed_until` are the business dates of their end and mean nothing without
    it. `escalated` were given to the street at some time; `disputes` carry a mark of 处—调—裁—执.
    `stations` are the codes of those whose requests a street looks at; none means all.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: RequestState | None = None
    kind: RequestKind | None = None
    category: str = ""
    source: Source | None = None
    compound: Uid | None = None
    assignee: Uid | None = None
    residents: tuple[Uid, ...] = ()
    open: bool = False
    overdue: bool = False
    due_today: bool = False
    late_entry: bool = False
    escalated: bool = False
    disputes: bool = False
    in_time: bool | None = None
    closed_since: date | None = None
    closed_until: date | None = None
    stations: tuple[str, ...] = ()

    @property
    def by_due_day(self) -> bool:
        return self.overdue or self.due_today

    @property
    def words(self) -> str:
        """What it narrows to beside days, as paper says it; empty for everything."""
        yes = {
            "在办": self.open,
            "超期": self.overdue,
            "今日到期": self.due_today,
            "补录": self.late_entry,
            "吹过哨": self.escalated,
            "物业纠纷": self.disputes,
            "按时办结": self.in_time is True,
            "超时办结": self.in_time is False,
        }
        said = [one.label for one in (self.kind, self.state, self.source) if one]
        said += [self.category] if self.category else []
        said += [word for word, holds in yes.items() if holds]
        said += ["同一小区"] if self.compound else []
        said += ["同一承办"] if self.assignee else []
        said += ["同一位居民"] if self.residents else []
        said += [f"站点 {'、'.join(self.stations)}"] if self.stations else []
        said += [f"查找“{self.search}”"] if self.search else []
        return "、".join(said)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One line: enough to recognise a request and to take its next step."""

    uid: Uid
    revision: int
    number: str
    kind: RequestKind
    source: Source
    at: Millis
    day: date
    late_entry: bool
    resident: Uid | None
    name: str
    compound: Uid | None
    building: str
    category: str
    title: str
    urgency: Urgency
    dispute_stage: DisputeStage | None
    state: RequestState
    assignee: Assignee | None
    taken_by: str
    hand_backs: int
    due: date | None
    done_on: date | None
    escalated_on: date | None
    merged_into: Uid | None
    station: str

    @property
    def open(self) -> bool:
        return self.state not in FINAL

    @property
    def state_words(self) -> str:
        """The state in the words of this kind of request."""
        return state_words(self.state, self.kind)

    def is_overdue(self, today: date) -> bool:
        """Whether the station's own limit has run out while the request is not done."""
        return self._waits and self.due is not None and self.due < today

    def is_due_today(self, today: date) -> bool:
        """Whether today is the last day of the station's own limit."""
        return self._waits and self.due == today

    @property
    def _waits(self) -> bool:
        return self.open and self.done_on is None
