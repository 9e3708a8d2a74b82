"""The door out of a list: 导出 at its foot and on F12, for just what is listed, in its order.

A page hands over how it reads itself, so that what is written cannot differ from what is listed.
What is written of each record, and where to, is for whoever follows the route.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot

from desktop_app.core.job import Job
from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import ExportList
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.page import Page
from desktop_app.widgets.table_page import PagedTable

KEY = "F12"
WORD = "导出"
HINT = KeyHint(KEY, "导出成表格（照现在的筛选）")

Reading = Callable[[str | None, Job], Any]
"""Reads the page after a cursor; answers it, or what has it as its `page`."""


def offer_export(
    page: Page,
    table: PagedTable,
    kind: str,
    actor: Actor,
    reading: Callable[[], Reading | None],
    words: Callable[[], str],
    *,
    keys: str = KEY,
) -> None:
    """Put the door at the foot of a list, for who may export. `kind` is that of the records.

    `reading()` is asked when the door is used, in the window's thread; None while what is wanted
    cannot be read. `words()` say how the list is narrowed. A second list of a page has no `keys`.
    """
    if actor.may(Right.EXPORT):
        _Door(page, table, kind, reading, words, keys)


def offer_export_of_rows(
    page: Page, table: PagedTable, kind: str, actor: Actor, *, keys: str = KEY
) -> None:
    """The same for a list that is read whole: what stands in the table is written."""

    def reading() -> Reading:
        rows = tuple(table.model.rows)
        return lambda _cursor, _job: _Whole(rows)

    offer_export(page, table, kind, actor, reading, lambda: "", keys=keys)


class _Whole:
    """All rows as one page."""

    def __init__(self, rows: Sequence[object]) -> None:
        self.rows = rows
        self.later = None


class _Door(QObject):
    def __init__(
        self,
        page: Page,
        table: PagedTable,
        kind: str,
        reading: Callable[[], Reading | None],
        words: Callable[[], str],
        keys: str,
    ) -> None:
        super().__init__(table)
        self._page, self._table, self._kind = page, table, kind
        self._reading, self._words = reading, words
        self.button = plain_button(WORD, table.foot, icon_name="download", keys=keys)
        self.button.setProperty("role", "plain")
        self.button.setToolTip("把列出的存成表格" + (f"（{keys}）" if keys else ""))
        self.button.setEnabled(False)
        table.foot.add_tool(self.button)
        self.button.clicked.connect(self._go)
        table.model.modelReset.connect(self._look)
        if keys and HINT not in page.more_hints:
            page.more_hints = (*page.more_hints, HINT)

    @Slot()
    def _look(self) -> None:
        self.button.setEnabled(self._table.model.rowCount() > 0)

    @Slot()
    def _go(self) -> None:
        read = self._reading()
        if read is None:
            return
        uid_of = self._table.model.uid_of

        def uids(cursor: str | None, job: Job) -> tuple[Sequence[str], str | None]:
            answer = read(cursor, job)
            found: Any = answer.page if hasattr(answer, "page") else answer
            return [uid_of(row) for row in found.rows], found.later

        said = self._table.foot.count
        self._page.go(ExportList(self._kind, uids, said, self._words()))
