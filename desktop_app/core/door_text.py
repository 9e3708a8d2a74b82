"""A door as people type it, 3-2-501 or 3栋2单元501室, and a building as they read it."""

from __future__ import annotations

import re

from desktop_app.core.text import half_width

_DOOR_PART = re.compile(r"[-—–－_/、,，\s]+|号楼|栋|幢|座|单元|室|号")


def split_door(text: str) -> tuple[str, str, str]:
    """`3-2-501` or `3栋2单元501室` as 楼栋, 单元, 门牌; of two parts there is no 单元."""
    parts = [part for part in _DOOR_PART.split(half_width(text)) if part]
    if len(parts) >= 3:
        return parts[0], parts[1], "-".join(parts[2:])
    if len(parts) == 2:
        return parts[0], "", parts[1]
    return "", "", parts[0] if parts else ""


def building_words(building: str) -> str:
    """3 as 3栋; what says more stays as it is."""
    return f"{building}栋" if building and building[-1].isdigit() else building
