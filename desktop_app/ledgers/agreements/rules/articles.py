"""The articles of a 共建协议, in the words of the model agreement. Pure.

What nobody filled in and the agreement can do without is left out as a whole; what it cannot do
without must be there (`entry.missing_on_paper`). Paper and screen say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements.rules.agreement import Agreement, PromiseKind

_NUMBERS = "零一二三四五六七八九十"
ANNEXES = ("问题清单", "共建清单", "责任清单")
"""The names of the three lists, unless a setting calls them otherwise."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: 第一条, its heading and its text."""

    title: str
    text: str
    number: str = ""


def articles(told: Agreement, lists: tuple[str, ...] = ANNEXES) -> tuple[Article, ...]:
    """Articles one to ten of an agreement in which nothing is missing on paper."""
    return tuple(
        replace(one, number=f"第{_NUMBERS[number]}条")
        for number, one in enumerate(_articles(told, lists), start=1)
    )


def _articles(told: Agreement, lists: tuple[str, ...]) -> Iterator[Article]:
    yield Article("共建内容", _contents(told))
    yield from _duties(told, lists)
    yield Article("联席会议", _meetings(told))
    yield Article(
        "共同活动",
        f"年度内联合开展活动不少于{told.amount(PromiseKind.ACTIVITIES)}次"
        "（以实际需要为准，不重复安排）。",
    )
    yield Article(
        "个人信息保护",
        "一方因共建需要知悉的居民个人信息，仅限于完成约定事项，不得他用或者外传；"
        "事项办结后按约定删除或者退还。",
    )
    yield Article(
        "廉洁与自愿",
        "共建不摊派、不收费、不变相增加基层负担；志愿服务遵循自愿、无偿原则。",
    )
    yield Article("期限与变更", _term(told))
    yield Article("其他", _copies(told))


def _duties(told: Agreement, lists: tuple[str, ...]) -> Iterator[Article]:
    """Articles two to four: what each side does, and the three lists that say it line by line."""
    problems, offers, duties = lists
    yield Article(
        "甲方责任",
        _listed(
            f"每{told.demand_every.label}汇总居民需求，形成{problems}",
            f"提供{_bare(told.platform)}，做好组织协调",
            "如实记录并反馈办理情况",
            beyond=told.a_duties,
        ),
    )
    yield Article(
        "乙方责任",
        _listed(
            f"根据自身职能和能力提出{offers}",
            _bare(told.venues),
            f"指定联络员，按{duties}办理认领事项",
            beyond=_own_duties(told),
        ),
    )
    yield Article(
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
    said = f"自{paper_day(told.starts_on)}至{paper_day(told.ends_on)}。"
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
