"""What a clerk enters at the counter, whether it is in order, and the visits it becomes. Pure.

One form may carry several matters; each becomes a visit of its own in one batch. What happens to a
visit afterwards is for `steps`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender, check_office_phone, check_phone
from desktop_app.core.ids import Uid
from desktop_app.core.text import clean_line, clean_name, clean_text
from desktop_app.ledgers.visits.rules.visit import (
    LINE_LIMIT,
    MOST_PEOPLE,
    MOST_REPRESENTATIVES,
    REMARK_LIMIT,
    RESULT_LIMIT,
    SUMMARY_LIMIT,
    Agent,
    Representative,
    VisitKind,
    VisitSource,
)
from desktop_app.registers.matters.rules import MOST_STATION_DAYS, Matter
from desktop_app.registers.residents.rules import DOOR_LIMIT, ResidentDraft, ResidentKind
from desktop_app.registers.residents.tidying import validate

EARLIEST_DAY = date(2015, 1, 1)
"""Before it there was no station (小区党建 began later): such a date is a dead clock battery."""

EARLIEST_BIRTH_YEAR = 1880
MOST_MATTERS = 20

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class MatterEntry:
    """One matter of the form.

    `matter` is the entry of the 事项目录 as the clerk saw it; without one, `matter_name` or
    `summary` says what it was. `handling` and `limit_days` (working days, 0: none) default to the
    matter's own. `done` says whether it ends at once; None leaves that to the handling: 即时办结
    and 咨询引导 do. `report_to` and `report_phone` are the one key 已报告.
    """

    matter: Matter | None = None
    category: str = ""
    matter_name: str = ""
    summary: str = ""
    handling: Handling | None = None
    limit_days: int | None = None
    done: bool | None = None
    result: str = ""
    notice_given: bool = False
    handed_to: str = ""
    external_number: str = ""
    report_to: str = ""
    report_phone: str = ""

    @property
    def is_petition(self) -> bool:
        return self.matter is not None and self.matter.petition


@dataclass(frozen=True, kw_only=True)
class VisitForm:
    """The whole form: who came, and with what.

    `resident` links the person's file; name and address are as shown on the form. With
    `new_resident` a file is opened in the same saving. `day` (and `time`, hour and minute) are
    given only for 补录. `date_confirmed` is the clerk's answer to the
    question whether the PC's date is right.
    """

    kind: VisitKind = VisitKind.NAMED
    source: VisitSource = VisitSource.WALK_IN
    day: date | None = None
    time: tuple[int, int] | None = None
    resident: Uid | None = None
    new_resident: ResidentDraft | None = None
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    birth_year: int | None = None
    people: int = 1
    phone: str = ""
    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    person_kind: ResidentKind | None = None
    agent: Agent | None = None
    representatives: tuple[Representative, ...] = ()
    matters: tuple[MatterEntry, ...] = field(default=(MatterEntry(),))
    remark: str = ""
    date_confirmed: bool = False


def checked(form: VisitForm, today: date, last_seen: date | None = None) -> VisitForm:
    """The form as it is kept: text cleaned, numbers in their one form.

    `last_seen` is the day of the latest visit on record. Raises `InvalidInput` with every problem.
    """
    problems: list[UserError] = []
    if form.new_resident is not None and form.kind is VisitKind.NAMED:
        problems += validate(form.new_resident, today)
        form = _with_new_resident(form, form.new_resident)
    tidy = replace(form, **_person(form, problems), **_people(form, problems))
    tidy = replace(tidy, matters=_matters(form, problems))
    problems += _day_problems(form, today, last_seen)
    if form.birth_year is not None and not EARLIEST_BIRTH_YEAR <= form.birth_year <= today.year:
        problems.append(
            UserError(
                "出生年份不对。",
                f"请填{EARLIEST_BIRTH_YEAR}到今年之间的年份。",
                field="birth_year",
            )
        )
    if problems:
        raise InvalidInput(problems)
    return tidy


def check_clock(now_day: date) -> None:
    """Refuse to write anything down under a date that only a dead clock battery can give."""
    if now_day < EARLIEST_DAY:
        raise UserError(
            f"电脑的日期是{now_day.year}年{now_day.month}月{now_day.day}日，显然不对，这次没有保存，填写的内容还在。",
            "请先校正电脑右下角的日期和时间，再保存一次。",
            field="day",
        )


def _tried(problems: list[UserError], raw: T, make: Callable[[], T]) -> T:
    try:
        return make()
    except UserError as problem:
        problems.append(problem)
        return raw


def _line(problems: list[UserError], raw: str, label: str, name: str, limit: int) -> str:
    if not raw:
        return ""
    return _tried(problems, raw, lambda: clean_line(raw, limit=limit, label=label, field=name))


def _long(problems: list[UserError], raw: str, label: str, name: str, limit: int) -> str:
    if not raw:
        return ""
    return _tried(problems, raw, lambda: clean_text(raw, limit=limit, label=label, field=name))


def _phone(
    problems: list[UserError], raw: str, name: str, check: Callable[..., str] = check_phone
) -> str:
    if not raw.strip():
        return ""
    return _tried(problems, raw, lambda: check(raw, field=name))


def _name(problems: list[UserError], raw: str, label: str, name: str) -> str:
    return _tried(problems, raw, lambda: clean_name(raw, label=label, field=name))


def _person(form: VisitForm, problems: list[UserError]) -> dict[str, Any]:
    """Who came. An anonymous or counted visit keeps nothing that names anybody."""
    told = {
        "phone": _phone(problems, form.phone, "phone"),
        "remark": _long(problems, form.remark, "备注", "remark", REMARK_LIMIT),
    }
    if form.kind is not VisitKind.NAMED:
        return {**_NOBODY, **told}
    return {
        **told,
        "name": _name(problems, form.name, "来访人姓名", "name"),
        "building": _line(problems, form.building, "楼栋", "building", DOOR_LIMIT),
        "unit": _line(problems, form.unit, "单元", "unit", DOOR_LIMIT),
        "room": _line(problems, form.room, "门牌", "room", DOOR_LIMIT),
    }


_NOBODY: dict[str, Any] = {
    "resident": None,
    "new_resident": None,
    "name": "",
    "building": "",
    "unit": "",
    "room": "",
}


def _with_new_resident(form: VisitForm, draft: ResidentDraft) -> VisitForm:
    """What the visit shows of a person whose file is opened with it."""
    return replace(
        form,
        name=form.name or draft.name,
        gender=form.gender or draft.gender,
        birth_year=form.birth_year or (draft.birth.year if draft.birth else None),
        phone=form.phone or (draft.phones[0].number if draft.phones else ""),
        compound=form.compound or draft.compound,
        building=form.building or draft.building,
        unit=form.unit or draft.unit,
        room=form.room or draft.room,
        person_kind=form.person_kind or draft.kind,
    )


def _people(form: VisitForm, problems: list[UserError]) -> dict[str, Any]:
    if not 1 <= form.people <= MOST_PEOPLE:
        problems.append(UserError("人数不对。", f"请填1到{MOST_PEOPLE}之间的数。", field="people"))
    given = [one for one in form.representatives if one.name.strip() or one.phone.strip()]
    if len(given) > MOST_REPRESENTATIVES:
        problems.append(
            UserError(
                f"多人来访的代表不超过{MOST_REPRESENTATIVES}人，现在填了{len(given)}人。",
                f"请由来访群众推选{MOST_REPRESENTATIVES}名以内的代表。",
                field="representatives",
            )
        )
    elif len(given) > form.people:
        problems.append(UserError("代表比来访人数还多。", "请核对人数。", field="people"))
    representatives = tuple(
        Representative(
            _name(problems, one.name, "代表姓名", "representatives"),
            _phone(problems, one.phone, "representatives"),
        )
        for one in given
    )
    return {"representatives": representatives, "agent": _agent(form.agent, problems)}


def _agent(given: Agent | None, problems: list[UserError]) -> Agent | None:
    if given is None or not (given.name.strip() or given.phone.strip() or given.relation.strip()):
        return None
    return Agent(
        _name(problems, given.name, "代办人姓名", "agent"),
        _phone(problems, given.phone, "agent"),
        _line(problems, given.relation, "与本人的关系", "agent", DOOR_LIMIT),
    )


def _matters(form: VisitForm, problems: list[UserError]) -> tuple[MatterEntry, ...]:
    if not 1 <= len(form.matters) <= MOST_MATTERS:
        problems.append(
            UserError(
                "还没有填写事项。" if not form.matters else f"一次最多登记{MOST_MATTERS}件事。",
                "请选一个常用事项，或写一句事由。",
                field="matters",
            )
        )
        return form.matters
    kept = []
    for place, entry in enumerate(form.matters, start=1):
        own: list[UserError] = []
        kept.append(_matter(entry, own, counted=form.kind is VisitKind.COUNTED))
        problems += [_of_matter(place, problem) for problem in own]
        if entry.is_petition and form.remark.strip():
            problems.append(_petition_problem("remark"))
    return tuple(kept)


def _of_matter(place: int, problem: UserError) -> UserError:
    if place == 1:
        return problem
    return UserError(f"第{place}件：{problem.sentence}", problem.next_step, field=problem.field)


def _matter(entry: MatterEntry, problems: list[UserError], *, counted: bool) -> MatterEntry:
    tidy = replace(
        entry,
        category=_line(problems, entry.category, "业务类别", "category", LINE_LIMIT),
        matter_name=_line(problems, entry.matter_name, "具体事项", "matter_name", LINE_LIMIT),
        summary=_long(problems, entry.summary, "事由", "summary", SUMMARY_LIMIT),
        result=_long(problems, entry.result, "办理结果", "result", RESULT_LIMIT),
        handed_to=_line(problems, entry.handed_to, "交办去向", "handed_to", LINE_LIMIT),
        external_number=_line(
            problems, entry.external_number, "外部编号", "external_number", LINE_LIMIT
        ),
        report_to=_line(problems, entry.report_to, "报告对象", "report_to", LINE_LIMIT),
        report_phone=_phone(problems, entry.report_phone, "report_phone", check_office_phone),
    )
    if entry.limit_days is not None and not 0 <= entry.limit_days <= MOST_STATION_DAYS:
        problems.append(
            UserError(
                "本站时限不对。",
                f"请填0到{MOST_STATION_DAYS}之间的工作日数，0表示不设时限。",
                field="limit_days",
            )
        )
    if tidy.is_petition:
        problems += [
            _petition_problem(name)
            for name in ("summary", "result", "external_number")
            if getattr(tidy, name)
        ]
    elif not (tidy.matter or tidy.matter_name or tidy.summary or counted):
        problems.append(
            UserError("还没有填写事项。", "请选一个常用事项，或写一句事由。", field="summary")
        )
    return tidy


def _petition_problem(name: str) -> UserError:
    """Sources: 信访工作条例; petitions are registered in the petition system and nowhere else."""
    return UserError(
        "信访事项只告知渠道、只计件数，这里不记录内容，这次没有保存。",
        "请清空这一栏再保存；内容请来访人到信访窗口或信访网上平台反映。",
        field=name,
    )


def _day_problems(form: VisitForm, today: date, last_seen: date | None) -> list[UserError]:
    day = form.day or today
    if day < EARLIEST_DAY:
        return [
            UserError(f"来访日期早于{EARLIEST_DAY.year}年。", "请核对年份后再保存。", field="day")
        ]
    if day > today:
        return [
            UserError(
                "来访日期比今天还晚。",
                "请改成实际来访的那一天；如果日期没有写错，请检查电脑的日期。",
                field="day",
            )
        ]
    if last_seen is not None and today < last_seen and not form.date_confirmed:
        return [
            UserError(
                f"电脑的日期（{today.isoformat()}）比最近一次登记（{last_seen.isoformat()}）还早，这次没有保存。",
                "请校正电脑的日期；确认没有错的，请再保存一次。",
                field="date_confirmed",
            )
        ]
    if form.time is not None and not _is_time(form.time):
        return [UserError("来访时间不对。", "请写成 9:30 这样的时间。", field="time")]
    return []


def _is_time(time: tuple[int, int]) -> bool:
    return 0 <= time[0] <= 23 and 0 <= time[1] <= 59
