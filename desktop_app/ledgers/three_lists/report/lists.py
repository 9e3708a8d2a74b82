"""问题清单、共建清单、责任清单 as three annexes of a meeting or of one unit, A4 across.

The columns are those of domain 3.8; two that belong together stand above each other in one column.
Of who raised a problem the lists say only that it is on record: they are handed to units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.three_lists.report.data import (
    EVERYWHERE,
    ListsData,
    affected_words,
    amount_words,
    place_of,
)
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferState, is_used_up
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.printing.blocks import Block, Heading, Note, PageBreak
from desktop_app.printing.document import Document
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

_C = Align.CENTER
_ON_RECORD = "站内留存"
_NOTHING = "—"

_PROBLEM_COLUMNS = (
    Column("项目编号", weight=0),
    Column("提出日期", _C, weight=0),
    Column("来源", _C, weight=0),
    Column("小区\n网格", weight=0.7),
    Column("类别", weight=0.4),
    Column("问题描述", weight=2.4),
    Column("涉及\n人数/户", _C, weight=0),
    Column("紧急度", _C, weight=0),
    Column("提出人\n电话", _C, weight=0),
    Column("照片", _C, weight=0),
    Column("是否重\n复反映", _C, weight=0),
    Column("状态", _C, weight=0),
)
_OFFER_COLUMNS = (
    Column("项目编号", weight=0),
    Column("提出日期", _C, weight=0),
    Column("来源", weight=0.5),
    Column("小区\n网格", weight=0.7),
    Column("类别", weight=0.4),
    Column("共建单位", weight=0.9),
    Column("可提供资源\n认领事项", weight=1.4),
    Column("对应问题编号", weight=0),
    Column("服务\n方式", _C, weight=0),
    Column("计划时间", weight=0.8),
    Column("数量", _C, weight=0),
    Column("状态", _C, weight=0),
)
_DUTY_COLUMNS = (
    Column("项目编号\n问题编号", weight=0),
    Column("提出日期\n来源", _C, weight=0),
    Column("小区\n网格", weight=0.7),
    Column("类别\n状态", _C, weight=0),
    Column("责任单位\n责任人", weight=1),
    Column("配合单位\n责任层级", weight=0.8),
    Column("完成时限", _C, weight=0),
    Column("措施", weight=1.2),
    Column("进展", weight=1.3),
    Column("完成情况\n佐证", weight=1),
    Column("群众\n评价", _C, weight=0),
    Column("销号日期\n销号人\n复核人", _C, weight=0),
)
_SIZE = 8.5


def three_lists(told: ListsData, head: Letterhead) -> Document:
    """The three lists, each beginning a page of its own, numbered as annexes of the meeting."""
    names = told.names
    return Document(
        f"{names.problems}、{names.offers}、{names.duties}",
        tuple(_blocks(told, head.day)),
        head.made_at,
        LedgerFrame(head.station, told.told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=told.told,
    )


def _blocks(told: ListsData, today: date) -> Iterator[Block]:
    names = told.names
    printed = [told.problems[uid] for uid in told.printed]
    yield Heading(f"附件1　{names.problems}")
    yield _table(_PROBLEM_COLUMNS, [_problem(told, one) for one in printed])
    yield Note(_problem_count(printed))
    yield PageBreak()
    yield Heading(f"附件2　{names.offers}")
    yield _table(_OFFER_COLUMNS, [_offer(told, one, today) for one in told.offers])
    yield Note(f"以上共{len(told.offers)}项。数量括号内是已经认领的；没有写数量的，不限。")
    yield PageBreak()
    yield Heading(f"附件3　{names.duties}")
    yield _table(_DUTY_COLUMNS, [_duty(told, one) for one in told.duties])
    yield Note(_duty_count(told.duties, today))


def _table(columns: tuple[Column, ...], rows: list[tuple[str, ...]]) -> Block:
    return Table(columns, rows, size=_SIZE)


def _problem(told: ListsData, one: Problem) -> tuple[str, ...]:
    return (
        one.number,
        _day(one.raised_on) + ("\n（补录）" if one.late_entry else ""),
        one.source.label,
        place_of(one, told.places) or _NOTHING,
        one.category,
        one.description,
        affected_words(one) or _NOTHING,
        one.urgency.label,
        _ON_RECORD if one.raiser or one.raiser_phone else _NOTHING,
        f"{len(one.photos)}张" if one.photos else _NOTHING,
        f"{one.repeated + 1}次" if one.repeated else "否",
        one.state.label,
    )


def _problem_count(printed: Sequence[Problem]) -> str:
    closed = sum(one.closed_on is not None for one in printed)
    return (
        f"以上共{len(printed)}条，其中已销号{closed}条。"
        "提出人的姓名和电话留存在站内，不随清单提供；需要联系居民的，由本站联系。"
    )


def _offer(told: ListsData, one: Offer, today: date) -> tuple[str, ...]:
    agreement = told.agreements.get(one.agreement, "") if one.agreement else ""
    return (
        one.number,
        _day(one.offered_on),
        f"共建协议\n{agreement}" if agreement else "单位提出",
        "、".join(told.places.get(uid, "") for uid in one.compounds) or EVERYWHERE,
        one.category or _NOTHING,
        one.partner_name,
        one.resource,
        "\n".join(_problems_of(told, one)) or _NOTHING,
        one.way.label,
        _when(one),
        _amount(one),
        _standing(one, today),
    )


def _problems_of(told: ListsData, one: Offer) -> list[str]:
    """The number of the problem it is for alone, and of those that took something of it."""
    uids = [one.for_problem] if one.for_problem else []
    uids += [duty.problem for duty in told.duties if duty.offer == one.uid]
    return [told.problems[uid].number for uid in dict.fromkeys(uids) if uid in told.problems]


def _when(one: Offer) -> str:
    until = _day(one.until_on) if one.until_on else "长期"
    days = f"{_day(one.from_on)} 至 {until}"
    return f"{days}\n{one.weekdays_words}" if one.weekdays_words else days


def _amount(one: Offer) -> str:
    taken = f"\n（{one.promised}）" if one.promised else ""
    return f"{amount_words(one.amount, one) or '不限'}{taken}"


def _standing(one: Offer, today: date) -> str:
    if one.state is OfferState.OPEN and one.until_on is not None and one.until_on < today:
        return "已到期"
    if one.state is OfferState.OPEN and is_used_up(one):
        return "已认领完"
    return one.state.label


def _duty(told: ListsData, one: Duty) -> tuple[str, ...]:
    problem = told.problems.get(one.problem)
    source = problem.source.label if problem else _NOTHING
    return (
        f"{one.number}\n{one.problem_number}",
        f"{_day(one.proposed_on)}\n{source}",
        place_of(problem, told.places) or _NOTHING,
        f"{one.category}\n{one.state.label}",
        f"{one.unit}\n{one.person}",
        f"{one.helpers or _NOTHING}\n{one.level.label}",
        _day(one.due) + (f"\n延期{len(one.extensions)}次" if one.extensions else ""),
        one.measures,
        "\n".join(f"{step.day:%m-%d} {step.words}" for step in one.progress) or _NOTHING,
        _result(one),
        one.opinion.level.label if one.opinion else "未评价",
        _closing(one),
    )


def _result(one: Duty) -> str:
    evidence = f"佐证{len(one.evidence)}张" if one.evidence else "无佐证"
    return f"{one.result or _NOTHING}\n{evidence}"


def _closing(one: Duty) -> str:
    """Who handed it in and who looked it over; a resident who signed stays unnamed."""
    if one.closed_on is None:
        return _NOTHING
    return f"{_day(one.closed_on)}\n{one.submitted_by_name}\n{reviewer_words(one)}"


def reviewer_words(one: Duty) -> str:
    """复核人 as papers name them: a resident signed, and is not told by name."""
    if one.reviewer_role is not None and one.reviewer_role.value == "resident":
        return "居民签字"
    return one.reviewer_name


def _duty_count(duties: Sequence[Duty], today: date) -> str:
    closed = [one for one in duties if one.state is DutyState.CLOSED]
    in_time = sum(bool(one.on_time) for one in closed)
    late = sum(one.live and one.due < today for one in duties)
    return (
        f"以上共{len(duties)}条：已销号{len(closed)}条，其中按时{in_time}条；"
        f"办理中{sum(one.live for one in duties)}条，其中已超过时限{late}条。"
        "按时：销号日期不晚于完成时限，经同意延期的按延期后的时限。"
    )


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"
