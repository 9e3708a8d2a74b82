"""服务证明 for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    refuse_status,
)
from desktop_app.core.plain_entry import Form
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.ledger.shared import WORDS, columns, deed, row_of, who
from desktop_app.ledgers.service.record import CERTIFICATES
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateState
from desktop_app.ledgers.service.rules.listing import CertificateFilter
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.storage.session import Desk, Unit

_ENTERED = ("volunteer", "first", "last", "purpose")
_FORM = Form(
    tuple(CERTIFICATES.field(name) for name in _ENTERED),
    required=frozenset({"volunteer", "first", "last"}),
    finders={"volunteer": find_volunteer},
    not_here=by_the_program(CERTIFICATES, _ENTERED),
)


def _enter(unit: Unit, _desk: Desk, values: Values) -> Sequence[Certificate]:
    purpose = values.get("purpose") or ""
    made = service.apply_in(unit, values["volunteer"], values["first"], values["last"], purpose)
    return [made]


def _check(desk: Desk, uid: Uid, _revision: int, values: Values) -> Changed[Certificate]:
    """Whether a code is the one of this certificate; a `UserError` says what is wrong."""
    certificate = service.get_certificate(desk, uid)
    found = service.check_code(desk, certificate.number, values["code"])
    if not found.good:
        instead = f"请看补发的证明 {found.replaced_by}。" if found.replaced_by else ""
        raise UserError(
            f"{found.verdict.label}，没有改动。",
            instead or "请对照纸上的编号和核对码再试一次。",
            field="code",
        )
    return changed(CERTIFICATES.name, uid, certificate)


_FROM, _UNTIL = CERTIFICATES.field("public_from"), CERTIFICATES.field("public_until")
_BY = Field("collected_by", "领取人", required=True)
_CODE = Field("code", "核对码", required=True)
_get = service.get_certificate

_DEEDS = (
    deed("verify", "核验", _get, lambda d, u, r, v: service.verify(d, u, r)),
    deed("issue", "出具", _get, lambda d, u, r, v: service.issue(d, u, r)),
    deed(
        "publicise",
        "公示",
        _get,
        lambda d, u, r, v: service.publicise(d, u, r, v.get("public_from"), v.get("public_until")),
        (_FROM, _UNTIL),
    ),
    deed(
        "collect",
        "领取",
        _get,
        lambda d, u, r, v: service.collect(d, u, r, v["collected_by"], v.get("collected_on")),
        (_BY, CERTIFICATES.field("collected_on")),
    ),
    deed("archive", "归档", _get, lambda d, u, r, v: service.archive(d, u, r)),
    deed(
        "void",
        "作废",
        _get,
        lambda d, u, r, v: service.void_certificate(d, u, r, v["words"]),
        (WORDS,),
    ),
    deed("reissue", "补发", _get, lambda d, u, r, v: service.reissue(d, u, r)),
    deed("check-code", "核对", _get, _check, (_CODE,)),
)

_SHOWN = (
    "number", "first", "last", "minutes", "purpose", "issuer", "state", "applied_on", "issued_on",
    "public_from", "public_until", "collected_by", "collected_on", "void_reason",
)  # fmt: skip
_GIVEN = ("有效", "given")
_STATUSES = (_GIVEN[0], *(one.label for one in CertificateState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.certificates_page(desk, _filter(query), query.after, size=query.limit)
    names = service.names(desk, [line.volunteer for line in found.rows])
    zone = desk.database.zone
    rows = tuple(row_of(CERTIFICATES, _SHOWN, line, zone, names) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> CertificateFilter:
    base = CertificateFilter(
        search=visible(query.search).strip(),
        since=query.since,
        until=query.until,
        stations=query.stations,
    )
    status = query.status.strip()
    if status in _GIVEN:
        return replace(base, given=True)
    state = member_of(CertificateState, status) if status else None
    if status and state is None:
        raise refuse_status(CERTIFICATES.label, _STATUSES)
    return replace(base, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, CertificateFilter):
        return None
    tried = (
        Query(since=wanted.since, until=wanted.until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.certificate_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(CERTIFICATES, found.certificate, zone)
    told = {
        **plain,
        **who(found.volunteer),
        "replaces_number": found.replaces,
        "replaced_by_number": found.replaced_by,
    }
    deeds = tuple(name_of(action) for action in found.allowed)
    words = {"steps": course(found.certificate.steps, zone)}
    return Shown(told, hidden, deeds, events(found.entries), words)


CERTIFICATE_LEDGER = Ledger(
    kind=CERTIFICATES,
    columns=columns(CERTIFICATES, _SHOWN),
    page=_page,
    show=_show,
    title=lambda certificate: certificate.number,
    adding=Adding("申请服务证明", Right.REGISTER, _FORM, _enter),
    deeds=_DEEDS,
    reveal=service.read_out_certificate,
    asked=_asked,
    by_station=True,
    elsewhere="证明的内容不能更正：写错的请作废后补发。",
)
