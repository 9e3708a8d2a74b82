"""A few fields in a sheet that stays open until what it asks for has been done.

The page that opened it gives the work to `carry_out()`; each sentence of a failure stands beside
the field to blame. Knows no ledger and no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.widgets.choices import ChoiceBar
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import focus_order
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import set_role

BUSY = "请稍候…"


class FormSheet(Sheet):
    """`asked` comes when the person wants it done; the sheet is busy until it is told the end."""

    asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        fields: Mapping[str, LabelledField],
        verb: str,
    ) -> None:
        super().__init__(parent, title, text, (CANCEL, Answer("yes", verb, role="primary")))
        self.fields = dict(fields)
        self._verb = verb
        self._trouble = QLabel(self)
        self._trouble.setWordWrap(True)
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.hide()
        set_role(self._trouble, "problem")
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self._trouble)
        ordered = list(self.fields.values())
        focus_order([*ordered, self.button("cancel"), self.button("yes")])
        enter_goes_on(ordered, self.press_primary)
        if ordered:
            ordered[0].go()

    def check(self) -> Mapping[str, str]:
        """What is wrong before anything is asked for, by field; a subclass says so."""
        return {}

    def carry_out(
        self, runner: JobRunner, work: Callable[[Job], object], done: Callable[[Any], None]
    ) -> None:
        """Open; when asked, do `work` off the window's thread, then close and hand on its result.

        What goes wrong is said in the sheet, which stays open.
        """
        self.asked.connect(partial(self._begin, runner, work, done))
        self.open()

    @Slot()
    def _begin(
        self, runner: JobRunner, work: Callable[[Job], object], done: Callable[[Any], None]
    ) -> None:
        ticket = runner.start(self.windowTitle(), work, quick=True)
        ticket.failed.connect(self.show_fault)
        ticket.done.connect(self.finish)
        ticket.done.connect(done)

    @Slot()
    def press_primary(self) -> None:
        """Enter in the last field does what the primary button does."""
        self.button("yes").click()

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
            return
        self._answer = CANCEL.name
        self._trouble.hide()
        for field in self.fields.values():
            field.clear_problem()
        wrong = self.check()
        if wrong:
            self._show(wrong)
            return
        self._set_busy(True)
        self.asked.emit()

    @Slot()
    def finish(self) -> None:
        """It was done: close."""
        self._answer = "yes"
        super().accept()

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """It was not done: say why beside the fields, and let the person go on."""
        self._set_busy(False)
        told: dict[str, list[Fault]] = {}
        for problem in fault.problems if isinstance(fault, InvalidInput) else [fault]:
            name = problem.field if problem.field in self.fields else ""
            told.setdefault(name or "", []).append(problem)
        self._show(
            {
                name: "".join(one.sentence for one in some) + some[0].next_step
                for name, some in told.items()
            }
        )

    def _show(self, wrong: Mapping[str, str]) -> None:
        elsewhere = wrong.get("", "")
        self._trouble.setText(elsewhere)
        self._trouble.setVisible(bool(elsewhere))
        for name in reversed(self.fields):
            if name in wrong:
                self.fields[name].set_problem(wrong[name])
                self.fields[name].go()

    def _set_busy(self, busy: bool) -> None:
        for field in self.fields.values():
            field.setEnabled(not busy)
        button = self.button("yes")
        button.setEnabled(not busy)
        button.setText(BUSY if busy else self._verb)


def enter_goes_on(fields: Sequence[LabelledField], submit: Callable[[], None]) -> None:
    """Enter in a field goes to the next one, in the last one it does what the form is for."""
    for field, after in pairwise(fields):
        _submitted(field).connect(after.go)
    if fields:
        _submitted(fields[-1]).connect(submit)


def _submitted(field: LabelledField) -> SignalInstance:
    editor = field.editor
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    assert isinstance(line, LineInput | ChoiceBar)
    return line.submitted
