"""Small random ledgers over more than a year, and the rows that a figure's filter opens."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.handling import Handling
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.told import FigureLine, Rows
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.record import KIND as REQUEST
from desktop_app.ledgers.service import service as services
from desktop_app.ledgers.three_lists import service as three_lists
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.entry import MatterEntry
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, EnteredFrom, Visit
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.station.period_figures.service.report import ACTIVITIES, VISITS
from desktop_app.storage.paging import FIRST
from desktop_app.storage.session import Desk
from tests.ledgers.activities import builders as held
from tests.ledgers.visits.builders import form, matter, timed

PETITION = matter("信访渠道告知", petition=True, category="信访", handling=Handling.ADVICE)
KINDS = ("义诊", "志愿服务", "主题党日", "邻里节")
LAST = date(2026, 11, 23)


def at(clock: FixedClock, day: date, hour: int = 9) -> None:
    """So many hours into that day at the station."""
    clock.set(millis(datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)))


class SmallLedger:
    """Lives through some days, the last of them 23 November 2026."""

    def __init__(self, desk: Desk, clock: FixedClock, seed: int) -> None:
        self.desk, self.clock, self.dice = desk, clock, random.Random(seed)
        self._open: list[Visit] = []
        self._planned: list[Activity] = []

    def live(self, days: int) -> None:
        """So many working days, some of them a year apart from each other."""
        ages = [0, *self.dice.sample(range(1, 80), days // 2)]
        ages += self.dice.sample(range(330, 430), days - len(ages))
        for age in sorted(ages, reverse=True):
            at(self.clock, LAST - timedelta(days=age))
            self._a_day()
        at(self.clock, LAST, 17)

    def go_on(self, times: int) -> None:
        """As much again as so many days, all on the last one."""
        for _ in range(times):
            self._a_day()

    def _a_day(self) -> None:
        deeds: list[Callable[[], None]] = [
            self._reception, self._reception, self._count, self._late, self._close, self._close,
            self._take_back, self._plan, self._hold, self._cancel,
        ]  # fmt: skip
        for deed in self.dice.choices(deeds, k=3):
            self.clock.advance(60)
            deed()

    def _reception(self) -> None:
        offered: list[MatterEntry | Matter] = [
            matter(), timed(days=2), timed(days=30, name="低保"), PETITION,
            matter("问政策", category="其他", handling=Handling.ADVICE),
            MatterEntry(summary="楼道灯不亮", handling=Handling.FORWARDED, handed_to="物业"),
        ]  # fmt: skip
        chosen = self.dice.sample(offered, self.dice.choice((1, 1, 2)))
        made = visits.register(self.desk, form(*chosen, people=self.dice.choice((1, 1, 4)))).value
        self._open += [one for one in made if one.closed_day is None]
        for one in made:
            if one.closed_day is not None and not one.petition and self.dice.random() < 0.5:
                self._evaluate(one)

    def _evaluate(self, visit: Visit) -> None:
        level = self.dice.choice(list(Satisfaction))
        visits.evaluate(self.desk, visit.uid, level, EnteredFrom.SECOND_SCREEN)

    def _count(self) -> None:
        visits.count_only(self.desk)

    def _late(self) -> None:
        visits.register_late(self.desk, form(), self.desk.today - timedelta(days=3))

    def _take_back(self) -> None:
        undo = visits.register(self.desk, form()).undo
        assert undo is not None
        undo.call(self.desk)

    def _close(self) -> None:
        if self._open:
            visit = self._open.pop(self.dice.randrange(len(self._open)))
            closed = visits.act(
                self.desk, visit.uid, Action.CLOSE, visit.revision, StepDetails(result="已办好")
            )
            if self.dice.random() < 0.5:
                self._evaluate(closed.value)

    def _plan(self) -> None:
        day = self.desk.today + timedelta(days=self.dice.choice((-4, 0, 0, 5)))
        self._planned.append(held.plan(self.desk, kind=self.dice.choice(KINDS), day=day))

    def _hold(self) -> None:
        over = [one for one in self._planned if one.day <= self.desk.today]
        if not over:
            return
        activity = over[-1]
        self._planned.remove(activity)
        if activity.day == self.desk.today:
            self.clock.set(max(self.clock.now(), activity.starts_at))
            for number in range(self.dice.randrange(4)):
                group = self.dice.choice(list(Group))
                held.sign_in(self.desk, activity, f"林{'一二三四'[number]}", group=group)
        if activity.late_entry or self.dice.random() < 0.5:
            held.recorded(self.desk, activity)

    def _cancel(self) -> None:
        if self._planned:
            activity = held.fresh(self.desk, self._planned.pop())
            activities.cancel(self.desk, activity.uid, activity.revision, "下雨")


_PAGES: Mapping[str, Callable[..., Any]] = {
    VISITS: visits.page,
    ACTIVITIES: activities.page,
    REQUEST.name: requests.page,
    "agreements": agreements.page,
    "problems": three_lists.problems_page,
    "duties": three_lists.duties_page,
    "service": services.page,
    "volunteers": volunteers.page,
    "party": party.page,
}


def rows_behind(desk: Desk, rows: Rows) -> list[Any]:
    """Every row of the list that this filter opens, page by page."""
    found: list[Any] = []
    cursor = FIRST
    while True:
        page = _PAGES[rows.kind](desk, rows.wanted, cursor)
        found += page.rows
        cursor = page.later
        if cursor is None:
            return found


def listed(desk: Desk, line: FigureLine) -> int:
    """What the list behind a figure shows of it: its rows, or a column of them added up."""
    assert line.rows is not None
    rows = rows_behind(desk, line.rows)
    return sum(_column(row, line.column) for row in rows) if line.column else len(rows)


def _column(row: Any, name: str) -> int:
    if name == "present":
        return int(row.counts.present)
    groups = {group.value: group for group in Group}
    if name in groups:
        return int(row.counts.people[groups[name]])
    # What nobody wrote down adds nothing.
    return int(getattr(row, name) or 0)


def without(desk: Desk, *rights: Any) -> Desk:
    """The same seat for somebody who may less."""
    actor = replace(desk.actor, rights=desk.actor.rights - set(rights))
    return Desk(desk.database, actor)
