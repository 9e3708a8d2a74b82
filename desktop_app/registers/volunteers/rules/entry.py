"""Whether what a clerk enters of a volunteer is in order, together with the resident's file. Pure.

志愿者登记表 (domain 3.2) asks for name, gender, birth and telephone: they are the file's. Below 18
the file names the guardian and the guardian has agreed (志愿服务条例 art. 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.text import half_width
from desktop_app.registers.residents.rules import PartyKind, Resident, age_on
from desktop_app.registers.volunteers.rules.volunteer import (
    ADULT_AGE,
    FORM_FIELDS,
    GuardianConsent,
    Insurance,
    Volunteer,
    VolunteerForm,
)
from desktop_app.registers.volunteers.rules.words import (
    CODE_LIMIT,
    LINE_LIMIT,
    PARTY,
    TEXT_LIMIT,
)

E = TypeVar("E", bound=LabelledEnum)


class AlreadyVolunteer(UserError):
    """The person is a volunteer already: one person is one volunteer."""

    def __init__(self, known: Volunteer) -> None:
        way = (
            "请打开那一条修改；要再加入队伍，请在队伍里添加队员。"
            if known.present
            else f"那一条现在是“{known.state.label}”，请打开它“重新在册”。"
        )
        super().__init__(
            f"这位居民已经是志愿者（编号 {known.number}），没有再登记一次，内容都在。",
            way,
            field="resident",
        )
        self.other = known.uid
        self.number = known.number


class SameVolunteer(UserError):
    """Somebody very like the person is a volunteer with another file; whoever knows that they are
    two saves once more and says so."""

    def __init__(self, known: Volunteer, reasons: Iterable[str]) -> None:
        super().__init__(
            f"已有一名志愿者{'、'.join(reasons)}（编号 {known.number}），"
            "可能是同一个人的两种写法，还没有保存，内容都在。",
            "是同一个人的，请打开那一条修改；确实是两个人的，请确认后再保存。",
            field="resident",
        )
        self.other = known.uid
        self.number = known.number


def checked(form: VolunteerForm, file: Resident, today: date) -> VolunteerForm:
    """The form as it is kept, by what the resident's file says now. Raises `InvalidInput` with
    every problem."""
    problems = Problems()
    registered_on = form.registered_on or today
    if registered_on > today:
        problems.add("注册日期比今天还晚。", "请改成实际登记的那一天。", "registered_on")
    tidy = replace(
        form,
        resident=file.uid,
        registered_on=registered_on,
        national_number=problems.line(
            half_width(form.national_number).replace(" ", "").upper(),
            "全国志愿者编号",
            "national_number",
            CODE_LIMIT,
        ),
        ethnicity=problems.line(form.ethnicity, "民族", "ethnicity", LINE_LIMIT),
        education=problems.line(form.education, "文化程度", "education", LINE_LIMIT),
        skills=_in_order(form.skills),
        directions=_in_order(form.directions),
        times_words=problems.text(form.times_words, "可服务时段", "times_words", TEXT_LIMIT),
        health_note=problems.text(form.health_note, "健康情况说明", "health_note", TEXT_LIMIT),
        emergency_phone=problems.office_phone(form.emergency_phone, "emergency_phone"),
        guardian_consent=_consent(form.guardian_consent, today, problems),
        insurance=_insurance(form.insurance, problems),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    if tidy.emergency_name.strip():
        name = problems.name(form.emergency_name, "紧急联系人", "emergency_name")
        tidy = replace(tidy, emergency_name=name)
    _check_file(file, problems)
    _check_party(tidy, file, problems)
    _check_guardian(tidy, file, registered_on, problems)
    problems.raise_if_any()
    return tidy


def _in_order(members: tuple[E, ...]) -> tuple[E, ...]:
    """Each once, in the order of their list, so that the same choice is always the same record."""
    if not members:
        return ()
    return tuple(member for member in type(members[0]) if member in members)


def _consent(
    given: GuardianConsent | None, today: date, problems: Problems
) -> GuardianConsent | None:
    if given is None:
        return None
    field = "guardian_consent"
    if given.day > today:
        problems.add("监护人同意的日期比今天还晚。", "请改成实际签字的那一天。", field)
    return replace(
        given,
        by=problems.name(given.by, "同意的监护人", field),
        relation=problems.line(given.relation, "与监护人的关系", field, LINE_LIMIT),
        words=problems.line(given.words, "同意书说明", field, LINE_LIMIT),
    )


def _insurance(given: Insurance | None, problems: Problems) -> Insurance | None:
    if given is None or not (given.name.strip() or given.policy.strip() or given.until):
        return None
    name = problems.line(given.name, "保险名称", "insurance", LINE_LIMIT)
    problems.need(name, "保险还没有写名称。", "请写上保险名称，或清空保险一栏。", "insurance")
    return replace(
        given, name=name, policy=problems.line(given.policy, "保单号", "insurance", LINE_LIMIT)
    )


def _check_file(file: Resident, problems: Problems) -> None:
    """What the volunteer's form needs and only the file knows."""
    missing = [
        label
        for label, there in (
            ("性别", file.gender in (Gender.MALE, Gender.FEMALE)),
            ("出生日期", file.birth is not None),
            ("联系电话", bool(file.phones) or (file.guardian is not None and file.guardian.phone)),
        )
        if not there
    ]
    if missing:
        problems.add(
            f"居民档案里还没有{'、'.join(missing)}。",
            "请先在居民档案里补上，再登记为志愿者。",
            "resident",
        )


def _check_party(form: VolunteerForm, file: Resident, problems: Problems) -> None:
    if form.political in PARTY and file.party is PartyKind.NONE:
        problems.add(
            f"政治面貌写的是“{form.political.label}”，居民档案里的党员管理类别还是“非党员”。",
            "请先在居民档案里选好党员管理类别，或核对政治面貌。",
            "political",
        )


def _check_guardian(form: VolunteerForm, file: Resident, day: date, problems: Problems) -> None:
    """By the day of entry: who was of age then needs no guardian, and nobody is asked again."""
    if file.birth is None or age_on(file.birth, day) >= ADULT_AGE:
        return
    if file.guardian is None:
        problems.add(
            f"未满{ADULT_AGE}周岁，居民档案里还没有监护人。",
            "请先在居民档案里写上监护人的姓名和电话。",
            "resident",
        )
    if form.guardian_consent is None:
        problems.add(
            f"未满{ADULT_AGE}周岁，还没有监护人同意书。",
            "请监护人签好同意书，写上同意的日期和姓名。",
            "guardian_consent",
        )


def form_of(volunteer: Volunteer) -> VolunteerForm:
    """A volunteer as the form shows it."""
    return VolunteerForm(**{name: getattr(volunteer, name) for name in FORM_FIELDS})


def with_form(volunteer: Volunteer, form: VolunteerForm) -> Volunteer:
    """The volunteer as a checked form tells it. Whose record it is never changes."""
    values = {name: getattr(form, name) for name in FORM_FIELDS}
    return altered(volunteer, **{**values, "resident": volunteer.resident})


def refuse_taken_number(number: str, own: Uid, others: Iterable[Volunteer]) -> None:
    """One 全国志愿者编号 is one person: raise `UserError` when another volunteer has it."""
    for other in others:
        if other.uid != own:
            raise UserError(
                f"这个全国志愿者编号已经用在另一名志愿者（编号 {other.number}）上，没有保存。",
                "一个编号只对应一个人：请核对编号，或打开那一条修改。",
                field="national_number",
            )
