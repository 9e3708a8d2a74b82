"""The posts of a demo station: set up, claimed, manned in the last weeks and the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.posts.rules import claim_steps, shift_steps
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.fitness import unfit
from desktop_app.ledgers.posts.rules.pattern import Pattern, Slot, slots_of, span_words
from desktop_app.ledgers.posts.rules.post import NUMBER_SERIES, Post
from desktop_app.ledgers.posts.rules.post_entry import PostForm, checked, opened
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction
from desktop_app.ledgers.posts.rules.shift_entry import ShiftForm, planned
from desktop_app.ledgers.posts.store import CLAIM_SHELF, POST_SHELF, SHIFT_SHELF
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.registers.volunteers.rules.listing import Fitness
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.station.demo import words
from desktop_app.station.demo.confirmations import Confirmations
from desktop_app.station.demo.helpers import Helper, Helpers, labelled, minute_of
from desktop_app.station.demo.rhythm import MINUTE
from desktop_app.station.demo.service_pen import ServicePen, Turnout

_A = ShiftAction
_FEWEST = 3
_VOLUNTEERS_A_POST = 14
_CLAIMS = 1.9
"""Claims in all the days, for each place of a post: some end, some wait in line."""
_WEEKS_BACK, _WEEKS_AHEAD = 2, 1
_FILLED, _ABSENT, _NOT_YET, _CALLED_OFF = 0.85, 0.07, 0.1, 0.04
_ENDS, _REFUSED = 0.3, 0.05
_LEAVES_OPEN = 0.06
_DAYS_BEFORE = 4
_TRIES = 25


def forms() -> tuple[PostForm, ...]:
    """The posts of `posts.csv`."""
    return tuple(
        PostForm(
            name=row["name"],
            direction=labelled(Direction, row["direction"]),
            place_words=row["place"],
            quota=int(row["quota"]),
            pattern=Pattern(
                tuple(int(one) for one in row["weekdays"].split("|")),
                divmod(minute_of(row["begins"]), 60),
                divmod(minute_of(row["ends"]), 60),
            ),
            needs_insurance=bool(row["insurance"]),
            min_age=int(row["least_age"]),
            duties=row["duties"],
        )
        for row in words.rows("posts.csv")
    )


@dataclass(eq=False)
class Stand:
    """A post with its claims that are not over."""

    post: Post
    claims: dict[Uid, tuple[Claim, Helper]] = field(default_factory=dict)
    turn: int = 0

    @property
    def live(self) -> list[Claim]:
        return [claim for claim, _ in self.claims.values() if claim.live]

    @property
    def on(self) -> list[Helper]:
        return [helper for claim, helper in self.claims.values() if claim.state is ClaimState.ON]


class Manning:
    """Puts as many posts on the agenda as so many `volunteers` can hold."""

    def __init__(self, helpers: Helpers, pen: ServicePen, confirming: Confirmations,
                 volunteers: int) -> None:  # fmt: skip
        self._helpers = helpers
        self._stage = helpers.stage
        self._pen = pen
        self._confirming = confirming
        self._count = max(_FEWEST, round(volunteers / _VOLUNTEERS_A_POST))
        self._stands: list[Stand] = []
        self.posts = self.claims = self.shifts = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage, span = self._stage, self._stage.span
        known = forms()[: self._count]
        for place, form in enumerate(known):
            days = min(12 + place * max(1, span.days // 40), span.days // 2)
            stage.put(stage.on(span.first + timedelta(days=days)), self._open, form)
        monday = span.today - timedelta(days=span.today.weekday())
        for week in range(-_WEEKS_BACK, _WEEKS_AHEAD + 1):
            first = monday + timedelta(weeks=week)
            day = min(first - timedelta(days=_DAYS_BEFORE), span.today)
            at = stage.hours.at(stage.dice, day, 8 * 60 + 40 + week)
            stage.put(at, self._plan_week, first)

    # --- posts and claims ------------------------------------------------------------------------

    def _open(self, at: Millis, form: PostForm) -> None:
        books, actor = self._stage.books, self._stage.handler()
        now = self._helpers.now(at, actor)
        number = books.number(now.today.year, NUMBER_SERIES)
        tidy = checked(form, now.today)
        made = opened(tidy, books.new_uid(), books.station, number, now)
        stand = Stand(self._helpers.put(POST_SHELF, made, now))
        self._stands.append(stand)
        self.posts += 1
        books.deed(now.at, actor, "设岗", number)
        days = max(10, (self._stage.span.today - now.today).days - 20)
        for _ in range(round(form.quota * _CLAIMS * 2)):
            early = self._stage.dice.chance(0.5)
            most = 12 if early else round(days * 5 / 7)
            self._stage.put(self._stage.later(at, 1, most), self._claim, stand)

    def _claim(self, at: Millis, stand: Stand) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        helper = self._somebody(stand, now.today)
        if helper is None:
            return
        fresh = claim_steps.claimed(
            stand.post, self._stage.books.new_uid(), helper.uid, stand.live, now, waiting=True
        )
        if fresh.state is ClaimState.WAITING and len(stand.live) > stand.post.quota:
            return  # One who waits in line is enough.
        self.claims += 1
        self._save(stand, fresh, helper, now)
        self._stage.books.deed(now.at, actor, "认领岗位", stand.post.number, fresh.state.label)
        if fresh.state is ClaimState.CLAIMED and not self._stage.dice.chance(_LEAVES_OPEN):
            self._stage.put(self._stage.later(at, 0, 3), self._answer, (stand, helper))

    def _somebody(self, stand: Stand, day: date) -> Helper | None:
        everybody = [one for one in self._helpers.everybody.values() if one.active]
        for _ in range(min(_TRIES, len(everybody))):
            helper = self._stage.dice.pick(everybody)
            held = helper.uid in stand.claims and stand.claims[helper.uid][0].live
            if not held and unfit(stand.post, _fitness(helper), day) is None:
                return helper
        return None

    def _answer(self, at: Millis, told: tuple[Stand, Helper]) -> None:
        stand, helper = told
        claim, _ = stand.claims[helper.uid]
        if claim.state is not ClaimState.CLAIMED or not helper.active:
            return
        if self._stage.dice.chance(_REFUSED):
            self._act(at, told, ClaimAction.REFUSE, self._helpers.say("refuse"))
            return
        self._act(at, told, ClaimAction.APPROVE)
        if self._stage.dice.chance(_ENDS):
            self._stage.put(self._stage.later(at, 30, 200), self._end, told)

    def _end(self, at: Millis, told: tuple[Stand, Helper]) -> None:
        stand, helper = told
        claim, _ = stand.claims[helper.uid]
        if claim.state is not ClaimState.ON:
            return
        self._act(at, told, ClaimAction.END, self._helpers.say("claim_end"))
        waits = [other for one, other in stand.claims.values() if one.state is ClaimState.WAITING]
        if waits and self._stage.dice.chance(0.6):
            next_one = (stand, waits[0])
            self._act(Millis(at + 5 * MINUTE), next_one, ClaimAction.APPROVE)

    def _act(
        self, at: Millis, told: tuple[Stand, Helper], action: ClaimAction, why: str = ""
    ) -> None:
        stand, helper = told
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        claim, _ = stand.claims[helper.uid]
        after = claim_steps.take_step(claim, action, why, stand.post, stand.live, now)
        self._save(stand, after, helper, now)
        moved = f"{claim.state.label} → {after.state.label}"
        label = f"岗位认领：{action.label}"
        self._stage.books.deed(now.at, actor, label, stand.post.number, moved)

    def _save(self, stand: Stand, claim: Claim, helper: Helper, now: Moment) -> None:
        stand.claims[helper.uid] = (self._helpers.put(CLAIM_SHELF, claim, now), helper)

    # --- shifts ----------------------------------------------------------------------------------

    def _plan_week(self, at: Millis, monday: date) -> None:
        """Most slots of a week; some stay open, as they do."""
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        done = 0
        for stand in self._stands:
            pattern = stand.post.pattern
            slots = slots_of(
                pattern, monday, monday + timedelta(days=6), self._stage.hours.zone,
                from_on=stand.post.from_on,
            )  # fmt: skip
            for slot in slots:
                done += self._fill(stand, slot, now)
        if done:
            self._stage.books.deed(now.at, actor, "排班", "", f"{done} 班")

    def _fill(self, stand: Stand, slot: Slot, now: Moment) -> int:
        """So many are planned for it."""
        done = 0
        line = stand.on
        for _ in range(stand.post.quota if line and slot.starts_at > now.at else 0):
            if not self._stage.dice.chance(_FILLED):
                continue
            helper = line[stand.turn % len(line)]
            stand.turn += 1
            fits = unfit(stand.post, _fitness(helper), slot.day) is None
            days = {slot.day, self._stage.day(slot.ends_at)}
            if fits and helper.active and not days & helper.taken:
                helper.taken |= days
                self._plan(stand, helper, slot, now)
                done += 1
        return done

    def _plan(self, stand: Stand, helper: Helper, slot: Slot, now: Moment) -> None:
        form = ShiftForm(post=stand.post.uid, volunteer=helper.uid, day=slot.day)
        made = planned(form, stand.post, slot, self._stage.books.new_uid(), "", now)
        shift = self._helpers.put(SHIFT_SHELF, made, now)
        self.shifts += 1
        told = (stand, helper, shift)
        if self._stage.dice.chance(_CALLED_OFF):
            opened = self._stage.hours.zone.at(slot.day, 8)
            self._stage.put(max(opened, Millis(slot.starts_at - 90 * MINUTE)), self._call_off, told)
        elif not self._stage.dice.chance(_NOT_YET):
            self._stage.put(self._stage.later(slot.ends_at, 1, 1), self._after, told)

    def _call_off(self, at: Millis, told: tuple[Stand, Helper, Shift]) -> None:
        self._shift_step(at, told, _A.CANCEL, self._helpers.say("cancel_shift"))

    def _after(self, at: Millis, told: tuple[Stand, Helper, Shift]) -> None:
        """Whoever was there has a record of it; who was not is noted."""
        stand, helper, shift = told
        if self._stage.dice.chance(_ABSENT):
            self._shift_step(at, told, _A.ABSENT, self._helpers.say("absent"))
            return
        post = stand.post
        form = ServiceForm(
            volunteer=helper.uid,
            team=helper.teams[0].team.uid if helper.teams else None,
            post=post.uid,
            shift=shift.uid,
            title=post.name,
            started_at=shift.starts_at,
            ended_at=shift.ends_at,
            content=post.duties,
            organiser=self._helpers.issuer,
            place_words=post.place_words,
        )
        self._served(at, told, form)

    def _served(self, at: Millis, told: tuple[Stand, Helper, Shift], form: ServiceForm) -> None:
        stand, helper, shift = told
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        outing = Turnout([helper], form, shift.starts_at, shift.ends_at, {})
        self._pen.enter(outing, helper, form, now, actor)
        record: ServiceRecord = outing.records[helper]
        after = shift_steps.with_service(shift, record.uid, record.number, now)
        saved = self._helpers.put(SHIFT_SHELF, after, now)
        self._shift_told(now, actor, stand, shift, saved, _A.LINK)
        self._stage.put(self._stage.later(at, 1, 6), self._confirming.confirm, outing)

    def _shift_step(
        self, at: Millis, told: tuple[Stand, Helper, Shift], action: ShiftAction, why: str
    ) -> None:
        stand, _, shift = told
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        after = shift_steps.take_step(shift, action, why, now)
        saved = self._helpers.put(SHIFT_SHELF, after, now)
        self._shift_told(now, actor, stand, shift, saved, action)

    def _shift_told(
        self, now: Moment, actor: Actor, stand: Stand, before: Shift, after: Shift,
        action: ShiftAction,
    ) -> None:  # fmt: skip
        when = span_words(after.starts_at, after.ends_at, self._stage.hours.zone)
        words_ = f"{when} {before.state.label} → {after.state.label}"
        label = f"值班：{action.label}"
        self._stage.books.deed(now.at, actor, label, stand.post.number, words_)


def _fitness(helper: Helper) -> Fitness:
    insurance = helper.volunteer.insurance
    until = insurance.until if insurance else None
    volunteer, file = helper.volunteer, helper.file
    return Fitness(helper.uid, volunteer.number, file.name, file.birth, volunteer.state, until)
