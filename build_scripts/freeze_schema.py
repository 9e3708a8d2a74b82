"""Writes the foundation step of the schema from the tables, for both databases.

Used only until a schema is released: a released step is frozen, and later changes are new steps
written by hand. Run it with the project's environment: `python -m build_scripts.freeze_schema`.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop_app import catalog
from desktop_app.storage import tables as own_tables
from desktop_app.storage.base import METADATA

STEP = (
    Path(__file__).parent.parent / "desktop_app" / "storage" / "migrations" / "m0001_foundation.py"
)

HEAD = '''"""Step 1: the tables of the foundation. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 1
TITLE = "基础表"
'''


def statements(dialect: Dialect) -> list[str]:
    """CREATE statements of every table and index, in order."""
    found = []
    for table in METADATA.sorted_tables:
        found.append(_text(CreateTable(table), dialect))
        for index in sorted(table.indexes, key=_index_name):
            found.append(_text(CreateIndex(index), dialect))
    found.append("INSERT INTO meta (name, value) VALUES ('schema_version', '0')")
    return found


def _index_name(index: sa.Index) -> str:
    return str(index.name)


def _text(ddl: sa.schema.ExecutableDDLElement, dialect: Dialect) -> str:
    compiled = str(ddl.compile(dialect=dialect))
    return "\n".join(line.rstrip() for line in compiled.strip().splitlines())


def main() -> None:
    catalog.table_modules()
    assert own_tables.META is not None
    parts = [HEAD]
    dialects: dict[str, type[Dialect]] = {
        "SQLITE": sqlite.dialect,
        "POSTGRESQL": postgresql.dialect,
    }
    for name, dialect in dialects.items():
        body = "".join(f'    """\n{text}\n""",\n' for text in statements(dialect()))
        parts.append(f"\n{name} = (\n{body})\n")
    STEP.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
