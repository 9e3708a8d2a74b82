"""Lines of a bundle become rows: everything that needs no database, and so no waiting for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.bundle.lines import DELETE, PUT, UNSAID, ChangeLine
from desktop_app.core.arriving import Unreadable
from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.street.inbox.rules.forms import Form, Marks
from desktop_app.street.inbox.rules.parking import Reason
from desktop_app.street.inbox.store.rows import Kept

LINE_EXTRA = "@"
"""Under this name stands in `beyond` what the line says besides its fields."""


@dataclass(slots=True)
class Item:
    """One change as it goes into the street's database.

    `row` and `value` are there when the change brings a record that can be read; otherwise `reason`
    says why not, and `blamed` which field is. `beyond` is what this program does not know
    of it, `form` which fields came. `born` is when the station made the record.
    """

    line: ChangeLine
    profile: str
    born: Millis
    value: Record | None = None
    row: dict[str, Any] | None = None
    beyond: dict[str, Plain] = field(default_factory=dict)
    form: Form | None = None
    reason: Reason | None = None
    blamed: str = ""


class Preparing:
    """Prepares the lines of one bundle, in their order."""

    def __init__(self, station: str, profile: str, kept: Mapping[str, Kept]) -> None:
        self._station = station
        self._profile = profile
        self._kept = kept
        self._marks = {name: Marks(one.kind, profile) for name, one in kept.items()}
        self._born: dict[str, dict[Uid, Millis]] = {}

    def items(self, lines: Iterable[ChangeLine]) -> Iterator[Item]:
        """Every line, prepared."""
        for line in lines:
            yield self.item(line)

    def item(self, line: ChangeLine) -> Item:
        """One line; whoever asks goes through them in order."""
        at = Millis(line.at)
        if line.uid is None or line.kind == UNSAID:
            return Item(line, self._profile, at)
        waiting = self._born.setdefault(line.kind, {})
        if line.op == PUT and line.fields is None:
            waiting.setdefault(line.uid, at)
            return Item(line, self._profile, at)
        item = Item(line, self._profile, waiting.pop(line.uid, at))
        if line.op == DELETE or line.fields is None:
            return item
        self._read(item, line, line.fields)
        return item

    def without_content(self) -> dict[str, list[Uid]]:
        """The records of which there were only changes that a later one should have superseded."""
        return {kind: list(waiting) for kind, waiting in self._born.items() if waiting}

    def _read(self, item: Item, line: ChangeLine, fields: dict[str, Plain]) -> None:
        kept = self._kept.get(line.kind)
        if kept is None:
            item.reason = Reason.UNKNOWN
            return
        common = {
            "uid": line.uid,
            "station": self._station,
            "revision": line.revision,
            "created_at": item.born,
            "changed_at": line.at,
            "deleted_at": None,
        }
        try:
            item.value, item.beyond = kept.reader.read(common, fields, line.version)
        except SafetyRefusal:
            item.reason = Reason.NEWER
        except Unreadable as fault:
            item.reason, item.blamed = Reason.UNREADABLE, fault.field
        else:
            if line.extra:
                item.beyond[LINE_EXTRA] = dict(line.extra)
            names = kept.reader.names(fields, line.version)
            item.form = self._marks[line.kind].form(names)
            item.row = kept.row(item.value, item.form.fields)
