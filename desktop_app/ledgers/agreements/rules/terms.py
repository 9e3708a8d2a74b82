"""The terms of an agreement: which they are, how they change, what held on a day. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.core.codec import canonical, encode, field_decoders
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.record import altered
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements.rules.agreement import Agreement, Promise, TermChange

TERMS: tuple[str, ...] = (
    "party_a", "a_head", "party_b", "b_head", "starts_on", "ends_on", "goals", "contents",
    "contents_words", "a_duties", "b_duties", "demand_every", "platform", "venues", "promises",
    "meeting_every", "quarterly_report", "notice_days", "changes_words",
)  # fmt: skip
"""What the two sides agreed on. Who is called there (联络员) is none: it may change any day."""

OF_SIGNING: tuple[str, ...] = (
    "partner", "partner_name", "credit_code", "signed_on", "copies", "copies_each", "filed_with",
    "renewal_of",
)  # fmt: skip
"""Facts of the day of signing: no supplement makes them others."""

CONTACTS: tuple[str, ...] = ("a_liaison", "a_phone", "b_liaison", "b_phone")


def terms_of(agreement: Agreement) -> dict[str, Any]:
    """The terms by name."""
    return {name: getattr(agreement, name) for name in TERMS}


def changes_between(before: Agreement, after: Agreement) -> tuple[TermChange, ...]:
    """Which terms are others, in the order of the agreement."""
    return tuple(
        TermChange(name, _kept(getattr(before, name)), _kept(getattr(after, name)))
        for name in TERMS
        if getattr(before, name) != getattr(after, name)
    )


def _kept(value: object) -> str:
    return canonical(encode(value))


def terms_at(agreement: Agreement, day: date) -> Agreement | None:
    """The agreement with the terms that held on a day; None while it was not signed yet.

    A supplement holds from the day it is signed. Whether the agreement had begun, or was over, on
    that day is for the reader: its days are among the terms.
    """
    if not agreement.signed or agreement.signed_on is None or day < agreement.signed_on:
        return None
    later = [one for one in agreement.supplements if one.signed_on > day]
    earlier = agreement.supplements[: len(agreement.supplements) - len(later)]
    values: dict[str, Any] = {}
    for supplement in reversed(later):
        for change in supplement.changes:
            values[change.field] = _read(change.field, change.before)
    return altered(agreement, **values, supplements=earlier)


def as_signed(agreement: Agreement) -> Agreement | None:
    """The agreement as it was before any supplement; None while it is a draft."""
    if not agreement.signed:
        return None
    values: dict[str, Any] = {}
    for supplement in reversed(agreement.supplements):
        for change in supplement.changes:
            values[change.field] = _read(change.field, change.before)
    return altered(agreement, **values, supplements=())


def _read(field: str, kept: str) -> Any:
    return field_decoders(Agreement)[field](json.loads(kept))


# --- words ----------------------------------------------------------------------------------------


def change_words(change: TermChange, labels: Mapping[str, str]) -> str:
    """截止日期：2026年12月31日 → 2027年12月31日."""
    label = labels.get(change.field, change.field)
    return f"{label}：{value_words(change, 'before')} → {value_words(change, 'after')}"


def value_words(change: TermChange, side: str) -> str:
    """One side of a change (`before` or `after`) as a person reads it; 空 where there is nothing.

    A value of a newer program that is none of ours is shown as it was written.
    """
    kept = getattr(change, side)
    try:
        value = _read(change.field, kept)
    except (KeyError, ValueError, TypeError):
        return str(kept)
    return _said(value) or "空"


def _said(value: Any) -> str:
    for kind, say in _SAY:
        if isinstance(value, kind):
            return say(value)
    return "" if value is None else str(value)


def _joined(values: Iterable[Any]) -> str:
    return "、".join(_said(value) for value in values)


_SAY: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: "是" if value else "否"),
    (LabelledEnum, lambda value: str(value.label)),
    (date, paper_day),
    (Promise, lambda value: str(value.said)),
    (tuple, _joined),
)
