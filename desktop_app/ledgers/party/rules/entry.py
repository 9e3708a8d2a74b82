"""Whether what is entered of a 报到 is in order, together with the resident's file. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.record import altered
from desktop_app.ledgers.party.rules.member import (
    FORM_FIELDS,
    LINE_LIMIT,
    TEXT_LIMIT,
    MemberForm,
    MemberState,
    PartyMember,
)
from desktop_app.registers.residents.rules import PartyKind, Resident


class AlreadyReported(UserError):
    """The resident has reported already: one person reports once."""

    def __init__(self, known: PartyMember) -> None:
        left = known.state is MemberState.LEFT
        super().__init__(
            f"这位党员已经报到过（编号 {known.number}），没有再登记一次，内容都在。",
            "那一条现在是“已转出”，请打开它“重新报到”。" if left else "请打开那一条修改。",
            field="resident",
        )
        self.other = known.uid
        self.number = known.number


def checked(form: MemberForm, file: Resident, today: date) -> MemberForm:
    """The form as it is kept. Raises `InvalidInput` with every problem."""
    problems = Problems()
    tidy = replace(
        form,
        resident=file.uid,
        unit=problems.line(form.unit or file.workplace, "工作单位", "unit", LINE_LIMIT),
        unit_liaison=problems.line(form.unit_liaison, "单位联络员", "unit_liaison", LINE_LIMIT),
        unit_phone=problems.office_phone(form.unit_phone, "unit_phone"),
        branch=problems.line(form.branch, "所在党组织", "branch", LINE_LIMIT),
        reported_on=form.reported_on or today,
        specialities=problems.text(form.specialities, "专长", "specialities", TEXT_LIMIT),
        wishes=problems.text(form.wishes, "意向岗位", "wishes", TEXT_LIMIT),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    if tidy.reported_on is not None and tidy.reported_on > today:
        problems.add("报到日期比今天还晚。", "请改成实际报到的那一天。", "reported_on")
    problems.need(tidy.unit, "还没有填写工作单位。", "反馈表要送到单位，请写上名称。", "unit")
    if file.party is not PartyKind.EMPLOYED:
        problems.add(
            f"居民档案里的党员管理类别是“{file.party.label}”，不是“在职党员”。",
            "请先在居民档案里改成“在职党员”并写上工作单位，再登记报到。",
            "resident",
        )
    problems.raise_if_any()
    return tidy


def form_of(member: PartyMember) -> MemberForm:
    """A 报到 as its form shows it."""
    return MemberForm(**{name: getattr(member, name) for name in FORM_FIELDS})


def with_form(member: PartyMember, form: MemberForm) -> PartyMember:
    """The member as a checked form tells it. Whose record it is never changes."""
    values = {name: getattr(form, name) for name in FORM_FIELDS}
    return altered(member, **{**values, "resident": member.resident})
