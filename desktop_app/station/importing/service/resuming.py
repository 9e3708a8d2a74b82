"""An import that is not done yet survives a page that is left, a lock and a power cut."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.rights import Right
from desktop_app.station.importing import store
from desktop_app.station.importing.rules.kept import Kept, kept_from
from desktop_app.storage.drafts import drop_draft, load_draft, save_draft
from desktop_app.storage.session import Desk

FORM = "sheet_import"


def keep(desk: Desk, kept: Kept | None) -> None:
    """Keep where this operator is; None forgets it."""
    actor = desk.actor
    actor.require(Right.HANDLE)
    if actor.uid is None:
        return
    if kept is None:
        drop_draft(desk.database, actor.uid, FORM)
    else:
        save_draft(desk.database, actor.uid, FORM, kept.plain)


def kept(desk: Desk) -> Kept | None:
    """Where this operator was, if an import was left in the middle."""
    actor = desk.actor
    actor.require(Right.HANDLE)
    stored = load_draft(desk.database, actor.uid, FORM) if actor.uid is not None else None
    return None if stored is None else kept_from(stored)


@dataclass(frozen=True, slots=True)
class Unended:
    """Imports that have not come to an end: how many a program left when it died (`undoing.recover`
    takes them back), and how many moved so lately that somebody may be at them still."""

    left_behind: int
    moving: int


def unended(desk: Desk) -> Unended:
    """Which imports have not come to an end."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.unended(connection)
    now = desk.database.clock.now()
    stale = sum(one.is_left_alone(now) for one in found)
    return Unended(stale, len(found) - stale)
