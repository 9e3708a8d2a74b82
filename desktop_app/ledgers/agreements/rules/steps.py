"""Which step of an agreement may follow which, and what each changes: the one table of its course.

草拟 → 履行 → 终止, or 已续签 once the agreement that goes on with it is signed. Pure: the moment
and the operator are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.text import clean_line
from desktop_app.ledgers.agreements.rules.agreement import (
    LINE_LIMIT,
    Action,
    Agreement,
    AgreementState,
    Step,
)
from desktop_app.ledgers.agreements.rules.entry import (
    AgreementForm,
    checked,
    form_of,
    missing,
    values_of,
)

_S = AgreementState

_DRAFT, _SIGNED = frozenset({_S.DRAFT}), frozenset({_S.SIGNED})
_EVER_SIGNED = frozenset(AgreementState) - _DRAFT

RULES: Mapping[Action, StepRule[AgreementState]] = {
    Action.CHANGE: StepRule(_DRAFT, None),
    Action.SIGN: StepRule(_DRAFT, _S.SIGNED),
    Action.SUPPLEMENT: StepRule(_SIGNED, None),
    Action.CONTACTS: StepRule(_SIGNED, None),
    Action.RENEW: StepRule(_SIGNED, None),
    Action.REPLACED: StepRule(_SIGNED, _S.RENEWED),
    Action.END: StepRule(_SIGNED, _S.ENDED),
    Action.ADD_SCAN: StepRule(_EVER_SIGNED, None),
    Action.REMOVE_SCAN: StepRule(_EVER_SIGNED, None),
}
"""The course of an agreement. 由新协议接续 is taken when the new one is signed, never by hand."""

BUTTONS = (Action.CHANGE, Action.SIGN, Action.SUPPLEMENT, Action.CONTACTS, Action.RENEW, Action.END)
"""Steps that somebody takes by name, in their order."""


def allowed(agreement: Agreement) -> tuple[Action, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if agreement.deleted else steps_from(agreement.state)


def steps_from(state: AgreementState) -> tuple[Action, ...]:
    """The same for a line of a list."""
    return tuple(action for action in BUTTONS if state in RULES[action].sources)


def refuse_unless(agreement: Agreement, action: Action) -> None:
    """Raise `UserError` when a step may not be taken as the agreement stands."""
    if agreement.state in RULES[action].sources and not agreement.deleted:
        return
    if agreement.state is _S.SIGNED and action is Action.CHANGE:
        raise UserError(
            "协议已经签订，条款不能直接修改，没有改动。",
            "要变更条款，请用“签补充协议”；换联络员请用“更换联络员”。",
        )
    labels = "、".join(one.label for one in allowed(agreement))
    raise UserError(
        f"这份协议现在是“{agreement.state.label}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else "这份协议不再需要办理。",
    )


def with_step(agreement: Agreement, action: Action, moment: Moment, words: str = "") -> Agreement:
    """The agreement after a step that may be taken; `words` is what the course says of it."""
    refuse_unless(agreement, action)
    state = RULES[action].to or agreement.state
    step = Step(moment.at, moment.actor, action, state, words)
    return altered(agreement, state=state, steps=(*agreement.steps, step))


# --- before it is signed --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Register:
    """What an agreement is called by, and of whom it is."""

    uid: Uid
    station: str
    number: str


def drafted(
    form: AgreementForm,
    register: Register,
    partner_name: str,
    moment: Moment,
    new_uid: Callable[[], Uid],
    renewal_of: Uid | None = None,
) -> Agreement:
    """A new draft from a form. Raises `InvalidInput` with every problem."""
    step = Step(moment.at, moment.actor, Action.DRAFT, _S.DRAFT)
    return Agreement(
        uid=register.uid,
        station=register.station,
        number=register.number,
        partner_name=partner_name,
        renewal_of=renewal_of,
        steps=(step,),
        **values_of(checked(form), new_uid),
    )


def changed(
    agreement: Agreement,
    form: AgreementForm,
    partner_name: str,
    moment: Moment,
    new_uid: Callable[[], Uid],
) -> Agreement:
    """The draft as a form tells it. Raises `InvalidInput`, `UserError` once it is signed."""
    refuse_unless(agreement, Action.CHANGE)
    values = values_of(checked(form), new_uid)
    after = altered(agreement, partner_name=partner_name, **values)
    return with_step(after, Action.CHANGE, moment)


def signed(agreement: Agreement, signed_on: date, partner_name: str, moment: Moment) -> Agreement:
    """The agreement that both sides have signed on a day. Raises `InvalidInput` with every problem.

    `partner_name` is what the unit is called on that day.
    """
    refuse_unless(agreement, Action.SIGN)
    checked(form_of(agreement))
    problems = missing(agreement)
    if signed_on > moment.today:
        problems.append(
            UserError("签订日期比今天还晚。", "请在签字以后再登记签订。", field="signed_on")
        )
    if agreement.ends_on is not None and signed_on > agreement.ends_on:
        problems.append(
            UserError(
                "签订日期晚于协议的截止日期，签了也已经过期。",
                "请核对签订日期和起止日期。",
                field="signed_on",
            )
        )
    if problems:
        raise InvalidInput(problems)
    after = altered(agreement, signed_on=signed_on, partner_name=partner_name)
    return with_step(after, Action.SIGN, moment, signed_on.isoformat())


# --- afterwards -----------------------------------------------------------------------------------


def with_contacts(agreement: Agreement, form: AgreementForm, moment: Moment) -> Agreement:
    """The agreement with other people to call, as a form tells them: no term of it changes."""
    refuse_unless(agreement, Action.CONTACTS)
    tidy = checked(form)
    names = ("a_liaison", "a_phone", "b_liaison", "b_phone")
    values = {name: getattr(tidy, name) for name in names}
    if all(getattr(agreement, name) == value for name, value in values.items()):
        raise UserError("联络员和电话都没有变，没有改动。", "请写上新的联络员或电话。")
    sides = [
        side
        for side, names in (("甲方", ("a_liaison", "a_phone")), ("乙方", ("b_liaison", "b_phone")))
        if any(getattr(agreement, name) != values[name] for name in names)
    ]
    return with_step(altered(agreement, **values), Action.CONTACTS, moment, "、".join(sides))


def renewal_form(agreement: Agreement) -> AgreementForm:
    """What the agreement that goes on with this one begins with: the same terms, the days after."""
    refuse_unless(agreement, Action.RENEW)
    form = form_of(agreement)
    if agreement.starts_on is None or agreement.ends_on is None:
        return form
    starts = agreement.ends_on + timedelta(days=1)
    return AgreementForm(
        **{
            **vars(form),
            "starts_on": starts,
            "ends_on": _as_long(agreement.starts_on, agreement.ends_on, starts),
            "remark": "",
        }
    )


def _as_long(first: date, last: date, starts: date) -> date:
    """The last day of a term as long as another: whole years stay whole years."""
    after = last + timedelta(days=1)
    years = after.year - first.year
    if years > 0 and (after.month, after.day) == (first.month, first.day):
        try:
            return starts.replace(year=starts.year + years) - timedelta(days=1)
        except ValueError:
            return date(starts.year + years, 2, 28)
    return starts + (last - first)


def replaced(agreement: Agreement, by: Uid, number: str, moment: Moment) -> Agreement:
    """The agreement that another, now signed, goes on with."""
    return with_step(altered(agreement, renewed_by=by), Action.REPLACED, moment, number)


def ended(agreement: Agreement, reason: str, ended_on: date, moment: Moment) -> Agreement:
    """The agreement that was ended early. Raises `UserError`."""
    refuse_unless(agreement, Action.END)
    said = clean_line(reason, limit=LINE_LIMIT, label="终止原因", field="end_reason")
    if not said:
        raise UserError(
            "还没有写终止的原因，没有改动。", "请写一句话，便于以后说清楚。", field="end_reason"
        )
    if ended_on > moment.today:
        raise UserError(
            "终止日期比今天还晚，没有改动。", "请在那一天到了以后再办理。", field="ended_on"
        )
    latest = max(
        [agreement.signed_on or ended_on, *(one.signed_on for one in agreement.supplements)]
    )
    if ended_on < latest:
        raise UserError(
            f"终止日期早于签订日期{latest:%Y-%m-%d}，没有改动。",
            "请核对终止日期。",
            field="ended_on",
        )
    after = altered(agreement, ended_on=ended_on, end_reason=said)
    return with_step(after, Action.END, moment, said)
