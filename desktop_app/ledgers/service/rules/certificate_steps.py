"""Which step of a certificate may follow which, and what each changes: the one table of its course.

申请 → 核验 → 出具 → (公示) → 归档; 作废 keeps the number, 补发 makes another one and each names the
other. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.core.text import clean_line, clean_name
from desktop_app.core.wording import list_day
from desktop_app.ledgers.service.rules.certificate import (
    PUBLIC_DAYS,
    Certificate,
    CertificateAction,
    CertificateState,
    CertificateStep,
    Issuer,
    Line,
    Wording,
    refuse_unentitled,
    refuse_unworded,
)
from desktop_app.ledgers.service.rules.code import code_of
from desktop_app.ledgers.service.rules.service_record import LINE_LIMIT, ServiceRecord
from desktop_app.ledgers.service.rules.spans import counted_once
from desktop_app.ledgers.service.rules.steps import FORGOTTEN, reason

_S = CertificateState
_A = CertificateAction

RULES: Mapping[CertificateAction, StepRule[CertificateState]] = {
    _A.VERIFY: StepRule(frozenset({_S.APPLIED, _S.VERIFIED}), _S.VERIFIED),
    _A.ISSUE: StepRule(frozenset({_S.VERIFIED}), _S.ISSUED),
    _A.PUBLICISE: StepRule(frozenset({_S.ISSUED}), _S.PUBLICISED),
    _A.COLLECT: StepRule(frozenset({_S.ISSUED, _S.PUBLICISED, _S.ARCHIVED}), None),
    _A.ARCHIVE: StepRule(frozenset({_S.ISSUED, _S.PUBLICISED}), _S.ARCHIVED),
    _A.VOID: StepRule(frozenset(set(_S) - {_S.VOID}), _S.VOID),
    _A.REISSUE: StepRule(frozenset({_S.VOID}), None),
    _A.KEEP_PAPER: StepRule(frozenset({_S.ISSUED, _S.PUBLICISED, _S.ARCHIVED}), None),
}
"""The course of a certificate. Applying for one is `applied`."""

BUTTONS = (
    _A.VERIFY, _A.ISSUE, _A.PUBLICISE, _A.COLLECT, _A.ARCHIVE, _A.VOID, _A.REISSUE,
)  # fmt: skip
"""Steps that somebody takes by name, in their order."""


def allowed(certificate: Certificate) -> tuple[CertificateAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    if certificate.deleted:
        return ()
    found = steps_from(certificate.state)
    return tuple(one for one in found if one is not _A.REISSUE or certificate.replaced_by is None)


def steps_from(state: CertificateState) -> tuple[CertificateAction, ...]:
    """The same for a line of the register."""
    return _steps_from(RULES, BUTTONS, state)


def refuse_unless(certificate: Certificate, action: CertificateAction) -> None:
    """Raise `UserError` when a step may not be taken as the certificate stands."""
    if certificate.state in RULES[action].sources and not certificate.deleted:
        return
    if certificate.state is _S.APPLIED and action is _A.ISSUE:
        raise UserError("这份证明还没有核验，不能出具，没有改动。", "请先“核验”。")
    if action is _A.REISSUE:
        raise UserError(
            "原来的证明还没有作废，不能补发，没有改动。",
            "请先作废原证明并写明原因；只是要再打一张的，用“补打”。",
        )
    labels = "、".join(one.label for one in allowed(certificate))
    raise UserError(
        f"这份证明现在是“{certificate.state.label}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else "这份证明不再需要办理。",
    )


def with_step(
    certificate: Certificate,
    action: CertificateAction,
    moment: Moment,
    words: str = "",
    **changes: Any,
) -> Certificate:
    """The certificate after a step that may be taken."""
    refuse_unless(certificate, action)
    state = RULES[action].to or certificate.state
    step = CertificateStep(moment.at, moment.actor, action, state, words)
    return altered(certificate, state=state, steps=(*certificate.steps, step), **changes)


# --- applying ------------------------------------------------------------------------------------


def refuse_period(first: date, last: date, today: date) -> None:
    """Raise `UserError` unless a certificate can be about these days."""
    if last < first:
        raise UserError("截止日期早于起始日期，没有保存。", "请核对这两个日期。", field="last")
    if last > today:
        raise UserError(
            "截止日期还没有到，没有保存。",
            "证明只写做过的服务，请改到今天或更早。",
            field="last",
        )


def applied(
    uid: Uid,
    station: str,
    number: str,
    volunteer: Uid,
    period: tuple[date, date],
    purpose: str,
    moment: Moment,
    *,
    replaces: Certificate | None = None,
) -> Certificate:
    """A certificate that is asked for."""
    first, last = period
    refuse_period(first, last, moment.today)
    words = f"补发 {replaces.number}" if replaces else ""
    return Certificate(
        uid=uid,
        station=station,
        number=number,
        volunteer=volunteer,
        first=first,
        last=last,
        purpose=clean_line(purpose, limit=LINE_LIMIT, label="用途", field="purpose"),
        applied_on=moment.today,
        applied_by=moment.operator,
        applied_by_name=moment.actor,
        replaces=None if replaces is None else replaces.uid,
        steps=(CertificateStep(moment.at, moment.actor, _A.APPLY, _S.APPLIED, words),),
    )


# --- what it counts ------------------------------------------------------------------------------


def lines_of(records: Iterable[ServiceRecord]) -> tuple[Line, ...]:
    """The lines of a certificate: confirmed records alone, no time counted twice.

    A record of which nothing is left to count has no line.
    """
    by_uid = {record.uid: record for record in records}
    shares = counted_once(by_uid.values())
    return tuple(_line(by_uid[one.service], one.minutes) for one in shares if one.minutes > 0)


def _line(record: ServiceRecord, minutes: int) -> Line:
    return Line(
        service=record.uid,
        day=record.day,
        title=record.title,
        content=record.content,
        head=record.head,
        minutes=minutes,
        uploaded=record.uploaded_on is not None,
    )


def same_lines(some: Iterable[Line], others: Iterable[Line]) -> bool:
    """Whether lines count the same; what was entered into the national system since is no
    difference."""
    return [replace(one, uploaded=False) for one in some] == [
        replace(one, uploaded=False) for one in others
    ]


def minutes_in(lines: Iterable[Line]) -> int:
    """What the lines come to."""
    return sum(line.minutes for line in lines)


# --- its course ----------------------------------------------------------------------------------


def refuse_own_review(certificate: Certificate, others: int, moment: Moment) -> None:
    """Raise `UserError` when whoever took the application would verify it, too, although there is
    somebody else; at a one-person station (`others` 0) nobody else can (amendment 40)."""
    same = moment.operator is not None and moment.operator == certificate.applied_by
    if same and others:
        raise UserError(
            "受理申请和核验不能是同一个人，没有改动。", "请由另一位操作员核对记录后核验。"
        )


def verified(certificate: Certificate, lines: Sequence[Line], moment: Moment) -> Certificate:
    """核验: the lines were looked over; they stand as they are from now on."""
    refuse_unless(certificate, _A.VERIFY)
    if not lines:
        raise UserError(
            "这段时间没有已确认的服务记录，不能核验，没有改动。",
            "请核对起止日期；待确认的记录请先由负责人确认。",
            field="first",
        )
    return with_step(
        certificate,
        _A.VERIFY,
        moment,
        f"{len(lines)} 条",
        lines=tuple(lines),
        minutes=minutes_in(lines),
        verified_on=moment.today,
        verified_by=moment.operator,
        verified_by_name=moment.actor,
    )


def issued(
    certificate: Certificate,
    lines: Sequence[Line],
    wording: Wording,
    issuer: Issuer,
    secret: bytes,
    moment: Moment,
) -> Certificate:
    """出具: everything that it says is written into it, and the code over that.

    `lines` are what would be counted now: when they are not what was verified, it is verified
    again first.
    """
    refuse_unless(certificate, _A.ISSUE)
    refuse_unentitled(issuer)
    refuse_unworded(wording)
    if not same_lines(lines, certificate.lines):
        raise UserError(
            "核验以后服务记录有变动，没有出具。", "请重新“核验”一次，再出具。", field="lines"
        )
    written = with_step(
        certificate,
        _A.ISSUE,
        moment,
        issuer.name,
        lines=tuple(lines),
        name=wording.name,
        gender=wording.gender,
        id_kind=wording.id_kind,
        id_number=wording.id_number,
        volunteer_number=wording.volunteer_number,
        national_number=wording.national_number,
        issuer=issuer.name,
        issuer_kind=issuer.kind,
        head=issuer.head,
        phone=issuer.phone,
        handler=moment.actor,
        issued_on=moment.today,
    )
    return altered(written, code=code_of(secret, written))


def publicised(
    certificate: Certificate,
    agreed: bool,
    start: date | None,
    end: date | None,
    moment: Moment,
) -> Certificate:
    """公示, only where the volunteer has agreed to it, for at least seven days."""
    refuse_unless(certificate, _A.PUBLICISE)
    if not agreed:
        raise UserError(
            "志愿者没有同意公示，没有公示。",
            "不公示也可以归档；本人同意的，请先在志愿者档案里写明。",
            field="public_from",
        )
    first = start or moment.today
    last = end or first + timedelta(days=PUBLIC_DAYS)
    issued_on = certificate.issued_on or moment.today
    if first < issued_on:
        raise UserError("公示起始日期早于出具日期，没有公示。", "请核对日期。", field="public_from")
    if (last - first).days < PUBLIC_DAYS:
        raise UserError(
            f"公示不足{PUBLIC_DAYS}日，没有公示。",
            f"请把截止日期定在 {list_day(first + timedelta(days=PUBLIC_DAYS))} 或以后。",
            field="public_until",
        )
    words = f"{list_day(first)} 至 {list_day(last)}"
    return with_step(certificate, _A.PUBLICISE, moment, words, public_from=first, public_until=last)


def collected(certificate: Certificate, by: str, on: date | None, moment: Moment) -> Certificate:
    """领取: who took it along, and when (None: today)."""
    refuse_unless(certificate, _A.COLLECT)
    who = clean_name(by, label="领取人", field="collected_by") if by.strip() else ""
    if not who:
        raise UserError("还没有写领取人，没有改动。", "请写领取人姓名。", field="collected_by")
    day = on or moment.today
    if day > moment.today or (certificate.issued_on is not None and day < certificate.issued_on):
        raise UserError(
            "领取日期不对，没有改动。", "请填出具日至今天的日期。", field="collected_on"
        )
    return with_step(certificate, _A.COLLECT, moment, collected_by=who, collected_on=day)


def archived(certificate: Certificate, moment: Moment) -> Certificate:
    """归档, once 公示 is over."""
    refuse_unless(certificate, _A.ARCHIVE)
    until = certificate.public_until
    if until is not None and moment.today <= until:
        raise UserError(
            f"公示到{list_day(until)}，还没有结束，没有归档。", "请在公示结束以后归档。"
        )
    return with_step(certificate, _A.ARCHIVE, moment)


def voided(certificate: Certificate, words: str, moment: Moment) -> Certificate:
    """作废, with the reason; its number is not used again, and its code says that it is void."""
    refuse_unless(certificate, _A.VOID)
    why = reason(words, "作废的原因")
    return with_step(certificate, _A.VOID, moment, why, void_reason=why)


def replaced(certificate: Certificate, by: Certificate, moment: Moment) -> Certificate:
    """The certificate in whose place another one was made."""
    refuse_unless(certificate, _A.REISSUE)
    if certificate.replaced_by is not None:
        raise UserError(
            "这份证明已经补发过，没有再补发一份。", "请在补发的那一份上办理。", field="replaced_by"
        )
    return with_step(certificate, _A.REISSUE, moment, by.number, replaced_by=by.uid)


def undone(before: Certificate, saved: Certificate, at: Millis, actor: str) -> Certificate:
    """The certificate as it was before a step, with one more step that says so."""
    step = CertificateStep(at, actor, _A.UNDO, before.state)
    return altered(before, revision=saved.revision, steps=(*saved.steps, step))


def without_person(certificate: Certificate, at: Millis, actor: str) -> Certificate:
    """The line of the register once its volunteer asked to be forgotten.

    Number, days, minutes and course stay; who it was goes, and with that the code proves nothing.
    """
    told = CertificateStep(at, actor, _A.FORGET, certificate.state)
    steps = tuple(CertificateStep(s.at, s.actor, s.action, s.to) for s in certificate.steps)
    return altered(
        certificate,
        name="",
        gender=type(certificate.gender).UNKNOWN,
        id_kind=None,
        id_number="",
        volunteer_number="",
        national_number="",
        purpose="",
        collected_by="",
        void_reason=FORGOTTEN if certificate.void_reason else "",
        lines=tuple(
            Line(one.service, one.day, one.title, "", "", one.minutes, one.uploaded)
            for one in certificate.lines
        ),
        steps=(*steps, told),
    )
