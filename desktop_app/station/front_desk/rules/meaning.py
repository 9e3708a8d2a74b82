"""The visit that the form of the counter means. Pure.

Whether that visit is in order is for the rules of the visits ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.day_text import parse_day
from desktop_app.core.door_text import split_door
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.text import half_width
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.visit import (
    Agent,
    Representative,
    VisitKind,
    VisitSource,
)
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.residents.rules import (
    GUARDIAN_AGE,
    Guardian,
    Phone,
    Resident,
    ResidentDraft,
    age_on,
)
from desktop_app.station.front_desk.rules.text import Came, FormText, MatterText

_SOURCES = {one.value: one for one in VisitSource}
_HANDLINGS = {one.value: one for one in Handling}

_SPEAKER_GAP = re.compile(r"[、,，;；\n]+")
_SPEAKER = re.compile(r"^(?P<name>.*?)\s*(?P<phone>\+?[0-9][0-9\- ]{5,})?$")


def speakers_of(text: str) -> tuple[Representative, ...]:
    """`张三 13800005678、李四`: the representatives of 多人来访, with telephones or without."""
    found = []
    for part in _SPEAKER_GAP.split(half_width(text)):
        match = _SPEAKER.match(part.strip())
        if match and part.strip():
            found.append(Representative(match["name"].strip(), (match["phone"] or "").strip()))
    return tuple(found)


def time_of(text: str) -> tuple[int, int] | None:
    """`9:30`, `930` or `9点30` as hour and minute; None for an empty text, else `UserError`."""
    plain = half_width(text).strip().rstrip("分")
    if not plain:
        return None
    match = re.fullmatch(r"([0-9]{1,2})(?:[:：点.]([0-9]{0,2})|([0-9]{2}))", plain)
    if match is None:
        raise UserError(f"“{plain}”不是一个时间。", "请写成 9:30 这样。", field="time")
    return int(match[1]), int(match[2] or match[3] or 0)


def resident_draft(text: FormText, today: date) -> ResidentDraft:
    """The file of the new person that the form describes, unchecked."""
    building, unit, room = split_door(text.door)
    birth = parse_day(text.birth, today)
    child = birth is not None and age_on(birth, today) < GUARDIAN_AGE
    guardian = None
    if child and text.agent_name.strip():
        # Whoever brings a child is asked for once: 代办人 of the visit, 监护人 of the file.
        guardian = Guardian(text.agent_name, text.agent_relation, text.agent_phone)
    return ResidentDraft(
        name=text.name,
        gender=Gender(int(text.gender)) if text.gender else Gender.UNKNOWN,
        birth=birth,
        phones=(Phone(text.phone),) if text.phone.strip() else (),
        id_kind=IdKind(text.id_kind) if text.id_kind else None,
        id_number=text.id_number,
        compound=parse_uid(text.compound),
        building=building,
        unit=unit,
        room=room,
        address_note=text.note,
        guardian=guardian,
    )


def visit_form(
    text: FormText,
    matters: Mapping[Uid, Matter],
    known: Resident | None,
    today: date,
    *,
    birth: date | None = None,
    date_confirmed: bool = False,
) -> VisitForm:
    """The form as the visits ledger takes it.

    `known` is the file of the resident chosen (masked is enough), `birth` theirs. Raises
    `InvalidInput` for what means nothing: a day, a time or a number that is none.
    """
    problems: list[UserError] = []
    speakers = speakers_of(text.speakers) if text.group else ()
    entries = tuple(_entry(matter, matters, problems) for matter in text.matters)
    form = VisitForm(
        source=_SOURCES[text.source],
        day=_day(text.day, today, problems),
        time=_time(text.time, problems),
        people=_number(text.people, "people", "人数", problems, least=1),
        agent=Agent(text.agent_name, text.agent_phone, text.agent_relation)
        if text.agent_name.strip() or text.agent_phone.strip() or text.agent_relation.strip()
        else None,
        representatives=speakers,
        matters=entries,
        remark=text.remark,
        date_confirmed=date_confirmed,
    )
    form = replace(form, **_person(text, form, known, birth, today, problems))
    if problems:
        raise InvalidInput(problems)
    return form


def _person(
    text: FormText,
    form: VisitForm,
    known: Resident | None,
    birth: date | None,
    today: date,
    problems: list[UserError],
) -> dict[str, Any]:
    if text.came == Came.KNOWN and known is not None:
        return {
            "resident": known.uid,
            "name": known.name,
            "gender": known.gender,
            "birth_year": birth.year if birth else None,
            "compound": known.compound,
            "building": known.building,
            "unit": known.unit,
            "room": known.room,
            "person_kind": known.kind,
        }
    if text.came == Came.NEW:
        draft = resident_draft(text, today)
        return {"new_resident": draft, "name": draft.name}
    if text.came == Came.ANONYMOUS or all(entry.is_petition for entry in form.matters):
        return {"kind": VisitKind.ANONYMOUS}
    if form.representatives:
        first = form.representatives[0]
        return {"name": first.name, "phone": first.phone}
    problems.append(
        UserError(
            "还没有填写代表姓名。" if text.group else "还没有选定来访人。",
            "请写至少一位代表，或按 F3 记为匿名。"
            if text.group
            else "请在上面的框里找人，或按 F2 填新来访人、按 F3 记为匿名。",
            field="representatives" if text.group else "person",
        )
    )
    return {}


def _entry(
    text: MatterText, matters: Mapping[Uid, Matter], problems: list[UserError]
) -> MatterEntry:
    uid = parse_uid(text.matter)
    matter = matters.get(uid) if uid else None
    if matter is not None and matter.petition:
        return MatterEntry(matter=matter)
    days = None
    if text.limit_days.strip():
        days = _number(text.limit_days, "limit_days", "本站时限", problems, least=0)
    return MatterEntry(
        matter=matter,
        summary=text.summary,
        handling=_HANDLINGS.get(text.handling),
        limit_days=days,
        handed_to=text.handed_to,
        report_to=text.report_to,
        report_phone=text.report_phone,
    )


def _number(text: str, name: str, label: str, problems: list[UserError], *, least: int) -> int:
    plain = half_width(text).strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= 4:
        return int(plain)
    problems.append(
        UserError(f"{label}“{plain[:20]}”不是一个数。", f"请填 {least} 以上的整数。", field=name)
    )
    return least


def _day(text: str, today: date, problems: list[UserError]) -> date | None:
    if not text.strip():
        return None
    found = parse_day(text, today)
    if found is None:
        problems.append(
            UserError(
                f"“{text.strip()[:20]}”不是一个日期。", "请按 11-20 的样子填写。", field="day"
            )
        )
    return found


def _time(text: str, problems: list[UserError]) -> tuple[int, int] | None:
    try:
        return time_of(text)
    except UserError as problem:
        problems.append(problem)
        return None
