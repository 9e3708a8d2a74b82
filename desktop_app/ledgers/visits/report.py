"""What is printed of visits: a period's ledger (来访登记台账) and one matter's slip (登记回执).

A slip goes home in somebody's pocket: it says no name, no phone and no door of anybody. Petitions
are counted and stand in no list (信访工作条例).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.figures import Span
from desktop_app.core.identity import Gender
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name, mask_phone
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.ledgers.visits.rules.visit import Visit, VisitKind, VisitState
from desktop_app.printing.blocks import Block, Note, Paragraph, Signature, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

LEDGER_TITLE = "来访登记台账"
RECEIPT_TITLE = "登记回执"

_COLUMNS = (
    Column("编号", weight=0),
    Column("日期时间", Align.CENTER, weight=0),
    Column("姓名", Align.CENTER, weight=0.4),
    Column("性别", Align.CENTER, weight=0),
    Column("联系电话", Align.CENTER, weight=0),
    Column("事项", weight=1),
    Column("办理方式", Align.CENTER, weight=0),
    Column("状态", Align.CENTER, weight=0),
    Column("结果", weight=1.6),
    Column("经办人", Align.CENTER, weight=0.4),
)
_NO_NAMES = {VisitKind.ANONYMOUS: "匿名", VisitKind.COUNTED: "仅计数"}
_SHORT_STATES = {VisitState.NOT_OURS: "不属本站办理"}


def ledger(
    rows: Iterable[Visit],
    filter_words: str,
    span: Span,
    head: Letterhead,
    *,
    masked: bool = True,
    petitions: int = 0,
) -> Document:
    """来访登记台账 of `span`, one row a matter, in the order of `rows`.

    `filter_words` say what the rows were narrowed to, empty for all. Phones are always masked,
    names unless `masked` is False: whether somebody may have them is asked by the caller.
    `petitions` are those of the period, which no list gives; any among the rows are counted, too.
    """
    every = list(rows)
    listed = [visit for visit in every if not visit.petition]
    petitions += len(every) - len(listed)
    told = span_words(span.first, span.last)
    told += f"　筛选：{filter_words}" if filter_words else ""
    return Document(
        LEDGER_TITLE,
        (
            Table(_COLUMNS, [_row(visit, head, masked) for visit in listed]),
            *_counts(listed, petitions),
        ),
        head.made_at,
        LedgerFrame(head.station, told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=told,
    )


def _row(visit: Visit, head: Letterhead, masked: bool) -> tuple[str, ...]:
    return (
        visit.number,
        f"{head.local(visit.at):%Y-%m-%d %H:%M}" + ("\n（补录）" if visit.late_entry else ""),
        _who(visit, masked),
        visit.gender.label if visit.gender in (Gender.MALE, Gender.FEMALE) else "",
        visit.phone if "*" in visit.phone else mask_phone(visit.phone),
        _matter(visit),
        visit.handling.label,
        _SHORT_STATES.get(visit.state, visit.state.label),
        visit.result,
        visit.first_clerk_name,
    )


def _who(visit: Visit, masked: bool) -> str:
    name = _NO_NAMES.get(visit.kind) or (mask_name(visit.name) if masked else visit.name)
    return f"{name}\n等{visit.people}人" if visit.people > 1 else name


def _matter(visit: Visit) -> str:
    return visit.matter_name or visit.category or visit.summary


def _counts(listed: Sequence[Visit], petitions: int) -> Iterator[Block]:
    """批次, 人次 and 件数 of the rows above, kept apart; a batch counts once whoever leads it."""
    people = {visit.batch: visit.people for visit in listed}
    yield Note(
        f"以上共登记{len(listed)}件，来访{len(people)}批次、{sum(people.values())}人次。"
        + (f"另有信访渠道告知{petitions}件，只计件数，不列明细。" if petitions else "")
    )
    yield Note("口径：一件事项计一件；一次来访计一批，不论几件事、几个人；人次为每批来访人数之和。")


def span_words(first: date, last: date) -> str:
    """2026年11月, 2026年第三季度, 2026年11月23日, or from one day to another."""
    for kind in (PeriodKind.YEAR, PeriodKind.HALF_YEAR, PeriodKind.QUARTER, PeriodKind.MONTH):
        period = period_of(first, kind)
        if (period.first, period.last) == (first, last):
            return period.label
    if first == last:
        return written_date(first)
    return f"{written_date(first)}至{written_date(last)}"


def receipt(visit: Visit, head: Letterhead) -> Document:
    """登记回执 of one matter, on half a sheet of A4. Raises `UserError` for a petition."""
    if visit.petition:
        raise UserError(
            "信访渠道告知只计件数，不打印登记回执。",
            "请把信访渠道告知单交给居民。",
            field="petition",
        )
    return Document(
        RECEIPT_TITLE,
        tuple(_receipt(visit, head)),
        head.made_at,
        FormFrame(head.station, head.made_at, mark=head.mark, half=True, side=20),
        author=head.signed_by,
        subject=visit.number,
    )


def _receipt(visit: Visit, head: Letterhead) -> Iterator[Block]:
    at = head.local(visit.at)
    pairs = [
        Pair("登记编号", visit.number),
        Pair("登记时间", f"{written_date(visit.day)} {at:%H:%M}"),
        Pair("登记事项", _subject(visit), wide=True),
        Pair("办理方式", visit.handling.label),
        Pair("当前状态", _SHORT_STATES.get(visit.state, visit.state.label)),
        Pair("本站时限", _own_limit(visit), wide=True),
        Pair("部门时限", "以部门公布为准", wide=True),
    ]
    if visit.handed_to:
        on = f"（{written_date(visit.handed_on)}）" if visit.handed_on else ""
        pairs.append(Pair("已转交", f"{visit.handed_to}{on}", wide=True))
    beside = [("首问责任人", visit.first_clerk_name), ("服务时间", head.hours)]
    known = [(label, value) for label, value in beside if value]
    pairs += [Pair(label, value, wide=len(known) == 1) for label, value in known]
    pairs.append(Pair("查询方式", _how_to_ask(head), wide=True))
    yield KeyValues(tuple(pairs), size=12.0)
    yield Paragraph("本回执仅说明登记和跟进情况，不是行政机关的受理决定。", flush=True)
    yield Signature(head.signed_by, head.day, sealed=bool(head.issuer))


def _subject(visit: Visit) -> str:
    """What it is about, by the directory's words: what somebody told at the counter stays here."""
    return "　".join(part for part in (visit.category, visit.matter_name) if part) or "其他事项"


def _own_limit(visit: Visit) -> str:
    if not visit.open and visit.state is not VisitState.CLOSED:
        return "已结束"
    if visit.state is VisitState.CLOSED:
        return f"已于{written_date(visit.closed_day)}办结" if visit.closed_day else "已办结"
    if visit.pauses and visit.pauses[-1].until is None:
        return "待补材料，自材料补齐之日起接续计算"
    if visit.due is None:
        return "不设时限，有进展及时告知"
    days = f"{visit.limit_days}个工作日内" if visit.limit_days else "当日"
    return f"{days}答复进展或告知去向，最迟{written_date(visit.due)}"


def _how_to_ask(head: Letterhead) -> str:
    ways = [f"拨打{head.phone}"] if head.phone else []
    ways.append(f"到{head.address}查询" if head.address else "到本站查询")
    return f"凭登记编号{'，或'.join(ways)}"
