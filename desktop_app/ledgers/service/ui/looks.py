"""How service records and certificates look in lists and on their pages: letters, chips, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import list_day, minute, paper_day
from desktop_app.ledgers.service.rules import certificate_steps, steps
from desktop_app.ledgers.service.rules.certificate import CertificateAction, CertificateState
from desktop_app.ledgers.service.rules.listing import CertificateLine, ServiceLine
from desktop_app.ledgers.service.rules.service_record import ServiceAction, ServiceState
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

_A = ServiceAction
_C = CertificateAction
VOLUNTEER, OTHER, ORIGIN, PRINT = "open_volunteer", "open_other", "open_origin", "print"
PAPER = "volunteer-certificate"
"""志愿服务记录证明, by its name among the papers."""

SERVICE_DEEDS: Mapping[str, Deed] = {
    _A.CONFIRM: Deed("确认", "circle-check", "C"),
    _A.SIGN_OUT: Deed("签退", "log-out", "T"),
    _A.FINISH: Deed("补签退", "clock-alert", "Y"),
    _A.MARK_UPLOADED: Deed("标记已录入", "upload", "U"),
    _A.CORRECT: Deed("更正", "pencil", "E"),
    _A.RATE: Deed("评价", "star", "P"),
    _A.RETURN: Deed("退回重核", "undo-2", "B"),
    _A.VOID: Deed("作废", "ban", "Z"),
    VOLUNTEER: Deed("志愿者档案", "user", "O"),
    ORIGIN: Deed("看来自的活动、诉求或岗位", "corner-up-right", "G"),
}
"""What is done with a service record, in the order of the buttons; the letters hold in lists."""

CERTIFICATE_DEEDS: Mapping[str, Deed] = {
    _C.ISSUE: Deed("出具", "award", "C"),
    _C.VERIFY: Deed("核验", "clipboard-check", "H"),
    PRINT: Deed("打印证明", "printer", "Ctrl+P"),
    _C.COLLECT: Deed("领取", "user-check", "L"),
    _C.PUBLICISE: Deed("公示", "megaphone", "G"),
    _C.ARCHIVE: Deed("归档", "archive", "D"),
    _C.REISSUE: Deed("补发", "copy", "B"),
    _C.VOID: Deed("作废", "ban", "Z"),
    OTHER: Deed("看另一份证明", "corner-up-right", "M"),
    VOLUNTEER: Deed("志愿者档案", "user", "O"),
}
"""What is done with a certificate."""

_SERVICE_TONES: Mapping[ServiceState, tuple[str, str]] = {
    ServiceState.OPEN: ("info", "circle-dot"),
    ServiceState.TO_CONFIRM: ("warn", "hourglass"),
    ServiceState.CONFIRMED: ("ok", ""),
    ServiceState.VOID: ("quiet", "ban"),
}
_CERTIFICATE_TONES: Mapping[CertificateState, tuple[str, str]] = {
    CertificateState.APPLIED: ("warn", "hourglass"),
    CertificateState.VERIFIED: ("info", "clipboard-check"),
    CertificateState.ISSUED: ("ok", "award"),
    CertificateState.PUBLICISED: ("info", "megaphone"),
    CertificateState.ARCHIVED: ("ok", "archive"),
    CertificateState.VOID: ("quiet", "ban"),
}
FORGOTTEN = ChipText("忘签退", "late")


def service_chip(state: ServiceState, *, forgotten: bool = False) -> ChipText:
    """Where a record stands; a sign-out forgotten on an earlier day is told instead of 服务中."""
    tone, icon = _SERVICE_TONES[state]
    return FORGOTTEN if forgotten else ChipText(state.label, tone, icon)


def certificate_chip(state: CertificateState) -> ChipText:
    tone, icon = _CERTIFICATE_TONES[state]
    return ChipText(state.label, tone, icon)


def times_words(started_at: Millis, ended_at: Millis | None, zone: Zone) -> str:
    """`19:00—21:30`, with 次日 where the end is on the next day; `19:00 起` while it goes on."""
    start = minute(started_at, zone)
    if ended_at is None:
        return f"{start} 起"
    days = (zone.day(ended_at) - zone.day(started_at)).days
    return f"{start}—{'次日 ' if days == 1 else ''}{minute(ended_at, zone)}"


def minutes_words(minutes: int | None) -> str:
    return "—" if minutes is None else hours_words(minutes)


def may_sign(actor: Actor) -> bool:
    """Whether this operator signs people in and out."""
    return actor.may(Right.REGISTER)


def may_handle(actor: Actor) -> bool:
    """Whether this operator confirms, corrects and certifies; the form shows private words."""
    return actor.may(Right.HANDLE) and actor.may(Right.REVEAL)


@dataclass(frozen=True, slots=True)
class Around:
    """What lines are worded with: the day, the zone, names of people, teams and stations."""

    today: date
    zone: Zone
    people: Mapping[Uid, VolunteerName]
    teams: Mapping[Uid, str]
    stations: StationNames

    def name(self, volunteer: Uid) -> str:
        """What a volunteer is called; one that was erased has only a number."""
        found = self.people.get(volunteer)
        return "（已删除）" if found is None else found.name or found.number

    def team(self, team: Uid | None) -> str:
        return "" if team is None else self.teams.get(team, "")


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A line of the list in words."""

    line: ServiceLine
    name: str
    team: str
    day: str
    times: str
    minutes: str
    state: ChipText
    station: str
    forgotten: bool

    @property
    def uid(self) -> str:
        return self.line.uid.hex

    @property
    def seen(self) -> tuple[Uid, int]:
        return self.line.uid, self.line.revision


