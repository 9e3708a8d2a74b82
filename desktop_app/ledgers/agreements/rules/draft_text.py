"""A draft of an agreement as it is typed, and what it means. Pure.

A half-filled form keeps what was typed, not what it means: 11-31 is no day and is still there
tomorrow. Lines and choices are text, ticks a list, rows a list of lists; all of it is plain JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import parse_uid
from desktop_app.core.text import half_width
from desktop_app.ledgers.agreements.rules.agreement import Content, PromiseKind, Rhythm
from desktop_app.ledgers.agreements.rules.entry import AgreementForm, PromiseForm

Text = dict[str, Any]
E = TypeVar("E", bound=LabelledEnum)

COUNTED = tuple(kind for kind in PromiseKind if kind is not PromiseKind.OTHER)
"""Promises that have a field of their own; the others are rows."""

OTHERS = "promises_other"
DAYS = ("starts_on", "ends_on")
NUMBERS = ("notice_days", "copies", "copies_each")
LINES = (
    "party_a", "a_head", "a_liaison", "a_phone", "party_b", "credit_code", "b_head", "b_liaison",
    "b_phone", "goals", "contents_words", "a_duties", "b_duties", "platform", "venues",
    "changes_words", "filed_with", "remark",
)  # fmt: skip
NEVER, YES, NO = "never", "yes", "no"
_NO_NUMBER = 0
"""Stands for a number that is none: the rules of the form refuse it with their own sentence."""


def promise_field(kind: PromiseKind) -> str:
    """The name of the field for one counted promise."""
    return f"promise_{kind.value}"


def text_of(form: AgreementForm) -> Text:
    """A form as its fields show it."""
    text: Text = {name: getattr(form, name) for name in LINES}
    text["partner"] = form.partner.hex if form.partner is not None else ""
    for name in DAYS:
        day = getattr(form, name)
        text[name] = "" if day is None else day.isoformat()
    text |= {name: str(getattr(form, name)) for name in NUMBERS}
    text["contents"] = [one.value for one in form.contents]
    text["demand_every"] = form.demand_every.value
    text["meeting_every"] = NEVER if form.meeting_every is None else form.meeting_every.value
    text["quarterly_report"] = YES if form.quarterly_report else NO
    amounts = {one.kind: str(one.amount) for one in form.promises}
    text |= {promise_field(kind): amounts.get(kind, "") for kind in COUNTED}
    text[OTHERS] = [
        [one.words, str(one.amount)] for one in form.promises if one.kind is PromiseKind.OTHER
    ]
    return text


def from_plain(found: Mapping[str, Any], fresh: Text) -> Text:
    """A kept draft; what it lacks or has of another sort is as in `fresh`."""
    return {
        name: found[name] if isinstance(found.get(name), type(value)) else value
        for name, value in fresh.items()
    }


def meaning(text: Text, base: AgreementForm, today: date) -> AgreementForm:
    """The form that a text means, what it does not ask for taken from `base`.

    Raises `InvalidInput` for what means nothing; whether it is in order is for `entry.checked`.
    """
    problems: list[UserError] = []
    values: dict[str, Any] = {name: text[name] for name in LINES if name in text}
    values |= {name: _day(text, name, today, problems) for name in DAYS if name in text}
    values |= {name: _number(text[name]) for name in NUMBERS if name in text}
    if "partner" in text:
        values["partner"] = parse_uid(text["partner"])
    if "contents" in text:
        values["contents"] = tuple(one for one in Content if one.value in text["contents"])
    for name in ("demand_every", "meeting_every"):
        if name in text:
            values[name] = _member(Rhythm, text[name])
    if values.get("demand_every", Rhythm.QUARTER) is None:
        problems.append(
            UserError("还没有选多久汇总一次居民需求。", "请选一项。", field="demand_every")
        )
    if "quarterly_report" in text:
        values["quarterly_report"] = text["quarterly_report"] == YES
    if OTHERS in text:
        values["promises"] = _promises(text, base.promises, problems)
    if problems:
        raise InvalidInput(problems)
    return replace(base, **values)


def year_after(starts: date) -> date:
    """The last day of a year that begins on a day."""
    try:
        return date.fromordinal(starts.replace(year=starts.year + 1).toordinal() - 1)
    except ValueError:
        return date(starts.year + 1, 2, 28)


def _day(text: Text, name: str, today: date, problems: list[UserError]) -> date | None:
    typed = str(text[name]).strip()
    day = parse_day(typed, today) if typed else None
    if typed and day is None:
        sentence = f"“{typed}”不是一个日期。"
        problems.append(UserError(sentence, "请按 20261123 或 11-23 的样子填写。", field=name))
    return day


def _number(typed: str) -> int:
    plain = half_width(str(typed)).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else _NO_NUMBER


def _member(kind: type[E], value: str) -> E | None:
    return next((one for one in kind if one.value == value), None)


def _promises(
    text: Text, before: Iterable[PromiseForm], problems: list[UserError]
) -> tuple[PromiseForm, ...]:
    """Each promise keeps its uid and words while it is of the same kind, or of the same words."""
    known = {(one.kind, one.words if one.kind is PromiseKind.OTHER else ""): one for one in before}
    kept = [
        _kept(known, kind, "", text[promise_field(kind)])
        for kind in COUNTED
        if str(text[promise_field(kind)]).strip()
    ]
    for words, amount in _rows(text[OTHERS]):
        kept.append(_kept(known, PromiseKind.OTHER, words, amount))
    if any(one.amount == _NO_NUMBER for one in kept):
        problems.append(
            UserError("有一项量化指标的数量不是数。", "请填整数，不承诺的空着。", field="promises")
        )
    return tuple(kept)


def _kept(
    known: Mapping[tuple[PromiseKind, str], PromiseForm], kind: PromiseKind, words: str, typed: str
) -> PromiseForm:
    fresh = PromiseForm(kind, 0, words)
    return replace(known.get((kind, words), fresh), amount=_number(typed))


def _rows(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [
        (str(row[0]).strip(), str(row[1])) for row in rows if any(str(one).strip() for one in row)
    ]
