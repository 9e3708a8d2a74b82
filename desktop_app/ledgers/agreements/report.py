"""共建协议书: the agreement as both sides sign it, in the form of a document.

Articles one to ten in the order of the model agreement. What nobody filled in and the agreement can
do without is left out as a whole; what it cannot do without is asked for before a page is set. The
signatures stand together on one page, with an article above them: a page that holds nothing but
names could be put under any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.core.errors import InvalidInput
from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.articles import ANNEXES, articles
from desktop_app.ledgers.agreements.rules.entry import missing_on_paper
from desktop_app.ledgers.agreements.rules.terms import as_signed
from desktop_app.printing.blocks import Block, Heading, Paragraph, Spacer, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.page import OfficialFrame
from desktop_app.printing.paragraph import Span
from desktop_app.printing.signing import Side, Signing

_PURPOSE = (
    "为加强党建引领基层治理，推动资源共享、服务居民，双方在平等自愿、量力而行、注重实效的基础上，"
    "协商一致，订立本协议。"
)


def agreement(told: Agreement, head: Letterhead, lists: tuple[str, ...] = ANNEXES) -> Document:
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
    for article in articles(told, lists):
        lead = Span(f"{article.number}\u3000{article.title}。", Role.HEI)
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
