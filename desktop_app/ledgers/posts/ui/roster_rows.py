"""The duty roster as the grid shows it: one line for each hours of a post, a cell for each day.

No Qt: words and tones only.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.clock_text import clock_words
from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts.rules.filling import Proposed
from desktop_app.ledgers.posts.rules.pattern import Clock, Slot
from desktop_app.ledgers.posts.rules.roster import OnDuty, Overlap, Person, Roster, Row, SlotDuty
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.ledgers.posts.ui.looks import SHIFT_MARKS

DAYS = 7
"""Of a week."""
AS_AGREED = "按约定时间"
PROPOSED = "建议"
CLASHES = "冲突"


@dataclass(frozen=True, slots=True)
class Span:
    """What is shown: a week from Monday, or a month; `about` is the day the keyboard is on."""

    about: date
    by_week: bool

    @property
    def first(self) -> date:
        if self.by_week:
            return self.about - timedelta(days=self.about.weekday())
        return self.about.replace(day=1)

    @property
    def last(self) -> date:
        if self.by_week:
            return self.first + timedelta(days=DAYS - 1)
        return self.about.replace(day=monthrange(self.about.year, self.about.month)[1])

    @property
    def words(self) -> str:
        """11月23日 – 29日, 2026年11月."""
        first, last = self.first, self.last
        if not self.by_week:
            return f"{first.year}年{first.month}月"
        end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
        return f"{first.month}月{first.day}日 – {end}"

    def turned(self, steps: int) -> Span:
        """So many weeks or months on."""
        if self.by_week:
            return replace(self, about=self.about + timedelta(days=DAYS * steps))
        month = self.about.year * 12 + self.about.month - 1 + steps
        year, month = month // 12, month % 12 + 1
        day = min(self.about.day, monthrange(year, month)[1])
        return replace(self, about=date(year, month, day))


@dataclass(frozen=True, slots=True)
class Someone:
    """One name in a cell. `mark` is the word beside it, `told` the whole of it in a sentence.

    `shift` None: proposed, not planned. `hours` are the shift's own, where they are not those of
    the line.
    """

    person: Uid
    name: str
    mark: str
    tone: str
    icon: str
    told: str
    shift: Uid | None = None
    revision: int = 0
    state: ShiftState = ShiftState.PLANNED
    hours: tuple[Clock, Clock] | None = None

    @property
    def about(self) -> str:
        """What is told besides the name."""
        return self.told.removeprefix(self.name).strip("（）")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One post at one time on one day; `slot` None where nobody is asked for and nobody is. `over`:
    it has begun, so that nobody can be found for its holes any more."""

    day: date
    slot: Slot | None = None
    people: tuple[Someone, ...] = ()
    holes: int = 0
    over: bool = False

    @property
    def hole_words(self) -> str:
        return f"缺{self.holes}" if self.holes else ""

    @property
    def planned(self) -> tuple[Someone, ...]:
        """Those who are in it already."""
        return tuple(one for one in self.people if one.shift is not None)

    @property
    def proposed(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.people if one.shift is None)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One post at one time of day; `starts` None where it has no hours of its own."""

    post: Uid
    name: str
    hours: str
    quota: int
    starts: Clock | None
    ends: Clock | None
    cells: tuple[GridCell, ...]


def grid_rows(
    roster: Roster,
    zone: Zone,
    now: Millis,
    proposals: Sequence[Proposed] = (),
    names: Mapping[Uid, Person] | None = None,
) -> list[GridRow]:
    """The lines of the grid, in the order of the posts and of the hours; `proposals` are marked as
    such and fill holes."""
    clashes = _clash_words(roster.clashes)
    asked: dict[tuple[Uid, Slot], list[Someone]] = {}
    for one in proposals:
        asked.setdefault((one.post, one.slot), []).append(_proposed(one, names or {}))
    return [line for row in roster.rows for line in _lines(row, zone, now, clashes, asked)]


def _lines(
    row: Row,
    zone: Zone,
    now: Millis,
    clashes: Mapping[Uid, str],
    asked: Mapping[tuple[Uid, Slot], Sequence[Someone]],
) -> list[GridRow]:
    by_hours: dict[tuple[Clock, Clock] | None, dict[date, SlotDuty]] = {}
    for cell in row.cells:
        for duty in cell.slots:
            by_hours.setdefault(_hours(duty.slot, zone), {})[cell.day] = duty
    if not by_hours:
        by_hours[None] = {}
    made = []
    for hours in sorted(by_hours, key=lambda one: one or ((0, 0), (0, 0))):
        duties = by_hours[hours]
        cells = tuple(
            _cell(row.post, cell.day, duties.get(cell.day), zone, now, clashes, asked)
            for cell in row.cells
        )
        starts, ends = hours or (None, None)
        said = hours_words(hours) if hours else row.pattern_words or AS_AGREED
        made.append(GridRow(row.post, row.name, said, row.quota, starts, ends, cells))
    return made


def hours_words(hours: tuple[Clock, Clock]) -> str:
    """19:00–21:00, 22:00–次日02:00."""
    starts, ends = hours
    return f"{clock_words(starts)}–{'次日' if ends <= starts else ''}{clock_words(ends)}"


def _hours(slot: Slot, zone: Zone) -> tuple[Clock, Clock]:
    starts, ends = zone.local(slot.starts_at), zone.local(slot.ends_at)
    return (starts.hour, starts.minute), (ends.hour, ends.minute)


def _cell(
    post: Uid,
    day: date,
    duty: SlotDuty | None,
    zone: Zone,
    now: Millis,
    clashes: Mapping[Uid, str],
    asked: Mapping[tuple[Uid, Slot], Sequence[Someone]],
) -> GridCell:
    if duty is None:
        return GridCell(day)
    planned = [_someone(one, duty.slot, zone, clashes) for one in duty.people]
    more = asked.get((post, duty.slot), ())
    holes = max(0, duty.holes - len(more))
    return GridCell(day, duty.slot, (*planned, *more), holes, duty.slot.starts_at <= now)


def _someone(one: OnDuty, slot: Slot, zone: Zone, clashes: Mapping[Uid, str]) -> Someone:
    mark, tone, icon = SHIFT_MARKS[one.state]
    told = f"{one.name or one.number}（{one.state.label}）"
    own = None
    if (one.starts_at, one.ends_at) != (slot.starts_at, slot.ends_at):
        own = _hours(Slot(one.starts_at, one.ends_at, slot.day), zone)
        told = f"{told[:-1]}，{hours_words(own)}）"
    clash = clashes.get(one.shift, "")
    if clash:
        mark, tone, icon = CLASHES, "warn", "triangle-alert"
        told = f"{told[:-1]}，{clash}）"
    name = one.name or one.number
    known = (one.shift, one.revision, one.state, own)
    return Someone(one.person, name, mark, tone, icon, told, *known)


def _proposed(one: Proposed, names: Mapping[Uid, Person]) -> Someone:
    who = names.get(one.volunteer)
    name = (who.name or who.number) if who else ""
    told = f"{name}（{PROPOSED}，还没有排）"
    return Someone(one.volunteer, name, PROPOSED, "info", "circle-dot", told)


def _clash_words(clashes: Sequence[Overlap]) -> dict[Uid, str]:
    """By shift, why it is a clash: where else the person is, and the reason that was given."""
    found: dict[Uid, list[str]] = {}
    for one in clashes:
        why = f"原因：{one.reason}" if one.reason else "没有写原因"
        for shift, other in ((one.first, one.second_post), (one.second, one.first_post)):
            found.setdefault(shift, []).append(f"与“{other}”同一时间，{why}")
    return {shift: "；".join(words) for shift, words in found.items()}


def is_movable(one: Someone) -> bool:
    """Whether it is a shift that another day can still have."""
    return one.shift is not None and one.state is ShiftState.PLANNED


def takes(row: GridRow, cell: GridCell, from_row: GridRow, from_cell: GridCell) -> bool:
    """Whether a shift may be moved here: to another day or other hours of its own post."""
    other = (cell.day, row.hours) != (from_cell.day, from_row.hours)
    return row.post == from_row.post and other


def told_cell(row: GridRow, cell: GridCell, today: date) -> str:
    """The focused cell in a sentence, read out and shown below the grid."""
    where = f"{list_day(cell.day, today=today)} {row.name} {row.hours}"
    who = "、".join(one.told for one in cell.people)
    if cell.slot is None:
        return f"{where}：不用值班"
    missing = f"{'' if cell.over else '还'}缺 {cell.holes} 人" if cell.holes else ""
    return f"{where}：{'；'.join(filter(None, (who, missing))) or '没有人'}"
