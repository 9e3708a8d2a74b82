"""A service record and a certificate in full, as facts in groups, and their course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.hours import HOURS_RULE, folded, hours_words
from desktop_app.core.wording import list_day, list_moment, paper_day
from desktop_app.ledgers.service.rules.certificate import (
    ONLY_HERE,
    Certificate,
    CertificateAction,
    CertificateStep,
)
from desktop_app.ledgers.service.rules.code import LENGTH, shown
from desktop_app.ledgers.service.rules.service_record import (
    ServiceAction,
    ServiceRecord,
    ServiceStep,
)
from desktop_app.ledgers.service.ui.looks import span_of_days, times_words
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.widgets.course import CourseStep
from desktop_app.widgets.facts import Fact

Plain = Mapping[str, str]
"""Private fields in full, by their names; nothing while they are covered."""

SERVICE_MASKED = ("recipients", "remark")
CERTIFICATE_MASKED = ("name", "id_number", "national_number", "collected_by", "code")


def _day(day: date | None, today: date) -> str:
    return "" if day is None else list_day(day, today=today)


def who_words(who: VolunteerName | None) -> str:
    return "（已删除）" if who is None else "　".join(filter(None, (who.name, who.number)))


def service_facts(
    record: ServiceRecord, who: VolunteerName | None, team: str, station: str, plain: Plain
) -> list[Fact]:
    """Who did what, where, for whom."""
    served = f"{record.served} 人次" if record.served is not None else ""
    return [
        Fact("站点", station),
        Fact("志愿者", who_words(who), kept=True),
        Fact("做了什么", record.title, kept=True),
        Fact("志愿队伍", team or "不归队伍", kept=True),
        Fact("服务内容", record.content),
        Fact("地点", record.place_words),
        Fact("服务对象", plain.get("recipients", record.recipients)),
        Fact("服务人次", served),
        Fact("组织单位", record.organiser),
        Fact("负责人", record.head),
        Fact("好事实事", "是" if record.good_deed else ""),
        Fact("备注", plain.get("remark", record.remark)),
    ]


def time_facts(record: ServiceRecord, zone: Zone, today: date) -> list[Fact]:
    """From when to when, and what that comes to."""
    excluded = ""
    if record.excluded_minutes:
        why = f"（{record.excluded_words}）" if record.excluded_words else ""
        excluded = f"{hours_words(record.excluded_minutes)}{why}"
    minutes = "还没有签退" if record.minutes is None else hours_words(record.minutes)
    late = "（超期补录）" if record.late else ""
    return [
        Fact("服务日期", _day(record.day, today), kept=True),
        Fact("起止时间", times_words(record.started_at, record.ended_at, zone), kept=True),
        Fact("扣除", excluded),
        Fact("服务时长", minutes, kept=True),
        Fact("时长来源", f"{record.source.label}{late}", kept=True),
        Fact("重叠的原因", record.overlap_reason),
    ]


def confirming_facts(record: ServiceRecord, certificate: str, today: date) -> list[Fact]:
    """Who confirmed it, and what became of it."""
    confirmed = ""
    if record.confirmed_on is not None:
        confirmed = f"{_day(record.confirmed_on, today)} {record.confirmed_by_name}"
    there = "还没有录入" if record.counts else ""
    if record.uploaded_on is not None:
        there = f"{_day(record.uploaded_on, today)} 录入"
    return [
        Fact("确认", confirmed or "还没有确认，不计时长", kept=not record.void_reason),
        Fact("全国系统", there),
        Fact("写进证明", certificate),
        Fact("评价", record.rating.label if record.rating else ""),
        Fact("作废原因", record.void_reason),
    ]


def certificate_facts(
    certificate: Certificate, who: VolunteerName | None, station: str, plain: Plain
) -> list[Fact]:
    """Whom it is about, which days, what it comes to."""
    told, minutes = certificate, certificate.minutes
    hours = (
        f"{hours_words(minutes)}（{folded(minutes)} 小时）" if told.verified_on else "核验后写入"
    )
    kind = told.id_kind.label if told.id_kind else ""
    left = told.not_uploaded
    return [
        Fact("站点", station),
        Fact("志愿者", who_words(who), kept=True),
        Fact("证明上的姓名", plain.get("name", told.name)),
        Fact("证件", f"{kind} {plain.get('id_number', told.id_number)}".strip()),
        Fact("全国编号", plain.get("national_number", told.national_number)),
        Fact("起止日期", span_of_days(told.first, told.last), kept=True),
        Fact("累计时长", hours, kept=True),
        Fact("折算", HOURS_RULE if told.verified_on else ""),
        Fact("全国系统", f"其中 {left} 条还没有录入，纸上标※" if left else ""),
        Fact("用途", told.purpose),
    ]


def issuing_facts(
    certificate: Certificate, others: tuple[str, str], plain: Plain, today: date
) -> list[Fact]:
    """Who verified and issued it, its code, what became of it; `others` are the numbers of the one
    it replaces and of the one it is replaced by."""
    told = certificate
    code = plain.get("code", "")
    replaces, replaced_by = others
    public = ""
    if told.public_from is not None and told.public_until is not None:
        public = f"{_day(told.public_from, today)} 至 {_day(told.public_until, today)}"
    taken = ""
    if told.collected_on is not None:
        who = plain.get("collected_by", told.collected_by)
        taken = f"{_day(told.collected_on, today)} {who}"
    seen_code = shown(code) if len(code) == LENGTH else told.code
    return [
        Fact("申请", f"{_day(told.applied_on, today)} {told.applied_by_name}", kept=True),
        Fact("核验", f"{_day(told.verified_on, today)} {told.verified_by_name}".strip()),
        Fact("出具", f"{_day(told.issued_on, today)} {told.handler}".strip()),
        Fact("出具单位", told.issuer),
        Fact("出具资格", told.issuer_kind),
        Fact("负责人", told.head),
        Fact("联系电话", told.phone),
        Fact("核对码", f"{seen_code}　{ONLY_HERE}" if seen_code else ""),
        Fact("公示", public),
        Fact("领取", taken),
        Fact("作废原因", told.void_reason),
        Fact("代替", replaces),
        Fact("已补发", replaced_by),
    ]


_ICONS: Mapping[str, tuple[str, str]] = {
    ServiceAction.SIGN_IN: ("user-check", "info"),
    ServiceAction.SIGN_OUT: ("log-out", "info"),
    ServiceAction.FINISH: ("clock-alert", "warn"),
    ServiceAction.ENTER: ("pencil", "info"),
    ServiceAction.CORRECT: ("pencil", "quiet"),
    ServiceAction.CONFIRM: ("circle-check", "ok"),
    ServiceAction.RETURN: ("undo-2", "warn"),
    ServiceAction.RATE: ("star", "info"),
    ServiceAction.MARK_UPLOADED: ("upload", "ok"),
    ServiceAction.VOID: ("ban", "quiet"),
}
_CERTIFICATE_ICONS: Mapping[str, tuple[str, str]] = {
    CertificateAction.APPLY: ("pencil", "info"),
    CertificateAction.VERIFY: ("clipboard-check", "info"),
    CertificateAction.ISSUE: ("award", "ok"),
    CertificateAction.PUBLICISE: ("megaphone", "info"),
    CertificateAction.COLLECT: ("user-check", "info"),
    CertificateAction.ARCHIVE: ("archive", "ok"),
    CertificateAction.VOID: ("ban", "quiet"),
    CertificateAction.REISSUE: ("copy", "info"),
    CertificateAction.KEEP_PAPER: ("printer", "quiet"),
}
_PLAIN = ("circle", "quiet")


def service_course(steps: Sequence[ServiceStep], zone: Zone, today: date) -> list[CourseStep]:
    """The steps as the course card shows them."""
    return [_step(step, _ICONS.get(step.action, _PLAIN), zone, today) for step in steps]


def certificate_course(
    steps: Sequence[CertificateStep], zone: Zone, today: date
) -> list[CourseStep]:
    return [_step(step, _CERTIFICATE_ICONS.get(step.action, _PLAIN), zone, today) for step in steps]


def _step(
    step: ServiceStep | CertificateStep, look: tuple[str, str], zone: Zone, today: date
) -> CourseStep:
    when = list_moment(step.at, zone, today=today)
    return CourseStep(step.action.label, when, step.actor, step.words, *look)


def line_day(day: date) -> str:
    return paper_day(day)
