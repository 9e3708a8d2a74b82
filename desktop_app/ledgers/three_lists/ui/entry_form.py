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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.three_lists.service import half_filled
from desktop_app.ledgers.three_lists.ui.entry_editors import (
    Entry,
    close_offers,
    make_editor,
    meant,
    offer_choices,
    plain,
    put,
    put_raw,
    raw,
    wrong,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import (
    KeyHint,
    PageTitle,
    ScrollPage,
    field_row,
    focus_order,
    plain_button,
    primary_button,
)
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

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


class EntryForm(QWidget):
    """`saved` carries a (Changed, sentence) pair; `left` is Esc. `page` runs its work."""

    saved = Signal(object)
    left = Signal()

    hints = (KeyHint("Ctrl+Enter", "保存"), KeyHint("Esc", "返回，填的留着下次接着填"))
    draft = ""
    new_title = ""
    change_title = "更正"

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._opened: Opened | None = None
        self._fresh: dict[str, Any] = {}
        self._saving = False
        self.fields: dict[str, LabelledField] = {}
        self.title = PageTitle(self.new_title, self)
        self._note, self._problem = QLabel(self), QLabel(self)
        self._drop = plain_button("重新填写", self, icon_name="undo-2")
        self.leave_button = plain_button("返回  Esc", self)
        self.leave_button.setAccessibleName("返回")
        self.save_button = primary_button("保存", self, keys="Ctrl+Enter", icon_name="save")
        self.keeper = DraftKeeper(page, self._worth_keeping)
        self._lay_out()
        self._connect()
        self._say("")

    # --- what a form says for itself -----------------------------------------------------------

    def rows(self) -> Sequence[Sequence[Entry]]:
        """The fields, row by row."""
        raise NotImplementedError

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

    def take_keyboard(self) -> None:
        """Where the conversation begins."""
        next(iter(self.fields.values())).go()

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The space around it, where it is a page of its own."""
        self._column.setContentsMargins(left, top, right, bottom)

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
        self._show_problems(problems, "")
        if problems:
            return
        self._saving = True
        self.keeper.stop()
        values = {name: meant(field) for name, field in self.fields.items()}
        self._area.setEnabled(False)

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
        self._area.setEnabled(False)

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
        for entry in self._entries():
            only = {WHY: not is_new, "listed": is_new, "grid": bool(opened.choices.get("grid"))}
            self.fields[entry.name].setVisible(only.get(entry.name, True))
            value = entry.first if opened.form is None else getattr(opened.form, entry.name, "")
            put(self.fields[entry.name], entry.first if value is None else value)
        self._fresh = self.typed()
        left = opened.left
        kept = None
        if left is not None and isinstance(left.get("typed"), dict):
            kept = left["typed"]
            self._put_typed(kept)
        self._area.setEnabled(True)
        self.keeper.begin_with(partial(self._keep, opened), kept)
        current = left is None or left.get("revision") == opened.revision
        self._say("" if kept is None else CONTINUED if current else OUTDATED)
        self._show_problems({}, "")
        self.take_keyboard()

    def typed(self) -> dict[str, Any]:
        """Everything as it stands in the fields, in plain values."""
        return {name: plain(raw(field)) for name, field in self.fields.items()}

    def _put_typed(self, typed: Mapping[str, Any]) -> None:
        for name, field in self.fields.items():
            if name in typed:
                put_raw(field, typed[name])

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
        self._area.setEnabled(True)
        self.saved.emit(told)

    def _not_done(self, fault: Fault) -> None:
        self._saving = False
        self._area.setEnabled(True)
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        beside = {one.field or "": one.words for one in problems if one.field in self.fields}
        rest = "\n".join(one.words for one in problems if one.field not in self.fields)
        self._show_problems(beside, rest)
        # What is typed is kept again from here on, whatever was refused.
        self.keeper.touch()

    @Slot()
    def _begin_again(self) -> None:
        opened = self._opened
        if opened is not None:
            self._put_typed(self._fresh)
            self._say("")
            self.keeper.touch()
            self.take_keyboard()

    @property
    def note(self) -> str:
        """What stands above the fields, or empty."""
        return self._note.text()

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._drop.setVisible(bool(words))

    def _show_problems(self, beside: Mapping[str, str], rest: str) -> None:
        for name, field in self.fields.items():
            field.set_problem(beside.get(name, ""))
        self._problem.setText(rest)
        self._problem.setVisible(bool(rest))
        first = next((name for name in self.fields if name in beside), None)
        if first is not None:
            self.fields[first].go()

    def _entries(self) -> list[Entry]:
        return [entry for row in self.rows() for entry in row]

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        self._area = ScrollPage(card)
        self._area.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above = QHBoxLayout()
        above.setSpacing(SPACE.medium)
        above.addWidget(self._note, 1)
        above.addWidget(self._drop)
        self._area.body.addLayout(above)
        for row in self.rows():
            made = [self._field(entry) for entry in row]
            self._area.body.addLayout(field_row(made, [entry.share for entry in row]))
        self._area.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        foot.setSpacing(SPACE.small)
        self._note.setProperty("role", "quiet")
        self._problem.setProperty("role", "problem")
        for label in (self._note, self._problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        inside.setSpacing(SPACE.medium)
        inside.addWidget(self._area, 1)
        inside.addLayout(foot)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.title)
        column.addWidget(card, 1)
        self._problem.hide()

    def _field(self, entry: Entry) -> LabelledField:
        editor = make_editor(entry, self._desk, self)
        made = LabelledField(
            entry.label, editor, self, key=entry.key, optional=entry.optional, hint=entry.hint
        )
        self.fields[entry.name] = made
        return made

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.leave)
        self._drop.clicked.connect(self._begin_again)
        editors: list[Any] = [field.editor for field in self.fields.values()]
        for place, editor in enumerate(editors):
            editor.changed.connect(self.keeper.touch)
            submitted = getattr(editor, "submitted", None)
            if submitted is not None:
                submitted.connect(partial(self._go_on, place))
        focus_order([*self.fields.values(), self.save_button, self.leave_button])

    @Slot()
    def _go_on(self, place: int) -> None:
        """Enter goes to the next field that is asked, at the end to the button."""
        after = [field for field in list(self.fields.values())[place + 1 :] if not field.isHidden()]
        if after:
            after[0].go()
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
