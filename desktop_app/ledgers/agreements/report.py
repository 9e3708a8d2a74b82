"""共建协议书: the agreement as both sides sign it, in the form of a document.

Articles one to ten in the order of the model agreement. What nobody filled in and the agreement can
do without is left out as a whole; what it cannot do without is asked for before a page is set. The
signatures stand together on one page, with an article above them: a page that holds nothing but
names could be put under any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.core.errors import InvalidInput
from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.agreements.rules.agreement import Agreement, PromiseKind
from desktop_app.ledgers.agreements.rules.entry import missing_on_paper
from desktop_app.ledgers.agreements.rules.terms import as_signed
from desktop_app.printing.blocks import Block, Heading, Paragraph, Spacer, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.page import OfficialFrame
from desktop_app.printing.paragraph import Span
from desktop_app.printing.signing import Side, Signing

_NUMBERS = "零一二三四五六七八九十"
_PURPOSE = (
    "为加强党建引领基层治理，推动资源共享、服务居民，双方在平等自愿、量力而行、注重实效的基础上，"
    "协商一致，订立本协议。"
)
_ANNEXES = ("问题清单", "共建清单", "责任清单")


@dataclass(frozen=True, slots=True)
class _Article:
    """One article: its heading without the number, and its text."""

    title: str
    text: str


def agreement(told: Agreement, head: Letterhead, lists: tuple[str, ...] = _ANNEXES) -> Document:
    """共建协议书, as it was signed: what a supplement changed stands in the supplement.

    `lists` are the names of the three lists, which are a setting. Raises `InvalidInput` that lists
    what is missing: an agreement has no gaps to fill in later.
    """
    told = as_signed(told) or told
    problems = missing_on_paper(told)
    if problems:
        raise InvalidInput(problems)
    title = f"{told.party_a}与\n{told.party_b}\n党建共建协议书"
    return Document(
        "".join(title.splitlines()),
        tuple(_blocks(title, told, lists)),
        head.made_at,
        OfficialFrame(mark=head.mark),
        author=head.signed_by,
        subject=told.number,
    )


def _blocks(title: str, told: Agreement, lists: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(title, 0)
    yield Paragraph(f"协议编号：{told.number}", flush=True)
    yield from (_party(line) for line in _parties(told))
    yield Spacer()
    yield Paragraph(_PURPOSE)
    for number, article in enumerate(_articles(told, lists), start=1):
        lead = Span(f"第{_NUMBERS[number]}条\u3000{article.title}。", Role.HEI)
        yield Paragraph((lead, Span(article.text, Role.FANG)))
    yield Signing(
        (
            Side("甲方（盖章）：", "负责人（签字）：", _signed_on(told.signed_on)),
            Side("乙方（盖章）：", "负责人（签字）：", _signed_on(told.signed_on)),
        ),
        annexes=lists,
    )


def _parties(told: Agreement) -> Iterator[tuple[str, str]]:
    yield "甲方：", f"{told.party_a}（负责人 {told.a_head}，联络员 {told.a_liaison}）"
    code = f"（所在单位统一社会信用代码 {told.credit_code}）" if told.credit_code else ""
    yield "乙方：", f"{told.party_b}{code}（负责人 {told.b_head}，联络员 {told.b_liaison}）"


def _party(line: tuple[str, str]) -> Block:
    side, text = line
    return Paragraph((Span(side, Role.HEI), Span(text, Role.FANG)), flush=True)


def _signed_on(day: date | None) -> str:
    """A draft is dated by hand, by whoever signs it."""
    return "\u3000\u3000年\u3000月\u3000日" if day is None else written_date(day)


# --- articles -------------------------------------------------------------------------------------


def _articles(told: Agreement, lists: tuple[str, ...]) -> Iterator[_Article]:
    yield _Article("共建内容", _contents(told))
    yield from _duties(told, lists)
    yield _Article("联席会议", _meetings(told))
    yield _Article(
        "共同活动",
        f"年度内联合开展活动不少于{told.amount(PromiseKind.ACTIVITIES)}次"
        "（以实际需要为准，不重复安排）。",
    )
    yield _Article(
        "个人信息保护",
        "一方因共建需要知悉的居民个人信息，仅限于完成约定事项，不得他用或者外传；"
        "事项办结后按约定删除或者退还。",
    )
    yield _Article(
        "廉洁与自愿",
        "共建不摊派、不收费、不变相增加基层负担；志愿服务遵循自愿、无偿原则。",
    )
    yield _Article("期限与变更", _term(told))
    yield _Article("其他", _copies(told))


def _duties(told: Agreement, lists: tuple[str, ...]) -> Iterator[_Article]:
    """Articles two to four: what each side does, and the three lists that say it line by line."""
    problems, offers, duties = lists
    yield _Article(
        "甲方责任",
        _listed(
            f"每{told.demand_every.label}汇总居民需求，形成{problems}",
            f"提供{_bare(told.platform)}，做好组织协调",
            "如实记录并反馈办理情况",
            beyond=told.a_duties,
        ),
    )
    yield _Article(
        "乙方责任",
        _listed(
            f"根据自身职能和能力提出{offers}",
            _bare(told.venues),
            f"指定联络员，按{duties}办理认领事项",
            beyond=_own_duties(told),
        ),
    )
    yield _Article(
        "清单与时限",
        f"双方商定的{problems}、{offers}、{duties}为本协议附件，逐项明确责任人和完成时限；"
        "确需延期的，说明理由并经双方联络员确认。办理完成并经复核后销号。",
    )


def _contents(told: Agreement) -> str:
    what = "、".join(content.label for content in told.contents)
    said = [f"双方围绕{what}开展共建。"]
    said += [_sentence(told.contents_words)] if told.contents_words else []
    said += [f"共建目标：{_sentence(told.goals)}"] if told.goals else []
    return "".join(said)


def _own_duties(told: Agreement) -> str:
    """What 乙方 takes on besides: in words, and what of it is counted."""
    counted = [one.said for one in told.promises if one.kind in _COUNTED_ELSEWHERE]
    said = [_bare(told.b_duties)] if told.b_duties else []
    said += [f"年度内{'、'.join(counted)}"] if counted else []
    return "；".join(said)


_COUNTED_ELSEWHERE = frozenset({PromiseKind.OFFERS, PromiseKind.SOLVED, PromiseKind.OTHER})
"""Promises that have no article of their own; 活动 and 联席会 have."""


def _meetings(told: Agreement) -> str:
    assert told.meeting_every is not None, "asked for before"
    said = f"每{told.meeting_every.label}召开一次，研究认领、调度和需协调事项。"
    if told.quarterly_report:
        said += "共建情况每季度书面汇报街道。"
    return said


def _term(told: Agreement) -> str:
    assert told.starts_on is not None, "asked for before"
    assert told.ends_on is not None, "asked for before"
    said = f"自{written_date(told.starts_on)}至{written_date(told.ends_on)}。"
    said += (
        "变更、补充以书面补充协议为准；"
        f"任何一方可提前{told.notice_days}日书面通知终止，已认领未办结事项应妥善交接。"
    )
    return said + (_sentence(told.changes_words) if told.changes_words else "")


def _copies(told: Agreement) -> str:
    filed = f"，报{told.filed_with}一份" if told.filed_with else ""
    return (
        f"本协议一式{_count(told.copies)}份，双方各执{_count(told.copies_each)}份{filed}，"
        "自双方签字（盖章）之日起生效。"
    )


def _count(number: int) -> str:
    """How many copies: 一式两份, as an agreement writes it; figures beyond ten."""
    if number == 2:
        return "两"
    return _NUMBERS[number] if number <= 10 else str(number)


def _listed(*duties: str, beyond: str) -> str:
    """（一）…；（二）…。 What somebody wrote besides follows without a number of its own."""
    parts = [f"（{_NUMBERS[place]}）{duty}" for place, duty in enumerate(duties, start=1)]
    parts += [_bare(beyond)] if beyond else []
    return "；".join(parts) + "。"


def _bare(text: str) -> str:
    """Words on one line and without a sign at their end, to stand inside a sentence."""
    return _joined(text.splitlines()).rstrip("。；;，, ")


def _sentence(text: str) -> str:
    bare = _bare(text)
    return bare if bare.endswith(("！", "？")) else f"{bare}。"


def _joined(lines: Iterable[Any]) -> str:
    return "".join(str(line).strip() for line in lines)
