"""Many records in one transaction leave behind what one deed after the other would have left."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from desktop_app.core.errors import Conflict, NotAllowed
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits.tables import VISIT
from desktop_app.storage import audit
from desktop_app.storage.bulk import bare_tables, bulk_unit
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import AUDIT, CHANGE
from tests.stations import CLERK
from tests.storage.notes import NOTES, SHELF, Note, make_table, note


@pytest.fixture
def desk_with_notes(desk: Desk) -> Desk:
    make_table(desk.database)
    return desk


def rows(desk: Desk, table: sa.Table) -> list[dict[str, object]]:
    with desk.reading(needs=Right.READ) as connection:
        order = list(table.primary_key)
        return [
            dict(row) for row in connection.execute(sa.select(table).order_by(*order)).mappings()
        ]


def problems(desk: Desk) -> list[str]:
    with desk.reading(needs=Right.READ) as connection:
        return audit.check_audit(connection) + audit.check_changes(connection)


def save_one_by_one(desk: Desk, values: list[Note]) -> list[Note]:
    saved = []
    for value in values:
        with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
            unit.about(value.title)
            saved.append(SHELF.put(unit, value))
    return saved


def save_in_bulk(desk: Desk, values: list[Note]) -> list[Note]:
    now = desk.database.clock.now()
    with bulk_unit(desk.database, desk.actor, needs=Right.REGISTER) as bulk:
        saved = [bulk.put(SHELF, value, now) for value in values]
        for value in saved:
            bulk.deed(now, desk.actor, "写便条", value.title)
    return saved


def without_chance(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Without salts, what is hashed over them, uids, and the number of the entry."""
    left_out = {"salt", "digest", "hash", "uid", "n"}
    return [{name: row[name] for name in row if name not in left_out} for row in found]


def test_rows_changes_and_audit_are_those_of_single_deeds(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    titles = ["买灯泡", "修门锁", "贴通知"]
    save_one_by_one(desk, [note(desk.database, title) for title in titles])
    save_in_bulk(desk, [note(desk.database, title) for title in titles])

    for table in (NOTES, CHANGE, AUDIT):
        found = without_chance(rows(desk, table))
        assert len(found) == 6
        assert found[:3] == found[3:]
    assert problems(desk) == []


def test_a_record_that_moves_on_is_one_row_and_every_revision_in_the_change_log(
    desk_with_notes: Desk,
) -> None:
    desk = desk_with_notes
    now = desk.database.clock.now()
    with bulk_unit(desk.database, CLERK, needs=Right.REGISTER) as bulk:
        first = bulk.put(SHELF, note(desk.database, "草稿"), now)
        bulk.put(SHELF, replace(first, title="定稿", done=True), now)

    (row,) = rows(desk, NOTES)
    assert (row["title"], row["revision"]) == ("定稿", 2)
    assert [change["revision"] for change in rows(desk, CHANGE)] == [1, 2]
    assert problems(desk) == []


def test_known_records_are_updated_in_a_later_transaction(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    one, other = save_in_bulk(desk, [note(desk.database, "甲"), note(desk.database, "乙")])
    now = desk.database.clock.now()
    with bulk_unit(desk.database, CLERK, needs=Right.REGISTER) as bulk:
        again = bulk.put(SHELF, replace(one, done=True), now)
        bulk.put(SHELF, replace(again, title="丙"), now)
        bulk.put(SHELF, replace(other, title="丁"), now)

    found = {(row["title"], row["revision"]) for row in rows(desk, NOTES)}
    assert found == {("丙", 3), ("丁", 2)}
    assert problems(desk) == []


def test_nothing_is_written_when_somebody_saved_one_of_the_records_meanwhile(
    desk_with_notes: Desk,
) -> None:
    desk = desk_with_notes
    (old,) = save_in_bulk(desk, [note(desk.database, "甲")])
    save_one_by_one(desk, [replace(old, title="别人改的")])

    with pytest.raises(Conflict):
        save_in_bulk(desk, [note(desk.database, "新的"), replace(old, title="我改的")])

    assert [row["title"] for row in rows(desk, NOTES)] == ["别人改的"]
    assert problems(desk) == []


def test_two_revisions_of_one_record_cannot_start_from_the_same_one(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    (known,) = save_in_bulk(desk, [note(desk.database, "甲")])
    fresh = note(desk.database, "乙")
    first = fresh.saved_at(desk.database.clock.now())
    for twice in ([replace(known, title="一"), known], [fresh, first, first]):
        with pytest.raises(Conflict):
            save_in_bulk(desk, twice)
    assert [row["title"] for row in rows(desk, NOTES)] == ["甲"]


def test_who_lacks_the_right_writes_nothing(desk_with_notes: Desk) -> None:
    nobody = Actor(uid=None, name="访客", role="", rights=frozenset())
    with (
        pytest.raises(NotAllowed),
        bulk_unit(desk_with_notes.database, nobody, needs=Right.REGISTER),
    ):
        raise AssertionError("the block must not be entered")
    assert rows(desk_with_notes, AUDIT) == []


def test_the_indexes_left_out_while_filling_are_all_there_again(desk: Desk) -> None:
    def names() -> set[str]:
        with desk.reading(needs=Right.READ) as connection:
            return {str(index["name"]) for index in sa.inspect(connection).get_indexes("visit")}

    before = names()
    with bare_tables(desk.database, [VISIT]):
        assert names().isdisjoint(str(index.name) for index in VISIT.indexes)
    assert names() == before
    assert "uq_visit_number" in before
