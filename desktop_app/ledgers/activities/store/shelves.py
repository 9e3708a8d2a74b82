"""The shelves of activities and attendance: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from desktop_app.ledgers.activities.record import ATTENDANCE as ATTENDANCE_KIND
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.tables import ACTIVITY, ATTENDANCE
from desktop_app.storage.shelf import Shelf

Connection = sa.Connection

STATED = {group: f"{group.value}_stated" for group in Group}
"""The derived columns that hold a corrected number; NULL where the rows count."""


class _ActivityShelf(Shelf[Activity]):
    def derived(self, value: Activity) -> Mapping[str, Any]:
        stated = {one.group: one.people for one in value.corrections}
        return {
            "solved_count": len(value.solved),
            "photo_count": len(value.photos),
            **{column: stated.get(group) for group, column in STATED.items()},
        }


SHELF = _ActivityShelf(KIND, ACTIVITY)
ATTENDANCE_SHELF = Shelf(ATTENDANCE_KIND, ATTENDANCE)
