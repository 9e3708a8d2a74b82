"""Asks for what a step of a matter needs, and for nothing else; many steps need nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import Fault, InvalidInput, UserError
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.value_inputs import PhoneInput


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the sheet: the detail it fills, its label, and whether it may stay empty."""

    detail: str
    label: str
    optional: bool = False
    long: bool = False


QUESTIONS: dict[Action, Sequence[Question]] = {
    Action.CLOSE: (Question("result", "办理结果", long=True),),
    Action.HAND_OVER: (
        Question("handed_to", "交办去向"),
        Question("external_number", "外部编号", optional=True),
    ),
    Action.ASK_FOR_MATERIALS: (Question("words", "缺少的材料", long=True),),
    Action.ANSWER: (Question("result", "答复内容", long=True, optional=True),),
    Action.FOLLOW_UP: (Question("words", "回访情况", long=True),),
    Action.REPORT_URGENT: (
        Question("whom", "报告给谁"),
        Question("phone", "报告电话", optional=True),
    ),
    Action.NOT_OURS: (Question("words", "告知的去向", long=True),),
    Action.WITHDRAW: (Question("words", "撤回原因", long=True),),
    Action.REOPEN: (Question("words", "重新打开的原因", long=True),),
}
"""Steps that ask something. 接办, 材料已补齐 and 开始办理 are one key."""


class StepSheet(Sheet):
    """`given` carries the `StepDetails`; the sheet stays open until `accept_step()`."""

    given = Signal(object)

    def __init__(self, parent: QWidget, action: Action, subject: str) -> None:
        yes = Answer("yes", action.label, role="primary")
        super().__init__(parent, f"{action.label} · {subject}", "", (CANCEL, yes))
        self._fields: dict[str, LabelledField] = {}
        for question in QUESTIONS[action]:
            editor = self._editor(question)
            field = LabelledField(question.label, editor, self, optional=question.optional)
            self._fields[question.detail] = field
            self.body.addWidget(field)
        next(iter(self._fields.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.button("yes").setText(f"{action.label}  Ctrl+Enter")
        self.button("yes").setAccessibleName(action.label)
        self.button("yes").setShortcut("Ctrl+Return")

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
            return
        self._answer = CANCEL.name
        said: dict[str, Any] = {name: self._said(name) for name in self._fields}
        self.given.emit(StepDetails(**said))

    def accept_step(self) -> None:
        """The step has been taken: close."""
        self._answer = "yes"
        super().accept()

    def refuse_step(self, fault: Fault) -> None:
        """Say beside the fields what is wrong; what was typed stays."""
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        first = next(iter(self._fields.values()))
        for problem in problems:
            field = self._fields.get(problem.field or "", first)
            field.set_problem(problem.words)
        if isinstance(fault, UserError):
            self._fields.get(fault.field or "", first).go()

    def _said(self, name: str) -> str:
        editor = self._fields[name].editor
        assert isinstance(editor, LineInput | TextInput)
        return editor.value()

    def _editor(self, question: Question) -> QWidget:
        if question.long:
            return TextInput(self, lines=2)
        editor = PhoneInput(parent=self) if question.detail == "phone" else LineInput(self)
        editor.submitted.connect(self._press_yes)
        return editor

    def _press_yes(self) -> None:
        self.button("yes").click()
