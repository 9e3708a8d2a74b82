"""Certificates: asked for, verified, issued by who may, shown in public, void, made again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import (
    CERTIFICATE_HEAD,
    CERTIFICATE_ISSUER,
    CERTIFICATE_ISSUER_KIND,
    CERTIFICATE_PHONE,
)
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import CERTIFICATES
from desktop_app.ledgers.service.rules import certificate_steps as steps
from desktop_app.ledgers.service.rules.certificate import (
    NUMBER_SERIES,
    Certificate,
    CertificateAction,
    CertificateState,
    Issuer,
    Line,
    Wording,
    refuse_unentitled,
)
from desktop_app.ledgers.service.service.parts import Everyone, moment, person, seen_certificate
from desktop_app.registers.people.rules import RIGHTS
from desktop_app.registers.people.store import everybody
from desktop_app.registers.residents import store as residents
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.settings import read_settings
from desktop_app.storage.station_secret import secret_for

SECRET = "certificates"
"""The purpose of the station's secret that codes are made with."""

Make = Callable[[Unit, Everyone, Certificate, Moment], Certificate]


def apply(
    desk: Desk, volunteer: Uid, first: date, last: date, purpose: str = ""
) -> Changed[Certificate]:
    """申请: somebody asks for a certificate of these days, both included."""
    with desk.unit_of_work(_label(CertificateAction.APPLY), needs=Right.REGISTER) as unit:
        saved = apply_in(unit, volunteer, first, last, purpose)

    def undo(desk: Desk) -> Changed[Certificate]:
        with desk.unit_of_work("撤销申请", needs=Right.REGISTER) as unit:
            _, now = seen_certificate(unit, saved.uid, saved.revision)
            gone = store.CERTIFICATE_SHELF.remove(unit, now)
            unit.about(gone.number)
        return changed(CERTIFICATES.name, gone.uid, gone)

    return changed(CERTIFICATES.name, saved.uid, saved, undo=Undo("撤销申请", undo))


def apply_in(unit: Unit, volunteer: Uid, first: date, last: date, purpose: str = "") -> Certificate:
    """The same as part of a unit of work."""
    everyone, now = person(unit, volunteer), moment(unit)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    uid, period = unit.new_uid(), (first, last)
    made = steps.applied(uid, unit.station.code, number, everyone[0], period, purpose, now)
    saved = store.CERTIFICATE_SHELF.put(unit, made)
    unit.about(saved.number)
    return saved


def verify(desk: Desk, uid: Uid, revision: int | None) -> Changed[Certificate]:
    """核验: what it counts was looked over, by a second person where there is one."""

    def make(unit: Unit, everyone: Everyone, before: Certificate, now: Moment) -> Certificate:
        steps.refuse_unless(before, CertificateAction.VERIFY)
        steps.refuse_own_review(before, _others(unit, now), now)
        return steps.verified(before, counted(unit.connection, everyone, before), now)

    return _stepped(desk, uid, revision, CertificateAction.VERIFY, make)


def _others(unit: Unit, now: Moment) -> int:
    """How many operators there are beside this one who may verify."""
    return sum(
        one.active and one.uid != now.operator and Right.HANDLE in RIGHTS[one.role]
        for one in everybody(unit.connection)
    )


def counted(
    connection: store.Connection, everyone: Everyone, certificate: Certificate
) -> tuple[Line, ...]:
    """What a certificate would count now."""
    first, last = certificate.first, certificate.last
    return steps.lines_of(store.confirmed_of(connection, everyone, first, last))


def issue(desk: Desk, uid: Uid, revision: int | None) -> Changed[Certificate]:
    """出具, by the body that the settings name; its words and its code stand from now on.

    Raises `NotEntitled` where no body is entitled: then only a summary that is none can be printed.
    """

    def make(unit: Unit, everyone: Everyone, before: Certificate, now: Moment) -> Certificate:
        steps.refuse_unless(before, CertificateAction.ISSUE)
        giver = issuer_in(unit.connection)
        refuse_unentitled(giver)
        return steps.issued(
            before,
            counted(unit.connection, everyone, before),
            wording_in(unit.connection, everyone[0]),
            giver,
            secret_for(unit, SECRET),
            now,
        )

    return _stepped(desk, uid, revision, CertificateAction.ISSUE, make)


def issuer_in(connection: store.Connection) -> Issuer:
    """Who gives certificates here, as the settings say."""
    values = read_settings(connection)
    return Issuer(
        values[CERTIFICATE_ISSUER_KIND],
        values[CERTIFICATE_ISSUER],
        values[CERTIFICATE_HEAD],
        values[CERTIFICATE_PHONE],
    )


def wording_in(connection: store.Connection, volunteer: Uid) -> Wording:
    """The volunteer as a certificate would word it now, from both files."""
    own = volunteers.SHELF.need(connection, volunteer)
    file = residents.SHELF.need(connection, residents.kept_uid(connection, own.resident))
    return Wording(
        file.name, file.gender, file.id_kind, file.id_number, own.number, own.national_number
    )


