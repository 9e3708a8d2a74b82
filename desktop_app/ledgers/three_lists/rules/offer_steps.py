"""Which step of an offer may follow which, and what each changes: the one table of its course.

An offer is open or withdrawn; what of it is promised goes up and down with its duties and never
above its amount. A withdrawn offer keeps what it has promised. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.ledgers.three_lists.rules.course import MOST_AMOUNT, reason, refusal
from desktop_app.ledgers.three_lists.rules.offer import (
    Offer,
    OfferAction,
    OfferState,
    OfferStep,
    free_of,
)

_S = OfferState
_A = OfferAction

RULES: Mapping[OfferAction, StepRule[OfferState]] = {
    _A.CHANGE: StepRule(frozenset({_S.OPEN}), None),
    _A.WITHDRAW: StepRule(frozenset({_S.OPEN}), _S.WITHDRAWN),
    _A.RESTORE: StepRule(frozenset({_S.WITHDRAWN}), _S.OPEN),
    _A.RESERVE: StepRule(frozenset({_S.OPEN}), None),
    _A.FREE: StepRule(frozenset({_S.OPEN, _S.WITHDRAWN}), None),
}
"""The course of an offer. Registering it is in `offer_entry`; RESERVE and FREE come only from its
duties. Taking back a withdrawal (撤销上一步) leads back to 可认领."""

BUTTONS = (_A.WITHDRAW, _A.RESTORE)
"""Steps that somebody takes by name, in their order."""

_MOST_NUMBERS = 3


def allowed(offer: Offer) -> tuple[OfferAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if offer.deleted else _steps_from(RULES, BUTTONS, offer.state)


def refuse_unless(offer: Offer, action: OfferAction) -> None:
    """Raise `UserError` when a step may not be taken as the offer stands."""
    if offer.state not in RULES[action].sources or offer.deleted:
        raise refusal("资源", offer.state, action, allowed(offer))


def with_step(
    offer: Offer, action: OfferAction, moment: Moment, words: str = "", **changes: Any
) -> Offer:
    """The offer after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(offer, action)
    state = RULES[action].to or offer.state
    step = OfferStep(moment.at, moment.actor, action, state, words)
    return altered(offer, state=state, steps=(*offer.steps, step), **changes)


def changed(offer: Offer, changes: Mapping[str, Any], words: str, moment: Moment) -> Offer:
    """The offer put right; never to less than is promised of it already."""
    refuse_unless(offer, _A.CHANGE)
    amount = changes.get("amount", offer.amount)
    if amount is not None and amount < offer.promised:
        raise UserError(
            f"已经认领了{offer.promised}{offer.unit_word}，数量不能改成{amount}，没有改动。",
            "请填不少于已认领的数量，或先取消其中的责任。",
            field="amount",
        )
    return with_step(offer, _A.CHANGE, moment, words, **changes)


def withdrawn(offer: Offer, words: str, live: Sequence[str], moment: Moment) -> Offer:
    """撤回: nothing more is promised of it. `live` are the numbers of the duties under way, which
    keep what they were promised; the step says so."""
    refuse_unless(offer, _A.WITHDRAW)
    said = reason(words, "撤回的原因")
    return with_step(offer, _A.WITHDRAW, moment, said + kept_promises(live))


def kept_promises(live: Sequence[str]) -> str:
    """What is said of the duties that a withdrawn offer still serves; nothing without any."""
    if not live:
        return ""
    named = "、".join(live[:_MOST_NUMBERS]) + ("等" if len(live) > _MOST_NUMBERS else "")
    return f"（已认领的 {len(live)} 条责任照办：{named}）"


def restored(offer: Offer, moment: Moment) -> Offer:
    """恢复: it may be claimed again."""
    return with_step(offer, _A.RESTORE, moment)


def reserved(offer: Offer, amount: int, number: str, moment: Moment) -> Offer:
    """The offer with so much more promised, to the duty of that number."""
    if offer.state is _S.WITHDRAWN:
        raise UserError(
            "这项资源已经撤回，不能再认领，没有改动。", "请选别的资源，或不带资源直接交办。",
            field="offer",
        )  # fmt: skip
    if offer.until_on is not None and offer.until_on < moment.today:
        raise UserError(
            f"这项资源到{_said(offer.until_on)}为止，已经过期，没有改动。",
            "请选别的资源，或与单位商定后更正截止日期。",
            field="offer",
        )
    if not 1 <= amount <= MOST_AMOUNT:
        raise UserError("认领的数量不对，没有改动。", "请填1以上的整数。", field="amount")
    free = free_of(offer.amount, offer.promised)
    if free is not None and amount > free:
        left = f"只剩{free}{offer.unit_word}" if free else "已经认领完"
        raise UserError(
            f"这项资源{left}，不能再认领{amount}{offer.unit_word}，没有改动。",
            "请减少数量，或选别的资源。",
            field="amount",
        )
    words = f"{number} {amount}{offer.unit_word}"
    return with_step(offer, _A.RESERVE, moment, words, promised=offer.promised + amount)


def released(offer: Offer, amount: int, number: str, moment: Moment) -> Offer:
    """The offer with so much less promised."""
    words = f"{number} {amount}{offer.unit_word}"
    return with_step(offer, _A.FREE, moment, words, promised=max(0, offer.promised - amount))


def as_kept(offer: Offer, kept: int) -> Offer:
    """The offer with what its duties keep of it as promised, and never more than there is.

    Two copies of a home may each have promised something before they came together; then the offer
    says what one of them reckoned, while the duties of both are there.
    """
    promised = kept if offer.amount is None else min(kept, offer.amount)
    return offer if promised == offer.promised else altered(offer, promised=promised)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
