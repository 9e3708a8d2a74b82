"""All that the station holds about a person as a volunteer, for the copy a person may ask for
(个人信息保护法 art. 45). Whole and unmasked; reads only, inside the reading of whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.wording import paper_day, paper_moment
from desktop_app.ledgers.party import store as party
from desktop_app.ledgers.party.rules.member import PartyMember
from desktop_app.ledgers.posts import store as posts
from desktop_app.ledgers.service import store as service
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.registers.volunteers.rules.volunteer import Volunteer

_GAP = "　"


def told_of(connection: Any, files: Sequence[Uid], zone: Zone, *, sensitive: bool) -> list[str]:
    """Lines with a heading for each part; nothing of who is neither volunteer nor 报到.

    `sensitive`: what needs the right to sensitive data is told, too.
    """
    lines: list[str] = []
    known = volunteers.of_residents(connection, files)
    for one in known:
        lines += ["", f"志愿者 {one.number}", *_volunteer(one, sensitive), *_teams(connection, one)]
    everyone = list(
        dict.fromkeys(uid for one in known for uid in volunteers.as_one(connection, one.uid))
    )
    if everyone:
        lines += _served(connection, everyone, zone)
    for member in party.of_residents(connection, files):
        lines += ["", f"在职党员报到 {member.number}", *_member(member)]
    return lines


def _volunteer(one: Volunteer, sensitive: bool) -> Iterator[str]:
    consent, insurance = one.guardian_consent, one.insurance
    told = {
        "状态": one.state.label,
        "注册日期": paper_day(one.registered_on),
        "全国志愿者编号": one.national_number,
        "民族": one.ethnicity,
        "政治面貌": one.political.label,
        "文化程度": one.education,
        "技能特长": "、".join(skill.label for skill in one.skills),
        "服务方向": "、".join(direction.label for direction in one.directions),
        "可服务时段": one.times_words,
        "健康情况": one.health_note if sensitive else "",
        "紧急联系人": _said(one.emergency_name, one.emergency_phone),
        "监护人同意": _said(paper_day(consent.day), consent.by, consent.relation, consent.words)
        if consent
        else "",
        "保险": _said(
            insurance.name,
            insurance.policy,
            f"至{paper_day(insurance.until)}" if insurance.until else "",
        )
        if insurance
        else "",
        "同意公示": "是" if one.disclose else "否",
        "备注": one.remark,
    }
    for label, value in told.items():
        if value:
            yield f"{label}：{value}"
    for training in one.trainings:
        yield "培训：" + _said(paper_day(training.day), training.words, training.organiser)
    for honour in one.honours:
        yield "表彰：" + _said(paper_day(honour.day), honour.words, honour.by)


def _said(*parts: str) -> str:
    return _GAP.join(part for part in parts if part)


def _teams(connection: Any, one: Volunteer) -> Iterator[str]:
    for stay in volunteers.stays_of(connection, one.uid):
        until = f"至{paper_day(stay.left_on)}" if stay.left_on else "起"
        when = f"{paper_day(stay.joined_on)}{until}"
        yield "队伍：" + _said(stay.team_name, stay.role.label, when, stay.left_reason)


def _served(connection: Any, everyone: Sequence[Uid], zone: Zone) -> Iterator[str]:
    claims, shifts = posts.of_volunteers(connection, everyone)
    about = posts.POST_SHELF.many(
        connection, [*(one.post for one in claims), *(one.post for one in shifts)]
    )
    held = [*(one.post for one in claims), *(one.post for one in shifts)]
    about = posts.POST_SHELF.many(connection, held)
    yield from ("", f"岗位认领 {len(claims)} 次、值班 {len(shifts)} 次")
    for claim in claims:
        post = about[claim.post].name if claim.post in about else ""
        yield _said(paper_day(claim.claimed_on), post, claim.state.label, claim.reason)
    for shift in shifts:
        post = about[shift.post].name if shift.post in about else ""
        when = paper_moment(shift.starts_at, zone)
        yield _said(when, post, shift.state.label, shift.override_reason)
    records = service.all_of(connection, everyone)
    yield from ("", f"志愿服务记录 {len(records)} 条")
    yield from (_record(one, zone) for one in records)
    certificates = service.certificates_of(connection, everyone)
    yield from ("", f"志愿服务证明 {len(certificates)} 份")
    for one in certificates:
        days = f"{paper_day(one.first)}至{paper_day(one.last)}"
        yield _said(one.number, days, hours_words(one.minutes), one.state.label, one.purpose)


def _record(one: ServiceRecord, zone: Zone) -> str:
    minutes = "" if one.minutes is None else hours_words(one.minutes)
    when = paper_moment(one.started_at, zone)
    return _said(when, one.number, one.title, minutes, one.state.label, one.content, one.remark)


def _member(member: PartyMember) -> Iterator[str]:
    told = {
        "状态": member.state.label,
        "报到日期": paper_day(member.reported_on),
        "工作单位": member.unit,
        "单位联络员": _said(member.unit_liaison, member.unit_phone),
        "所在党支部": member.branch,
        "特长": member.specialities,
        "意向岗位": member.wishes,
        "备注": member.remark,
    }
    yield from (f"{label}：{value}" for label, value in told.items() if value)
    for pledge in member.pledges:
        yield "承诺：" + _said(paper_day(pledge.day), pledge.words, pledge.state.label)
        for done in pledge.done:
            yield "践诺：" + _said(paper_day(done.day), done.words)
