"""What may be said of a team, and its steps: 成立, 定队长, 解散, 恢复. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.registers.volunteers.rules.course import reason, refusal, refuse_future
from desktop_app.registers.volunteers.rules.team import (
    FORM_FIELDS,
    Team,
    TeamAction,
    TeamForm,
    TeamStep,
)
from desktop_app.registers.volunteers.rules.words import NAME_LIMIT, TEXT_LIMIT, Direction

_A = TeamAction

_LIVING = (_A.CHANGE, _A.SET_LEADER, _A.DISBAND)
_DISBANDED = (_A.RESTORE,)
_LIVING_WORD, _DISBANDED_WORD = "在队", "已解散"


def allowed(team: Team) -> tuple[TeamAction, ...]:
    """The steps that may be taken now."""
    if team.deleted:
        return ()
    return _DISBANDED if team.disbanded else _LIVING


def checked(form: TeamForm, today: date) -> TeamForm:
    """The form as it is kept. Raises `InvalidInput` with every problem."""
    problems = Problems()
    tidy = replace(
        form,
        name=problems.line(form.name, "队名", "name", NAME_LIMIT),
        organisation=problems.line(form.organisation, "所属组织", "organisation", NAME_LIMIT),
        founded_on=form.founded_on or today,
        direction=tuple(one for one in Direction if one in form.direction),
        direction_words=problems.text(
            form.direction_words, "服务方向说明", "direction_words", TEXT_LIMIT
        ),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    problems.need(tidy.name, "还没有填写队名。", "请写上队伍的名称。", "name")
    problems.need(
        tidy.organisation, "还没有填写所属组织。", "请写明是哪个组织的队伍。", "organisation"
    )
    problems.need(tidy.direction, "还没有选服务方向。", "请至少选一项。", "direction")
    if tidy.founded_on is not None and tidy.founded_on > today:
        problems.add("成立日期比今天还晚。", "请改成实际成立的那一天。", "founded_on")
    problems.raise_if_any()
    return tidy


def form_of(team: Team) -> TeamForm:
    """A team as its form shows it."""
    return TeamForm(**{name: getattr(team, name) for name in FORM_FIELDS})


def with_form(team: Team, form: TeamForm, moment: Moment) -> Team:
    """The team as a checked form tells it. Raises `UserError` for one that was disbanded."""
    values = {name: getattr(form, name) for name in FORM_FIELDS}
    return with_step(team, _A.CHANGE, moment, **values)


def refuse_same_name(team: Team, others: Iterable[Team]) -> None:
    """One name is one team: raise `UserError` when another living one is called so. A disbanded
    team gives its name free."""
    for other in others:
        if other.uid != team.uid and other.name == team.name and not other.disbanded:
            raise UserError(
                f"已有一支队伍叫这个名称（编号 {other.number}），没有保存，内容都在。",
                "是同一支队伍的，请打开那一条修改；是另一支的，请换一个能区分的名称。",
                field="name",
            )


def with_step(
    team: Team, action: TeamAction, moment: Moment, words: str = "", **changes: Any
) -> Team:
    """The team after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(team, action)
    step = TeamStep(moment.at, moment.actor, action, words)
    return altered(team, steps=(*team.steps, step), **changes)


def refuse_unless(team: Team, action: TeamAction) -> None:
    """Raise `UserError` when a step may not be taken as the team stands."""
    if action not in allowed(team):
        state = _DISBANDED_WORD if team.disbanded else _LIVING_WORD
        raise refusal("这支队伍", state, action, allowed(team))


def refuse_disbanded(team: Team) -> None:
    """Raise `UserError` when nobody can join because there is no such team any more."""
    if team.disbanded:
        raise UserError(
            f"这支队伍{team.disbanded_on:%Y-%m-%d}已经解散，没有添加队员。",
            "如要继续活动，请先“恢复队伍”。",
            field="team",
        )


def disbanded(team: Team, words: str, day: date, moment: Moment) -> Team:
    """The team that is no more: `day` is the first one without it. Raises `UserError`."""
    refuse_unless(team, _A.DISBAND)
    why = reason(words, "解散的原因")
    refuse_future(day, moment.today, "解散日期", "day")
    if day < team.founded_on:
        raise UserError(
            f"解散日期早于成立日期{team.founded_on:%Y-%m-%d}，没有改动。",
            "请核对这两个日期。",
            field="day",
        )
    return with_step(
        team,
        _A.DISBAND,
        moment,
        why,
        disbanded_on=day,
        disband_reason=why,
        leader=None,
        deputy=None,
    )


def restored(team: Team, moment: Moment) -> Team:
    """The team that is there again; its members have to join anew."""
    return with_step(team, _A.RESTORE, moment, disbanded_on=None, disband_reason="")


def led_by(team: Team, leader: Uid | None, deputy: Uid | None, moment: Moment, said: str) -> Team:
    """The team with this leader and deputy; whether they are members is for whoever knows the
    roster. Raises `UserError` when they are the same person."""
    refuse_unless(team, _A.SET_LEADER)
    if leader is not None and leader == deputy:
        raise UserError(
            "队长和副队长是同一个人，没有改动。", "请另选一位副队长，或不设副队长。", field="deputy"
        )
    if (leader, deputy) == (team.leader, team.deputy):
        raise UserError("队长和副队长没有变化，没有改动。", "请选别的队员。", field="leader")
    return with_step(team, _A.SET_LEADER, moment, said, leader=leader, deputy=deputy)


def without_leader(team: Team, volunteer: Uid, moment: Moment, said: str) -> Team:
    """The team after its leader or deputy has gone; others are nothing to it."""
    if volunteer not in (team.leader, team.deputy):
        return team
    leader = None if team.leader == volunteer else team.leader
    deputy = None if team.deputy == volunteer else team.deputy
    return with_step(team, _A.SET_LEADER, moment, said, leader=leader, deputy=deputy)
