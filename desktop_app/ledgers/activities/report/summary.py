"""活动总结: an activity told and proved, in the form of a document, its photos as an annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.activities.report.data import (
    ActivityData,
    paragraphs,
    time_words,
    yuan,
)
from desktop_app.ledgers.activities.report.wording import opening
from desktop_app.ledgers.activities.rules.activity import Activity, Group, kind_label
from desktop_app.printing.blocks import (
    Block,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Signature,
    written_date,
)
from desktop_app.printing.data_file import data_file
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import OfficialFrame
from desktop_app.printing.paragraph import Align, Span
from desktop_app.printing.pictures import Photos
from desktop_app.printing.sections import Section, numbered
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

_CELLS = 12.0
"""小四 in tables: a document's small tables are read beside a body of 三号."""


def activity(data: ActivityData, words: Mapping[str, str], head: Letterhead) -> Document:
    """活动总结. `words` are `SENTENCES` as worded for this paper."""
    title = words["title_meeting" if data.activity.meeting else "title"]
    return Document(
        "".join(title.splitlines()),
        tuple(_blocks(title, data, words, head)),
        head.made_at,
        OfficialFrame(mark=head.mark),
        author=head.signed_by,
        subject=data.activity.number,
        attachments=(data_file("活动数据", _figures(data), "本次活动的数据"),),
    )


def _blocks(
    title: str, data: ActivityData, words: Mapping[str, str], head: Letterhead
) -> Iterator[Block]:
    yield Heading(title, 0)
    yield from numbered(_sections(data, words, head))
    annexes = (f"{words['photos']}（{len(data.photos)}张）",) if data.photos else ()
    yield Signature(head.signed_by, head.day, sealed=bool(head.issuer), annexes=annexes)
    if data.photos:
        yield PageBreak()
        yield Paragraph((Span("附件", Role.HEI),), flush=True)
        yield Heading(words["photos"], 0)
        yield Photos(data.photos)


def _sections(data: ActivityData, words: Mapping[str, str], head: Letterhead) -> Iterator[Section]:
    told = data.activity
    yield Section(words["head_basic"], tuple(_basic(data, words, head)))
    if told.meeting:
        yield Section(words["head_agenda"], _text(told.agenda))
        yield Section(words["head_talk"], _text(told.summary))
        yield Section(words["head_resolutions"], tuple(_resolutions(told)))
    else:
        yield Section(words["head_course"], _text(told.summary))
    yield Section(words["head_reviews"], tuple(_reviews(told)))
    solved = (Paragraph(words["solved"]),) if data.solved else ()
    yield Section(words["head_outcome"], (*_text(told.outcome), *solved))
    yield Section(words["head_next"], _text(told.next_steps))
    yield Section(words["head_funds"], tuple(_funds(told)))
    yield Section(words["head_media"], _text(told.media))


def _basic(data: ActivityData, words: Mapping[str, str], head: Letterhead) -> Iterator[Block]:
    told = data.activity
    said = opening(data, words)
    said += words["host"] if told.meeting and told.host else ""
    said += words["undertaken"] if told.undertaker else ""
    said += words["joined"] if told.co_organiser else ""
    said += words["partners"] if told.partners else ""
    yield Paragraph(said)
    yield KeyValues(tuple(_facts(data, head)), size=_CELLS)
    yield from _attendance(data)


def _facts(data: ActivityData, head: Letterhead) -> Iterator[Pair]:
    told = data.activity
    yield Pair("活动编号", told.number)
    yield Pair("活动类别", kind_label(told.kind))
    yield Pair("活动时间", time_words(told, head), wide=True)
    wide = (
        ("活动地点", data.where),
        ("主办单位", told.organiser or head.signed_by),
        ("承办单位", told.undertaker),
        ("协办单位", told.co_organiser),
        ("共建单位", "、".join(told.partners)),
        ("主题品牌", told.brand),
    )
    yield from (Pair(label, value, wide=True) for label, value in wide if value)
    people = (("主持人", told.host), ("记录人", told.recorder), ("审核人", told.reviewer))
    known = [(label, name) for label, name in people if name]
    for place, (label, name) in enumerate(known):
        # The last of an odd number has the row to itself: no empty boxes.
        yield Pair(label, name, wide=len(known) % 2 == 1 and place == len(known) - 1)


