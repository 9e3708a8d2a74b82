"""The line of a paper sheet that is being typed: who, when, as what. Enter goes on by itself.

Enter on a name goes to the time; Enter on an empty time ends the line: who has no time was there
the whole time.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.ledgers.activities.rules.activity import Group, group_of
from desktop_app.ledgers.activities.rules.clock_text import clock_problem
from desktop_app.ledgers.activities.rules.sheet_text import LineText
from desktop_app.ledgers.activities.ui.record_looks import GROUPS
from desktop_app.ledgers.activities.ui.who_box import Who, WhoBox
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row, focus_order
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE

NAME = "姓名（可打拼音首字母）"


class PaperEntry(QWidget):
    """`entered` carries a finished `LineText`; `changed` follows every key."""

    entered = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, over: QWidget, parent: QWidget, *, meeting: bool) -> None:
        super().__init__(parent)
        self._resident = self._resident_name = ""
        self.who = WhoBox(desk, over, self)
        self.name = LabelledField(NAME, self.who, self)
        self.who.box.setAccessibleName(NAME)
        self.arrived = LabelledField("签到", self._line("空着：全程"), self)
        self.left = LabelledField("签退", self._line("如 11:00"), self)
        self.group = LabelledField("身份", ChoiceBar(GROUPS, self), self, optional=True)
        self.unit = LabelledField("单位/小区", self._line(), self, optional=True)
        self.absent = LabelledField("缺席原因", self._line("没有来的才填"), self, optional=True)
        self.absent.setVisible(meeting)
        self._lay_out()
        self._connect()

    def text(self) -> LineText:
        """The line as it stands."""
        name, group = self.who.text.strip(), self._bar.value()
        same = bool(self._resident) and name == self._resident_name
        return LineText(
            name=name,
            resident=self._resident if same else "",
            unit=self._value(self.unit),
            group=group.value if isinstance(group, Group) else "",
            arrived=self._value(self.arrived),
            left=self._value(self.left),
            absent=self._value(self.absent),
        )

    def show_line(self, line: LineText) -> None:
        """Put a line back in to be changed."""
        self._take_person(line.name, line.resident)
        for field, words in self._texts(line):
            self._editor(field).set_value(words)
        self._bar.set_value(group_of(line.group))
        self.who.residents.take_keyboard()

    def begin_anew(self) -> None:
        """An empty line, the keyboard on the name."""
        self.show_line(LineText())
        self.who.begin_anew()
        self.name.clear_problem()

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def _called(self, who: Who) -> None:
        self._take_person(who.name, who.resident.hex if who.resident else "")
        if who.group is not None:
            self._bar.set_value(who.group)
        self.arrived.go()

    @Slot()
    def _after_arrived(self) -> None:
        if self._value(self.arrived):
            self.left.go()
        else:
            self._finish()

    @Slot()
    def _finish(self) -> None:
        line = self.text()
        for field, words in ((self.arrived, line.arrived), (self.left, line.left)):
            if said := clock_problem(words):
                field.set_problem(said)
                field.go()
                return
        if not line.name:
            self.name.set_problem("还没有写姓名。")
            self.name.go()
        elif line.name.isascii() and not line.resident:
            # Initials that nobody chose from: Enter in the box asks who it is.
            self.name.set_problem("请在姓名里按 Enter 选定是谁。")
            self.name.go()
        else:
            self.entered.emit(self._with_file(line))

    def _with_file(self, line: LineText) -> LineText:
        """A name that was typed and left without Enter still belongs to its file."""
        if line.resident or line.name == self._resident_name:
            return line
        try:
            file = self.who.file_of(line.name)
        except Fault:
            return line
        return replace(line, resident=file.hex) if file is not None else line

    def _take_person(self, name: str, resident: str) -> None:
        self._resident, self._resident_name = resident, name
        box = self.who.residents
        box.clear()
        box.box.set_value(name)
        box.drop.hide()
        self.name.set_hint("有居民档案" if resident else "")
        self.changed.emit()

    @Slot(object)
    def _typed(self, _text: str) -> None:
        self.name.set_hint("")
        self.name.clear_problem()
        self.changed.emit()

    # --- parts ---------------------------------------------------------------------------------

    @property
    def _bar(self) -> ChoiceBar:
        bar = self.group.editor
        assert isinstance(bar, ChoiceBar)
        return bar

    def _editor(self, field: LabelledField) -> LineInput:
        editor = field.editor
        assert isinstance(editor, LineInput)
        return editor

    def _value(self, field: LabelledField) -> str:
        return self._editor(field).value()

    def _texts(self, line: LineText) -> tuple[tuple[LabelledField, str], ...]:
        return (
            (self.arrived, line.arrived),
            (self.left, line.left),
            (self.unit, line.unit),
            (self.absent, line.absent),
        )

    def _line(self, placeholder: str = "") -> LineInput:
        return LineInput(self, placeholder=placeholder)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(field_row([self.name, self.arrived, self.left], shares=(4, 1, 1)))
        column.addLayout(field_row([self.group, self.unit, self.absent], shares=(3, 2, 2)))
        focus_order([self.who, self.arrived, self.left, self.group, self.unit, self.absent])

    def _connect(self) -> None:
        self.who.called.connect(self._called)
        self.who.typed.connect(self._typed)
        self.who.refused.connect(self.name.set_problem)
        self._editor(self.arrived).submitted.connect(self._after_arrived)
        for field in (self.left, self.unit, self.absent):
            self._editor(field).submitted.connect(self._finish)
        self._bar.submitted.connect(self._finish)
        for field in (self.arrived, self.left, self.unit, self.absent):
            self._editor(field).changed.connect(self.changed)
        self._bar.changed.connect(self.changed)
