"""A prepared statement writes and finds what SQLAlchemy's own way does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.chain import change_digest, change_text, digest_of
from desktop_app.core.codec import canonical
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.storage.base import use_cipher
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Database, Desk
from tests.storage.notes import NOTES, SHELF, Tag, make_table, note

INSERT = Prepared(sa.insert(NOTES))
RENAME = Prepared(
    sa.update(NOTES)
    .where(NOTES.c.uid == sa.bindparam("of", type_=NOTES.c.uid.type))
    .values(title=sa.bindparam("new"))
)


@pytest.fixture
def notes(database: Database) -> Database:
    make_table(database)
    return database


def test_every_column_type_reads_back_as_it_was_given(notes: Database, desk: Desk) -> None:
    given_note = note(
        notes, "修灯", day=date(2026, 11, 23), done=True, tags=(Tag("急", 3),), hidden=("甲",)
    )
    empty = note(notes, "空")
    with notes.unrecorded() as connection:
        INSERT.run_many(connection, [SHELF.row(given_note), SHELF.row(empty)])

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, given_note.uid) == given_note
        assert SHELF.get(connection, empty.uid) == empty


def test_an_update_says_how_many_rows_it_met(notes: Database, desk: Desk) -> None:
    saved = note(notes)
    with notes.unrecorded() as connection:
        INSERT.run(connection, SHELF.row(saved))
        met = RENAME.run(connection, {"of": saved.uid, "new": "换锁"}).rowcount
        missed = RENAME.run(connection, {"of": Uid(int=1), "new": "换锁"}).rowcount

    assert (met, missed) == (1, 0)
    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, saved.uid) == replace(saved, title="换锁")


def test_a_missing_value_is_a_bug_and_nothing_is_written(notes: Database, desk: Desk) -> None:
    row = SHELF.row(note(notes))
    del row["title"]

    with notes.unrecorded() as connection, pytest.raises(KeyError):
        INSERT.run(connection, row)

    with desk.reading(needs=Right.READ) as connection:
        assert connection.execute(sa.select(NOTES)).first() is None


def test_each_station_seals_with_its_own_cipher() -> None:
    class Stamp:
        def __init__(self, mark: str) -> None:
            self.mark = mark

        def seal(self, text: str) -> str:
            return self.mark + text

        def open(self, text: str) -> str:
            return text.removeprefix(self.mark)

    sealed = []
    row = {column.name: None for column in NOTES.c} | {"hidden": ["甲"]}
    for mark in ("一", "二"):
        engine = sa.create_engine("postgresql+psycopg://")
        use_cipher(engine.dialect, Stamp(mark))
        sealed.append(INSERT.compiled(engine.dialect).bind(row)["hidden"])

    assert sealed == ['一["甲"]', '二["甲"]']


@given(
    kind=st.text(max_size=5),
    uid=st.uuids(),
    numbers=st.tuples(*[st.integers(min_value=0, max_value=2**62)] * 3),
    fields=st.dictionaries(
        st.text(max_size=5),
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.text()),
        max_size=4,
    ),
)
def test_the_short_way_to_a_digest_gives_the_digest_that_is_checked(
    kind: str, uid: UUID, numbers: tuple[int, int, int], fields: dict[str, object]
) -> None:
    revision, version, at = numbers
    content = {
        "kind": kind,
        "uid": uid.hex,
        "op": "put",
        "revision": revision,
        "version": version,
        "at": at,
        "fields": fields,
    }

    text = change_text(
        kind=kind, uid=uid.hex, op="put", revision=revision, version=version, at=at,
        payload=canonical(fields),
    )  # fmt: skip

    assert digest_of(b"salt", text) == change_digest(b"salt", content)


def test_raw_rows_are_all_the_rows_as_the_driver_gives_them(notes: Database, desk: Desk) -> None:
    counted = Prepared(sa.select(NOTES.c.title, sa.func.count()).group_by(NOTES.c.title))
    with notes.unrecorded() as connection:
        INSERT.run_many(connection, [SHELF.row(note(notes, title)) for title in ("甲", "乙", "甲")])
    with desk.reading(needs=Right.READ) as connection:
        assert sorted(counted.rows(connection, {})) == [("乙", 1), ("甲", 2)]
        # The connection is free for the next one.
        assert counted.rows(connection, {})
