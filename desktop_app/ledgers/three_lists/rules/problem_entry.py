"""What a clerk enters of a problem, and whether it is in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.steps import Moment
from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.three_lists.rules.course import TEXT_LIMIT
from desktop_app.ledgers.three_lists.rules.problem import (
    MOST_AFFECTED,
    AffectedUnit,
    Problem,
    ProblemAction,
    ProblemState,
    ProblemStep,
)
from desktop_app.registers.matters.rules import CATEGORY_LIMIT
from desktop_app.registers.residents.rules import DOOR_LIMIT

EARLIEST_DAY = date(2015, 1, 1)
"""Before it there was no station: such a date is a slip or a dead clock battery."""


@dataclass(frozen=True, kw_only=True)
class ProblemForm:
    """The form of a problem.

    `raised_on` is given only for 补录; `listed` puts it onto the list at once. `description` tells
    what is wrong and names nobody; who raised it has fields of its own.
    """

    raised_on: date | None = None
    source: Source = Source.VISIT
    compound: Uid | None = None
    building: str = ""
    grid: Uid | None = None
    category: str = ""
    description: str = ""
    affected: int | None = None
    affected_unit: AffectedUnit = AffectedUnit.HOUSEHOLDS
    urgency: Urgency = Urgency.NORMAL
    raiser: str = ""
    raiser_phone: str = ""
    request: Uid | None = None
    visit: Uid | None = None
    activity: Uid | None = None
    resolution: Uid | None = None
    level: Level = Level.COMMUNITY
    wanted_by: date | None = None
    remark: str = ""
    listed: bool = False


CHANGEABLE = tuple(one.name for one in fields(ProblemForm) if one.name not in ("listed",))
"""Fields of a problem that its form gives, and that may be corrected."""


def checked(form: ProblemForm, today: date) -> ProblemForm:
    """The form as it is kept. Raises `InvalidInput` with every problem of it."""
    problems = Problems()
    tidy = replace(
        form,
        building=problems.line(form.building, "楼栋", "building", DOOR_LIMIT),
        category=problems.line(form.category, "类别", "category", CATEGORY_LIMIT),
        description=problems.text(form.description, "问题描述", "description", TEXT_LIMIT),
        raiser=problems.line(form.raiser, "提出人", "raiser", NAME_LIMIT),
        raiser_phone=problems.office_phone(form.raiser_phone, "raiser_phone"),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    problems.need(
        tidy.description,
        "还没有写问题描述，没有保存。",
        "请用一两句话写清楚是什么问题，不写姓名和电话。",
        "description",
    )
    problems.need(tidy.category, "还没有写类别，没有保存。", "请选一个类别。", "category")
    if form.affected is not None and not 1 <= form.affected <= MOST_AFFECTED:
        problems.add(
            "涉及人数（户）不对，没有保存。", "请填1以上的整数；不清楚的留空。", "affected"
        )
    day = form.raised_on or today
    if day > today:
        problems.add("提出日期比今天还晚，没有保存。", "请改成实际提出的那一天。", "raised_on")
    if day < EARLIEST_DAY:
        problems.add("提出日期太早，没有保存。", "请核对年份。", "raised_on")
    if form.wanted_by is not None and form.wanted_by < day:
        problems.add("希望解决的日期早于提出日期，没有保存。", "请核对这两个日期。", "wanted_by")
    problems.raise_if_any()
    return tidy


def raised(form: ProblemForm, uid: Uid, station: str, number: str, moment: Moment) -> Problem:
    """The problem that a checked form becomes."""
    day = form.raised_on or moment.today
    step = ProblemStep(moment.at, moment.actor, ProblemAction.RAISE, ProblemState.RAISED)
    return Problem(
        uid=uid,
        station=station,
        number=number,
        late_entry=day != moment.today,
        registered_by=moment.operator,
        registered_by_name=moment.actor,
        steps=(step,),
        **{**_values(form), "raised_on": day},
    )


def form_of(problem: Problem) -> ProblemForm:
    """The form as it would be filled in for this problem, to be corrected."""
    return ProblemForm(**{name: getattr(problem, name) for name in CHANGEABLE})


def _values(form: ProblemForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in CHANGEABLE}


def differences(problem: Problem, form: ProblemForm) -> dict[str, Any]:
    """What a checked form says otherwise than the problem."""
    told = {**_values(form), "raised_on": form.raised_on or problem.raised_on}
    return {name: value for name, value in told.items() if getattr(problem, name) != value}
