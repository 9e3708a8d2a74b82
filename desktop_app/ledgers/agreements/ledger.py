"""Agreements for the command line: what an object of a file may say, and how lists show one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Zone
from desktop_app.core.codec import decode
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    plain_value,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, Group, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import (
    Action,
    Agreement,
    AgreementState,
    PromiseKind,
    Step,
)
from desktop_app.ledgers.agreements.rules.entry import (
    ENTERED,
    AgreementForm,
    PromiseForm,
    form_of,
)
from desktop_app.ledgers.agreements.rules.listing import (
    EXPIRED,
    EXPIRING,
    LIVE,
    AgreementFilter,
    AgreementLine,
)
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm
from desktop_app.ledgers.agreements.rules.terms import CONTACTS, TERMS, change_words
from desktop_app.registers.partners.register import find_partner
from desktop_app.storage.session import Desk, Unit

_PROMISE = Form(
    (
        Field("kind", "种类", FieldKind.CHOICE, choices=choices_of(PromiseKind)),
        Field("amount", "每年数量", FieldKind.NUMBER),
        Field("words", "说明"),
        Field("uid", "uid"),
    ),
    required=frozenset({"kind", "amount"}),
)
_GROUPS = {"promises": Group(_PROMISE, many=True)}
_ALIASES = {"乙方单位": "partner", "开放场地": "venues", "量化指标": "promises"}
_BY_THE_PROGRAM = by_the_program(KIND, ENTERED)
_FORM = Form(
    tuple(KIND.field(name) for name in ENTERED),
    required=frozenset({"partner"}),
    groups=_GROUPS,
    finders={"partner": find_partner},
    aliases=_ALIASES,
    not_here=_BY_THE_PROGRAM,
)
_LABELS = {field.name: field.label for field in KIND.fields}


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Agreement]:
    return [service.draft_in(unit, _form(AgreementForm(), values))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Agreement:
    agreement = service.for_editing(desk, uid)
    form = _form(form_of(agreement), values)
    return service.change(desk, uid, revision or agreement.revision, form).value


def _form(known: AgreementForm, values: Values) -> AgreementForm:
    """A form with what an object says written into it; null takes out what was there."""
    blank = AgreementForm()
    empty = {
        # 联席会议 may be left out, which the blank form does not.
        name: None if name == "meeting_every" else getattr(blank, name)
        for name, value in values.items()
        if value is None
    }
    return decode(AgreementForm, {**vars(known), **empty, **given(values)})


# --- steps ----------------------------------------------------------------------------------------

_Save = Callable[[Desk, Uid, int, Values], Changed[Agreement]]


def _deed(action: Action, save: _Save, form: Form) -> Deed:
    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Agreement:
        return save(desk, uid, revision or service.get(desk, uid).revision, values).value

    return Deed(action.value.replace("_", "-"), action.label, form, do)


_SIGNED_ON = Field("signed_on", "签订日期", FieldKind.DAY)
_WORDS = Field("words", "补充协议内容")


def _supplement(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Agreement]:
    told = dict(values)
    signed_on, words = told.pop("signed_on", None), told.pop("words", None)
    known = form_of(service.get(desk, uid))
    form = _form(known, told)
    changes = {name: getattr(form, name) for name in told}
    if "promises" in changes:
        changes["promises"] = _same_promises(known.promises, form.promises)
    made = SupplementForm(signed_on=signed_on or desk.today, words=words or "", changes=changes)
    return service.supplement(desk, uid, revision, made)


def _same_promises(
    known: tuple[PromiseForm, ...], told: tuple[PromiseForm, ...]
) -> tuple[PromiseForm, ...]:
    """A promise of a kind there was before is that promise, with another number."""
    uids: dict[PromiseKind, Uid | None] = {
        one.kind: one.uid for one in known if one.kind is not PromiseKind.OTHER
    }
    return tuple(replace(one, uid=one.uid or uids.get(one.kind)) for one in told)


def _contacts(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Agreement]:
    return service.change_contacts(desk, uid, revision, **given(values))


def _discard(desk: Desk, uid: Uid, revision: int | None, values: Values) -> None:
    service.discard(desk, uid, revision or service.get(desk, uid).revision)


_DEEDS = (
    _deed(
        Action.SIGN,
        lambda d, u, r, v: service.sign(d, u, r, v.get("signed_on")),
        Form((_SIGNED_ON,)),
    ),
    _deed(
        Action.SUPPLEMENT,
        _supplement,
        Form(
            (_SIGNED_ON, _WORDS, *(KIND.field(name) for name in TERMS)),
            required=frozenset({"words"}),
            groups=_GROUPS,
            aliases={key: name for key, name in _ALIASES.items() if name in TERMS},
        ),
    ),
    _deed(Action.CONTACTS, _contacts, Form(tuple(KIND.field(name) for name in CONTACTS))),
    _deed(Action.RENEW, lambda d, u, r, v: service.renew(d, u, r), Form()),
    _deed(
        Action.END,
        lambda d, u, r, v: service.end(d, u, r, v["end_reason"], v.get("ended_on")),
        Form(
            (KIND.field("end_reason"), KIND.field("ended_on")),
            required=frozenset({"end_reason"}),
            aliases={"原因": "end_reason"},
        ),
    ),
    Deed("discard", "删除草稿", Form(), _discard),
)


# --- showing --------------------------------------------------------------------------------------

_SHOWN = (
    "number", "partner_name", "party_a", "party_b", "signed_on", "starts_on", "ends_on", "state",
    "ended_on",
)  # fmt: skip
_GROUPED = {LIVE: "live", EXPIRING: "expiring", EXPIRED: "expired", "续签": "renewals"}


def _page(desk: Desk, query: Query) -> Rows:
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    zone, days = desk.database.zone, service.remind_days(desk)
    rows = tuple(
        {**_row(line, zone), "standing": line.word(desk.today, days)} for line in found.rows
    )
    return Rows(rows, found.later, found.total_words)


def _row(line: AgreementLine, zone: Zone) -> Row:
    values = {name: plain_value(KIND.field(name), getattr(line, name), zone) for name in _SHOWN}
    return {**values, "uid": line.uid.hex, "revision": line.revision}


def _filter(query: Query) -> AgreementFilter:
    base = AgreementFilter(
        search=visible(query.search),
        since=query.since,
        until=query.until,
        stations=query.stations,
    )
    status = query.status.strip()
    if not status:
        return base
    if status in _GROUPED or status in _GROUPED.values():
        group: Mapping[str, Any] = {_GROUPED.get(status, status): True}
        return replace(base, **group)
    state = member_of(AgreementState, status)
    if state is None:
        raise refuse_status(KIND.label, [*_GROUPED, *(one.label for one in AgreementState)])
    if state is AgreementState.ENDED and (query.since or query.until):
        # Of these the days are those of the end, not of signing.
        return replace(
            base, since=None, until=None, ended_since=query.since, ended_until=query.until
        )
    return replace(base, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, AgreementFilter):
        return None
    since, until = wanted.since or wanted.ended_since, wanted.until or wanted.ended_until
    words = ("", *_GROUPED, *(one.label for one in AgreementState))
    tried = (
        Query(since=since, until=until, status=word, stations=wanted.stations) for word in words
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    agreement, zone = found.agreement, desk.database.zone
    plain, hidden = plain_record(KIND, agreement, zone)
    moment = Field("", "", FieldKind.MOMENT)
    for step in plain["steps"]:
        step["at"] = plain_value(moment, step["at"], zone)
    told = {**plain, "missing": [problem.sentence for problem in found.missing]}
    words = {
        "steps": "；".join(_step_words(step, zone) for step in agreement.steps),
        "promises": "；".join(one.said for one in agreement.promises),
        "supplements": "；".join(
            f"{one.number}（{one.signed_on.isoformat()}）"
            + "，".join(change_words(change, _LABELS) for change in one.changes)
            for one in agreement.supplements
        ),
    }
    # What `set` does is no step of its own here.
    allowed = [action for action in found.allowed if action is not Action.CHANGE]
    deeds = tuple(action.value.replace("_", "-") for action in allowed)
    if not agreement.signed:
        deeds = (*deeds, "discard")
    return Shown(told, hidden, deeds, events(found.entries), words)


def _step_words(step: Step, zone: Zone) -> str:
    """A step without what was said with it."""
    return f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"


AGREEMENTS = Ledger(
    kind=KIND,
    columns=(
        *(KIND.field(name) for name in _SHOWN),
        Field("standing", "现状"),
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    ),
    page=_page,
    show=_show,
    title=lambda agreement: agreement.number,
    adding=Adding("草拟共建协议", Right.HANDLE, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=_DEEDS,
    reveal=service.read_out,
    asked=_asked,
    by_station=True,
)

LEDGERS = (AGREEMENTS,)