def _attendance(data: ActivityData) -> Iterator[Block]:
    """How many came by group; of a meeting 应到, 实到, 缺席, and who did not come and why."""
    counts = data.counts
    heads = [group.label for group in Group]
    row = [f"{counts.people[group]}人" for group in Group]
    if data.activity.meeting:
        heads = ["应到", "实到", "缺席", *heads]
        row = [f"{data.expected}人", f"{counts.present}人", f"{data.absent}人", *row]
    else:
        heads, row = ["身份", *heads, "合计"], ["到场", *row, f"{counts.present}人"]
    columns = tuple(Column(head, Align.CENTER) for head in heads)
    yield Table(columns, [row], size=_CELLS)
    for one in data.activity.corrections:
        yield Note(
            f"{one.group.label}人数按签到表为{one.rows}人，更正为{one.people}人："
            f"{one.reason}（{one.by}）"
        )
    if data.activity.meeting and data.excused:
        columns = (
            Column("缺席人员", weight=0),
            Column("单位"),
            Column("缺席原因"),
        )
        rows = [[one.name, one.unit, one.absent_reason or "未说明"] for one in data.excused]
        yield Table(columns, rows, size=_CELLS)


def _text(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(part) for part in paragraphs(text))


def _resolutions(told: Activity) -> Iterator[Block]:
    if not told.resolutions:
        return
    rows = [
        [str(number), one.words, one.owner, written_date(one.due) if one.due else ""]
        for number, one in enumerate(told.resolutions, start=1)
    ]
    columns = (
        Column("序号", Align.CENTER, weight=0),
        Column("议定事项", weight=2),
        Column("责任单位（人）"),
        Column("完成时限", Align.CENTER, weight=0),
    )
    yield Table(columns, rows, size=_CELLS)


def _reviews(told: Activity) -> Iterator[Block]:
    if told.reviews:
        columns = (
            Column("评议对象"),
            Column("得分", Align.CENTER, weight=0),
            Column("评议意见", weight=2),
        )
        rows = [[one.body, str(one.points), one.words] for one in told.reviews]
        yield Table(columns, rows, size=_CELLS)
    if told.disclosed_on is not None:
        where = f"在{told.disclosed_at}" if told.disclosed_at else ""
        yield Paragraph(f"评议结果于{written_date(told.disclosed_on)}{where}公开。")


def _funds(told: Activity) -> Iterator[Block]:
    if not told.funds:
        return
    columns = (
        Column("经费来源"),
        Column("金额（元）", Align.RIGHT, weight=0),
        Column("说明"),
    )
    rows = [[fund.source, yuan(fund.amount), fund.note] for fund in told.funds]
    yield Table(columns, rows, sums=(1,), page_sums=False, size=_CELLS)


def _figures(data: ActivityData) -> Iterator[tuple[str, str | int]]:
    """The figures of the paper for whoever has to carry them on; no person is in them."""
    told, counts = data.activity, data.counts
    yield "项目", "数值"
    yield "活动编号", told.number
    yield "活动名称", told.name
    yield "活动日期", told.day.isoformat()
    if told.meeting:
        yield "应到", data.expected
        yield "缺席", data.absent
    yield from ((group.label, counts.people[group]) for group in Group)
    yield "到场合计", counts.present
    yield "服务人次", "未统计" if told.served is None else told.served
    yield "解决问题", len(data.solved)
    yield "经费（元）", yuan(told.spent)
    yield "照片", len(data.photos)
