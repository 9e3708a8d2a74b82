"""A pane with a form of a new record in its place while one is being filled in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pane import Pane


class FormPane(Pane):
    """A subclass puts what it shows into `main`; `new_kind` is the kind of a new record."""

    new_kind = ""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self.form: EntryForm | None = None
        self._word = ""
        self.main = QWidget(self)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.main)

    def make_form(self) -> EntryForm | None:
        """The form of a new record; None where there is none."""
        return None

    def main_hints(self) -> tuple[KeyHint, ...]:
        """The keys while no form is open."""
        return ()

    def take_main_keyboard(self) -> None:
        """Put the keyboard where work begins while no form is open."""

    @property
    def form_is_open(self) -> bool:
        return self.form is not None and self.stack.currentWidget() is self.form

    def take_keyboard(self) -> None:
        if self.form is not None and self.form_is_open:
            self.form.take_keyboard()
        else:
            self.take_main_keyboard()

    @Slot()
    def start_new(self) -> None:
        if not self.new_word or self.form_is_open:
            return
        if self.form is None:
            self.form = self.make_form()
            if self.form is None:
                return
            self.stack.addWidget(self.form)
            self.form.left.connect(self.show_main)
            self.form.saved.connect(self._saved)
        self.stack.setCurrentWidget(self.form)
        self.form.begin_new()
        self._offer()

    @Slot()
    def show_main(self) -> None:
        """Away from the form; what was typed waits for the next time."""
        if not self.form_is_open or self.form is None:
            return
        self.form.put_aside()
        self.stack.setCurrentWidget(self.main)
        self._offer()
        self.take_keyboard()

    @Slot(object)
    def _saved(self, told: tuple[Changed[Any], str]) -> None:
        changed, sentence = told
        self.show_main()
        self.tell_changed(changed, sentence)
        self.go(Open(self.new_kind, changed.value.uid))

    def _offer(self) -> None:
        form = self.form
        if self.form_is_open:
            self._word, self.new_word = self.new_word, ""
        else:
            self.new_word = self.new_word or self._word
        self.hints = form.hints if form is not None and self.form_is_open else self.main_hints()
        self.offer_changed.emit()
