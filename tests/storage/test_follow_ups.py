"""What follows of a change is part of its unit of work: kept with it, refused with it, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from desktop_app import catalog
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.storage import audit
from desktop_app.storage.session import Desk, FollowUp, Unit
from tests.storage.notes import SHELF, Note, make_table, note


def following(desk: Desk, follow: FollowUp) -> None:
    """Have something done after every change of a note."""
    make_table(desk.database)

    def of(kind: str) -> Sequence[FollowUp]:
        return (follow,) if kind == SHELF.kind.name else ()

    desk.database.have_follow(of)


def save(desk: Desk, value: Note) -> Note:
    with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
        saved = SHELF.put(unit, value)
        unit.about(value.title, "写好")
    return saved


def titles(desk: Desk) -> list[str]:
    with desk.reading(needs=Right.READ) as connection:
        rows = connection.execute(SHELF.table.select()).mappings()
        return sorted(one.title for one in SHELF.values(rows))


def answered(unit: Unit, uid: Uid, words: str) -> None:
    """Give a note another title."""
    found = SHELF.need(unit.connection, uid)
    SHELF.put(unit, replace(found, title=words))
    unit.about("不该留下")


def test_what_follows_is_kept_with_the_change_and_named_in_its_audit(desk: Desk) -> None:
    def follow(_desk: Desk, unit: Unit, uids: Sequence[Uid]) -> Sequence[str]:
        if SHELF.need(unit.connection, uids[0]).title == "一":
            answered(unit, uids[0], "二")
            return ["改成二"]
        return []

    following(desk, follow)
    save(desk, replace(note(desk.database), title="一"))
    assert titles(desk) == ["二"]
    with desk.reading(needs=Right.READ) as connection:
        (line, *_) = audit.entries(connection)
    assert (line.subject, line.detail) == ("一", "写好；改成二")


def test_what_cannot_follow_is_refused_with_the_change(desk: Desk) -> None:
    def follow(_desk: Desk, _unit: Unit, _uids: Sequence[Uid]) -> Sequence[str]:
        raise UserError("另一边不行，没有改动。")

    following(desk, follow)
    with pytest.raises(UserError, match="另一边不行"):
        save(desk, note(desk.database))
    assert titles(desk) == []


def test_what_never_comes_to_rest_is_a_bug_and_keeps_nothing(desk: Desk) -> None:
    def follow(_desk: Desk, unit: Unit, uids: Sequence[Uid]) -> Sequence[str]:
        found = SHELF.need(unit.connection, uids[0])
        answered(unit, uids[0], f"{found.title}了")
        return []

    following(desk, follow)
    with pytest.raises(RuntimeError, match="never comes to rest"):
        save(desk, note(desk.database))
    assert titles(desk) == []


def test_a_street_changes_nothing_of_its_own_accord() -> None:
    of: Callable[[str], tuple[FollowUp, ...]] = catalog.follow_ups("street")
    assert [of(kind) for kind in ("problems", "requests", "duties")] == [(), (), ()]
    assert catalog.follow_ups("station")("problems") != ()


def test_a_screen_is_told_of_all_that_may_have_changed() -> None:
    assert catalog.kinds_after({"duties"}) == {"duties", "activities"}
    assert catalog.kinds_after({"problems", "duties"}) >= {"requests", "activities"}
    assert catalog.kinds_after({"visits"}) == {"visits"}
