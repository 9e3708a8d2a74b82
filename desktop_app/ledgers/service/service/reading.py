"""Reading: lists, one record or certificate with its history, hours, private fields in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masked_values import HIDDEN
from desktop_app.core.masking import mask_id, mask_name
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules import certificate_steps, steps
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateAction
from desktop_app.ledgers.service.rules.certificate_steps import lines_of, minutes_in
from desktop_app.ledgers.service.rules.entry import EARLIEST_DAY, ServiceForm, form_of
from desktop_app.ledgers.service.rules.listing import (
    CertificateFilter,
    CertificateLine,
    HoursTold,
    PersonHours,
    ServiceFilter,
    ServiceLine,
    TeamHours,
)
from desktop_app.ledgers.service.rules.service_record import ServiceAction, ServiceRecord
from desktop_app.registers.residents.search import word_ranges
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class ServiceHistory:
    """A record (masked), whose it is, what may be done now, and the audit's lines.

    `certificate` is the number of the certificate that counts it, nothing where none does.
    """

    record: ServiceRecord
    volunteer: VolunteerName | None
    certificate: str
    allowed: tuple[ServiceAction, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class CertificateHistory:
    """A certificate (masked), the numbers of the ones it replaces and is replaced by (nothing where
    there is none), what may be done now, and the audit's lines."""

    certificate: Certificate
    volunteer: VolunteerName | None
    replaces: str
    replaced_by: str
    allowed: tuple[CertificateAction, ...]
    entries: tuple[AuditEntry, ...]


def page(
    desk: Desk,
    wanted: ServiceFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ServiceLine]:
    """One page of the service records, the newest on top. Who they are: `names`."""
    wanted = wanted or ServiceFilter()
    with desk.reading(needs=Right.READ) as connection:
        text = visible(wanted.search).strip()
        found = _meant(connection, text, desk.today) if text else ()
        whole = _with_merged(connection, wanted.volunteers)
        asked = replace(wanted, search=text, volunteers=whole)
        query = store.narrowed(asked, desk.today, found)
        return store.record_lines(connection, query, cursor, size=size)


