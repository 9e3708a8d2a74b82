"""What the teams of a demo station do: they turn out on a day, sign in and out, or are written down
from a sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service.rules import steps
from desktop_app.ledgers.service.rules.entry import ServiceForm, checked, cleaned
from desktop_app.ledgers.service.rules.service_record import Source
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.station.demo import words
from desktop_app.station.demo.confirmations import Confirmations
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.helpers import MOST_KEEN, Helper, Troop, labelled, minute_of
from desktop_app.station.demo.people import Home
from desktop_app.station.demo.rhythm import MINUTE
from desktop_app.station.demo.service_pen import ServicePen, Turnout
from desktop_app.station.demo.teams import Teams

_TOGETHER, _ASKED = (4, 13), 3
_FIRST_DAY = 14
_WEEKEND = 0.45
_MORNING = 7 * 60 + 30
_SIGNED, _IMPORTED = 0.42, 0.06
_FORGOTTEN, _RESTS, _GOOD_DEED = 0.012, 0.12, 0.02
_VERY_LATE = 20
"""One in so many sheets of paper is found when it is late."""
_KEPT_HERE, _FROM_THERE = 190, 0.5
"""What is older than so many days was taken over, sheet by sheet; half from the national system."""
_LATE_DAYS = (11, 15)
_TODAY_AT, _TODAY_LASTS = 9 * 60, 150
_EARLY = 9 * 60 + 30
_LONG = 100
_AT_LEAST = 30 * MINUTE
_BETWEEN_TWO = 15_000
"""Milliseconds from one to the next in a line at the desk."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A line of `services.csv`; `begins` is a minute of the day."""

    direction: Direction
    title: str
    content: str
    recipients: str
    low: int
    high: int
    place: str
    begins: int
    minutes: int
    weight: int


def programmes() -> tuple[Programme, ...]:
    """Everything that teams do."""
    return tuple(
        Programme(
            labelled(Direction, row["direction"]),
            row["title"],
            row["content"],
            row["recipients"],
            int(row["low"]),
            int(row["high"]),
            row["place"],
            minute_of(row["begins"]),
            int(row["minutes"]),
            int(row["weight"]),
        )
        for row in words.rows("services.csv")
    )


