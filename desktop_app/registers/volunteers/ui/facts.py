"""What the page of a volunteer says in its blocks; what is private is masked before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.core.wording import paper_day
from desktop_app.registers.residents.rules import age_on
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.ui.looks import gender_word, labels
from desktop_app.widgets.facts import Fact

Told = Mapping[str, str]
"""What was just uncovered, in full, by field; fields of the resident's file begin with `file.`."""

FILE_FIELDS = ("phones", "id_number")


def person_facts(volunteer: Volunteer, card: Card | None, told: Told, today: date) -> list[Fact]:
    """基本信息: who it is, mostly as the resident's file says; None where that is gone."""
    if card is None:
        return [Fact("居民档案", "已删除，只留下编号、日期和服务记录")]
    file, line = card.resident, card.line
    phones = "、".join(phone.number for phone in file.phones)
    kind = f"（{file.id_kind.label}）" if file.id_kind is not None else ""
    number = told.get("file.id_number", file.id_number)
    return [
        Fact("性别", gender_word(line.gender)),
        Fact("年龄", f"{age_on(line.birth, today)}岁" if line.birth else ""),
        Fact("联系电话", told.get("file.phones", phones), kept=True),
        Fact("住址", line.address, kept=True),
        Fact("证件号码", f"{number}{kind}" if number else ""),
        Fact("工作单位", file.workplace),
        Fact("政治面貌", volunteer.political.label),
        Fact("党员管理", file.party.label if file.party.value != "none" else ""),
        Fact("民族", volunteer.ethnicity),
        Fact("文化程度", volunteer.education),
        Fact("档案号", file.number),
    ]


def service_facts(volunteer: Volunteer, told: Told, today: date) -> list[Fact]:
    """技能和意向: what somebody can and wants to do, and when."""
    insured = volunteer.insurance
    said = ""
    if insured is not None:
        until = ""
        if insured.until is not None:
            over = "（已过期）" if insured.until < today else ""
            until = f"保到 {paper_day(insured.until)}{over}"
        said = told.get("insurance", " ".join(filter(None, (insured.name, insured.policy, until))))
    return [
        Fact("技能特长", labels(volunteer.skills), kept=True),
        Fact("服务意向", labels(volunteer.directions), kept=True),
        Fact("可服务时段", volunteer.times_words),
        Fact("健康说明", told.get("health_note", volunteer.health_note)),
        Fact("保险", said or "没有写保险", kept=True),
    ]


def registration_facts(volunteer: Volunteer, told: Told, station: str) -> list[Fact]:
    """登记情况: numbers and dates; `station` names whose volunteer it is, at a street."""
    number = told.get("national_number", volunteer.national_number)
    return [
        Fact("站点", station),
        Fact("注册日期", paper_day(volunteer.registered_on), kept=True),
        Fact("全国编号", number),
        Fact("公示", "本人同意公示" if volunteer.disclose else "本人没有同意公示", kept=True),
        Fact("退出日期", "" if volunteer.left_on is None else paper_day(volunteer.left_on)),
        Fact("退出原因", volunteer.left_reason),
        Fact("备注", told.get("remark", volunteer.remark)),
    ]


def contact_facts(volunteer: Volunteer, card: Card | None, told: Told) -> list[Fact]:
    """紧急联系和监护: whom to call; the guardian of a minor and what was signed."""
    guardian = None if card is None else card.resident.guardian
    agreed = volunteer.guardian_consent
    consent = ""
    if agreed is not None:
        photo = "有签字照片" if agreed.photo is not None else "没有照片"
        parts = (paper_day(agreed.day), agreed.by, agreed.relation, agreed.words)
        told_words = told.get("guardian_consent", " ".join(filter(None, parts)))
        consent = f"{told_words}（{photo}）"
    who = ""
    if guardian is not None:
        who = " ".join(filter(None, (guardian.name, guardian.relation, guardian.phone)))
    return [
        Fact("紧急联系人", told.get("emergency_name", volunteer.emergency_name)),
        Fact("联系人电话", told.get("emergency_phone", volunteer.emergency_phone)),
        Fact("监护人", who),
        Fact("同意书", consent),
    ]


def growth_facts(volunteer: Volunteer) -> list[Fact]:
    """培训和表彰, the latest first."""
    trainings = [
        Fact(
            paper_day(one.day),
            " · ".join(
                filter(
                    None,
                    (
                        f"培训：{one.words}",
                        one.organiser,
                        f"{one.minutes} 分钟" if one.minutes else "",
                    ),
                )
            ),
        )
        for one in reversed(volunteer.trainings)
    ]
    honours = [
        Fact(paper_day(one.day), " · ".join(filter(None, (f"表彰：{one.words}", one.by))))
        for one in reversed(volunteer.honours)
    ]
    return [*honours, *trainings]


def maskable(volunteer: Volunteer) -> tuple[str, ...]:
    """The fields of a volunteer that show less than there is."""
    insured = volunteer.insurance
    there = {
        "national_number": bool(volunteer.national_number),
        "health_note": bool(volunteer.health_note),
        "emergency_name": bool(volunteer.emergency_name),
        "emergency_phone": bool(volunteer.emergency_phone),
        "guardian_consent": volunteer.guardian_consent is not None,
        "insurance": insured is not None and bool(insured.policy),
        "remark": bool(volunteer.remark),
    }
    return tuple(name for name, masked in there.items() if masked)


def team_facts(team: Team, compound: str, station: str) -> list[Fact]:
    """What a team is."""
    return [
        Fact("站点", station),
        Fact("队伍类别", team.team_kind.label, kept=True),
        Fact("所属组织", team.organisation, kept=True),
        Fact("服务方向", labels(team.direction), kept=True),
        Fact("方向说明", team.direction_words),
        Fact("小区", compound or "全社区", kept=True),
        Fact("成立日期", paper_day(team.founded_on), kept=True),
        Fact("解散日期", "" if team.disbanded_on is None else paper_day(team.disbanded_on)),
        Fact("解散原因", team.disband_reason),
    ]
