"""A page of a record that can be put right in a form which takes its place meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.revealing_page import RevealingPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyMap
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.tokens import SPACE

MARGINS = (SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
"""Around a page."""


class CorrectingPage(RevealingPage):
    """`main` shows the record; `bind` gives it keys that mean nothing while the form is open."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.form: EntryForm | None = None
        self._bound: list[QShortcut] = []
        self.main = QWidget(self)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.main)

    @property
    def form_is_open(self) -> bool:
        return self.form is not None and self.stack.currentWidget() is self.form

    def make_form(self) -> EntryForm | None:
        """The form that puts the record right."""
        return None

    def may_correct(self, whole: Any) -> bool:
        """Whether it can be put right as it stands."""
        return False

    @Slot()
    def _correct(self) -> None:
        if self._whole is not None and self._uid is not None and self.may_correct(self._whole):
            self.correct()

    def correct(self) -> None:
        """Open the form that puts the record right, in the place of the record."""
        assert self._uid is not None, "a record is on show"
        if self.form is None:
            self.form = self.make_form()
            if self.form is None:
                return
            self.form.set_margins(*MARGINS)
            self.stack.addWidget(self.form)
            self.form.left.connect(self.close_form)
            self.form.saved.connect(self._corrected)
        self.stack.setCurrentWidget(self.form)
        self.form.begin_change(self._uid)
        self._list_keys()

    @Slot()
    def close_form(self) -> None:
        """The record again; what was typed waits for the next time."""
        if self.form is not None and self.stack.currentWidget() is self.form:
            self.form.put_aside()
            self.stack.setCurrentWidget(self.main)
            self.setFocus()
            self._list_keys()

    def _list_keys(self) -> None:
        """The keys of what is in front: while a form is open, letters are letters."""
        in_form = self.form_is_open
        for shortcut in self._bound:
            shortcut.setEnabled(not in_form)
        listed = self.findChild(KeyMap)
        form = self.form
        if listed is not None:
            open_ = form is not None and self.stack.currentWidget() is form
            listed.set_hints(form.hints if form is not None and open_ else self.hints)

    @Slot(object)
    def _corrected(self, told: tuple[Changed[Any], str]) -> None:
        self.close_form()
        self.tell_changed(*told)

    def bind(self, keys: str, slot: Callable[[], object]) -> None:
        """Let keys do something while no form is open."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        self._bound.append(shortcut)
