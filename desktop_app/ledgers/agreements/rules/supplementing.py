"""补充协议: the only way in which a term of a signed agreement becomes another. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.core.text import clean_text
from desktop_app.ledgers.agreements.rules.agreement import (
    TEXT_LIMIT,
    Action,
    Agreement,
    Supplement,
)
from desktop_app.ledgers.agreements.rules.entry import (
    AgreementForm,
    checked,
    form_of,
    missing,
    values_of,
)
from desktop_app.ledgers.agreements.rules.steps import refuse_unless, with_step
from desktop_app.ledgers.agreements.rules.terms import TERMS, changes_between


@dataclass(frozen=True, kw_only=True)
class SupplementForm:
    """What a supplement says. `changes` are the terms that become others, by name, as
    `AgreementForm` has them; a supplement may also change none and only add words."""

    signed_on: date
    words: str
    changes: Mapping[str, Any] = field(default_factory=dict)


def supplemented(
    agreement: Agreement, form: SupplementForm, moment: Moment, new_uid: Callable[[], Uid]
) -> Agreement:
    """The agreement once a supplement is signed. Raises `InvalidInput` with every problem."""
    refuse_unless(agreement, Action.SUPPLEMENT)
    unknown = set(form.changes) - set(TERMS)
    if unknown:
        raise UserError(
            "补充协议只能变更条款，不能改签订时的情况，没有保存。",
            "签错了单位或签订日期的，请终止后重新签订。",
            field=min(unknown),
        )
    words = clean_text(form.words, limit=TEXT_LIMIT, label="补充协议内容", field="words")
    problems = _problems(agreement, form.signed_on, words, moment.today)
    tidy = checked(AgreementForm(**{**vars(form_of(agreement)), **form.changes}))
    after = altered(
        agreement,
        **{name: value for name, value in values_of(tidy, new_uid).items() if name in TERMS},
    )
    problems += missing(after)
    if after.ends_on is not None and after.ends_on < form.signed_on:
        problems.append(
            UserError(
                "变更后的截止日期早于补充协议的签订日期。",
                "要提前结束的，请用“终止”。",
                field="ends_on",
            )
        )
    if problems:
        raise InvalidInput(problems)
    number = f"补{len(agreement.supplements) + 1}"
    changes = changes_between(agreement, after)
    made = Supplement(number, form.signed_on, words, changes)
    after = altered(after, supplements=(*agreement.supplements, made))
    return with_step(after, Action.SUPPLEMENT, moment, number)


def _problems(agreement: Agreement, signed_on: date, words: str, today: date) -> list[UserError]:
    found = []
    if not words:
        found.append(
            UserError("还没有写补充协议的内容。", "请写明变更了什么、为什么。", field="words")
        )
    if signed_on > today:
        found.append(UserError("签订日期比今天还晚。", "请在签字以后再登记。", field="signed_on"))
    days = [one.signed_on for one in agreement.supplements]
    if agreement.signed_on is not None:
        days.append(agreement.signed_on)
    if days and signed_on < max(days):
        found.append(
            UserError(
                f"签订日期早于上一次签订的日期{max(days):%Y-%m-%d}。",
                "补充协议要按签订的先后登记，请核对日期。",
                field="signed_on",
            )
        )
    return found