def publicise(
    desk: Desk,
    uid: Uid,
    revision: int | None,
    start: date | None = None,
    end: date | None = None,
) -> Changed[Certificate]:
    """公示, from today for seven days unless said otherwise; only with the volunteer's consent."""

    def make(unit: Unit, everyone: Everyone, before: Certificate, now: Moment) -> Certificate:
        agreed = volunteers.SHELF.need(unit.connection, everyone[0]).disclose
        return steps.publicised(before, agreed, start, end, now)

    return _stepped(desk, uid, revision, CertificateAction.PUBLICISE, make)


def collect(
    desk: Desk, uid: Uid, revision: int | None, by: str, on: date | None = None
) -> Changed[Certificate]:
    """领取: who took it along."""
    return _stepped(
        desk,
        uid,
        revision,
        CertificateAction.COLLECT,
        lambda unit, everyone, before, now: steps.collected(before, by, on, now),
    )


def archive(desk: Desk, uid: Uid, revision: int | None) -> Changed[Certificate]:
    """归档, once 公示 is over."""
    return _stepped(
        desk,
        uid,
        revision,
        CertificateAction.ARCHIVE,
        lambda unit, everyone, before, now: steps.archived(before, now),
    )


def void_certificate(
    desk: Desk, uid: Uid, revision: int | None, words: str
) -> Changed[Certificate]:
    """作废, with the reason; the records that it counts may be put right then."""
    return _stepped(
        desk,
        uid,
        revision,
        CertificateAction.VOID,
        lambda unit, everyone, before, now: steps.voided(before, words, now),
    )


def keep_paper(desk: Desk, uid: Uid, paper: Uid) -> Changed[Certificate]:
    """Point at the kept paper that was printed of it."""
    with desk.unit_of_work(_label(CertificateAction.KEEP_PAPER), needs=Right.PAPERS) as unit:
        saved = keep_paper_in(unit, uid, paper)
        unit.about(saved.number)
    return changed(CERTIFICATES.name, uid, saved)


def keep_paper_in(unit: Unit, uid: Uid, paper: Uid) -> Certificate:
    """The same as part of a unit of work."""
    _, before = seen_certificate(unit, uid, None)
    after = steps.with_step(before, CertificateAction.KEEP_PAPER, moment(unit), paper=paper)
    return store.CERTIFICATE_SHELF.put(unit, after)


def reissue(desk: Desk, uid: Uid, revision: int | None) -> Changed[Certificate]:
    """补发: a new application in the place of a void certificate; each names the other.

    Answers the new one, which has a number of its own and takes its own course.
    """
    with desk.unit_of_work(_label(CertificateAction.REISSUE), needs=Right.HANDLE) as unit:
        everyone, before = seen_certificate(unit, uid, revision)
        steps.refuse_unless(before, CertificateAction.REISSUE)
        now = moment(unit)
        made = steps.applied(
            unit.new_uid(),
            unit.station.code,
            next_number(unit, now.today.year, series=NUMBER_SERIES),
            everyone[0],
            (before.first, before.last),
            before.purpose,
            now,
            replaces=before,
        )
        gone = store.CERTIFICATE_SHELF.put(unit, steps.replaced(before, made, now))
        saved = store.CERTIFICATE_SHELF.put(unit, made)
        unit.about(saved.number, f"代替 {gone.number}")

    def undo(desk: Desk) -> Changed[Certificate]:
        with desk.unit_of_work("撤销补发", needs=Right.HANDLE) as unit:
            _put_back(unit, before, gone)
            _, now = seen_certificate(unit, saved.uid, saved.revision)
            out = store.CERTIFICATE_SHELF.remove(unit, now)
            unit.about(out.number)
        return Changed(frozenset({CERTIFICATES.name}), (uid, out.uid), out)

    uids = (saved.uid, uid)
    return Changed(frozenset({CERTIFICATES.name}), uids, saved, Undo("撤销补发", undo))


def _stepped(
    desk: Desk, uid: Uid, revision: int | None, action: CertificateAction, make: Make
) -> Changed[Certificate]:
    with desk.unit_of_work(_label(action), needs=Right.HANDLE) as unit:
        everyone, before = seen_certificate(unit, uid, revision)
        saved = store.CERTIFICATE_SHELF.put(unit, make(unit, everyone, before, moment(unit)))
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")

    def undo(desk: Desk) -> Changed[Certificate]:
        with desk.unit_of_work("撤销证明的上一步", needs=Right.HANDLE) as unit:
            put = _put_back(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(CERTIFICATES.name, uid, put)

    return changed(CERTIFICATES.name, uid, saved, undo=Undo(f"撤销{action.label}", undo))


def _put_back(unit: Unit, before: Certificate, saved: Certificate) -> Certificate:
    everyone, _ = seen_certificate(unit, saved.uid, saved.revision)
    restored = steps.undone(before, saved, unit.now, unit.actor.name)
    if saved.state is CertificateState.VOID and restored.code:
        # While it was void its records were nobody's proof and may have been put right.
        _refuse_other_lines(counted(unit.connection, everyone, before), before)
    return store.CERTIFICATE_SHELF.put(unit, restored)


def _refuse_other_lines(now: tuple[Line, ...], before: Certificate) -> None:
    if not steps.same_lines(now, before.lines):
        raise UserError("作废以后服务记录有变动，不能撤销作废，没有改动。", "请用“补发”另出一份。")


def _label(action: CertificateAction) -> str:
    return f"服务证明：{action.label}"
