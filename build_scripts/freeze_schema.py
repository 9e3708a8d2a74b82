"""Writes a step of the schema that adds tables, for both databases, from what `tables.py` says.

For a new ledger, with the project's environment:
`python -m build_scripts.freeze_schema m0002_activities 活动台账 activity attendance`. What it
writes is read over, put on the list in `steps.py` and from then on frozen; a change of tables that
are there already is a step written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop_app import catalog
from desktop_app.storage.base import METADATA

FOLDER = Path(__file__).parent.parent / "desktop_app" / "storage" / "migrations"

HEAD = '''"""Step {number}: {title}. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = {number}
TITLE = "{title}"
'''


def statements(tables: list[sa.Table], dialect: Dialect) -> list[str]:
    """CREATE statements of these tables and their indexes, in order."""
    found = []
    for table in tables:
        found.append(_text(CreateTable(table), dialect))
        for index in sorted(table.indexes, key=_index_name):
            found.append(_text(CreateIndex(index), dialect))
    return found


def _index_name(index: sa.Index) -> str:
    return str(index.name)


def _text(ddl: sa.schema.ExecutableDDLElement, dialect: Dialect) -> str:
    compiled = str(ddl.compile(dialect=dialect))
    return "\n".join(line.rstrip() for line in compiled.strip().splitlines())


def step(module: str, title: str, names: list[str]) -> str:
    """The source of the step `module` (`m0002_activities`) that makes the tables of these names."""
    catalog.table_modules()
    wanted = [table for table in METADATA.sorted_tables if table.name in names]
    parts = [HEAD.format(number=int(module[1:5]), title=title)]
    dialects: dict[str, type[Dialect]] = {
        "SQLITE": sqlite.dialect,
        "POSTGRESQL": postgresql.dialect,
    }
    for name, dialect in dialects.items():
        body = "".join(f'    """\n{text}\n""",\n' for text in statements(wanted, dialect()))
        parts.append(f"\n{name} = (\n{body})\n")
    return "".join(parts)


def main() -> None:
    module, title, *names = sys.argv[1:]
    (FOLDER / f"{module}.py").write_text(step(module, title, names), encoding="utf-8")


if __name__ == "__main__":
    main()
