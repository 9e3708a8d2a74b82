"""An agreement as a clerk drafts it, and whether it is in order. Pure.

A draft may be half written; what must not be missing is asked for when it is signed or printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.identity import check_credit_code
from desktop_app.core.ids import Uid
from desktop_app.ledgers.agreements.rules.agreement import (
    LINE_LIMIT,
    MOST_AMOUNT,
    MOST_COPIES,
    MOST_NOTICE_DAYS,
    MOST_PROMISES,
    NAME_LIMIT,
    PERSON_LIMIT,
    TEXT_LIMIT,
    Agreement,
    Content,
    Promise,
    PromiseKind,
    Rhythm,
)

EARLIEST_DAY = date(2010, 1, 1)
"""Before it nobody had such an agreement: the date is a slip."""

LONGEST = timedelta(days=3660)
"""Ten years: one that runs longer has a slip in its year."""


@dataclass(frozen=True, slots=True)
class PromiseForm:
    """One promise as it is entered; without a uid it is a new one."""

    kind: PromiseKind
    amount: int
    words: str = ""
    uid: Uid | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementForm:
    """What is written into an agreement before it is signed."""

    partner: Uid | None = None
    party_a: str = ""
    a_head: str = ""
    a_liaison: str = ""
    a_phone: str = ""
    party_b: str = ""
    credit_code: str = ""
    b_head: str = ""
    b_liaison: str = ""
    b_phone: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    goals: str = ""
    contents: tuple[Content, ...] = ()
    contents_words: str = ""
    a_duties: str = ""
    b_duties: str = ""
    demand_every: Rhythm = Rhythm.QUARTER
    platform: str = ""
    venues: str = ""
    promises: tuple[PromiseForm, ...] = ()
    meeting_every: Rhythm | None = Rhythm.QUARTER
    quarterly_report: bool = False
    notice_days: int = 30
    changes_words: str = ""
    copies: int = 2
    copies_each: int = 1
    filed_with: str = ""
    remark: str = ""


ENTERED: tuple[str, ...] = tuple(AgreementForm.__dataclass_fields__)

_LINES = {
    "party_a": ("甲方", NAME_LIMIT),
    "party_b": ("乙方", NAME_LIMIT),
    "a_head": ("甲方负责人", PERSON_LIMIT),
    "a_liaison": ("甲方联络员", PERSON_LIMIT),
    "b_head": ("乙方负责人", PERSON_LIMIT),
    "b_liaison": ("乙方联络员", PERSON_LIMIT),
    "platform": ("甲方提供的场地或平台", LINE_LIMIT),
    "venues": ("乙方开放的场地、力量或物资", LINE_LIMIT),
    "filed_with": ("备案单位", LINE_LIMIT),
}
_TEXTS = {
    "goals": "共建目标",
    "contents_words": "共建内容说明",
    "a_duties": "甲方其他责任",
    "b_duties": "乙方其他责任",
    "changes_words": "变更和终止的约定",
    "remark": "备注",
}


def form_of(agreement: Agreement) -> AgreementForm:
    """An agreement as its form shows it."""
    values = {name: getattr(agreement, name) for name in ENTERED}
    promises = tuple(
        PromiseForm(one.kind, one.amount, one.words, one.uid) for one in agreement.promises
    )
    return AgreementForm(**{**values, "promises": promises})


def checked(form: AgreementForm) -> AgreementForm:
    """The form as it is kept: text cleaned, nothing that contradicts itself. Raises
    `InvalidInput` with every problem."""
    problems = Problems()
    if form.partner is None:
        problems.add("还没有选共建单位。", "请选单位；没有的先到“共建单位”里新增。", "partner")
    lines: dict[str, Any] = {
        field: problems.line(getattr(form, field), label, field, limit)
        for field, (label, limit) in _LINES.items()
    }
    texts: dict[str, Any] = {
        field: problems.text(getattr(form, field), label, field, TEXT_LIMIT)
        for field, label in _TEXTS.items()
    }
    phones: dict[str, Any] = {
        field: problems.office_phone(getattr(form, field), field)
        for field in ("a_phone", "b_phone")
    }
    code = form.credit_code
    if code.strip():
        code = problems.tried(code, lambda: check_credit_code(form.credit_code))
    _check_days(form, problems)
    _check_numbers(form, problems)
    tidy = replace(
        form,
        credit_code=code.strip(),
        contents=tuple(one for one in Content if one in form.contents),
        promises=_promises(form.promises, problems),
        **lines,
        **texts,
        **phones,
    )
    problems.raise_if_any()
    return tidy


def _check_days(form: AgreementForm, problems: Problems) -> None:
    starts, ends = form.starts_on, form.ends_on
    for name, label, day in (("starts_on", "起始日期", starts), ("ends_on", "截止日期", ends)):
        if day is not None and day < EARLIEST_DAY:
            problems.add(f"{label}早于{EARLIEST_DAY.year}年，像是写错了。", "请核对年份。", name)
    if starts is None or ends is None:
        return
    if ends < starts:
        problems.add("截止日期早于起始日期。", "请核对这两个日期。", "ends_on")
    elif ends - starts > LONGEST:
        problems.add("协议期限超过十年，像是年份写错了。", "请核对起止日期。", "ends_on")


def _check_numbers(form: AgreementForm, problems: Problems) -> None:
    if not 1 <= form.notice_days <= MOST_NOTICE_DAYS:
        problems.add("提前通知的天数不对。", f"请填1到{MOST_NOTICE_DAYS}天。", "notice_days")
    if not 2 <= form.copies <= MOST_COPIES:
        problems.add("协议份数不对。", f"请填2到{MOST_COPIES}份，双方至少各一份。", "copies")
        return
    needed = 2 * form.copies_each + (1 if form.filed_with.strip() else 0)
    if form.copies_each < 1 or needed != form.copies:
        filed = "，报备案单位一份" if form.filed_with.strip() else ""
        problems.add(
            f"份数对不上：双方各执{form.copies_each}份{filed}，合计{needed}份，"
            f"不是{form.copies}份。",
            "请改总份数或各执份数。",
            "copies",
        )


def _promises(given: tuple[PromiseForm, ...], problems: Problems) -> tuple[PromiseForm, ...]:
    kept = []
    for place, one in enumerate(given, start=1):
        told = Problems(told=f"第{place}项量化指标：", field="promises")
        if not 1 <= one.amount <= MOST_AMOUNT:
            told.add("每年的数量不对。", f"请填1到{MOST_AMOUNT}之间的数。", "promises")
        words = told.line(one.words, "说明", "promises", LINE_LIMIT)
        if one.kind is PromiseKind.OTHER and not words:
            told.add("没有写是什么。", "请写明承诺的内容和单位。", "promises")
        kept.append(replace(one, words=words))
        problems.found += told.found
    counted = [one.kind for one in kept if one.kind is not PromiseKind.OTHER]
    if len(counted) != len(set(counted)):
        problems.add("同一种量化指标写了两次。", "请合并成一项。", "promises")
    if len(kept) > MOST_PROMISES:
        problems.add(f"量化指标最多写{MOST_PROMISES}项。", "请合并相近的。", "promises")
    return tuple(kept)


def values_of(form: AgreementForm, new_uid: Callable[[], Uid]) -> dict[str, Any]:
    """A checked form as fields of the record."""
    values = {name: getattr(form, name) for name in ENTERED}
    promises = tuple(
        Promise(one.uid or new_uid(), one.kind, one.amount, one.words) for one in form.promises
    )
    return {**values, "promises": promises}


# --- what must not be missing ---------------------------------------------------------------------

_Wanted = Mapping[str, tuple[str, str]]

_TO_SIGN: _Wanted = {
    "party_a": ("甲方", "请填写甲方党组织的名称。"),
    "party_b": ("乙方", "请填写乙方党组织或单位的名称。"),
    "a_head": ("甲方负责人", "请填写在协议上签字的负责人。"),
    "b_head": ("乙方负责人", "请填写在协议上签字的负责人。"),
    "starts_on": ("起始日期", "请填写协议从哪一天起。"),
    "ends_on": ("截止日期", "请填写协议到哪一天止。"),
    "contents": ("共建内容", "请至少选一项。"),
}
_TO_PRINT: _Wanted = {
    **_TO_SIGN,
    "a_liaison": ("甲方联络员", "请填写联络员。"),
    "b_liaison": ("乙方联络员", "请填写联络员。"),
    "platform": ("甲方提供的场地或平台", "第二条要写明。"),
    "venues": ("乙方开放的场地、力量或物资", "第三条要写明。"),
    "meeting_every": ("联席会议频次", "第五条要写明多久召开一次。"),
}

NEEDED = frozenset(_TO_PRINT)
"""The fields without which an agreement can be drafted, but neither signed nor printed."""


def missing(agreement: Agreement) -> list[UserError]:
    """What an agreement needs before it can be signed."""
    return _missing(agreement, _TO_SIGN)


def missing_on_paper(agreement: Agreement) -> list[UserError]:
    """What 共建协议书 needs so that no article has a gap."""
    found = _missing(agreement, _TO_PRINT)
    if agreement.amount(PromiseKind.ACTIVITIES) is None:
        sentence = "还没有写每年联合开展活动的次数。"
        found.append(UserError(sentence, "第六条要写明，请加一项量化指标。", field="promises"))
    return found


def _missing(agreement: Agreement, wanted: _Wanted) -> list[UserError]:
    return [
        UserError(f"还没有填写{label}。", next_step, field=name)
        for name, (label, next_step) in wanted.items()
        if getattr(agreement, name) in ("", None, ())
    ]
