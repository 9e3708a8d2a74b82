"""What is done with the 事项目录: add, change, retire, check, search, and start from ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.core.rights import Right
from desktop_app.registers.matters import store
from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.rules import (
    Matter,
    checked_matter,
    next_code,
    refuse_double,
)
from desktop_app.registers.matters.starter import StarterMatter, starter_matters
from desktop_app.storage.session import Desk


def add(
    desk: Desk, *, category: str, name: str, handling: Handling, code: str = "", **details: Any
) -> Changed[Matter]:
    """A new matter; without a code it gets the next of its category. `details` are further
    attributes of `Matter` by name."""
    return save(
        desk,
        Matter(
            uid=desk.database.new_uid(),
            station=desk.database.station.code,
            code=code,
            category=category,
            name=name,
            handling=handling,
            **details,
        ),
    )


def save(desk: Desk, matter: Matter) -> Changed[Matter]:
    """Add a matter, or change one that was read before."""
    is_new = matter.revision == 0
    label = "新增事项" if is_new else "修改事项"
    with desk.unit_of_work(label, needs=Right.MANAGE_DIRECTORY) as unit:
        before = None if is_new else store.SHELF.need(unit.connection, matter.uid)
        saved = enter(unit, matter)
    undo = _forgetting(saved) if before is None else _back_to(before, saved)
    return changed(KIND.name, saved.uid, saved, undo=undo)


def retire(desk: Desk, uid: Uid) -> Changed[Matter]:
    """Take a matter out of use; visits that name it keep it."""
    return _set_active(desk, uid, active=False)


def bring_back(desk: Desk, uid: Uid) -> Changed[Matter]:
    """Take a retired matter into use again."""
    return _set_active(desk, uid, active=True)


def mark_checked(desk: Desk, uid: Uid) -> Changed[Matter]:
    """Note that today somebody compared the matter with what the department has published."""
    with desk.unit_of_work("核对事项", needs=Right.MANAGE_DIRECTORY) as unit:
        before = store.SHELF.need(unit.connection, uid)
        saved = enter(unit, replace(before, checked_on=unit.zone.day(unit.now)))
    return changed(KIND.name, uid, saved, undo=_back_to(before, saved))


def get(desk: Desk, uid: Uid) -> Matter:
    """One matter; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)


def directory(desk: Desk, *, with_retired: bool = False) -> list[Matter]:
    """The matters in the order lists show them."""
    with desk.reading(needs=Right.READ) as connection:
        return store.directory(connection, with_retired=with_retired)


def search(desk: Desk, text: str, *, with_retired: bool = False) -> list[Matter]:
    """The matters for which every typed word fits name, category or code; the better fits first."""
    return pick(
        directory(desk, with_retired=with_retired),
        text,
        lambda matter: (matter.name, matter.category, matter.code),
    )


def categories(desk: Desk) -> list[str]:
    """The categories of the matters in use, in the directory's order."""
    return list(dict.fromkeys(matter.category for matter in directory(desk)))


def add_starter(desk: Desk) -> Changed[tuple[Matter, ...]]:
    """Add the matters that come with the program; those of the same category and name stay."""
    added: list[Matter] = []
    with desk.unit_of_work("导入事项目录", needs=Right.MANAGE_DIRECTORY) as unit:
        known = store.all_that_ever_were(unit.connection, unit.station.code)
        there = {(matter.category, matter.name) for matter in known if not matter.deleted}
        for line in starter_matters():
            if (line.category, line.name) in there:
                continue
            matter = _from_starter(unit, line, next_code(line.category, known))
            added.append(store.SHELF.put(unit, checked_matter(matter)))
            known.append(matter)
        unit.about(f"事项 {len(added)}项")
    return Changed(frozenset({KIND.name}), tuple(matter.uid for matter in added), tuple(added))


def _from_starter(unit: Any, line: StarterMatter, code: str) -> Matter:
    return Matter(
        uid=unit.new_uid(),
        station=unit.station.code,
        code=code,
        category=line.category,
        name=line.name,
        handling=line.handling,
        station_days=line.station_days,
        materials=line.materials,
        materials_note=line.materials_note,
        petition=line.petition,
        urgent=line.urgent,
    )


def _set_active(desk: Desk, uid: Uid, *, active: bool) -> Changed[Matter]:
    label = "恢复事项" if active else "停用事项"
    with desk.unit_of_work(label, needs=Right.MANAGE_DIRECTORY) as unit:
        before = store.SHELF.need(unit.connection, uid)
        saved = enter(unit, replace(before, active=active))
    return changed(KIND.name, uid, saved, undo=_back_to(before, saved))


def enter(unit: Any, matter: Matter) -> Matter:
    """Check a matter against itself and the others, give it a code, save it.

    Part of a unit of work that the caller has opened.
    """
    matter = checked_matter(matter)
    known = store.all_that_ever_were(unit.connection, unit.station.code)
    if not matter.code:
        matter = replace(matter, code=next_code(matter.category, known))
    refuse_double(matter, [other for other in known if not other.deleted])
    unit.about(f"事项 {matter.code}", matter.name)
    return store.SHELF.put(unit, matter)


def _back_to(before: Matter, saved: Matter) -> Undo:
    """Undo of a change: the matter as it was, unless somebody changed it again."""

    def restore(desk: Desk) -> Changed[Matter]:
        with desk.unit_of_work("撤销事项改动", needs=Right.MANAGE_DIRECTORY) as unit:
            again = enter(unit, replace(before, revision=saved.revision))
        return changed(KIND.name, again.uid, again)

    return Undo("撤销改动", restore)


def _forgetting(saved: Matter) -> Undo:
    def remove(desk: Desk) -> Changed[Matter]:
        with desk.unit_of_work("撤销新增事项", needs=Right.MANAGE_DIRECTORY) as unit:
            unit.about(f"事项 {saved.code}", saved.name)
            gone = store.SHELF.remove(unit, saved)
        return changed(KIND.name, gone.uid, gone)

    return Undo("撤销新增", remove)
