"""The column types and the one `MetaData` that every `tables.py` is written with.

All columns use these types, so that one mapping serves SQLite's STRICT tables and PostgreSQL alike.
SQLAlchemy Core only: rows become frozen dataclasses at once, so the ORM's own unit of work would be
a second one beside ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from desktop_app.core.codec import spelled_value
from desktop_app.storage.packing import pack, unpack

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class ColumnCipher(Protocol):
    """Seals single values for a database that is not itself encrypted (PostgreSQL)."""

    def seal(self, text: str) -> str: ...

    def open(self, text: str) -> str: ...


def use_cipher(dialect: Dialect, cipher: ColumnCipher) -> None:
    """Give the engine's dialect the cipher that `Secret` columns on PostgreSQL are sealed with."""
    dialect.jinlin_cipher = cipher  # type: ignore[attr-defined]


class Int(TypeDecorator[int]):
    """A whole number of 64 bits."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.INTEGER() if dialect.name == "sqlite" else sa.BigInteger()
        )


class Text(TypeDecorator[str]):
    """Text compared byte by byte on both databases, so that the order is the same everywhere."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.Text() if dialect.name == "sqlite" else sa.Text(collation="C")
        )


class Blob(TypeDecorator[bytes]):
    """Raw bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.BLOB() if dialect.name == "sqlite" else postgresql.BYTEA()
        )


class UidType(TypeDecorator[UUID]):
    """A `Uid`: 16 raw bytes in SQLite, the native type in PostgreSQL."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BLOB())
        return dialect.type_descriptor(postgresql.UUID(as_uuid=True))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=bytes(value))


class Flag(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.INTEGER() if dialect.name == "sqlite" else sa.SmallInteger()
        )

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO text: sorts as it reads, and needs no zone."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.Text() if dialect.name == "sqlite" else sa.Text(collation="C")
        )

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A short nested value as canonical JSON text. Never searched inside."""

    impl = sa.Text
    cache_ok = True
    nested = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else spelled_value(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Secret(TypeDecorator[str]):
    """Text that must not lie open in a database file: sealed by us where the file is not."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name == "sqlite":
            return value
        sealed: str = dialect.jinlin_cipher.seal(value)  # type: ignore[attr-defined]
        return sealed

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name == "sqlite":
            return value
        opened: str = dialect.jinlin_cipher.open(value)  # type: ignore[attr-defined]
        return opened


class SecretJson(Secret):
    """A nested value kept like `Secret`."""

    cache_ok = True
    nested = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return super().process_bind_param(None if value is None else spelled_value(value), dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        text = super().process_result_value(value, dialect)
        return None if text is None else json.loads(text)


class Packed(TypeDecorator[str]):
    """A long machine-made text that nobody searches: packed in SQLite, sealed on PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.BLOB() if dialect.name == "sqlite" else sa.Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return pack(value)
        return dialect.jinlin_cipher.seal(value)  # type: ignore[attr-defined]

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return unpack(bytes(value))
        opened: str = dialect.jinlin_cipher.open(value)  # type: ignore[attr-defined]
        return opened


Convert = Callable[[Any], Any]
_IN_A_FILE: Mapping[type[TypeEngine[Any]], Convert | None] = {
    **dict.fromkeys((Int, Text, Blob, Secret)),
    UidType: lambda value: value.int.to_bytes(16),
    Flag: int,
    Day: date.isoformat,
    Json: spelled_value,
    SecretJson: spelled_value,
    Packed: pack,
}
"""What SQLite's driver is given for a value that is there: the shortest way."""


def convert_of(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How a column of this type binds a value that is there; None: just as it is.

    SQLAlchemy's own way costs twice as much for each value.
    """
    if dialect.name == "sqlite" and type(kind) in _IN_A_FILE:
        return _IN_A_FILE[type(kind)]
    processor: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return processor


def table(name: str, *columns: sa.schema.SchemaItem, **options: Any) -> sa.Table:
    """A table of the house: STRICT on SQLite."""
    return sa.Table(name, METADATA, *columns, sqlite_strict=True, **options)


def record_table(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """A table of records: the common columns of `core.record.Record` and then its own."""
    return table(
        name,
        sa.Column("uid", UidType, primary_key=True),
        sa.Column("station", Text, nullable=False),
        sa.Column("revision", Int, nullable=False),
        sa.Column("created_at", Int, nullable=False),
        sa.Column("changed_at", Int, nullable=False),
        sa.Column("deleted_at", Int),
        *columns,
    )


def text(
    name: str, limit: int, *, nullable: bool = False, default: str | None = None
) -> sa.Column[str]:
    """A text column that refuses more than `limit` characters, on SQLite as on PostgreSQL."""
    return sa.Column(
        name,
        Text,
        sa.CheckConstraint(f"length({name}) <= {limit}", name=f"{name}_length"),
        nullable=nullable,
        server_default=default,
    )


def choice(name: str, values: type[Enum], *, nullable: bool = False) -> sa.Column[str]:
    """A column that holds one of an enum's values."""
    words = ", ".join(f"'{member.value}'" for member in values)
    return sa.Column(
        name,
        Text,
        sa.CheckConstraint(f"{name} IN ({words})", name=f"{name}_known"),
        nullable=nullable,
    )
