"""Where a matter comes from, how pressing it is, and who has to see to it. Pure.

Requests and the three lists share these words (来访登记表: 来源; 责任清单: 责任层级).
"""

from __future__ import annotations

from desktop_app.core.fields import LabelledEnum


class Source(LabelledEnum):
    """How a resident's wish or a problem became known."""

    VISIT = "visit", "来访"
    CALL = "call", "来电"
    GRID = "grid", "网格走访"
    HOME = "home", "入户"
    ONLINE = "online", "线上平台"
    MEETING = "meeting", "会议议定"
    ADVISOR = "advisor", "指导员"
    SUPERIOR = "superior", "上级交办"


class Urgency(LabelledEnum):
    """How pressing it is, the least first."""

    NORMAL = "normal", "一般"
    SOON = "soon", "较急"
    URGENT = "urgent", "紧急"


class Level(LabelledEnum):
    """责任层级: the five levels of organisation, the nearest to the resident first."""

    BUILDING = "building", "楼栋党小组"
    BRANCH = "branch", "小区（网格）党支部"
    COMMUNITY = "community", "社区党委"
    STREET = "street", "街道党工委"
    DISTRICT = "district", "区委"

    @property
    def next_up(self) -> Level | None:
        """Where it goes when it is escalated; None at the top."""
        levels = list(Level)
        place = levels.index(self)
        return levels[place + 1] if place + 1 < len(levels) else None
