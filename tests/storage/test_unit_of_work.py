"""One use case, one transaction: what is saved, audited and chained together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.storage import audit
from desktop_app.storage.numbering import next_number
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import AUDIT, CHANGE
from tests.stations import CLERK, KEY
from tests.storage.notes import NOTES, SHELF, Note, Tag, make_table, note


@pytest.fixture
def desk_with_notes(desk: Desk) -> Desk:
    make_table(desk.database)
    return desk


def save(desk: Desk, value: Note) -> Note:
    with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
        unit.about(value.title)
        return SHELF.put(unit, value)


def write_and_fail(desk: Desk) -> None:
    with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
        SHELF.put(unit, note(desk.database))
        next_number(unit, 2026)
        raise UserError("不行。")


def count(desk: Desk, table: sa.Table) -> int:
    with desk.reading(needs=Right.READ) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def get(desk: Desk, uid: Uid) -> Note | None:
    with desk.reading(needs=Right.READ) as connection:
        return SHELF.get(connection, uid)


def test_a_saved_record_reads_back_equal(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    saved = save(
        desk,
        note(
            desk.database,
            "修灯𬭎",
            day=date(2026, 11, 23),
            done=True,
            tags=(Tag("急", 3), Tag("水电")),
            hidden=("甲", "乙"),
        ),
    )

    assert get(desk, saved.uid) == saved
    assert saved.revision == 1
    assert saved.created_at == saved.changed_at == desk.database.clock.now()


def test_every_unit_leaves_one_audit_entry_that_names_who_and_what(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    save(desk, note(desk.database, "甲"))
    with desk.reading(needs=Right.READ) as connection:
        (entry,) = audit.entries(connection)

    assert (entry.n, entry.actor_name, entry.action, entry.subject) == (1, "王小燕", "写便条", "甲")


def test_a_part_of_something_longer_is_logged_but_leaves_the_telling_to_the_whole(
    desk_with_notes: Desk,
) -> None:
    desk = desk_with_notes
    entries, changes = count(desk, AUDIT), count(desk, CHANGE)
    for title in ("甲", "乙"):
        with desk.unit_of_work("写一部分", needs=Right.REGISTER, told=False) as unit:
            SHELF.put(unit, note(desk.database, title))
    assert (count(desk, AUDIT), count(desk, CHANGE)) == (entries, changes + 2)
    save(desk, note(desk.database, "丙"))

    assert count(desk, AUDIT) == entries + 1
    with desk.reading(needs=Right.READ) as connection:
        assert audit.check_audit(connection) + audit.check_changes(connection) == []


def test_a_unit_that_fails_leaves_nothing_behind(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    with pytest.raises(UserError):
        write_and_fail(desk)

    assert [count(desk, table) for table in (NOTES, AUDIT, CHANGE)] == [0, 0, 0]
    with desk.unit_of_work("取号", needs=Right.REGISTER) as unit:
        assert next_number(unit, 2026) == "QR01-2026A-00001"


def test_a_unit_without_the_right_never_begins(desk_with_notes: Desk) -> None:
    reader = Actor(uid=None, name="李审计", role="审计", rights=frozenset({Right.READ}))
    desk = Desk(desk_with_notes.database, reader)

    with pytest.raises(NotAllowed, match="没有“登记”权限"):
        save(desk, note(desk.database))
    assert count(desk, AUDIT) == 0


def test_the_second_of_two_people_saving_the_same_record_is_told(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    first = save(desk, note(desk.database))
    mine = save(desk, replace(first, title="甲改"))

    with pytest.raises(Conflict, match="刚刚被别人改过"):
        save(desk, replace(first, title="乙改"))
    assert get(desk, first.uid) == mine


def test_a_removed_record_stays_as_a_tombstone_and_is_not_found(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    saved = save(desk, note(desk.database))
    with desk.unit_of_work("删便条", needs=Right.ERASE) as unit:
        SHELF.remove(unit, saved)

    found = get(desk, saved.uid)
    assert found is not None
    assert found.deleted
    assert found.revision == 2
    with (
        desk.reading(needs=Right.READ) as connection,
        pytest.raises(UserError, match="没有找到这条便条"),
    ):
        SHELF.need(connection, saved.uid)


def test_both_chains_hold_after_many_changes(desk_with_notes: Desk, clock: FixedClock) -> None:
    desk = desk_with_notes
    value = save(desk, note(desk.database))
    for round_ in range(5):
        clock.advance(60)
        value = save(desk, replace(value, title=f"第{round_}次"))
    with desk.reading(needs=Right.READ) as connection:
        numbers = connection.execute(sa.select(CHANGE.c.n).order_by(CHANGE.c.n)).scalars().all()
        assert list(numbers) == [1, 2, 3, 4, 5, 6]
        assert audit.check_audit(connection) == []
        assert audit.check_changes(connection) == []


@pytest.mark.parametrize(
    ("table", "damage", "said"),
    [
        (AUDIT, {"actor_name": "张三"}, "审计记录第 2 条被改动过"),
        (AUDIT, {"at": 5}, "审计记录第 2 条被改动过"),
        (CHANGE, {"payload": '{"title":"假"}'}, "变更记录第 2 条被改动过"),
        (CHANGE, {"op": "delete"}, "变更记录第 2 条被改动过"),
    ],
)
def test_a_changed_entry_is_named(
    desk_with_notes: Desk, table: sa.Table, damage: dict[str, object], said: str
) -> None:
    desk = desk_with_notes
    for title in ("甲", "乙", "丙"):
        save(desk, note(desk.database, title))
    with desk.database.unrecorded() as connection:
        connection.execute(sa.update(table).where(table.c.n == 2).values(damage))

    with desk.reading(needs=Right.READ) as connection:
        problems = audit.check_audit(connection) + audit.check_changes(connection)
    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize(
    ("table", "gone", "said"),
    [
        (AUDIT, 2, "审计记录第 2 条不见了"),
        (AUDIT, 3, "审计记录末尾缺少 1 条"),
        (CHANGE, 1, "变更记录第 1 条不见了"),
    ],
)
def test_a_missing_entry_is_named(
    desk_with_notes: Desk, table: sa.Table, gone: int, said: str
) -> None:
    desk = desk_with_notes
    for title in ("甲", "乙", "丙"):
        save(desk, note(desk.database, title))
    with desk.database.unrecorded() as connection:
        connection.execute(sa.delete(table).where(table.c.n == gone))

    with desk.reading(needs=Right.READ) as connection:
        problems = audit.check_audit(connection) + audit.check_changes(connection)
    assert problems == [f"{said}。"]


def test_a_change_whose_payload_was_dropped_still_proves_the_chain(desk_with_notes: Desk) -> None:
    desk = desk_with_notes
    save(desk, note(desk.database))
    with desk.database.unrecorded() as connection:
        connection.execute(sa.update(CHANGE).values(payload=None))

    with desk.reading(needs=Right.READ) as connection:
        assert audit.check_changes(connection) == []


def test_numbers_never_repeat_and_series_count_apart(desk: Desk) -> None:
    with desk.unit_of_work("取号", needs=Right.REGISTER) as unit:
        numbers = [next_number(unit, 2026), next_number(unit, 2026), next_number(unit, 2027)]
        resident = next_number(unit, 2026, series="R")

    assert numbers == ["QR01-2026A-00001", "QR01-2026A-00002", "QR01-2027A-00001"]
    assert resident == "QR01-R2026A-00001"


def test_a_text_too_long_for_its_column_is_refused_by_the_database_too(
    desk_with_notes: Desk,
) -> None:
    desk = desk_with_notes
    with pytest.raises(sa.exc.IntegrityError):
        save(desk, note(desk.database, "长" * 21))
    assert count(desk, NOTES) == 0


@pytest.mark.sqlite_only
def test_a_window_hears_of_what_another_process_wrote_but_not_of_its_own(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    other = open_file(tmp_path / "jinlin.db", KEY, clock)
    with desk.unit_of_work("登记来访", needs=Right.REGISTER):
        pass
    heard_of_own = desk.database.others_wrote()
    with other.unit_of_work("登记来访", CLERK, needs=Right.REGISTER):
        pass
    other.close()

    assert not heard_of_own
    assert desk.database.others_wrote()
    assert not desk.database.others_wrote()