def certificates_page(
    desk: Desk,
    wanted: CertificateFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[CertificateLine]:
    """One page of the register of certificates, the newest on top; names are masked."""
    wanted = wanted or CertificateFilter()
    with desk.reading(needs=Right.READ) as connection:
        whole = _with_merged(connection, wanted.volunteers)
        query = store.certificates_narrowed(replace(wanted, volunteers=whole))
        return store.certificate_lines(connection, query, cursor, size=size).map(
            lambda line: replace(
                line, name=mask_name(line.name), collected_by=mask_name(line.collected_by)
            )
        )


MOST_LISTED = 5000
"""More is no paper that anybody reads."""


def listed(desk: Desk, wanted: ServiceFilter) -> tuple[ServiceRecord, ...]:
    """Every record of a list, whole and masked, for paper: the earliest first. Raises `UserError`
    for more than paper is good for."""
    desk.actor.require(Right.EXPORT)
    lines = page(desk, wanted, size=MOST_LISTED + 1).rows
    if len(lines) > MOST_LISTED:
        raise UserError(
            f"筛选出的服务记录超过 {MOST_LISTED} 条，没有生成。",
            "请按月或按队伍缩小范围，分几份生成。",
            field="from",
        )
    with desk.reading(needs=Right.EXPORT) as connection:
        found = store.SHELF.many(connection, [line.uid for line in lines])
    rows = [_masked(found[line.uid]) for line in lines if line.uid in found]
    return tuple(sorted(rows, key=lambda one: (one.started_at, one.uid)))


MOST_MEANT = 200
"""A word that means more volunteers than that means nobody in particular."""


def _meant(connection: store.Connection, text: str, today: date) -> tuple[Uid, ...]:
    """The volunteers that a word of the search may mean, as the box finds them."""
    found = volunteers.found(connection, text, word_ranges(text), today, MOST_MEANT)
    return _with_merged(connection, [line.uid for line in found])


def _with_merged(connection: store.Connection, uids: Iterable[Uid]) -> tuple[Uid, ...]:
    """These volunteers, and every other one who is the same person."""
    wanted = list(uids)
    if not wanted:
        return ()
    kept = store.merged(connection)
    people = {kept.get(uid, uid) for uid in wanted}
    return (*people, *(uid for uid, into in kept.items() if into in people))


def names(desk: Desk, uids: Iterable[Uid]) -> Mapping[Uid, VolunteerName]:
    """Whom the volunteers of these lines mean; one that has not come is left out."""
    with desk.reading(needs=Right.READ) as connection:
        return volunteers.names(connection, uids)


def get(desk: Desk, uid: Uid) -> ServiceRecord:
    """One record, private words masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.SHELF.need(connection, uid))


def get_certificate(desk: Desk, uid: Uid) -> Certificate:
    """One certificate, masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked_certificate(store.CERTIFICATE_SHELF.need(connection, uid))


def history(desk: Desk, uid: Uid) -> ServiceHistory:
    """One record with its whole story, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        record = store.SHELF.need(connection, uid)
        who = volunteers.names(connection, [record.volunteer]).get(record.volunteer)
        certificate = store.written_in(connection, record)
        lines = entries(connection, subject=record.number)
    return ServiceHistory(_masked(record), who, certificate, steps.allowed(record), tuple(lines))


def certificate_history(desk: Desk, uid: Uid) -> CertificateHistory:
    """One certificate with its whole story, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        certificate = store.CERTIFICATE_SHELF.need(connection, uid)
        who = volunteers.names(connection, [certificate.volunteer]).get(certificate.volunteer)
        others = [one for one in (certificate.replaces, certificate.replaced_by) if one]
        numbers = {
            found.uid: found.number
            for found in store.CERTIFICATE_SHELF.many(connection, others).values()
        }
        lines = entries(connection, subject=certificate.number)
    return CertificateHistory(
        _masked_certificate(certificate),
        who,
        numbers.get(certificate.replaces, "") if certificate.replaces else "",
        numbers.get(certificate.replaced_by, "") if certificate.replaced_by else "",
        certificate_steps.allowed(certificate),
        tuple(lines),
    )


# --- hours ----------------------------------------------------------------------------------------


def hours_of(
    desk: Desk, volunteer: Uid, first: date | None = None, last: date | None = None
) -> HoursTold:
    """What a volunteer served between two days, both included; without them, ever."""
    since, until = first or EARLIEST_DAY, last or desk.today
    with desk.reading(needs=Right.READ) as connection:
        everyone = volunteers.as_one(connection, volunteer)
        sources = store.by_source(connection, everyone, since, until)
        lines = lines_of(store.confirmed_of(connection, everyone, since, until))
        waiting = store.waiting(connection, everyone, since, until)
    return HoursTold(
        minutes=sum(minutes for _, minutes in sources.values()),
        times=sum(times for times, _ in sources.values()),
        certified=minutes_in(lines),
        waiting=waiting,
        by_source={source: minutes for source, (_, minutes) in sources.items()},
    )


def by_person_and_month(
    desk: Desk, first: date, last: date, team: Uid | None = None
) -> list[PersonHours]:
    """Confirmed minutes of everybody who has any, by month; of one team's records if given."""
    with desk.reading(needs=Right.READ) as connection:
        return store.by_person_and_month(connection, first, last, team)


def by_team(desk: Desk, first: date, last: date) -> list[TeamHours]:
    """What was served for each team, the most first."""
    with desk.reading(needs=Right.READ) as connection:
        return store.by_team(connection, first, last)


def linked(desk: Desk, link: str, uids: Iterable[Uid]) -> list[ServiceRecord]:
    """What was served as part of these activities, attendances, posts, shifts or requests."""
    with desk.reading(needs=Right.READ) as connection:
        return [_masked(one) for one in store.linked(connection, link, list(uids))]


def serving_of(desk: Desk, volunteer: Uid) -> ServiceRecord | None:
    """The record of this person that has not ended, which the next Enter at the desk ends."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.open_of(connection, volunteers.as_one(connection, volunteer))
    return None if found is None else _masked(found)


# --- in full --------------------------------------------------------------------------------------


def for_editing(desk: Desk, uid: Uid) -> ServiceForm:
    """The whole form of a record for its correction, logged like a reveal."""
    with desk.unit_of_work("打开服务记录更正", needs=Right.REVEAL) as unit:
        record = store.SHELF.need(unit.connection, uid)
        unit.about(record.number)
    return form_of(record)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """A private field in full, as text; written to the audit with the record's number."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        record = store.SHELF.need(unit.connection, uid)
        unit.about(record.number, SERVICE.field(field).label)
    return _plain(SERVICE.field(field).private, getattr(record, field), field)


def read_out_certificate(desk: Desk, uid: Uid, field: str) -> str:
    """The same of a certificate."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        certificate = store.CERTIFICATE_SHELF.need(unit.connection, uid)
        unit.about(certificate.number, CERTIFICATES.field(field).label)
    return _plain(CERTIFICATES.field(field).private, getattr(certificate, field), field)


def _plain(private: bool, value: object, field: str) -> str:
    if not private:
        raise UserError("这一项没有遮挡的内容。", "请直接查看记录。", field=field)
    return str(value)


def _masked(record: ServiceRecord) -> ServiceRecord:
    return altered(
        record,
        recipients=HIDDEN if record.recipients else "",
        remark=HIDDEN if record.remark else "",
    )


def _masked_certificate(certificate: Certificate) -> Certificate:
    return altered(
        certificate,
        name=mask_name(certificate.name),
        id_number=mask_id(certificate.id_number),
        national_number=HIDDEN if certificate.national_number else "",
        collected_by=mask_name(certificate.collected_by),
        code=HIDDEN if certificate.code else "",
    )
