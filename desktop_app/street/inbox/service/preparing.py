"""Lines of a bundle become rows: everything that needs no database, and so no waiting for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.bundle.lines import UNSAID, ChangeLine
from desktop_app.core.arriving import Unreadable
from desktop_app.core.chain import DELETE, PUT
from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.storage.row_writer import Bound
from desktop_app.street.inbox.rules.forms import Form, Marks
from desktop_app.street.inbox.rules.parking import Reason
from desktop_app.street.inbox.store.rows import Kept

LINE_EXTRA = "@"
"""Under this name stands in `beyond` what the line says besides its fields."""


@dataclass(slots=True)
class Item:
    """One change as it goes into the street's database.

    `row` is there when the change brings a record that can be read; otherwise `reason` says why
    not, and `blamed` which field is. `beyond` is what this program does not know of it, `form`
    which fields came. `born` is when the station made the record.
    """

    line: ChangeLine
    profile: str
    born: Millis
    row: Bound | None = None
    beyond: dict[str, Plain] = field(default_factory=dict)
    form: Form | None = None
    reason: Reason | None = None
    blamed: str = ""


class Preparing:
    """Prepares the lines of one bundle, in their order."""

    def __init__(self, station: str, profile: str, kept: Mapping[str, Kept], dialect: Any) -> None:
        self._station = station
        self._dialect = dialect
        self._profile = profile
        self._kept = kept
        self._marks = {name: Marks(one.kind, profile) for name, one in kept.items()}
        self._forms: dict[tuple[str, int, tuple[str, ...]], Form] = {}
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
        try:
            value, item.beyond = kept.reader.read(
                common_of(line, self._station, item.born), fields, line.version
            )
        except SafetyRefusal:
            item.reason = Reason.NEWER
        except Unreadable as fault:
            item.reason, item.blamed = Reason.UNREADABLE, fault.field
        else:
            if line.extra:
                item.beyond[LINE_EXTRA] = dict(line.extra)
            item.form = self._form(kept, fields, line.version)
            item.row = kept.bound(self._dialect, value, item.form.fields)

    def _form(self, kept: Kept, fields: dict[str, Plain], version: int) -> Form:
        """Some dozen forms serve all rows: worked out once for each set of names."""
        key = (kept.kind.name, version, tuple(fields))
        known = self._forms.get(key)
        if known is None:
            names = kept.reader.names(fields, version)
            known = self._forms[key] = self._marks[kept.kind.name].form(names)
        return known


def common_of(line: ChangeLine, station: str, born: Millis) -> dict[str, Any]:
    """The columns that every record has, of one that came with this change."""
    return {
        "uid": line.uid,
        "station": station,
        "revision": line.revision,
        "created_at": born,
        "changed_at": line.at,
        "deleted_at": None,
    }
