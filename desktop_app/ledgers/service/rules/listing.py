"""What the lists of service and certificates can be narrowed to, and what a line shows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.service.rules.certificate import CertificateState
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source


@dataclass(frozen=True, kw_only=True)
class ServiceFilter:
    """Narrows the list of service records; everything given must hold.

    `search` is a number, words of the title, or a volunteer as the box finds one. `since` and
    `until` are business dates of the start, both included. `waiting`: 服务中 and 待确认;
    `forgotten`: 服务中 since an earlier day. `volunteers` are uids, none means everybody.
    `uploaded`: in the national system (True) or not yet (False). `chosen` are just these records;
    none means all, as of `stations`, which are codes, for a street.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: ServiceState | None = None
    waiting: bool = False
    forgotten: bool = False
    source: Source | None = None
    late: bool = False
    good_deed: bool = False
    uploaded: bool | None = None
    volunteers: tuple[Uid, ...] = ()
    team: Uid | None = None
    activity: Uid | None = None
    post: Uid | None = None
    request: Uid | None = None
    chosen: tuple[Uid, ...] = ()
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CertificateFilter:
    """Narrows the register of certificates; `since` and `until` are business dates of 申请.

    `search` is a number, or the name that the certificate bears. `given`: issued and not void.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    state: CertificateState | None = None
    given: bool = False
    volunteers: tuple[Uid, ...] = ()
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of the list of service records."""

    uid: Uid
    revision: int
    number: str
    volunteer: Uid
    team: Uid | None
    title: str
    day: date
    started_at: Millis
    ended_at: Millis | None
    minutes: int | None
    source: Source
    late: bool
    good_deed: bool
    served: int | None
    place_words: str
    uploaded_on: date | None
    state: ServiceState
    station: str

    def is_forgotten(self, today: date) -> bool:
        """Whether its sign-out was forgotten on an earlier day."""
        return self.state is ServiceState.OPEN and self.day < today


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One line of the register of certificates; `name` is masked by who shows it."""

    uid: Uid
    revision: int
    number: str
    volunteer: Uid
    name: str
    first: date
    last: date
    minutes: int
    purpose: str
    issuer: str
    state: CertificateState
    applied_on: date
    issued_on: date | None
    public_from: date | None
    public_until: date | None
    collected_by: str
    collected_on: date | None
    void_reason: str
    replaces: Uid | None
    replaced_by: Uid | None
    station: str


@dataclass(frozen=True, slots=True)
class PersonHours:
    """What one volunteer served: confirmed minutes by month (`2026-11`), and together."""

    volunteer: Uid
    months: Mapping[str, int]
    minutes: int


@dataclass(frozen=True, slots=True)
class TeamHours:
    """What was served for one team (None: for none); `people` served, `times` altogether."""

    team: Uid | None
    people: int
    times: int
    minutes: int


@dataclass(frozen=True, slots=True)
class HoursTold:
    """What a volunteer's page says of the hours: confirmed, and what still waits.

    `certified` is what a certificate would count of the confirmed minutes: the same, unless times
    overlap. `by_source` are confirmed minutes by 时长来源.
    """

    minutes: int
    times: int
    certified: int
    waiting: int
    by_source: Mapping[Source, int]
