"""Rows come again under a wider projection: what was missing of them is filled in.

Nothing changes by it: a row is only taken at the very revision the street has, and what is there
whole is never exchanged for something masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.bundle.lines import ChangeLine, CurrentLine
from desktop_app.core.arriving import Unreadable
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.storage.row_writer import Bound
from desktop_app.street.inbox.rules.forms import Form, Marks, wider_profile
from desktop_app.street.inbox.rules.parking import ParkedRecord
from desktop_app.street.inbox.service.writing import Written
from desktop_app.street.inbox.store import aside, log
from desktop_app.street.inbox.store.rows import Kept

_TOGETHER = 500


def again(line: ChangeLine) -> CurrentLine | None:
    """A change that the street has already, as a row that came once more."""
    if line.uid is None or line.fields is None:
        return None
    return CurrentLine(
        line.kind, line.uid, line.revision, line.version, line.at, line.fields, line.extra
    )


@dataclass(slots=True)
class _Filled:
    """A row with more of it: as it is written, and the form it has from now on."""

    value: Any
    row: Bound
    form: Form
    number: int
    beyond: dict[str, Any]


class Filling:
    """The rows of one station that came again, inside one transaction."""

    def __init__(
        self,
        connection: Any,
        station: str,
        profile: str,
        kept: Mapping[str, Kept],
        known: log.Forms,
    ) -> None:
        self._connection = connection
        self._station = station
        self._profile = profile
        self._kept = kept
        self._forms = known
        self._marks = {name: Marks(one.kind, profile) for name, one in kept.items()}
        self._waiting: dict[str, dict[Uid, CurrentLine]] = {}
        self._found: dict[str, int] = {}

    def add(self, line: CurrentLine | None) -> None:
        """One row more."""
        if line is None:
            return
        waiting = self._waiting.setdefault(line.kind, {})
        waiting[line.uid] = line
        if len(waiting) >= _TOGETHER:
            self._fill(line.kind)

    def finish(self, written: Written) -> None:
        """Fill in what still waits, and count of how many rows there is more now."""
        for kind in list(self._waiting):
            self._fill(kind)
        for kind, times in self._found.items():
            written.count(kind, "filled", times)

    def _fill(self, kind: str) -> None:
        lines = self._waiting.pop(kind)
        self._fill_parked(kind, lines)
        kept = self._kept.get(kind)
        if kept is None:
            return
        uids = list(lines)
        values = kept.values(self._connection, uids)
        newest = log.newest(self._connection, self._station, kind, uids)
        beyond = aside.extras(self._connection, kind, uids)
        filled = {}
        for uid, line in lines.items():
            value, entry = values.get(uid), newest.get(uid)
            if value is None or entry is None or not self._is_the_same(value, line, entry):
                continue
            if (one := self._filled(kept, value, line, entry, beyond.get(uid, {}))) is not None:
                filled[uid] = one
        self._write(kept, filled)

    def _is_the_same(self, value: Any, line: CurrentLine, entry: Any) -> bool:
        return (
            value.station == self._station
            and not value.deleted
            and value.revision == line.revision == entry["revision"]
            and entry["form"] is not None
        )

    def _filled(
        self, kept: Kept, value: Any, line: CurrentLine, entry: Any, beyond: dict[str, Any]
    ) -> _Filled | None:
        try:
            read, more = kept.reader.read({}, line.fields, line.version)
            names = kept.reader.names(line.fields, line.version)
        except (Unreadable, SafetyRefusal):
            return None
        held, came = self._forms.of(entry["form"]), self._marks[kept.kind.name].form(names)
        taken = held.better(came)
        merged = altered(value, **{name: getattr(read, name) for name in taken})
        form = held.joined(came)
        if merged == value and form.key == held.key and more.items() <= beyond.items():
            return None
        row = kept.bound(self._connection.dialect, merged, form.fields)
        return _Filled(merged, row, form, entry["n"], {**beyond, **more})

    def _write(self, kept: Kept, filled: dict[Uid, _Filled]) -> None:
        kind = kept.kind.name
        if filled and kept.write(self._connection, [one.row for one in filled.values()]):
            filled = {
                uid: one
                for uid, one in filled.items()
                if kept.write(self._connection, [one.row]) is None
            }
        if not filled:
            return
        numbers = {one.number: self._forms.number(one.form) for one in filled.values()}
        log.set_forms(self._connection, self._station, numbers)
        aside.set_extras(
            self._connection, self._station, kind, {uid: one.beyond for uid, one in filled.items()}
        )
        by_form: dict[frozenset[str], list[Any]] = {}
        for one in filled.values():
            by_form.setdefault(one.form.whole, []).append(one.value)
        for whole, values in by_form.items():
            kept.shelf.arrived(self._connection, values, whole)
        self._found[kind] = self._found.get(kind, 0) + len(filled)

    def _fill_parked(self, kind: str, lines: Mapping[Uid, CurrentLine]) -> None:
        """What is parked may be told more whole, too."""
        wider = [
            fuller
            for one in aside.parked_of(self._connection, self._station, kind, list(lines))
            if (fuller := self._fuller(one, lines[one.uid])) is not None
        ]
        aside.park(self._connection, wider)

    def _fuller(self, parked: ParkedRecord, line: CurrentLine) -> ParkedRecord | None:
        if parked.revision != line.revision or not parked.fields:
            return None
        if wider_profile(parked.profile, self._profile) == parked.profile:
            return None
        fields = {**parked.fields, **line.fields}
        return replace(parked, version=line.version, profile=self._profile, fields=fields)
