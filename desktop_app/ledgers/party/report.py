"""在职党员参与社区服务反馈表: what a quarter of 双报到 came to, for the member's unit; pure.

It goes to the unit: no door and no resident is in it, and of the member only the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.hours import HOURS_RULE, folded, hours_words
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.periods import Period
from desktop_app.core.sentences import Sentence
from desktop_app.ledgers.party.rules.member import PartyMember, Pledge, PledgeState
from desktop_app.printing.blocks import (
    Block,
    Heading,
    Note,
    Paragraph,
    Signature,
    Spacer,
    written_date,
)
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

TITLE = "在职党员参与社区服务反馈表"
_GAPS = ("姓名", "工作单位", "季度", "次数", "小时", "承诺数", "践诺数", "落款单位")

SENTENCES = (
    Sentence("greeting", "抬头", "{工作单位}党组织：", _GAPS),
    Sentence(
        "opening",
        "开头",
        "你单位党员{姓名}同志已向我社区报到。现将{季度}参与社区服务情况反馈如下，供了解和评价参考。",
        _GAPS,
    ),
    Sentence(
        "summary", "小结", "本季度参加志愿服务{次数}次，累计{小时}小时；践诺{践诺数}次。", _GAPS
    ),
    Sentence("receipt", "回执", "请在回执处填写意见并盖章后，将回执联退回我社区。", _GAPS),
)

_C = Align.CENTER
_SIZE = 11.0
_PLEDGES = (
    Column("承诺日期", _C, weight=0),
    Column("承诺内容", weight=1),
    Column("本季度践诺情况", weight=1.2),
    Column("状态", _C, weight=0),
    Column("群众评价", _C, weight=0),
)
_SERVED = (
    Column("日期", _C, weight=0),
    Column("活动（岗位）名称", weight=1),
    Column("服务时间", _C, weight=0),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One confirmed service of the member in the quarter."""

    day: date
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FeedbackData:
    """A 报到, the member's name, the quarter, and what was served in it. `minutes` are counted once
    where services overlap."""

    member: PartyMember
    name: str
    quarter: Period
    deeds: Sequence[Deed]
    minutes: int


def values(told: FeedbackData, head: Letterhead) -> dict[str, str]:
    """What the gaps are filled with."""
    return {
        "姓名": told.name,
        "工作单位": told.member.unit,
        "季度": told.quarter.label,
        "次数": str(len(told.deeds)),
        "小时": folded(told.minutes),
        "承诺数": str(len(told.member.pledges)),
        "践诺数": str(sum(len(_done(one, told.quarter)) for one in told.member.pledges)),
        "落款单位": head.signed_by,
    }


def feedback(told: FeedbackData, words: Mapping[str, str], head: Letterhead) -> Document:
    """The sheet of one member and one quarter, with a slip that the unit sends back."""
    return Document(
        TITLE,
        tuple(_blocks(told, words, head)),
        head.made_at,
        FormFrame(
            head.station,
            head.made_at,
            (f"报到编号：{told.member.number}　　{told.quarter.label}",),
            head.mark,
            side=20,
        ),
        author=head.signed_by,
        subject=f"{told.member.number} {told.quarter}",
    )


def _blocks(told: FeedbackData, words: Mapping[str, str], head: Letterhead) -> Iterator[Block]:
    member = told.member
    yield Paragraph(words["greeting"], flush=True)
    yield Paragraph(words["opening"])
    yield KeyValues(tuple(_facts(told)), size=_SIZE)
    yield Heading("承诺和践诺")
    pledges = [one for one in member.pledges if one.day <= told.quarter.last]
    if pledges:
        yield Table(_PLEDGES, [_pledge(one, told.quarter) for one in pledges], size=_SIZE)
    else:
        yield Paragraph("还没有作出承诺。")
    yield Heading("志愿服务")
    if told.deeds:
        rows = [(f"{one.day:%Y-%m-%d}", one.title, hours_words(one.minutes)) for one in told.deeds]
        yield Table(_SERVED, rows, size=_SIZE)
    else:
        yield Paragraph("本季度没有已确认的志愿服务记录。")
    yield Paragraph(words["summary"])
    yield Note(f"口径：只计已确认的服务时间，重叠的时间只计一次；主题党日和会议不计。{HOURS_RULE}")
    yield Signature(head.signed_by, head.day, sealed=bool(head.issuer))
    yield Spacer(0.5)
    yield Heading("单位回执")
    yield Paragraph(words["receipt"])
    yield KeyValues(
        (
            Pair("单位意见", "\n\n", wide=True),
            Pair("经办人", ""),
            Pair("日期", "　　　年　　月　　日"),
        ),
        size=_SIZE,
    )


def _facts(told: FeedbackData) -> Iterator[Pair]:
    member = told.member
    yield Pair("姓名", told.name)
    yield Pair("报到日期", written_date(member.reported_on))
    yield Pair("工作单位", member.unit)
    yield Pair("所在党支部", member.branch)
    shown = written_date(member.shown_on) if member.shown_on else "未亮身份"
    yield Pair("亮身份", "　".join(filter(None, (shown, member.shown_how))))
    yield Pair("特长", member.specialities)


def _done(pledge: Pledge, quarter: Period) -> list[str]:
    return [
        f"{one.day.month}月{one.day.day}日 {one.words}"
        for one in pledge.done
        if quarter.first <= one.day <= quarter.last
    ]


def _pledge(pledge: Pledge, quarter: Period) -> tuple[str, ...]:
    done = _done(pledge, quarter)
    due = f"（{written_date(pledge.due)}前）" if pledge.due else ""
    rated = pledge.rating.label if pledge.rating is not None else ""
    state = pledge.state.label if pledge.state is not PledgeState.OPEN else "践诺中"
    return (f"{pledge.day:%Y-%m-%d}", pledge.words + due, "\n".join(done), state, rated)
