"""Half-filled forms of one activity: kept as typed, one per operator, gone with what is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.storage.drafts import drop_draft, drop_in, load_draft, save_draft
from desktop_app.storage.session import Desk, Unit

RECORD, SHEET = "record", "sheet"
"""The forms there are: the record, and a paper sheet that is being typed."""

_NEEDS = {RECORD: Right.HANDLE, SHEET: Right.REGISTER}


def keep(desk: Desk, activity: Uid, form: str, typed: Mapping[str, Any] | None) -> None:
    """Remember a form as typed so far; None forgets it."""
    desk.actor.require(_NEEDS[form])
    if desk.actor.uid is None:
        return
    if typed is None:
        drop_draft(desk.database, desk.actor.uid, _name(activity, form))
    else:
        save_draft(desk.database, desk.actor.uid, _name(activity, form), dict(typed))


def left_over(desk: Desk, activity: Uid, form: str) -> dict[str, Any] | None:
    """The form as this operator left it, or None."""
    desk.actor.require(Right.READ)
    if desk.actor.uid is None:
        return None
    return load_draft(desk.database, desk.actor.uid, _name(activity, form))


def forget_in(unit: Unit, activity: Uid, form: str) -> None:
    """Forget it in the transaction that saves what is no longer a draft."""
    if unit.actor.uid is not None:
        drop_in(unit.connection, unit.actor.uid, _name(activity, form))


def _name(activity: Uid, form: str) -> str:
    return f"activity-{form}:{activity.hex}"
