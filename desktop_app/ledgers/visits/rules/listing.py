"""What a list of visits can be narrowed to, and what one line of it shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.rules.visit import FINAL, VisitKind, VisitSource, VisitState


@dataclass(frozen=True, kw_only=True)
class VisitFilter:
    """Narrows the list; everything given must hold.

    `search` is a number as printed on the slip, or whatever the box finds a resident by. `since`
    and `until` are business dates, both included. `residents` are a person's files, merged ones
    included. `clerk` is the 首问责任人. `leads` are the first matters of each reception (批次).
    `in_time` are matters closed in time (True) or late (False) by the station's own limit;
    `closed_since` and `closed_until` are the business dates of their end, both included, and mean
    nothing without it. `stations` are the codes of those whose matters a street looks at; none
    means all. With `overdue` or `due_today` the list is sorted by what is due first; otherwise the
    newest visit stands on top.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: VisitState | None = None
    category: str = ""
    handling: Handling | None = None
    source: VisitSource | None = None
    residents: tuple[Uid, ...] = ()
    clerk: Uid | None = None
    open: bool = False
    overdue: bool = False
    due_today: bool = False
    late_entry: bool = False
    leads: bool = False
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
            "只列每批的第一件": self.leads,
            "按时办结": self.in_time is True,
            "超时办结": self.in_time is False,
        }
        said = [self.state.label] if self.state else []
        said += [self.category] if self.category else []
        said += [one.label for one in (self.handling, self.source) if one]
        said += [word for word, holds in yes.items() if holds]
        said += ["同一位居民"] if self.residents else []
        said += ["同一位首问责任人"] if self.clerk else []
        said += [f"站点 {'、'.join(self.stations)}"] if self.stations else []
        said += [f"查找“{self.search}”"] if self.search else []
        return "、".join(said)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One line: enough to recognise a visit and to take its next step."""

    uid: Uid
    revision: int
    number: str
    at: Millis
    day: date
    late_entry: bool
    leads: bool
    kind: VisitKind
    source: VisitSource
    resident: Uid | None
    name: str
    people: int
    category: str
    matter_name: str
    summary: str
    handling: Handling
    state: VisitState
    due: date | None
    handed_to: str
    first_clerk_name: str
    station: str

    @property
    def open(self) -> bool:
        return self.state not in FINAL

    def is_overdue(self, today: date) -> bool:
        """Whether the station's own limit has run out while the matter is still open."""
        return self.open and self.due is not None and self.due < today

    def is_due_today(self, today: date) -> bool:
        """Whether today is the last day of the station's own limit."""
        return self.open and self.due == today


@dataclass(frozen=True, slots=True)
class UsualMatter:
    """A matter of the 事项目录 and how often it was registered lately."""

    matter: Uid
    times: int
