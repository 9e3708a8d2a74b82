"""A sheet whose fields survive: Esc and a power cut leave what was typed for the next time.

What is asked and what is saved is for its subclasses. Values are kept as they stand in the fields.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.registers.volunteers.service import half_filled
from desktop_app.storage.session import Desk
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.forms import ScrollPage, field_row, plain_button
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput

CONTINUED = "已接着上次没有保存的内容。"
OUTDATED = "已接着上次没有保存的内容；这条记录后来改过，请逐项核对后再保存。"

Left = dict[str, Any] | None
"""What was left over: the revision it was typed over, and what stood in the fields."""


class KeptSheet(SavingSheet):
    """`draft` names where it is kept, `revision` the record as the form shows it (0: a new one).

    A subclass adds its fields to `area.body`, and calls `begin_with` when they are filled.
    """

    not_kept: frozenset[str] = frozenset()
    """Fields that begin anew each time."""

    def __init__(self, page: Page, desk: Desk, title: str, text: str, *, draft: str) -> None:
        super().__init__(page, title, text, "保存")
        self._page, self._desk, self._draft = page, desk, draft
        self._revision = 0
        self._fresh: dict[str, Any] = {}
        self._ready = False
        self.area = ScrollPage(self)
        self.area.body.setSpacing(SPACE.medium)
        # The scrolling area would cut the frames of fields that touch its edge.
        self.area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        self._told = QLabel(self)
        self._told.setProperty("role", "quiet")
        self._told.setWordWrap(True)
        self._again = plain_button("清空重填", self)
        self._again.clicked.connect(self._begin_again)
        self._told_row = QWidget(self)
        line = QHBoxLayout(self._told_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._told, 1)
        line.addWidget(self._again)
        self._told_row.hide()
        self.body.addWidget(self._told_row)
        self.body.addWidget(self.area, 1)
        self.keeper = DraftKeeper(page, self._worth_keeping)
        self.finished.connect(self.keeper.deleteLater)

    def add_row(self, fields: list[QWidget], shares: tuple[int, ...] = ()) -> QWidget:
        """Fields side by side; the row is answered, for such as are not always asked."""
        row = QWidget(self.area)
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(field_row(fields, shares))
        self.area.body.addWidget(row)
        return row

    def begin_with(self, left: Left, revision: int) -> None:
        """The fields say what the record says; over it comes what was left over."""
        self.area.body.addStretch(1)
        self._revision = revision
        self._fresh = self.typed()
        kept = left.get("typed") if left is not None else None
        if isinstance(kept, dict):
            self.put_typed(kept)
            current = left is not None and left.get("revision") == revision
            self._told.setText(CONTINUED if current else OUTDATED)
            self._told_row.show()
        self.keeper.begin_with(self._store, kept)
        self.wire(self.body, one_by_one=True)
        for field in self.fields.values():
            editor: Any = field.editor
            editor.changed.connect(self.keeper.touch)
        self._ready = True

    def size_to(self, width: int, height: int) -> None:
        """So large at the normal text size, never larger than the window."""
        share = theme_of().metrics.body / 14
        room = self._page.window().size()
        self.resize(
            min(round(width * share), room.width() - 2 * SPACE.wide),
            min(round(height * share), room.height() - 2 * SPACE.wide),
        )

    def typed(self) -> dict[str, Any]:
        """What stands in the fields."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name not in self.not_kept:
                editor: Any = field.editor
                value = editor.value()
                found[name] = list(value) if isinstance(value, tuple) else value
        return found

    def put_typed(self, typed: dict[str, Any]) -> None:
        """Put back what stood in the fields; a field there was none of then stays as it is."""
        for name, value in typed.items():
            if name in self.fields:
                editor: Any = self.fields[name].editor
                editor.set_value(value)

    def day_in(self, name: str) -> Any:
        """The day in a field, or None; `UserError` when what stands there is none."""
        editor = self.fields[name].editor
        assert isinstance(editor, DateInput)
        if problem := editor.problem():
            raise UserError(problem, field=name)
        return editor.day()

    def accept(self) -> None:
        saving = self._answer == "yes"
        if not saving:
            self.keeper.flush()
        super().accept()

    def reject(self) -> None:
        self.keeper.flush()
        # Nothing is lost: nobody is asked twice.
        self._untouched = self._typed()
        super().reject()

    def saved(self, changed: Changed[Any]) -> Changed[Any]:
        """It is saved: there is nothing to go on with."""
        self.keeper.stop()
        half_filled.keep(self._desk, self._draft, None)
        return changed

    def _worth_keeping(self) -> dict[str, Any] | None:
        typed = self.typed()
        return None if not self._ready or typed == self._fresh else typed

    def _store(self, typed: object) -> None:
        worth = {"revision": self._revision, "typed": typed} if isinstance(typed, dict) else None
        half_filled.keep(self._desk, self._draft, worth)

    @Slot()
    def _begin_again(self) -> None:
        self.put_typed(self._fresh)
        self._told_row.hide()
        self.keeper.touch()
        next(iter(self.fields.values())).go()


def draft_name(form: str, uid: Any) -> str:
    """Where the form of a record is kept; a new one has no uid."""
    return form if uid is None else f"{form}:{uid.hex}"


def read_left(desk: Desk, form: str, uid: Any) -> Left:
    """What was left over of it; in a worker's thread."""
    return half_filled.left_over(desk, draft_name(form, uid))