class Turnouts:
    """Puts about `count` records on the agenda, in outings of several people."""

    def __init__(
        self, pen: ServicePen, confirming: Confirmations, teams: Teams, homes: Sequence[Home],
        count: int,
    ) -> None:  # fmt: skip
        self._pen = pen
        self._confirming = confirming
        self._helpers = pen.helpers
        self._stage = pen.stage
        self._teams = teams
        self._homes = homes
        self._count = count
        known = programmes()
        self._programmes = {
            direction: Table((one, one.weight) for one in known if one.direction is direction)
            for direction in {one.direction for one in known}
        }
        self._forgotten_yesterday = False
        self._on_paper = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once: one outing this morning among it."""
        dice, span = self._stage.dice, self._stage.span
        outings = max(2, round(self._count / (sum(_TOGETHER) / 2)))
        for _ in range(outings):
            day = span.today - timedelta(days=dice.between(1, max(1, span.days - _FIRST_DAY)))
            if dice.chance(_WEEKEND):
                # Most people have time on Saturdays.
                day = min(day + timedelta(days=5 - day.weekday()), self._yesterday)
            self._stage.put(self._at(day, _MORNING), self._turn_out, None)
        self._stage.put(self._at(self._yesterday, _MORNING), self._turn_out, None)
        self._stage.put(self._at(span.today, _MORNING), self._turn_out, _TODAY_AT)

    @property
    def _yesterday(self) -> date:
        return self._stage.span.today - timedelta(days=1)

    def _at(self, day: date, minute: int) -> Millis:
        return self._stage.hours.at(self._stage.dice, day, minute)

    # --- turned out ------------------------------------------------------------------------------

    def _turn_out(self, at: Millis, begins: int | None) -> None:
        dice, day = self._stage.dice, self._stage.day(at)
        troops = [one for one in self._helpers.troops if len(one.members) > 1]
        if not troops:
            return
        troop = dice.drawn(Table((one, len(one.members)) for one in troops))
        people = self._who(troop, day)
        if people:
            self._begin(self._outing(troop, people, day, begins))

    def _who(self, troop: Troop, day: date) -> list[Helper]:
        """Some of the team who have time; the keen ones more often."""
        dice, everybody = self._stage.dice, list(troop.members.values())
        wanted = dice.between(*_TOGETHER)
        found: list[Helper] = []
        for one in dice.sample(everybody, min(len(everybody), _ASKED * wanted)):
            if len(found) < wanted and dice.chance(one.keen / MOST_KEEN) and one.free_on(day):
                found.append(one)
        return found

    def _outing(self, troop: Troop, people: list[Helper], day: date, begins: int | None) -> Turnout:
        dice = self._stage.dice
        told = self._programme(troop, begins)
        compound = dice.pick(self._homes).name
        start, lasts = self._at(day, begins or told.begins), _TODAY_LASTS
        if begins is None:
            lasts = told.minutes + dice.pick((-15, 0, 0, 0, 20))
        rests = lasts > _LONG and dice.chance(_RESTS)
        form = ServiceForm(
            volunteer=people[0].uid,
            team=troop.team.uid,
            title=told.title,
            excluded_minutes=dice.pick((10, 15, 20, 30)) if rests else 0,
            excluded_words=self._helpers.say("excluded") if rests else "",
            content=told.content,
            recipients=told.recipients,
            organiser=self._helpers.issuer,
            head=self._teams.leader_of(troop),
            place_words=told.place.format(compound=compound),
            good_deed=dice.chance(_GOOD_DEED),
        )
        if told.high:
            form = replace(form, served=max(1, dice.between(told.low, told.high) // len(people)))
        return Turnout(people, form, start, Millis(start + lasts * MINUTE), {})

    def _programme(self, troop: Troop, begins: int | None) -> Programme:
        """Something that the team does; before a set hour only what is done in the morning."""
        dice = self._stage.dice
        tables = [self._programmes[one] for one in troop.team.direction if one in self._programmes]
        if begins is not None:
            early = [one for table in tables for one in table.values if one.begins <= _EARLY]
            return dice.pick(early or tables[0].values)
        return dice.drawn(dice.pick(tables))

    def _begin(self, outing: Turnout) -> None:
        """Those days are taken; how it becomes known is thrown once for all of them."""
        stage, day = self._stage, self._stage.day(outing.begins)
        for helper in outing.people:
            helper.taken.add(day)
        thrown = stage.dice.random()
        if day < stage.span.today - timedelta(days=_KEPT_HERE):
            stage.put(stage.later(outing.ends, 1, 7), self._take_over, outing)
            return
        if thrown < _SIGNED or day >= self._yesterday:
            stage.put(outing.begins, self._sign_in, outing)
            return
        self._on_paper += 1
        if self._on_paper % _VERY_LATE == _VERY_LATE // 2:
            when = stage.later(outing.ends, *_LATE_DAYS)
        else:
            when = stage.later(outing.ends, 1, 7)
        imported = thrown > 1 - _IMPORTED
        stage.put(when, self._take_over if imported else self._write_down, outing)

    # --- at the desk -----------------------------------------------------------------------------

    def _sign_in(self, at: Millis, outing: Turnout) -> None:
        """One after the other, within some minutes, while others do other things."""
        actor = self._stage.dice.pick(self._stage.shift.everybody)
        for place, helper in enumerate(outing.people):
            self._stage.put(_in_turn(at, place), self._sign_one_in, (outing, helper, actor))
        self._stage.put(outing.ends, self._sign_out, outing)

    def _sign_one_in(self, at: Millis, told: tuple[Turnout, Helper, Actor]) -> None:
        outing, helper, actor = told
        if helper.serving or not helper.active:
            return
        now = self._pen.now(at, actor)
        form = replace(cleaned(outing.form), volunteer=helper.uid)
        number = self._pen.sign_in(outing, helper, form, now)
        self._stage.books.deed(now.at, actor, "志愿服务签到", number)

    def _sign_out(self, at: Millis, outing: Turnout) -> None:
        dice, actor = self._stage.dice, self._stage.dice.pick(self._stage.shift.everybody)
        yesterday = self._stage.day(at) == self._yesterday
        for place, helper in enumerate(list(outing.records)):
            if yesterday and not self._forgotten_yesterday:
                # To be seen in every demo.
                self._forgotten_yesterday = True
                continue
            if dice.chance(_FORGOTTEN):
                self._stage.put(self._stage.later(at, 1, 3), self._finish, (outing, helper))
                continue
            self._stage.put(_in_turn(at, place), self._sign_one_out, (outing, helper, actor))
        self._stage.put(self._stage.later(at, 1, 6), self._confirming.confirm, outing)

    def _sign_one_out(self, at: Millis, told: tuple[Turnout, Helper, Actor]) -> None:
        outing, helper, actor = told
        now = self._pen.now(at, actor)
        after = steps.signed_out(outing.records[helper], now)
        self._pen.keep(outing, helper, after, now)
        self._stage.books.deed(now.at, actor, "志愿服务签退", after.number)

    def _finish(self, at: Millis, told: tuple[Turnout, Helper]) -> None:
        """补签退 of somebody who had gone home without a word."""
        outing, helper = told
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        before = outing.records[helper]
        ended = max(outing.ends, Millis(before.started_at + _AT_LEAST))
        late = self._pen.is_late(before.day, now.today)
        after = steps.finished(before, ended, now, late=late)
        self._pen.keep(outing, helper, after, now)
        self._stage.books.deed(now.at, actor, "志愿服务补签退", after.number)
        self._stage.put(self._stage.later(at, 0, 3), self._confirming.confirm, outing)

    # --- from a sheet of paper -------------------------------------------------------------------

    def _take_over(self, at: Millis, outing: Turnout) -> None:
        """导入 of a whole sheet, which somebody has looked over before; half of them come from the
        national system."""
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        there = self._stage.dice.chance(_FROM_THERE)
        tidy = self._checked(outing, Source.IMPORTED, now)
        forms = [self._own(tidy, outing, place) for place in range(len(outing.people))]
        self._pen.take_over(outing, forms, now, there=there)
        label = "导入志愿服务记录"
        self._stage.books.deed(now.at, actor, label, f"服务记录 {len(outing.people)} 条")
        if outing.waiting:
            self._stage.put(self._stage.later(at, 1, 3), self._confirming.confirm, outing)

    def _checked(self, outing: Turnout, source: Source, now: Moment) -> ServiceForm:
        form = replace(outing.form, started_at=outing.begins, ended_at=outing.ends, source=source)
        return checked(form, now.at, self._stage.hours.zone)

    def _own(self, tidy: ServiceForm, outing: Turnout, place: int) -> ServiceForm:
        begin, end = self._times(outing, place)
        helper = outing.people[place]
        return replace(tidy, volunteer=helper.uid, started_at=begin, ended_at=end)

    def _write_down(self, at: Millis, outing: Turnout) -> None:
        actor = self._stage.dice.pick(self._stage.shift.everybody)
        tidy = self._checked(outing, Source.ENTERED, self._pen.now(at, actor))
        for place, helper in enumerate(outing.people):
            own = self._own(tidy, outing, place)
            self._stage.put(_in_turn(at, place), self._enter_one, (outing, helper, own, actor))
        self._stage.put(self._stage.later(at, 0, 5), self._confirming.confirm, outing)

    def _enter_one(self, at: Millis, told: tuple[Turnout, Helper, ServiceForm, Actor]) -> None:
        outing, helper, own, actor = told
        self._pen.enter(outing, helper, own, self._pen.now(at, actor), actor)

    def _times(self, outing: Turnout, place: int) -> tuple[Millis, Millis]:
        """Whole five minutes, as people write them; the one at the door comes first."""
        step = 5 * MINUTE
        begin = outing.begins // step * step + (step if place % 4 == 3 else 0)
        end = outing.ends // step * step - (step if place % 5 == 4 else 0)
        return Millis(begin), Millis(end)


def _in_turn(at: Millis, place: int) -> Millis:
    """When the one at that place of a line is served."""
    return Millis(at + place * _BETWEEN_TWO)
