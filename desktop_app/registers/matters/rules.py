"""A matter of the 事项目录, with all that a 一次性告知单 must say of it. Pure.

The required contents are those of local rules on 首问负责、一次性告知、限时办结: basis, conditions,
materials (name, form, copies), procedure, time limit, fee, place and phone, and the reason when the
matter is not the station's. 本站时限 is the station's promise; 部门时限 is a department's: printed
in its own words, never counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.handling import Handling
from desktop_app.core.record import Record
from desktop_app.core.text import clean_line, clean_text

CODE_LIMIT = 20
CATEGORY_LIMIT = 40
NAME_LIMIT = 80
LINE_LIMIT = 200
PARAGRAPH_LIMIT = 2000
COUNTER_LIMIT = 40
MATERIAL_NAME_LIMIT = 100
MOST_MATERIALS = 30
MOST_COPIES = 99
MOST_STATION_DAYS = 365


class MaterialForm(LabelledEnum):
    """In which form a material is wanted."""

    UNSTATED = "unstated", "以办理单位要求为准"
    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    BOTH = "both", "原件及复印件"
    EITHER = "either", "原件或复印件"


@dataclass(frozen=True, slots=True)
class Material:
    """One thing to bring. `copies` is the number of sheets or sets, at least 1."""

    name: str
    form: MaterialForm = MaterialForm.UNSTATED
    copies: int = 1


@dataclass(frozen=True, kw_only=True)
class Matter(Record):
    """One matter people come for.

    `station_days`: working days within which the station itself answers or hands over, 0 when it
    promises none beyond the visit. `department_days`: what the department has published, in its
    words. `help_note` says how the station helps (代办说明); `outside_reason` why the matter is not
    the station's; `checked_on` when somebody last compared all this with what is published.
    `petition`: the resident is only told where petitions go, nothing of their content is written
    down (信访工作条例). `urgent`: the form offers the 已报告 key.
    """

    code: str
    category: str
    name: str
    handling: Handling
    station_days: int = 0
    department_days: str = ""
    office: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    conditions: str = ""
    materials: tuple[Material, ...] = ()
    materials_note: str = ""
    steps: str = ""
    fee: str = ""
    basis: str = ""
    help_note: str = ""
    outside_reason: str = ""
    checked_on: date | None = None
    active: bool = True
    counter: str = ""
    petition: bool = False
    urgent: bool = False
    sort_order: int = 0


LINES: Mapping[str, tuple[str, int]] = {
    "code": ("编号", CODE_LIMIT),
    "category": ("业务类别", CATEGORY_LIMIT),
    "name": ("事项名称", NAME_LIMIT),
    "department_days": ("部门时限", LINE_LIMIT),
    "office": ("办理单位", LINE_LIMIT),
    "address": ("办理地址", LINE_LIMIT),
    "phone": ("咨询电话", LINE_LIMIT),
    "hours": ("办理时间", LINE_LIMIT),
    "fee": ("收费情况", LINE_LIMIT),
    "counter": ("窗口", COUNTER_LIMIT),
}
"""Texts of one line: attribute, term, longest length."""

PARAGRAPHS: Mapping[str, str] = {
    "conditions": "办理条件",
    "materials_note": "材料说明",
    "steps": "办理步骤",
    "basis": "依据",
    "help_note": "帮办说明",
    "outside_reason": "不属本站办理的理由",
}
"""Texts of several lines, each at most `PARAGRAPH_LIMIT`: attribute, term."""

_CODE_DIGITS = 4
_CODES_IN_CATEGORY = 100


def checked_matter(matter: Matter) -> Matter:
    """The matter as it may be saved, cleaned; raises `InvalidInput` with every problem found."""
    problems: list[UserError] = []
    texts = _checked_texts(matter, problems)
    materials = _checked_materials(matter.materials, problems)
    if not 0 <= matter.station_days <= MOST_STATION_DAYS:
        problems.append(
            UserError(
                f"本站时限应在0到{MOST_STATION_DAYS}个工作日之间。",
                "请改正天数。",
                field="station_days",
            )
        )
    if matter.handling is Handling.TIMED and matter.station_days == 0:
        problems.append(
            UserError(
                "限时办理的事项还没有写本站时限。", "请填写几个工作日。", field="station_days"
            )
        )
    if matter.petition and matter.handling is not Handling.ADVICE:
        problems.append(
            UserError(
                "信访渠道告知只能是咨询引导，本站不受理、不登记信访内容。",
                "请把办理方式改为咨询引导。",
                field="handling",
            )
        )
    if problems:
        raise InvalidInput(problems)
    return replace(matter, materials=materials, **texts)  # type: ignore[arg-type]


def _checked_texts(matter: Matter, problems: list[UserError]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, (label, limit) in LINES.items():
        texts[name] = clean_line(getattr(matter, name), limit=limit, label=label, field=name)
    for name, label in PARAGRAPHS.items():
        texts[name] = clean_text(
            getattr(matter, name), limit=PARAGRAPH_LIMIT, label=label, field=name
        )
    for name in ("category", "name"):
        if not texts[name]:
            label = LINES[name][0]
            problems.append(UserError(f"{label}还没有填写。", "请填写后再保存。", field=name))
    return texts


def _checked_materials(
    materials: tuple[Material, ...], problems: list[UserError]
) -> tuple[Material, ...]:
    if len(materials) > MOST_MATERIALS:
        problems.append(
            UserError(
                f"材料有{len(materials)}份，最多可列{MOST_MATERIALS}份。",
                "请合并同类材料，或写在材料说明里。",
                field="materials",
            )
        )
        return ()
    checked = []
    for material in materials:
        name = clean_line(
            material.name, limit=MATERIAL_NAME_LIMIT, label="材料名称", field="materials"
        )
        if not name:
            problems.append(
                UserError("有一份材料没有名称。", "请填写名称或删去这一行。", field="materials")
            )
        if not 1 <= material.copies <= MOST_COPIES:
            problems.append(
                UserError(f"材料份数应在1到{MOST_COPIES}之间。", "请改正份数。", field="materials")
            )
        checked.append(replace(material, name=name))
    return tuple(checked)


def refuse_double(matter: Matter, others: Iterable[Matter]) -> None:
    """Raise `UserError` when another matter has the same code, or the same name and category."""
    for other in others:
        if other.uid == matter.uid:
            continue
        if other.code == matter.code:
            raise UserError(
                f"编号{matter.code}已经是“{other.name}”，没有保存。",
                "请换一个编号，或留空由程序编号。",
                field="code",
            )
        if (other.category, other.name) == (matter.category, matter.name):
            raise UserError(
                f"{matter.category}里已有“{matter.name}”，没有保存。",
                "请改用原来的事项；已停用的可以恢复使用。",
                field="name",
            )


def next_code(category: str, known: Iterable[Matter]) -> str:
    """The next code of a category, `0203`: two digits of the category, two of the matter.

    Codes of deleted and retired matters count, so that none is used twice; codes somebody wrote in
    another form are left out. A full category goes on in a hundred of its own.
    """
    numbers = [
        (other.category, int(other.code))
        for other in known
        if len(other.code) == _CODE_DIGITS and other.code.isascii() and other.code.isdecimal()
    ]
    used = {number for _category, number in numbers}
    own = [number for of, number in numbers if of == category]
    if own and (max(own) + 1) % _CODES_IN_CATEGORY and max(own) + 1 not in used:
        return f"{max(own) + 1:0{_CODE_DIGITS}d}"
    hundreds = {number // _CODES_IN_CATEGORY for number in used}
    free = max(hundreds, default=0) + 1
    return f"{free * _CODES_IN_CATEGORY + 1:0{_CODE_DIGITS}d}"


def in_order(matters: Iterable[Matter]) -> list[Matter]:
    """As lists show them: by the station's own order, then by code."""
    return sorted(matters, key=lambda matter: (matter.sort_order, matter.code, matter.uid))
