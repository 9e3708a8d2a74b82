"""A toy kind of record that exists only in the tests: a note with a title and some tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.record import Record, RecordKind
from desktop_app.storage.base import Day, Flag, Int, Json, SecretJson, Text, UidType
from desktop_app.storage.session import Database
from desktop_app.storage.shelf import Shelf


@dataclass(frozen=True)
class Tag:
    word: str
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Note(Record):
    title: str
    day: date | None = None
    done: bool = False
    tags: tuple[Tag, ...] = ()
    hidden: tuple[str, ...] = ()


KIND = RecordKind(
    "notes",
    "便条",
    Note,
    (
        Field("title", "标题"),
        Field("day", "日期", FieldKind.DAY),
        Field("done", "完成", FieldKind.FLAG),
        Field("tags", "标签", FieldKind.LIST),
        Field("hidden", "私密", FieldKind.LIST, private=True),
    ),
)

NOTES = sa.Table(
    "notes",
    sa.MetaData(),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("station", Text, nullable=False),
    sa.Column("revision", Int, nullable=False),
    sa.Column("created_at", Int, nullable=False),
    sa.Column("changed_at", Int, nullable=False),
    sa.Column("deleted_at", Int),
    sa.Column("title", Text, sa.CheckConstraint("length(title) <= 20"), nullable=False),
    sa.Column("day", Day),
    sa.Column("done", Flag, nullable=False),
    sa.Column("tags", Json, nullable=False),
    sa.Column("hidden", SecretJson, nullable=False),
    sqlite_strict=True,
)

SHELF = Shelf(KIND, NOTES)


def make_table(database: Database) -> None:
    """Add the toy table to a station's database."""
    with database.unrecorded() as connection:
        NOTES.create(connection)


def note(database: Database, title: str = "买灯泡", **more: object) -> Note:
    """A note not saved yet."""
    return Note(uid=database.new_uid(), station=database.station.code, title=title, **more)  # type: ignore[arg-type]
