"""单位年度共建情况 as a paper: what a unit promised, what it did, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.wording import Term
from desktop_app.printing.blocks import Block, Heading, Note, Paragraph, Signature, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.page import OfficialFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.sections import Section, numbered
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from desktop_app.station.co_building.rules import Fulfilled
from desktop_app.station.co_building.unit_year import UnitYear, in_time

_C = Align.CENTER
_SIZE = 10.5

_PROMISES = (
    Column("协议编号", weight=0),
    Column("承诺", weight=1.6),
    Column("计算期间", _C, weight=0),
    Column("应完成", _C, weight=0),
    Column("已完成", _C, weight=0),
    Column("情况", _C, weight=0),
)
_OFFERS = (
    Column("编号", weight=0),
    Column("登记日期", _C, weight=0),
    Column("可提供资源", weight=1.6),
    Column("方式", _C, weight=0),
    Column("数量", _C, weight=0),
    Column("已认领", _C, weight=0),
    Column("状态", _C, weight=0),
)
_DUTIES = (
    Column("编号\n对应问题编号", weight=0),
    Column("措施", weight=1.6),
    Column("时限", _C, weight=0),
    Column("销号日期", _C, weight=0),
    Column("情况", _C, weight=0),
)
_ACTIVITIES = (
    Column("编号", weight=0),
    Column("日期", _C, weight=0),
    Column("活动", weight=1.6),
    Column("地点", weight=0.8),
)


def unit_year(told: UnitYear, head: Letterhead) -> Document:
    """The year of one unit; nothing in it names a resident."""
    title = f"{told.partner.name}\n{told.year.label}共建情况"
    return Document(
        "".join(title.splitlines()),
        tuple(_blocks(title, told, head)),
        head.made_at,
        OfficialFrame(mark=head.mark),
        author=head.signed_by,
        subject=told.partner.number,
    )


def _blocks(title: str, told: UnitYear, head: Letterhead) -> Iterator[Block]:
    yield Heading(title, 0)
    yield Paragraph(_summary(told))
    yield from numbered(
        (
            Section("协议承诺和完成情况", tuple(_pledges(told))),
            Section("提供的共建项目", tuple(_offers(told))),
            Section("认领和销号", tuple(_duties(told))),
            Section("共同开展的活动", tuple(_activities(told))),
        )
    )
    yield Note(
        "口径：共建项目按登记日期计，销号按销号日期计；按时指销号日期不晚于完成时限（含经同意的延期）。"
        "活动以活动记录中写明该单位（现名、简称或曾用名）的为准，联席会等会议单列，取消的不计。"
        "承诺按协议在本年度内有效的日期计算。"
    )
    yield Signature(head.signed_by, head.day, sealed=bool(head.issuer))


def _summary(told: UnitYear) -> str:
    meetings = sum(one.meeting for one in told.activities)
    said = (
        f"截至{written_date(told.until)}，{told.partner.name}{told.year.label}登记共建项目"
        f"{len(told.offers)}项，完成销号{len(told.closed)}条，其中按时{told.in_time}条、"
        f"超时{len(told.closed) - told.in_time}条，涉及问题{told.solved}件；"
        f"共同开展活动{len(told.activities) - meetings}场，参加联席会等会议{meetings}次。"
    )
    if told.live:
        said += f"正在办理{len(told.live)}条"
        said += f"，其中已超过时限{told.late_now}条。" if told.late_now else "。"
    if told.declined:
        said += f"谢绝{len(told.declined)}条。"
    return said


def _pledges(told: UnitYear) -> Iterator[Block]:
    if not told.pledges:
        yield Paragraph("本年度没有履行中的共建协议。")
        return
    rows = [
        _promise(pledge.agreement.number, one) for pledge in told.pledges for one in pledge.promises
    ]
    bare = [one.agreement.number for one in told.pledges if not one.promises]
    if rows:
        yield Table(_PROMISES, rows, size=_SIZE)
    if bare:
        yield Paragraph(f"协议{'、'.join(bare)}没有写量化指标。")


def _promise(number: str, one: Fulfilled) -> tuple[str, ...]:
    measure = one.promise.kind.measure
    done = "—" if one.done is None else f"{one.done}{measure}"
    standing = "已完成" if one.kept else "未完成"
    return (
        number,
        one.promise.said,
        f"{one.first:%m-%d}至{one.last:%m-%d}",
        f"{one.promise.amount}{measure}",
        done,
        Term.NOT_COUNTED.value if one.done is None else standing,
    )


def _offers(told: UnitYear) -> Iterator[Block]:
    if not told.offers:
        yield Paragraph("本年度没有登记共建项目。")
        return
    rows = [
        (
            one.number,
            f"{one.offered_on:%m-%d}",
            one.resource,
            one.way.label,
            "不限" if one.amount is None else f"{one.amount}{one.unit_word}",
            f"{one.promised}{one.unit_word}" if one.promised else "—",
            one.state.label,
        )
        for one in told.offers
    ]
    yield Table(_OFFERS, rows, size=_SIZE)


def _duties(told: UnitYear) -> Iterator[Block]:
    if not told.closed and not told.live:
        yield Paragraph("本年度没有认领办理的事项。")
        return
    rows = [
        (
            f"{one.number}\n{one.problem_number}",
            one.measures,
            f"{one.due:%Y-%m-%d}",
            f"{one.closed_on:%Y-%m-%d}" if one.closed_on else "—",
            "按时" if in_time(one) else "超时",
        )
        for one in told.closed
    ]
    rows += [
        (
            f"{one.number}\n{one.problem_number}",
            one.measures,
            f"{one.due:%Y-%m-%d}",
            "—",
            "已超过时限" if one.is_late(told.until) else one.state.label,
        )
        for one in told.live
    ]
    yield Table(_DUTIES, rows, size=_SIZE)


def _activities(told: UnitYear) -> Iterator[Block]:
    if not told.activities:
        yield Paragraph("本年度没有写明与该单位共同开展的活动。")
        return
    rows = [
        (one.number, f"{one.day:%m-%d}", one.name, one.place_words or "—")
        for one in told.activities
    ]
    yield Table(_ACTIVITIES, rows, size=_SIZE)
