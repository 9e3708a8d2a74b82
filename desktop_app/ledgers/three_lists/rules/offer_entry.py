"""What a clerk enters of an offer, and whether it is in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.ids import Uid
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, MOST_AMOUNT, TEXT_LIMIT
from desktop_app.ledgers.three_lists.rules.offer import (
    MOST_COMPOUNDS,
    Offer,
    OfferAction,
    OfferState,
    OfferStep,
    Way,
)
from desktop_app.registers.matters.rules import CATEGORY_LIMIT

UNIT_WORD_LIMIT = 10


@dataclass(frozen=True, kw_only=True)
class OfferForm:
    """The form of an offer. The partner's name is kept as it is called now; `from_on` None means
    from today."""

    partner: Uid | None = None
    partner_name: str = ""
    resource: str = ""
    category: str = ""
    way: Way = Way.AT_STATION
    compounds: tuple[Uid, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    weekdays_words: str = ""
    amount: int | None = None
    unit_word: str = "次"
    for_problem: Uid | None = None
    agreement: Uid | None = None
    remark: str = ""


CHANGEABLE = tuple(one.name for one in fields(OfferForm))
"""Fields of an offer that its form gives, and that may be corrected."""


def checked(form: OfferForm, today: date) -> OfferForm:
    """The form as it is kept. Raises `InvalidInput` with every problem of it."""
    problems = Problems()
    tidy = replace(
        form,
        partner_name=problems.line(form.partner_name, "共建单位", "partner_name", LINE_LIMIT),
        resource=problems.line(form.resource, "可提供资源", "resource", LINE_LIMIT),
        category=problems.line(form.category, "类别", "category", CATEGORY_LIMIT),
        weekdays_words=problems.line(
            form.weekdays_words, "可服务时段", "weekdays_words", LINE_LIMIT
        ),
        unit_word=problems.line(form.unit_word, "数量单位", "unit_word", UNIT_WORD_LIMIT) or "次",
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
        compounds=tuple(dict.fromkeys(form.compounds)),
        from_on=form.from_on or today,
    )
    problems.need(
        form.partner, "还没有选共建单位，没有保存。", "请先选是哪个单位提供的。", "partner"
    )
    problems.need(
        tidy.resource, "还没有写可提供的资源，没有保存。", "请写清楚能提供什么。", "resource"
    )
    problems.need(tidy.category, "还没有写类别，没有保存。", "请选一个类别。", "category")
    if form.amount is not None and not 1 <= form.amount <= MOST_AMOUNT:
        problems.add("数量不对，没有保存。", "请填1以上的整数；数量不限的留空。", "amount")
    if form.until_on is not None and tidy.from_on is not None and form.until_on < tidy.from_on:
        problems.add("截止日期早于开始日期，没有保存。", "请核对这两个日期。", "until_on")
    if len(tidy.compounds) > MOST_COMPOUNDS:
        problems.add("选的小区太多，没有保存。", "面向全社区的请不选小区。", "compounds")
    problems.raise_if_any()
    return tidy


def offered(form: OfferForm, uid: Uid, station: str, number: str, moment: Moment) -> Offer:
    """The offer that a checked form becomes."""
    step = OfferStep(moment.at, moment.actor, OfferAction.OFFER, OfferState.OPEN)
    return Offer(
        uid=uid,
        station=station,
        number=number,
        offered_on=moment.today,
        registered_by=moment.operator,
        registered_by_name=moment.actor,
        steps=(step,),
        **_values(form),
    )


def form_of(offer: Offer) -> OfferForm:
    """The form as it would be filled in for this offer, to be corrected."""
    return OfferForm(**{name: getattr(offer, name) for name in CHANGEABLE})


def _values(form: OfferForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in CHANGEABLE}


def differences(offer: Offer, form: OfferForm) -> dict[str, Any]:
    """What a checked form says otherwise than the offer."""
    return {name: value for name, value in _values(form).items() if getattr(offer, name) != value}
