"""What a certificate would count, what it says for paper, and whether one on paper is ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_name
from desktop_app.core.rights import Right
from desktop_app.core.text import half_width, visible
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.rules import code as codes
from desktop_app.ledgers.service.rules.certificate import (
    LIVE,
    Certificate,
    CertificateState,
    Issuer,
    Line,
    NotEntitled,
    Wording,
    refuse_unentitled,
)
from desktop_app.ledgers.service.rules.certificate_steps import lines_of, minutes_in, refuse_period
from desktop_app.ledgers.service.service.certifying import SECRET, issuer_in, wording_in
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk
from desktop_app.storage.station_secret import known_secret


@dataclass(frozen=True, slots=True)
class Summary:
    """志愿服务记录汇总（非证明）, or what a certificate of the same days would say.

    `overlapped` are confirmed minutes that are not counted because their time is counted already;
    `waiting` are records that are not confirmed. `why_not` is why no certificate can be given here,
    nothing where one can.
    """

    wording: Wording
    first: date
    last: date
    lines: tuple[Line, ...]
    minutes: int
    overlapped: int
    waiting: int
    issuer: Issuer
    why_not: str


def summary(desk: Desk, volunteer: Uid, first: date, last: date) -> Summary:
    """What this person served between two days, both included, with everything a paper says.

    Names the person in full and is logged like every paper.
    """
    refuse_period(first, last, desk.today)
    with desk.unit_of_work("志愿服务记录汇总", needs=Right.PAPERS) as unit:
        connection = unit.connection
        everyone = volunteers.as_one(connection, volunteer)
        records = store.confirmed_of(connection, everyone, first, last)
        wording = wording_in(connection, everyone[0])
        waiting = store.waiting(connection, everyone, first, last)
        giver = issuer_in(connection)
        unit.about(wording.volunteer_number)
    lines = lines_of(records)
    minutes = minutes_in(lines)
    total = sum(record.minutes or 0 for record in records)
    return Summary(
        wording, first, last, lines, minutes, total - minutes, waiting, giver, _why_not(giver)
    )


def _why_not(giver: Issuer) -> str:
    try:
        refuse_unentitled(giver)
    except NotEntitled as refused:
        return refused.words
    return ""


def why_no_certificate(desk: Desk) -> str:
    """Why no certificate can be issued here; nothing where one can."""
    with desk.reading(needs=Right.READ) as connection:
        return _why_not(issuer_in(connection))


def for_paper(desk: Desk, uid: Uid, *, void: bool = False) -> Certificate:
    """A certificate in full, as it was issued; `UserError` before that, and once it is void unless
    `void` says that the paper will bear the mark of it."""
    with desk.unit_of_work("打印服务证明", needs=Right.PAPERS) as unit:
        certificate = store.CERTIFICATE_SHELF.need(unit.connection, uid)
        unit.about(certificate.number)
        if void and certificate.state is CertificateState.VOID and certificate.issued_on:
            return certificate
        if certificate.state is CertificateState.VOID:
            raise UserError(
                "这份证明已作废，没有打印。", "要再给一份的，请“补发”后打印补发的那一份。"
            )
        if certificate.state not in LIVE:
            raise UserError(
                f"这份证明现在是“{certificate.state.label}”，没有打印。",
                "请先核验并出具；只供本人核对的，可以打印“志愿服务记录汇总（非证明）”。",
            )
    return certificate


# --- checking a code ------------------------------------------------------------------------------


class Verdict(LabelledEnum):
    """What comes of checking a code that somebody shows."""

    GENUINE = "genuine", "与底档一致"
    VOID = "void", "是本单位出具的，但已作废"
    WRONG = "wrong", "核对码不对"
    CHANGED = "changed", "底档出具后被改动过"
    UNKNOWN = "unknown", "没有这个编号的证明"
    UNREADABLE = "unreadable", "核对码写得不对"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict, and what our register says, to be held beside the paper; nothing of it where the
    code is wrong. `name` is masked. `replaced_by` is the number of the one that is good instead."""

    verdict: Verdict
    number: str = ""
    name: str = ""
    first: date | None = None
    last: date | None = None
    minutes: int = 0
    issued_on: date | None = None
    replaced_by: str = ""

    @property
    def good(self) -> bool:
        return self.verdict is Verdict.GENUINE


def check_code(desk: Desk, number: str, code: str) -> Checked:
    """核对: whether a certificate on paper is the one of our register; needs no network.

    Says something of what is certified only to who has the right code.
    """
    typed, told = codes.read(code), half_width(visible(number)).strip().upper()
    if typed is None:
        return Checked(Verdict.UNREADABLE, told)
    with desk.reading(needs=Right.READ) as connection:
        uid = store.of_number(connection, store.CERTIFICATE_SHELF, told)
        found = store.CERTIFICATE_SHELF.get(connection, uid) if uid else None
        secret = known_secret(connection, SECRET)
        if found is None or not found.code:
            return Checked(Verdict.UNKNOWN, told)
        if secret is None or not codes.same(typed, found.code):
            return Checked(Verdict.WRONG, told)
        other = found.replaced_by and store.CERTIFICATE_SHELF.get(connection, found.replaced_by)
    return Checked(
        _verdict(found, secret),
        found.number,
        mask_name(found.name),
        found.first,
        found.last,
        found.minutes,
        found.issued_on,
        other.number if other else "",
    )


def _verdict(certificate: Certificate, secret: bytes) -> Verdict:
    if not codes.same(codes.code_of(secret, certificate), certificate.code):
        return Verdict.CHANGED
    return Verdict.VOID if certificate.state is CertificateState.VOID else Verdict.GENUINE
