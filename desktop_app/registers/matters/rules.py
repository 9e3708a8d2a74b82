"""A matter of the 事项目录, with all that a 一次性告知单 must say of it. Pure.

The required contents are those of local rules on 首问负责、一次性告知、限时办结: basis, conditions,
materials (name, form, copies), procedure, time limit, fee, place and phone, and the reason when the
matter is not the station's. 本站时限 is the station's promise; 部门时限 is a department's: printed
in its own words, never counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.handling import Handling
from desktop_app.core.record import Record

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
