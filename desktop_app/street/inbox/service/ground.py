"""What every use case of the inbox stands on: the ledgers there are, and where things lie."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.books import Dated
from desktop_app.core.rights import Right
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.shelf import Shelf
from desktop_app.street.inbox.store.rows import Kept


@dataclass(frozen=True)
class Ground:
    """The open street and the kinds of record that travel to it; made once for many files."""

    desk: Desk
    scratch: Path

    @property
    def database(self) -> Database:
        return self.desk.database

    @cached_property
    def dialect(self) -> Any:
        """How the database binds values: rows can be made ready without a connection."""
        with self.desk.reading(needs=Right.RECEIVE) as connection:
            return connection.dialect

    @cached_property
    def shelves(self) -> Mapping[str, Shelf[Any]]:
        return catalog.travelling()

    @cached_property
    def kept(self) -> Mapping[str, Kept]:
        dated = {kind: how for book in catalog.books() for kind, how in book.dated.items()}
        return {name: _kept(shelf, dated.get(name)) for name, shelf in self.shelves.items()}

    def label(self, kind: str) -> str:
        """What people call a kind of record; of one that is not known here, its own name."""
        shelf = self.shelves.get(kind)
        return kind if shelf is None else shelf.kind.label


@cache
def _kept(shelf: Shelf[Any], dated: Dated | None) -> Kept:
    """Made once in a run: its statements are put together and compiled for the first file only."""
    return Kept(shelf, dated)


def ground(desk: Desk, scratch: Path | None = None) -> Ground:
    """`scratch` is where opened files lie sealed while they are read (the system's own place)."""
    return Ground(desk, scratch or Path(tempfile.gettempdir()))
