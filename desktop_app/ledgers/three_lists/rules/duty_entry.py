"""What is said when a problem is dispatched to a unit, and whether it is in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.cleaning import Problems
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.steps import Moment
from desktop_app.core.text import NAME_LIMIT
from desktop_app.core.wording import list_day
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, TEXT_LIMIT
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState, DutyStep
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem


@dataclass(frozen=True, kw_only=True)
class DutyForm:
    """A match or a dispatch. With an offer the partner is the offer's, `unit` defaults to
    its name and `amount` to 1; without one there is no amount. `level` None: the problem's own."""

    problem: Uid | None = None
    offer: Uid | None = None
    partner: Uid | None = None
    unit: str = ""
    person: str = ""
    person_phone: str = ""
    helpers: str = ""
    level: Level | None = None
    due: date | None = None
    measures: str = ""
    amount: int | None = None
    remark: str = ""


CORRECTABLE = ("unit", "person", "person_phone", "helpers", "measures", "remark")
"""What may be put right while it is under way; the due day is extended, the amount agreed anew."""


def checked(form: DutyForm, offer: Offer | None, today: date) -> DutyForm:
    """The form as it is kept. Raises `InvalidInput` with every problem of it."""
    problems = Problems()
    tidy = _tidy(_with_offer(form, offer), problems)
    if form.due is None:
        problems.add("还没有写完成时限，没有保存。", "请选一个日期。", "due")
    elif form.due < today:
        problems.add("完成时限已经过去，没有保存。", "请选今天或以后的日期。", "due")
    if offer is None and form.amount is not None:
        problems.add("没有选资源，不能写数量，没有保存。", "请先选资源，或去掉数量。", "amount")
    problems.raise_if_any()
    return tidy


def corrected(form: DutyForm) -> DutyForm:
    """The same for a duty that is put right: its due day is not looked at."""
    problems = Problems()
    tidy = _tidy(form, problems)
    problems.raise_if_any()
    return tidy


def _with_offer(form: DutyForm, offer: Offer | None) -> DutyForm:
    if offer is None:
        return form
    return replace(
        form,
        partner=offer.partner,
        unit=form.unit or offer.partner_name,
        amount=1 if form.amount is None else form.amount,
    )


def _tidy(form: DutyForm, problems: Problems) -> DutyForm:
    tidy = replace(
        form,
        unit=problems.line(form.unit, "责任单位", "unit", LINE_LIMIT),
        person=problems.line(form.person, "责任人", "person", NAME_LIMIT),
        person_phone=problems.office_phone(form.person_phone, "person_phone"),
        helpers=problems.line(form.helpers, "配合单位", "helpers", LINE_LIMIT),
        measures=problems.text(form.measures, "措施", "measures", TEXT_LIMIT),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    problems.need(tidy.unit, "还没有写责任单位，没有保存。", "请写由哪个单位负责。", "unit")
    problems.need(tidy.person, "还没有写责任人，没有保存。", "请写明具体由谁负责。", "person")
    problems.need(tidy.measures, "还没有写措施，没有保存。", "请写一句打算怎么办。", "measures")
    return tidy


def proposed(
    form: DutyForm, problem: Problem, uid: Uid, station: str, number: str, moment: Moment
) -> Duty:
    """The duty that a checked form becomes."""
    assert form.due is not None, "the form has been checked"
    step = DutyStep(moment.at, moment.actor, DutyAction.PROPOSE, DutyState.PROPOSED)
    return Duty(
        uid=uid,
        station=station,
        number=number,
        problem=problem.uid,
        problem_number=problem.number,
        category=problem.category,
        compound=problem.compound,
        turn=problem.turn,
        offer=form.offer,
        partner=form.partner,
        unit=form.unit,
        person=form.person,
        person_phone=form.person_phone,
        helpers=form.helpers,
        level=form.level or problem.level,
        due=form.due,
        measures=form.measures,
        amount=form.amount,
        proposed_on=moment.today,
        proposed_by=moment.operator,
        proposed_by_name=moment.actor,
        steps=(step,),
        remark=form.remark,
    )


def due_note(due: date, calendar: WorkCalendar) -> str:
    """What is told of a due day on which nobody works; nothing of another one.

    It is told and not refused: an activity with residents is often held on a Sunday.
    """
    if calendar.is_workday(due):
        return ""
    after = calendar.add_workdays(due, 1)
    return f"{list_day(due)}是休息日；如要按工作日算，下一个工作日是{list_day(after)}。"
