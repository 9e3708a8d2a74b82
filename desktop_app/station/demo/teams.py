"""The teams of a demo station: founded, joined, led, left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers.rules.membership import Membership, ended, left
from desktop_app.registers.volunteers.rules.team import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Team,
    TeamAction,
    TeamForm,
    TeamStep,
)
from desktop_app.registers.volunteers.rules.team_steps import checked, led_by, without_leader
from desktop_app.registers.volunteers.rules.words import Direction, MemberRole, TeamKind
from desktop_app.registers.volunteers.store import MEMBERSHIP_SHELF, TEAM_SHELF
from desktop_app.station.demo import words
from desktop_app.station.demo.helpers import Helper, Helpers, Troop, labelled
from desktop_app.station.demo.people import Home

_FIRST_DAY, _ALL_BY = 3, 0.45
_FIRST_MEMBERS = (4, 9)
_TEAMS_AT_ONCE = 2
_MAIN = 0.4
"""How many of those who register join the first team; the others any."""
_WRITTEN_DOWN_ONLY, _LEAVES_TEAM, _JOINS_AGAIN = 0.04, 0.1, 0.3


@dataclass(frozen=True, slots=True)
class Sort:
    """A line of `teams.csv`."""

    name: str
    kind: TeamKind
    directions: tuple[Direction, ...]
    words: str


def sorts() -> tuple[Sort, ...]:
    """The teams there may be, the one for everybody first."""
    return tuple(
        Sort(
            row["name"],
            labelled(TeamKind, row["kind"]),
            tuple(labelled(Direction, one) for one in row["directions"].split("|")),
            row["words"],
        )
        for row in words.rows("teams.csv")
    )


class Teams:
    """Puts `count` teams on the agenda and keeps their rosters."""

    def __init__(self, helpers: Helpers, homes: tuple[Home, ...], count: int) -> None:
        self._helpers = helpers
        self._stage = helpers.stage
        self._homes = homes
        self._count = count

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage = self._stage
        step = round(stage.span.days * _ALL_BY / max(1, self._count))
        for place, sort in enumerate(sorts()[: self._count]):
            day = stage.span.first + timedelta(days=_FIRST_DAY + place * step)
            stage.put(stage.on(day), self._found, sort)

    def _found(self, at: Millis, sort: Sort) -> None:
        helpers, books, dice = self._helpers, self._stage.books, self._stage.dice
        actor = self._stage.handler()
        now = helpers.now(at, actor)
        form = TeamForm(
            name=sort.name.format(community=self._homes[0].community),
            team_kind=sort.kind,
            organisation=f"{self._homes[0].community}党委",
            direction=sort.directions,
            direction_words=sort.words,
        )
        tidy = checked(form, now.today)
        fresh = Team(
            uid=books.new_uid(),
            station=books.station,
            number=books.number(now.today.year, NUMBER_SERIES),
            steps=(TeamStep(now.at, now.actor, TeamAction.FOUND),),
            **{name: getattr(tidy, name) for name in FORM_FIELDS},
        )
        troop = Troop(helpers.put(TEAM_SHELF, fresh, now))
        helpers.troops.append(troop)
        books.deed(now.at, actor, "新增志愿队伍", fresh.number)
        there = [one for one in helpers.everybody.values() if self._may_join(one, troop)]
        for helper in dice.sample(there, min(len(there), dice.between(*_FIRST_MEMBERS))):
            self._join(troop, helper, now, actor)
        self._stage.put(self._stage.later(at, 4, 12), self._choose, troop)

    def _may_join(self, helper: Helper, troop: Troop) -> bool:
        if not helper.volunteer.present or len(helper.teams) >= _TEAMS_AT_ONCE:
            return False
        if troop.team.team_kind is TeamKind.PIONEERS:
            return helper.file.party is not PartyKind.NONE
        return troop.team.team_kind is not TeamKind.WOMEN or helper.file.gender.name == "FEMALE"

    # --- joined ----------------------------------------------------------------------------------

    def join_first(self, helper: Helper, now: Moment, actor: Actor) -> None:
        """The team that somebody joins with the registration; a few are in none."""
        dice, troops = self._stage.dice, self._helpers.troops
        if dice.chance(_WRITTEN_DOWN_ONLY):
            return
        fitting = [one for one in troops if self._may_join(helper, one)]
        pioneers = [one for one in fitting if one.team.team_kind is TeamKind.PIONEERS]
        if fitting:
            first = fitting[0] if dice.chance(_MAIN) else dice.pick(pioneers or fitting)
            self._join(first, helper, now, actor)

    def _join(self, troop: Troop, helper: Helper, now: Moment, actor: Actor) -> None:
        books = self._stage.books
        fresh = Membership(
            uid=books.new_uid(),
            station=books.station,
            team=troop.team.uid,
            volunteer=helper.uid,
            joined_on=now.today,
        )
        troop.stays[helper.uid] = self._helpers.put(MEMBERSHIP_SHELF, fresh, now)
        troop.members[helper.uid] = helper
        helper.teams.append(troop)
        books.deed(now.at, actor, "入队", troop.team.number, helper.volunteer.number)
        if self._stage.dice.chance(_LEAVES_TEAM):
            most = max(40, self._stage.span.days)
            self._stage.put(self._stage.later(now.at, 20, most), self._leave, (troop, helper))

    # --- led -------------------------------------------------------------------------------------

    def _choose(self, at: Millis, troop: Troop) -> None:
        """A leader and, among several, a deputy; while nobody is there another day."""
        there = [one for one in troop.members.values() if one.active]
        if not there:
            self._stage.put(self._stage.later(at, 8, 20), self._choose, troop)
            return
        dice, actor = self._stage.dice, self._stage.handler()
        now = self._helpers.now(at, actor)
        leader, *others = dice.sample(there, min(len(there), 2))
        roles = {leader.uid: MemberRole.LEADER}
        roles |= {one.uid: MemberRole.DEPUTY for one in others}
        deputy = others[0].uid if others else None
        said = "、".join(
            f"{roles[one.uid].label} {one.volunteer.number}" for one in (leader, *others)
        )
        if (leader.uid, deputy) == (troop.team.leader, troop.team.deputy):
            return
        after = led_by(troop.team, leader.uid, deputy, now, said)
        troop.team = self._helpers.put(TEAM_SHELF, after, now)
        for uid, stay in troop.stays.items():
            role = roles.get(uid, MemberRole.MEMBER)
            if stay.role is not role:
                troop.stays[uid] = self._helpers.put(
                    MEMBERSHIP_SHELF, altered(stay, role=role), now
                )
        self._stage.books.deed(now.at, actor, "定队长", troop.team.number)

    def leader_of(self, troop: Troop) -> str:
        """The name of who leads it; nothing while nobody does."""
        leader = troop.members.get(troop.team.leader) if troop.team.leader else None
        return leader.file.name if leader else ""

    # --- left ------------------------------------------------------------------------------------

    def _leave(self, at: Millis, told: tuple[Troop, Helper]) -> None:
        troop, helper = told
        if not troop.has(helper):
            return
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        words = self._helpers.say("left_team")
        stay = left(troop.stays[helper.uid], now.today, words, now.today)
        self._gone(troop, helper, stay, "退队", now)
        books = self._stage.books
        books.deed(now.at, actor, "退队", troop.team.number, helper.volunteer.number)
        if self._stage.dice.chance(_JOINS_AGAIN):
            self._stage.put(self._stage.later(at, 30, 120), self._come_back, told)

    def _come_back(self, at: Millis, told: tuple[Troop, Helper]) -> None:
        troop, helper = told
        if not troop.has(helper) and self._may_join(helper, troop):
            actor = self._stage.handler()
            self._join(troop, helper, self._helpers.now(at, actor), actor)

    def end_stays(self, helper: Helper, words: str, now: Moment, _actor: Actor) -> None:
        """Every stay ends with the volunteer."""
        for troop in list(helper.teams):
            stay = ended(troop.stays[helper.uid], now.today, words)
            self._gone(troop, helper, stay, words, now)

    def _gone(self, troop: Troop, helper: Helper, stay: Membership, said: str, now: Moment) -> None:
        after = without_leader(troop.team, helper.uid, now, said)
        if after is not troop.team:
            led = troop.team.leader == helper.uid
            troop.team = self._helpers.put(TEAM_SHELF, after, now)
            if led:
                self._stage.put(self._stage.later(now.at, 3, 15), self._choose, troop)
        self._helpers.put(MEMBERSHIP_SHELF, stay, now)
        del troop.stays[helper.uid], troop.members[helper.uid]
        helper.teams.remove(troop)

    def main(self) -> Uid | None:
        """The team for everybody."""
        return self._helpers.troops[0].team.uid if self._helpers.troops else None
