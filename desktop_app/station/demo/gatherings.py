"""The activities of a demo station, from the plan to the archive, put on the story's agenda.

Whatever becomes of one goes through the rules of the activities ledger; only the way into the
tables is the bulk one. What is still to come when the demo is opened stays undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities.rules.activity import (
    NUMBER_SERIES,
    Action,
    Activity,
)
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.ledgers.activities.rules.counting import head_count
from desktop_app.ledgers.activities.rules.entry import ActivityForm, Register, checked, planned
from desktop_app.ledgers.activities.rules.recording import (
    RecordForm,
    ResolutionLine,
    approved,
    recorded,
    submitted,
)
from desktop_app.ledgers.activities.rules.sheet import SheetLine, filled_in
from desktop_app.ledgers.activities.rules.signing import new_row, signed_in, signed_out, signed_up
from desktop_app.ledgers.activities.rules.steps import started, take_step
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF, SHELF
from desktop_app.station.demo.crew import Shift
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.guests import Guests
from desktop_app.station.demo.people import Home
from desktop_app.station.demo.rhythm import MINUTE, WorkHours
from desktop_app.station.demo.store import Books
from desktop_app.station.demo.themes import Theme, calendar_of

_CANCELLED, _OPENED, _ON_PAPER, _SIGNED_OUT = 0.03, 0.45, 0.3, 0.3
_NO_PHOTOS = "照片存在站内相册"
_WEATHER = ("台风预警，改期举行", "雨天场地积水，改期举行", "主讲人临时有事，改期举行")

Put = Callable[[Millis, Callable[[Millis, Any], None], Any], None]


@dataclass
class Gathering:
    """One activity while it is lived through; `rows` is its sheet by uid."""

    day: date
    theme: Theme
    home: Home
    activity: Activity | None = None
    guests: list[Person] = field(default_factory=list)
    rows: dict[Uid, Attendance] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The 小区 it is in."""
        return self.home.name

    @property
    def known(self) -> Activity:
        assert self.activity is not None, "planned before anything else"
        return self.activity


class Pen:
    """Writes down what becomes of an activity, with its deed."""

    def __init__(self, books: Books, hours: WorkHours) -> None:
        self._books = books
        self._hours = hours

    def moment(self, at: Millis, actor: Actor) -> tuple[Moment, Actor]:
        """Now, for the rules."""
        now = self._books.moment(at)
        return Moment(now, self._hours.zone.day(now), actor.name, actor.uid), actor

    def step(
        self, about: Gathering, after: Activity, action: Action, now: Moment, actor: Actor
    ) -> None:
        """A step that somebody takes by name."""
        before = about.known
        self.save(about, after, now.at)
        moved = before.state is not after.state
        words = f"{before.state.label} → {after.state.label}" if moved else ""
        self._books.deed(now.at, actor, f"活动：{action.label}", after.number, words)

    def save(self, about: Gathering, after: Activity, at: Millis) -> None:
        """The activity, if anything about it is new."""
        if after is not about.activity:
            about.activity = self._books.put(SHELF, after, at)

    def keep(self, about: Gathering, row: Attendance, at: Millis) -> None:
        """One line of the sheet."""
        about.rows[row.uid] = self._books.put(ATTENDANCE_SHELF, row, at)


