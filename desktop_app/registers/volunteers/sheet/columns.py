"""The columns of 志愿者花名册: what the resident's file says, then what the volunteer's does."""

from __future__ import annotations

from typing import Any

from desktop_app.core.fields import Field
from desktop_app.core.masking import mask_name
from desktop_app.registers.residents.sheet import file_columns
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill
from desktop_app.sheets.columns import columns_of, only_read, only_written, part_of
from desktop_app.sheets.spec import CellKind, Column

PERSON = (
    "name", "gender", "birth", "phones", "id_kind", "id_number", "compound", "building", "unit",
    "room", "address", "address_note", "party", "workplace", "guardian_name", "guardian_relation",
    "guardian_phone",
)  # fmt: skip
"""Columns that stand in the resident's file."""

SKILL_WORDS = (
    ("医生", Skill.MEDICAL), ("护士", Skill.MEDICAL), ("医疗", Skill.MEDICAL),
    ("护理", Skill.MEDICAL), ("心理咨询", Skill.PSYCHOLOGY), ("心理", Skill.PSYCHOLOGY),
    ("普法", Skill.LAW), ("教师", Skill.TEACHING), ("辅导", Skill.TEACHING),
    ("电脑", Skill.PHONES), ("水电", Skill.REPAIR), ("维修", Skill.REPAIR),
    ("电工", Skill.REPAIR), ("厨艺", Skill.COOKING), ("司机", Skill.DRIVING),
    ("唱歌", Skill.ARTS), ("舞蹈", Skill.ARTS), ("文艺", Skill.ARTS), ("音乐", Skill.ARTS),
    ("书法", Skill.CALLIGRAPHY), ("绘画", Skill.CALLIGRAPHY), ("写作", Skill.WRITING),
    ("宣传", Skill.WRITING), ("英语", Skill.LANGUAGES), ("手语", Skill.LANGUAGES),
)  # fmt: skip
DIRECTION_WORDS = (
    ("巡逻", Direction.PATROL), ("平安", Direction.PATROL), ("劝导", Direction.GUIDING),
    ("宣传", Direction.PUBLICITY), ("清洁", Direction.CLEANING), ("卫生", Direction.CLEANING),
    ("环境", Direction.CLEANING), ("敬老", Direction.ELDERLY), ("养老", Direction.ELDERLY),
    ("助学", Direction.CHILDREN), ("义诊", Direction.HEALTH), ("健康", Direction.HEALTH),
    ("普法", Direction.LEGAL), ("法律", Direction.LEGAL), ("调解", Direction.MEDIATING),
    ("维修", Direction.REPAIRING), ("文体", Direction.CULTURE), ("应急", Direction.EMERGENCY),
    ("值守", Direction.DESK),
)  # fmt: skip
POLITICAL_WORDS = (
    ("党员", Political.MEMBER), ("正式党员", Political.MEMBER), ("是", Political.MEMBER),
    ("预备党员", Political.PROBATIONARY), ("团员", Political.YOUTH_LEAGUE),
    ("普通群众", Political.MASSES), ("否", Political.MASSES), ("无", Political.MASSES),
    ("无党派人士", Political.OTHER), ("无党派", Political.OTHER),
)  # fmt: skip

_column = columns_of(KIND)


def _part(group: str, part: str, label: str, kind: CellKind = CellKind.LINE, **more: Any) -> Column:
    return Column(
        name=f"{group}_{part}",
        label=label,
        kind=kind,
        private=KIND.field(group).private,
        out=part_of(group, part),
        **more,
    )


def _words(name: str, concept: str) -> Column:
    """Choices that rosters tell in words of their own: none of them makes a row wrong."""
    return _column(
        name,
        concept,
        CellKind.LINE,
        width=20,
        choices=(),
        out=lambda told: "、".join(one.label for one in getattr(told.record, name)) or None,
    )


COLUMNS: tuple[Column, ...] = (
    _column("number", "number", CellKind.CODE, width=18),
    _column("national_number", "national_number", CellKind.CODE, width=20),
    *file_columns(PERSON),
    _column("political", "political", synonyms=POLITICAL_WORDS, required=False),
    _column("ethnicity", "ethnic", width=8),
    _column("education", "education"),
    _words("skills", "skills"),
    _words("directions", "willing"),
    _column("times_words", "when_free", CellKind.TEXT, width=20),
    _column("health_note", "health_note", CellKind.TEXT, width=20),
    _column("emergency_name", "emergency_name", mask=mask_name),
    _column("emergency_phone", "emergency_phone", width=16),
    _part("guardian_consent", "day", "监护人同意日期", CellKind.DAY),
    _part("guardian_consent", "by", "同意的监护人", CellKind.NAME),
    _part("guardian_consent", "relation", "与同意的监护人的关系"),
    _part("guardian_consent", "words", "同意书说明"),
    _part("insurance", "name", "保险名称", concept="insurance"),
    _part("insurance", "policy", "保单号", CellKind.CODE, concept="insurance_number"),
    _part("insurance", "until", "保险止期", CellKind.DAY, concept="insurance_until"),
    _column("registered_on", "registered_on"),
    _column("disclose", "disclose"),
    Column(
        name="team",
        label="所在队伍",
        concept="team",
        width=24,
        out=lambda told: told.name(told.record.uid),
    ),
    only_read("joined_on", "入队日期", CellKind.DAY, concept="joined_on"),
    only_written(KIND.field("state")),
    only_written(KIND.field("left_on")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)

TEAM = Field("team", "所在队伍")
