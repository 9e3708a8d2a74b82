"""How the volunteers of a demo station come and go: registered, insured, trained, honoured, away
for a while, gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers.rules.entry import checked
from desktop_app.registers.volunteers.rules.volunteer import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Honour,
    Insurance,
    Training,
    Volunteer,
    VolunteerAction,
    VolunteerForm,
    VolunteerStep,
)
from desktop_app.registers.volunteers.rules.volunteer_steps import (
    take_step,
    with_honour,
    with_step,
    with_training,
)
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill
from desktop_app.registers.volunteers.store import SHELF
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.helpers import MOST_KEEN, Helper, Helpers
from desktop_app.station.demo.people import Person
from desktop_app.station.demo.teams import Teams

_A = VolunteerAction
_SOONEST = 6
"""Days after which the station knows enough people."""
_FOUNDERS, _FIRST_PART = 0.45, 0.12
_INSURED, _REGISTERED, _DISCLOSE = 0.5, 0.7, 0.35
_PAUSES, _COMES_BACK, _LEAVES, _CANCELS = 0.06, 0.7, 0.06, 0.2
_KEEN = (2, 2, 3, 3, 4, MOST_KEEN)
_TRIES = 40
_TRAINED_EVERY, _TRAINED = 110, (6, 18)
_HONOURED = 0.04
_ETHNICITIES = Table((("汉族", 94), ("畲族", 4), ("回族", 2)))
_POLITICS = Table(((Political.MASSES, 86), (Political.YOUTH_LEAGUE, 8), (Political.DEMOCRATIC, 6)))
_LEAGUE_AGE = 28


class Enrolling:
    """Puts the registrations of `count` volunteers on the agenda, and what comes of each."""

    def __init__(self, helpers: Helpers, teams: Teams, count: int) -> None:
        self._helpers = helpers
        self._stage = helpers.stage
        self._teams = teams
        self._count = count
        self._serial = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage, span = self._stage, self._stage.span
        early = max(_SOONEST + 1, round(span.days * _FIRST_PART))
        for _ in range(self._count):
            founder = stage.dice.chance(_FOUNDERS)
            days = stage.dice.between(_SOONEST, early if founder else max(early, span.days - 2))
            stage.put(stage.on(span.first + timedelta(days=days)), self._register, None)
        day = span.first + timedelta(days=stage.dice.between(40, 70))
        while day < span.today:
            stage.put(stage.on(day), self._train, None)
            day += timedelta(days=_TRAINED_EVERY)
        for year in range(span.first.year, span.today.year + 1):
            for month, deed in ((1, self._insure), (12, self._honour)):
                # 国际志愿者日 is the 5th of December; policies begin with the year.
                if span.first < date(year, month, 5) < span.today:
                    stage.put(stage.on(date(year, month, 5)), deed, None)

    # --- registered ------------------------------------------------------------------------------

    def _register(self, at: Millis, _: None) -> None:
        day = self._stage.day(at)
        for _try in range(_TRIES):
            person = self._helpers.known(day)
            if person is not None:
                self.enrol(at, person)
                return
        self._stage.put(self._stage.later(at, 3, 9), self._register, None)

    def enrol(self, at: Millis, person: Person) -> Helper:
        """Register somebody whose file says enough; the first team is joined the same day."""
        helpers, dice = self._helpers, self._stage.dice
        actor = self._stage.handler()
        now = helpers.now(at, actor)
        assert person.resident is not None, "known"
        tidy = checked(self._form(person, now.today), person.resident, now.today)
        books = self._stage.books
        fresh = Volunteer(
            uid=books.new_uid(),
            station=books.station,
            number=books.number(now.today.year, NUMBER_SERIES),
            steps=(VolunteerStep(now.at, now.actor, _A.REGISTER, Volunteer.state),),
            **{name: getattr(tidy, name) for name in FORM_FIELDS},
        )
        helper = Helper(person, helpers.put(SHELF, fresh, now), dice.pick(_KEEN))
        books.deed(now.at, actor, "登记志愿者", fresh.number)
        helpers.everybody[person.resident.uid] = helper
        self._teams.join_first(helper, now, actor)
        self._plan(helper, now)
        return helper

    def _form(self, person: Person, day: date) -> VolunteerForm:
        dice, helpers, file = self._stage.dice, self._helpers, person.resident
        assert file is not None, "known"
        other = next((one for one in person.household if one is not person and one.phone), None)
        number = ""
        if dice.chance(_REGISTERED):
            self._serial += 1
            # No county has this prefix, so it is nobody's number.
            number = f"350899{day.year}{self._serial:06d}"
        return VolunteerForm(
            resident=file.uid,
            national_number=number,
            ethnicity=dice.drawn(_ETHNICITIES),
            political=self._political(person, day),
            education=helpers.say("education"),
            skills=tuple(dice.sample(list(Skill)[:-1], dice.pick((0, 1, 1, 2)))),
            directions=tuple(dice.sample(list(Direction)[:-1], dice.between(1, 3))),
            times_words=helpers.say("times"),
            emergency_name=other.draft.name if other else "",
            emergency_phone=other.phone if other else "",
            insurance=self._insurance(day) if dice.chance(_INSURED) else None,
            registered_on=day,
            disclose=dice.chance(_DISCLOSE),
        )

    def _political(self, person: Person, day: date) -> Political:
        assert person.resident is not None, "known"
        if person.resident.party is not PartyKind.NONE:
            return Political.MEMBER
        thrown = self._stage.dice.drawn(_POLITICS)
        young = thrown is not Political.YOUTH_LEAGUE or person.age(day) <= _LEAGUE_AGE
        return thrown if young else Political.MASSES

    def _insurance(self, day: date) -> Insurance:
        """Until the end of the year with all others, or a year of one's own."""
        dice = self._stage.dice
        policy = f"YQ{day.year}{dice.between(0, 999_999):06d}"
        own = dice.chance(0.15)
        until = day + timedelta(days=364) if own else date(day.year, 12, 31)
        return Insurance(self._helpers.say("insurance"), policy, until)

    def _plan(self, helper: Helper, now: Moment) -> None:
        """What comes later, if it comes before the demo is opened."""
        stage = self._stage
        length = stage.span.days
        if stage.dice.chance(_PAUSES):
            stage.put(stage.later(now.at, 20, max(30, length // 2)), self._pause, helper)
        elif stage.dice.chance(_LEAVES):
            stage.put(stage.later(now.at, 40, max(60, length)), self._leave, helper)

    # --- later on --------------------------------------------------------------------------------

    def _pause(self, at: Millis, helper: Helper) -> None:
        if helper.active:
            self._step(at, helper, _A.PAUSE, self._helpers.say("pause"))
            if self._stage.dice.chance(_COMES_BACK):
                self._stage.put(self._stage.later(at, 20, 120), self._resume, helper)

    def _resume(self, at: Millis, helper: Helper) -> None:
        self._step(at, helper, _A.RESUME, self._helpers.say("back"))

    def _leave(self, at: Millis, helper: Helper) -> None:
        cancels = self._stage.dice.chance(_CANCELS)
        words = self._helpers.say("cancel" if cancels else "leave")
        now, actor = self._step(at, helper, _A.CANCEL if cancels else _A.LEAVE, words)
        self._teams.end_stays(helper, words, now, actor)

    def _step(
        self, at: Millis, helper: Helper, action: VolunteerAction, words: str
    ) -> tuple[Moment, Actor]:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        after = take_step(helper.volunteer, action, words, now.today, now)
        self._save(helper, after, action, now, actor)
        return now, actor

    def _save(
        self, helper: Helper, after: Volunteer, action: VolunteerAction, now: Moment, actor: Actor
    ) -> None:
        helper.volunteer = self._helpers.put(SHELF, after, now)
        self._stage.books.deed(now.at, actor, f"志愿者{action.label}", after.number)

    def _active(self) -> list[Helper]:
        return [one for one in self._helpers.everybody.values() if one.active]

    def _train(self, at: Millis, _: Any) -> None:
        stage, there, actor = self._stage, self._active(), self._stage.handler()
        now = self._helpers.now(at, actor)
        words, organiser = self._helpers.say("training"), self._helpers.say("organiser")
        minutes = stage.dice.pick((60, 90, 120))
        for helper in stage.dice.sample(there, min(len(there), stage.dice.between(*_TRAINED))):
            told = Training(stage.books.new_uid(), now.today, words, organiser, minutes)
            after = with_training(helper.volunteer, told, now)
            self._save(helper, after, _A.ADD_TRAINING, now, actor)

    def _honour(self, at: Millis, _: Any) -> None:
        """Those who served longest."""
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        there = sorted(self._active(), key=lambda one: (-len(one.served), one.uid))
        for helper in there[: max(1, round(len(there) * _HONOURED))]:
            told = Honour(
                self._stage.books.new_uid(),
                now.today,
                f"{now.today.year}{self._helpers.say('honour')}",
                self._helpers.issuer,
            )
            after = with_honour(helper.volunteer, told, now)
            self._save(helper, after, _A.ADD_HONOUR, now, actor)

    def _insure(self, at: Millis, _: Any) -> None:
        """The new year's policy of those whose old one ended with the year."""
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        last = date(now.today.year - 1, 12, 31)
        for helper in self._active():
            old = helper.volunteer.insurance
            if old is not None and old.until == last:
                fresh = Insurance(old.name, old.policy, date(now.today.year, 12, 31))
                after = with_step(helper.volunteer, _A.CHANGE, now, insurance=fresh)
                self._save(helper, after, _A.CHANGE, now, actor)
