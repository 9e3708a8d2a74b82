"""What the pages of problems, offers and duties show of their fields, in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.door_text import building_words
from desktop_app.core.masking import mask_name
from desktop_app.core.photos import Photo, is_own_step, of_step
from desktop_app.core.wording import list_day, list_moment
from desktop_app.ledgers.three_lists.rules.duty import Closing, Duty, DutyAction, DutyStep
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferStep
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction, ProblemStep
from desktop_app.ledgers.three_lists.ui.looks import free_words, step_icon, step_tone
from desktop_app.widgets.course import CourseStep
from desktop_app.widgets.facts import Fact

EVERYWHERE = "全社区"


def problem_facts(problem: Problem, place: str, grid: str, today: date) -> list[Fact]:
    """What is wrong, where, and how pressing it is."""
    where = " ".join(filter(None, (place, building_words(problem.building))))
    affected = f"{problem.affected}{problem.affected_unit.label}" if problem.affected else ""
    return [
        Fact("问题", problem.description, kept=True),
        Fact("类别", problem.category, kept=True),
        Fact("地点", where or EVERYWHERE),
        Fact("网格", grid),
        Fact("紧急度", problem.urgency.label),
        Fact("涉及", affected),
        Fact("希望解决", list_day(problem.wanted_by, today=today) if problem.wanted_by else ""),
        Fact("责任层级", problem.level.label),
        Fact("又反映", f"{problem.repeated}次" if problem.repeated else ""),
        Fact("备注", problem.remark),
    ]


def raising_facts(
    problem: Problem, zone: Zone, station: str, plain: Mapping[str, str], today: date
) -> list[Fact]:
    """Who raised it and how it was written down; `plain` is what was just uncovered."""
    late = (
        f"（补录，{list_moment(problem.created_at, zone, today=today)} 登记）"
        if problem.late_entry
        else ""
    )
    return [
        Fact("站点", station),
        Fact("提出人", plain.get("raiser", mask_name(problem.raiser))),
        Fact("电话", plain.get("raiser_phone", problem.raiser_phone)),
        Fact("提出日期", f"{list_day(problem.raised_on, today=today)}{late}", kept=True),
        Fact("来源", problem.source.label),
        Fact("入单日期", list_day(problem.listed_on, today=today) if problem.listed_on else ""),
        Fact("销号日期", list_day(problem.closed_on, today=today) if problem.closed_on else ""),
        Fact("第几次办理", f"第{problem.turn}次" if problem.turn > 1 else ""),
        Fact("登记人", problem.registered_by_name),
    ]


def raiser_masked(problem: Problem) -> tuple[str, ...]:
    """What of who raised it shows less than there is."""
    return tuple(name for name in ("raiser", "raiser_phone") if getattr(problem, name))


def offer_facts(offer: Offer, places: Sequence[str], station: str, today: date) -> list[Fact]:
    """What is offered, to whom, when, and how much of it is left."""
    until = f"到 {list_day(offer.until_on, today=today)}" if offer.until_on else "长期"
    return [
        Fact("站点", station),
        Fact("可提供资源", offer.resource, kept=True),
        Fact("共建单位", offer.partner_name, kept=True),
        Fact("类别", offer.category),
        Fact("服务方式", offer.way.label),
        Fact("数量", free_words(offer), kept=True),
        Fact("面向小区", "、".join(places) or EVERYWHERE),
        Fact("可用时间", f"{list_day(offer.from_on, today=today)} 起，{until}"),
        Fact("可服务时段", offer.weekdays_words),
        Fact("登记日期", list_day(offer.offered_on, today=today)),
        Fact("登记人", offer.registered_by_name),
        Fact("备注", offer.remark),
    ]


def duty_facts(
    duty: Duty, unit_word: str, station: str, plain: Mapping[str, str], today: date
) -> list[Fact]:
    """Who does what by when."""
    amount = f"{duty.amount}{unit_word}" if duty.amount else ""
    return [
        Fact("站点", station),
        Fact("责任单位", duty.unit, kept=True),
        Fact("责任人", duty.person, kept=True),
        Fact("电话", plain.get("person_phone", duty.person_phone)),
        Fact("配合单位", duty.helpers),
        Fact("措施", duty.measures, kept=True),
        Fact("完成时限", list_day(duty.due, today=today), kept=True),
        Fact(
            "延期",
            "；".join(f"原 {list_day(e.before, today=today)}，{e.reason}" for e in duty.extensions),
        ),
        Fact("责任层级", duty.level.label),
        Fact("认领数量", amount),
        Fact("交办", f"{list_day(duty.proposed_on, today=today)} {duty.proposed_by_name}"),
        Fact("接单", list_day(duty.accepted_on, today=today) if duty.accepted_on else ""),
        Fact("谢绝原因", duty.decline_reason),
        Fact("备注", duty.remark),
    ]


def closing_facts(duty: Duty, today: date) -> list[Fact]:
    """What came of it, who asked for the closing, who looked it over, what residents say."""
    asked = ""
    if duty.submitted_on is not None:
        asked = f"{list_day(duty.submitted_on, today=today)} {duty.submitted_by_name}"
    reviewed = ""
    if duty.reviewed_on is not None and duty.reviewer_role is not None:
        who = f"{duty.reviewer_role.label} {duty.reviewer_name}"
        reviewed = f"{list_day(duty.reviewed_on, today=today)} {who}"
    opinion = ""
    if duty.opinion is not None:
        said = f"（{duty.opinion.words}）" if duty.opinion.words else ""
        opinion = f"{duty.opinion.level.label}{said} {list_day(duty.opinion.day, today=today)}"
    on_time = {True: "按时", False: "超时", None: ""}[duty.on_time]
    closed = f"{list_day(duty.closed_on, today=today)} {on_time}" if duty.closed_on else ""
    earlier = "；".join(_reopened(closing, today) for closing in duty.closings)
    return [
        Fact("完成情况", duty.result),
        Fact("申请销号", asked),
        Fact("复核", reviewed),
        Fact("销号日期", closed),
        Fact("群众评价", opinion),
        Fact("历次销号", earlier),
    ]


def _reopened(closing: Closing, today: date) -> str:
    closed = list_day(closing.closed_on, today=today)
    return f"{closed}销号，{list_day(closing.reopened_on, today=today)}重新打开：{closing.reason}"


def progress_facts(duty: Duty, today: date) -> list[Fact]:
    """What was reported on the way, the latest on top."""
    return [
        Fact(list_day(one.day, today=today), f"{one.words}　{one.by}")
        for one in reversed(duty.progress)
    ]


_BARE = frozenset(
    {ProblemAction.UNDO, ProblemAction.REMOVE_PHOTO, DutyAction.UNDO, DutyAction.REMOVE_EVIDENCE}
)
"""Steps that show nothing."""


def course(
    steps: Sequence[ProblemStep | OfferStep | DutyStep],
    zone: Zone,
    today: date,
    photos: Sequence[Photo] = (),
    adder: str = "",
) -> list[CourseStep]:
    """The steps as the course card shows them, with their photos; `adder` may add some to the steps
    that are his."""
    return [
        CourseStep(
            step.action.label,
            list_moment(step.at, zone, today=today),
            step.actor,
            step.words,
            step_icon(step.action),
            step_tone(step.action),
            of_step(photos, number),
            may_add=bool(adder) and step.action not in _BARE and is_own_step(steps, number, adder),
        )
        for number, step in enumerate(steps, start=1)
    ]