def service_row(line: ServiceLine, around: Around) -> ServiceRow:
    forgotten = line.is_forgotten(around.today)
    return ServiceRow(
        line,
        around.name(line.volunteer),
        around.team(line.team),
        list_day(line.day, today=around.today),
        times_words(line.started_at, line.ended_at, around.zone),
        minutes_words(line.minutes),
        service_chip(line.state, forgotten=forgotten),
        around.stations.of(line.station),
        forgotten,
    )


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A line of the register in words."""

    line: CertificateLine
    name: str
    span: str
    minutes: str
    state: ChipText
    dates: str
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex

    @property
    def seen(self) -> tuple[Uid, int]:
        return self.line.uid, self.line.revision


def certificate_row(line: CertificateLine, around: Around) -> CertificateRow:
    when = line.issued_on or line.applied_on
    done = "出具" if line.issued_on else "申请"
    return CertificateRow(
        line,
        around.name(line.volunteer),
        span_of_days(line.first, line.last),
        hours_words(line.minutes) if line.minutes else "—",
        certificate_chip(line.state),
        f"{_short_day(when, around.today)} {done}",
        around.stations.of(line.station),
    )


def _short_day(day: date, today: date) -> str:
    """A day with what was done then beside it; of another year the year says more than the
    weekday."""
    return list_day(day, today=today) if day.year == today.year else paper_day(day)


def span_of_days(first: date, last: date) -> str:
    """`2026.01.01—2026.11.23`."""
    return f"{first:%Y.%m.%d}—{last:%Y.%m.%d}"


def deeds_of_record(
    state: ServiceState, actor: Actor, *, forgotten: bool, uploaded: bool
) -> tuple[str, ...]:
    """What may be done with a record as it stands, in the order of the table; `forgotten`: only the
    time that was missed can end it."""
    found = {VOLUNTEER}
    if may_handle(actor):
        found |= set(steps.steps_from(state))
        if state in steps.RULES[_A.CORRECT].sources:
            found.add(_A.CORRECT)
    elif may_sign(actor) and state is ServiceState.OPEN:
        found |= {_A.SIGN_OUT, _A.FINISH}
    found.discard(_A.SIGN_OUT if forgotten else _A.FINISH)
    if uploaded:
        found.discard(_A.MARK_UPLOADED)
    return tuple(name for name in SERVICE_DEEDS if name in found)


def deeds_of_certificate(
    state: CertificateState, actor: Actor, *, replaced: bool, linked: bool
) -> tuple[str, ...]:
    """The same of a certificate; `replaced`: another one was made in its place, `linked`: it names
    another one."""
    found = {VOLUNTEER}
    if may_handle(actor):
        found |= set(certificate_steps.steps_from(state))
        if replaced:
            found.discard(_C.REISSUE)
    live = state in (
        CertificateState.ISSUED,
        CertificateState.PUBLICISED,
        CertificateState.ARCHIVED,
    )
    if live and may_make(actor, PAPER):
        found.add(PRINT)
    if linked:
        found.add(OTHER)
    return tuple(name for name in CERTIFICATE_DEEDS if name in found)
