"""Prepared changes that wait for the database: a few in memory, many in a sealed scratch file.

Nothing of a bundle ever lies open on a disk, and a large one must not fill the memory; so what is
ready is written to a file that only this process can read, and that is gone with it.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.bundle.lines import ChangeLine
from desktop_app.bundle.scratch import Scratch
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.street.inbox.rules.forms import Form
from desktop_app.street.inbox.rules.parking import Reason
from desktop_app.street.inbox.service.preparing import Item

_AT_ONCE = 256
_LENGTH_BYTES = 8

_REASONS = {reason.value: reason for reason in Reason}


class Waiting:
    """Items in the order they were added; closed when nobody needs them any more."""

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder = folder
        self._keep = keep
        self._here: list[Item] = []
        self._there: Scratch | None = None
        self._forms: list[Form] = []
        self._numbers: dict[Form, int] = {}

    def add(self, item: Item) -> None:
        """One more."""
        self._here.append(item)
        if len(self._here) > (self._keep if self._there is None else _AT_ONCE):
            self._put_away()

    def __iter__(self) -> Iterator[Item]:
        if self._there is not None:
            self._put_away()
            self._there.finish()
            yield from self._fetched(self._there)
        yield from self._here

    def close(self) -> None:
        """Let go of what waits."""
        self._here = []
        if self._there is not None:
            self._there.close()

    def _put_away(self) -> None:
        if self._there is None:
            self._there = Scratch(self._folder)
        if self._here:
            # Read back by nobody but this process: the file is sealed under a key of its own.
            packed = marshal.dumps([self._plain(item) for item in self._here])
            self._there.write(len(packed).to_bytes(_LENGTH_BYTES, "big") + packed)
        self._here = []

    def _fetched(self, scratch: Scratch) -> Iterator[Item]:
        at = 0
        while at < scratch.size:
            length = int.from_bytes(scratch.read_all(at, _LENGTH_BYTES), "big")
            at += _LENGTH_BYTES
            for plain in marshal.loads(scratch.read_all(at, length)):
                yield self._item(plain)
            at += length

    def _plain(self, item: Item) -> tuple[Any, ...]:
        line = item.line
        return (
            line.n,
            line.digest,
            line.kind,
            None if line.uid is None else line.uid.bytes,
            line.op,
            line.revision,
            line.version,
            line.at,
            line.fields,
            None if line.extra is None else dict(line.extra),
            item.profile,
            item.born,
            item.row,
            item.beyond or None,
            self._number(item.form),
            None if item.reason is None else item.reason.value,
            item.blamed,
        )

    def _item(self, plain: tuple[Any, ...]) -> Item:
        n, digest, kind, uid, op, revision, version, at, fields, extra = plain[:10]
        profile, born, row, beyond, form, reason, blamed = plain[10:]
        line = ChangeLine(
            n, digest, kind, None if uid is None else Uid(bytes=uid), op, revision, version, at,
            fields, extra,
        )  # fmt: skip
        return Item(
            line,
            profile,
            Millis(born),
            row,
            beyond or {},
            None if form is None else self._forms[form],
            None if reason is None else _REASONS[reason],
            blamed,
        )

    def _number(self, form: Form | None) -> int | None:
        if form is None:
            return None
        known = self._numbers.get(form)
        if known is None:
            known = self._numbers[form] = len(self._forms)
            self._forms.append(form)
        return known