class Gatherings:
    """Puts a day's activities on the agenda; `join` is called once, before the first day. `told`
    hears of each activity once it is recorded."""

    def __init__(
        self,
        dice: Dice,
        guests: Guests,
        homes: Sequence[Home],
        hours: WorkHours,
        books: Books,
        days: tuple[date, date],
        a_year: int,
    ) -> None:
        self._dice = dice
        self._guests = guests
        self._hours = hours
        self._books = books
        self._pen = Pen(books, hours)
        self.told: Callable[[Millis, Gathering], None] = _nobody
        self._first, self._today = days
        self._planned_on: dict[date, list[Gathering]] = defaultdict(list)
        for day, theme in calendar_of(dice, hours.calendar, self._first, self._today, a_year):
            gathering = Gathering(day, theme, dice.pick(homes))
            self._planned_on[min(self._planning_day(day), self._today)].append(gathering)

    def join(self, put: Put, shift: Callable[[], Shift]) -> None:
        """`put` takes what is to come, `shift` tells who is at the station."""
        self._put = put
        self._shift = shift

    def open_day(self, day: date) -> None:
        """Put on the agenda what is planned on a day."""
        for gathering in self._planned_on.pop(day, ()):
            at = self._hours.at(self._dice, day, self._dice.between(8 * 60 + 35, 8 * 60 + 55))
            self._put(at, self._plan, gathering)

    def _planning_day(self, day: date) -> date:
        earlier = day - timedelta(days=self._dice.between(4, 16))
        while not self._hours.calendar.is_workday(earlier):
            earlier -= timedelta(days=1)
        return max(self._first, earlier)

    # --- what happens ----------------------------------------------------------------------------

    def _plan(self, at: Millis, about: Gathering) -> None:
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().handlers))
        form = checked(_form(about), now.today)
        number = self._books.number(about.day.year, NUMBER_SERIES)
        register = Register(self._books.new_uid(), self._books.station, number)
        made = planned(form, register, now, self._hours.zone)
        about.activity = self._books.put(SHELF, made, now.at)
        self._books.activities += 1
        self._books.deed(now.at, actor, "登记活动", number)
        self._go_on(at, about)

    def _go_on(self, at: Millis, about: Gathering) -> None:
        """What will become of a plan."""
        dice, begins = self._dice, about.known.starts_at
        if not self._is_shown(about) and dice.chance(_CANCELLED):
            # Never in the night, and never before it was planned.
            eve = Millis(begins - 18 * 60 * MINUTE)
            self._put(max(eve, Millis(at + 30 * MINUTE)), self._cancel, about)
            return
        if not about.theme.meeting and dice.chance(_OPENED):
            self._put(Millis(at + dice.between(5, 200) * MINUTE), self._open, about)
        self._put(Millis(begins - 20 * MINUTE), self._door, about)

    def _is_shown(self, about: Gathering) -> bool:
        """Whether it goes on when the demo is opened, and is to be seen."""
        return about.day == self._today

    def _cancel(self, at: Millis, about: Gathering) -> None:
        self._step(at, about, Action.CANCEL, self._dice.pick(_WEATHER))

    def _open(self, at: Millis, about: Gathering) -> None:
        self._step(at, about, Action.OPEN_SIGN_UP)
        about.guests = self._guests.of(about.theme, about.where)
        gap = about.known.starts_at - at
        for person in about.guests[: self._dice.between(2, 8)]:
            # By day, at the counter.
            when = self._hours.random(
                self._dice, self._hours.zone.day(Millis(at + int(gap * self._dice.random() * 0.8)))
            )
            if at < when < about.known.starts_at - 30 * MINUTE:
                self._put(when, self._sign_up, (about, person))

    def _sign_up(self, at: Millis, told: tuple[Gathering, Person]) -> None:
        about, person = told
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().everybody))
        fresh = new_row(self._books.new_uid(), about.known, person)
        self._pen.keep(about, signed_up(None, fresh, now.at), now.at)
        self._books.deed(now.at, actor, "活动报名", about.known.number)

    def _door(self, at: Millis, about: Gathering) -> None:
        """Everybody comes, or signs on paper."""
        dice, activity = self._dice, about.known
        about.guests = about.guests or self._guests.of(about.theme, about.where)
        ends = activity.ends_at
        if not self._is_shown(about) and dice.chance(_ON_PAPER):
            after = self._hours.calendar.add_workdays(about.day, 1)
            self._put(self._hours.random(dice, after), self._sheet, about)
        else:
            for person in about.guests:
                here = Millis(activity.starts_at + dice.between(-15 * 60, 10 * 60) * 1000)
                self._put(here, self._arrive, (about, person))
            if dice.chance(_SIGNED_OUT):
                self._put(ends, self._leave, about)
        later = self._hours.calendar.add_workdays(about.day, dice.between(1, 3))
        self._put(self._hours.random(dice, later), self._record, about)

    def _arrive(self, at: Millis, told: tuple[Gathering, Person]) -> None:
        about, person = told
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().everybody))
        if now.at < about.known.starts_at - 30 * MINUTE:
            return  # The demo is made before the hour: what was told earlier has not happened yet.
        row = next((one for one in about.rows.values() if one.name == person.name), None)
        fresh = new_row(self._books.new_uid(), about.known, person)
        self._pen.keep(about, signed_in(row, fresh, person, now.at), now.at)
        self._pen.save(about, started(about.known, now), now.at)
        self._books.deed(now.at, actor, "活动签到", about.known.number)

    def _leave(self, at: Millis, about: Gathering) -> None:
        """One after the other, in some minutes."""
        for row in [one for one in about.rows.values() if one.present]:
            at = Millis(at + self._dice.between(4, 20) * 1000)
            now, actor = self._pen.moment(at, self._dice.pick(self._shift().everybody))
            self._pen.keep(about, signed_out(row, now.at), now.at)
            self._books.deed(now.at, actor, "活动签退", about.known.number)

    def _sheet(self, at: Millis, about: Gathering) -> None:
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().everybody))
        lines = [SheetLine(person=person) for person in about.guests]
        filled = filled_in(
            about.known, list(about.rows.values()), lines, self._hours.zone, now.at,
            self._books.new_uid,
        )  # fmt: skip
        for row in (*filled.added, *(after for _, after in filled.changed)):
            self._pen.keep(about, row, now.at)
        begun = started(about.known, now)
        self._pen.save(about, take_step(begun, Action.FINISH, "", now), now.at)
        self._books.deed(now.at, actor, "补录签到表", about.known.number, f"{len(lines)} 行")

    def _record(self, at: Millis, about: Gathering) -> None:
        """By a clerk, so that a lead may approve it; another day when none is there, or when the
        sheet still lies somewhere."""
        clerks = [one for one in self._shift().handlers if not one.may(Right.MANAGE_STATION)]
        if not clerks or not any(row.present for row in about.rows.values()):
            self._put(self._next_try(at), self._record, about)
            return
        now, actor = self._pen.moment(at, self._dice.pick(clerks))
        form = _record_form(about, self._hours)
        after = recorded(about.known, form, now, self._books.new_uid)
        self._pen.step(about, after, Action.RECORD, now, actor)
        self.told(at, about)
        self._put(self._hours.soon(self._dice, at, 10, 240), self._submit, about)

    def _submit(self, at: Millis, about: Gathering) -> None:
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().handlers))
        counts = head_count(about.known, about.rows.values())
        after = submitted(about.known, _NO_PHOTOS, counts, now)
        self._pen.step(about, after, Action.SUBMIT, now, actor)
        day = self._hours.calendar.add_workdays(now.today, self._dice.between(1, 4))
        self._put(self._hours.random(self._dice, day), self._approve, about)

    def _approve(self, at: Millis, about: Gathering) -> None:
        """By somebody who manages the station and did not write it; otherwise another day."""
        may = [
            one
            for one in self._shift().handlers
            if one.may(Right.MANAGE_STATION) and one.uid != about.known.recorded_by
        ]
        if not may:
            self._put(self._next_try(at), self._approve, about)
            return
        now, actor = self._pen.moment(at, self._dice.pick(may))
        after = approved(about.known, now, alone=False)
        self._pen.step(about, after, Action.APPROVE, now, actor)

    def _next_try(self, at: Millis) -> Millis:
        day = self._hours.calendar.add_workdays(self._hours.zone.day(at), 1)
        return self._hours.random(self._dice, day)

    def _step(self, at: Millis, about: Gathering, action: Action, words: str = "") -> None:
        now, actor = self._pen.moment(at, self._dice.pick(self._shift().handlers))
        self._pen.step(about, take_step(about.known, action, words, now), action, now, actor)


def _nobody(at: Millis, about: Gathering) -> None:
    """Nobody asks."""


def _form(about: Gathering) -> ActivityForm:
    theme, where = about.theme, about.where
    hour, minute = theme.begins
    end = hour * 60 + minute + theme.minutes
    return ActivityForm(
        kind=theme.kind,
        name=theme.name.format(compound=where),
        brand=theme.brand,
        day=about.day,
        begins=theme.begins,
        ends=(end // 60, end % 60),
        place_words=theme.place.format(compound=where),
        organiser=f"{about.home.community}党委",
        undertaker=f"{where}小区党支部",
        partners=(theme.partner,) if theme.partner else (),
        host="小区党支部书记" if theme.meeting else "",
        agenda="\n".join(words for words, _ in theme.resolutions),
    )


def _record_form(about: Gathering, hours: WorkHours) -> RecordForm:
    theme = about.theme
    due = hours.calendar.add_workdays(about.day, 15)
    return RecordForm(
        summary=theme.summary,
        outcome=theme.outcome,
        host="小区党支部书记" if theme.meeting else "",
        resolutions=tuple(
            ResolutionLine(words=words, owner=owner, due=due) for words, owner in theme.resolutions
        ),
    )
