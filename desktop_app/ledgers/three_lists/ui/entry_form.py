"""A form that fills the place of a list or a record: fields in the order one speaks, a draft kept.

What is asked and what is saved is for its subclasses. Values are kept as typed (`typed`), so that
Esc and a power cut lose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.three_lists.service import half_filled
from desktop_app.ledgers.three_lists.ui.entry_body import EntryBody
from desktop_app.ledgers.three_lists.ui.entry_editors import (
    close_offers,
    meant,
    offer_choices,
    put,
    wrong,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.forms import (
    KeyHint,
)
from desktop_app.widgets.page import Page

CONTINUED = "已接着上次没有保存的内容。"
OUTDATED = "已接着上次没有保存的内容；这条记录后来改过，请逐项核对后再保存。"
WHY = "why"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form begins with: `form` as the record says it (None: a new one), what was left over,
    and what there is to choose from by field."""

    uid: Uid | None
    revision: int
    form: Any
    left: dict[str, Any] | None
    choices: Mapping[str, Sequence[Choice]]


class EntryForm(EntryBody):
    """`saved` carries a (Changed, sentence) pair; `left` is Esc. `page` runs its work."""

    saved = Signal(object)
    left = Signal()

    hints = (KeyHint("Ctrl+Enter", "保存"), KeyHint("Esc", "返回，填的留着下次接着填"))
    draft = ""
    change_title = "更正"

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._page = page
        self._opened: Opened | None = None
        self._fresh: dict[str, Any] = {}
        self._saving = False
        self.keeper = DraftKeeper(page, self._worth_keeping)
        self.changed.connect(self.keeper.touch)
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.leave)
        self.drop_button.clicked.connect(self._begin_again)

    # --- what a form says for itself -----------------------------------------------------------

    def read_choices(self) -> Mapping[str, Sequence[Choice]]:
        """What there is to choose from; in a worker's thread."""
        raise NotImplementedError

    def read_record(self, uid: Uid) -> tuple[int, Any]:
        """Revision and form of a record that is put right; in a worker's thread."""
        raise NotImplementedError

    def save_values(self, opened: Opened, values: Mapping[str, Any]) -> tuple[Changed[Any], str]:
        """Save, in a worker's thread."""
        raise NotImplementedError

    # --- beginning -----------------------------------------------------------------------------

    def begin_new(self) -> None:
        """A new record, as the form was left the last time."""
        self._begin_with(None)

    def begin_change(self, uid: Uid) -> None:
        """A record is to be put right."""
        self._begin_with(uid)

    def put_aside(self) -> None:
        """Something else comes in its place: what was typed waits for the next time."""
        self.keeper.flush()
        self._opened = None

    # --- leaving and saving --------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: keep it. Until that is done the form can be read but not changed."""
        opened = self._opened
        if self._saving or opened is None:
            return
        for field in self.fields.values():
            # A list of what was written before must not outlive the form it hangs on.
            close_offers(field)
        problems = {name: words for name, field in self.fields.items() if (words := wrong(field))}
        self.show_problems(problems, "")
        if problems:
            return
        self._saving = True
        self.keeper.stop()
        values = {name: meant(field) for name, field in self.fields.items()}
        self.area.setEnabled(False)

        def work(_job: Job) -> tuple[Changed[Any], str]:
            told = self.save_values(opened, values)
            half_filled.keep(self._desk, self._draft_of(opened.uid), None)
            return told

        self._page.in_background("保存", work, self._done, self._not_done)

    @Slot()
    def leave(self) -> None:
        """Esc: away from here; nothing is lost."""
        if not self._saving:
            self.put_aside()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # --- inside --------------------------------------------------------------------------------

    def _begin_with(self, uid: Uid | None) -> None:
        self._opened = None
        self.area.setEnabled(False)

        def work(_job: Job) -> Opened:
            revision, form = (0, None) if uid is None else self.read_record(uid)
            left = half_filled.left_over(self._desk, self._draft_of(uid))
            return Opened(uid, revision, form, left, self.read_choices())

        self._page.in_background("打开表单", work, self._open, self._not_opened)

    def _open(self, opened: Opened) -> None:
        self._opened, self._saving = opened, False
        is_new = opened.uid is None
        self.title.set_title(self.new_title if is_new else self.change_title)
        for name, choices in opened.choices.items():
            if name in self.fields:
                offer_choices(self.fields[name], choices)
        for entry in self.entries():
            only = {WHY: not is_new, "listed": is_new, "grid": bool(opened.choices.get("grid"))}
            self.fields[entry.name].setVisible(only.get(entry.name, True))
            value = entry.first if opened.form is None else getattr(opened.form, entry.name, "")
            put(self.fields[entry.name], entry.first if value is None else value)
        self._fresh = self.typed()
        left = opened.left
        kept = None
        if left is not None and isinstance(left.get("typed"), dict):
            kept = left["typed"]
            self.put_typed(kept)
        self.area.setEnabled(True)
        self.keeper.begin_with(partial(self._keep, opened), kept)
        current = left is None or left.get("revision") == opened.revision
        self.say("" if kept is None else CONTINUED if current else OUTDATED)
        self.show_problems({}, "")
        self.take_keyboard()

    def _worth_keeping(self) -> dict[str, Any] | None:
        typed = self.typed()
        return None if self._opened is None or typed == self._fresh else typed

    def _keep(self, opened: Opened, typed: object) -> None:
        worth = {"revision": opened.revision, "typed": typed} if isinstance(typed, dict) else None
        half_filled.keep(self._desk, self._draft_of(opened.uid), worth)

    def _draft_of(self, uid: Uid | None) -> str:
        return self.draft if uid is None else f"{self.draft}:{uid.hex}"

    def _not_opened(self, fault: Fault) -> None:
        self._page.say_fault(fault)
        self.left.emit()

    def _done(self, told: tuple[Changed[Any], str]) -> None:
        self._saving = False
        self._opened = None
        self.area.setEnabled(True)
        self.saved.emit(told)

    def _not_done(self, fault: Fault) -> None:
        self._saving = False
        self.area.setEnabled(True)
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        beside = {one.field or "": one.words for one in problems if one.field in self.fields}
        rest = "\n".join(one.words for one in problems if one.field not in self.fields)
        self.show_problems(beside, rest)
        # What is typed is kept again from here on, whatever was refused.
        self.keeper.touch()

    @Slot()
    def _begin_again(self) -> None:
        opened = self._opened
        if opened is not None:
            self.put_typed(self._fresh)
            self.say("")
            self.keeper.touch()
            self.take_keyboard()
