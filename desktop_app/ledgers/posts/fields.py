"""The fields of posts, claims and shifts, each described once.

What names nobody goes up with the figures: posts, quotas, dates, states. Whom a claim or a shift
means says the register of volunteers, as it travels; what was said with a step stays with a station
that does not send everything.
"""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.post import PostState
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.registers.volunteers.rules.words import Direction


def _counted(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    *,
    required: bool = False,
) -> Field:
    """A field that names nobody and goes up with the figures."""
    return Field(name, label, kind, required, travels=Travels.STATS, choices=choices)


_STEPS = Field("steps", "办理过程", FieldKind.LIST, travels=Travels.FULL)

POST_FIELDS: tuple[Field, ...] = (
    _counted("number", "编号"),
    _counted("name", "岗位名称", required=True),
    _counted("direction", "岗位类别", FieldKind.CHOICE, choices_of(Direction), required=True),
    Field("place_words", "地点"),
    _counted("compound", "小区", FieldKind.REFERENCE),
    _counted("quota", "名额", FieldKind.NUMBER, required=True),
    _counted("pattern", "值班时间", FieldKind.LIST),
    _counted("from_on", "起始日期", FieldKind.DAY),
    _counted("until_on", "截止日期", FieldKind.DAY),
    _counted("team", "志愿队伍", FieldKind.REFERENCE),
    _counted("needs_insurance", "有危险性（须投保）", FieldKind.FLAG),
    _counted("min_age", "最低年龄", FieldKind.NUMBER),
    Field("duties", "岗位职责"),
    _counted("state", "状态", FieldKind.CHOICE, choices_of(PostState)),
    _STEPS,
    Field("remark", "备注", private=True, travels=Travels.NEVER),
)

CLAIM_FIELDS: tuple[Field, ...] = (
    _counted("post", "岗位", FieldKind.REFERENCE, required=True),
    _counted("volunteer", "志愿者", FieldKind.REFERENCE, required=True),
    _counted("state", "状态", FieldKind.CHOICE, choices_of(ClaimState)),
    _counted("claimed_on", "认领日期", FieldKind.DAY),
    _counted("approved_on", "上岗日期", FieldKind.DAY),
    _counted("ended_on", "结束日期", FieldKind.DAY),
    Field("reason", "原因", travels=Travels.FULL),
    _STEPS,
)

SHIFT_FIELDS: tuple[Field, ...] = (
    _counted("post", "岗位", FieldKind.REFERENCE, required=True),
    _counted("volunteer", "志愿者", FieldKind.REFERENCE, required=True),
    _counted("day", "值班日期", FieldKind.DAY, required=True),
    _counted("starts_at", "开始时间", FieldKind.MOMENT),
    _counted("ends_at", "结束时间", FieldKind.MOMENT),
    Field("override_reason", "冲突时仍排班的原因", travels=Travels.FULL),
    _counted("state", "状态", FieldKind.CHOICE, choices_of(ShiftState)),
    _counted("service", "服务记录", FieldKind.REFERENCE),
    _STEPS,
)
