"""The form of one matter: all that a 一次性告知单 must say of it, in the order it says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QCompleter, QListView, QWidget

from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.handling import Handling
from desktop_app.registers.matters.rules import LINES, MOST_STATION_DAYS, PARAGRAPHS, Matter
from desktop_app.registers.matters.ui.parts import MaterialRows
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, ScrollPage, field_row, focus_order
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.value_inputs import DateInput, NumberInput

HINTS: Mapping[str, str] = {
    "code": "留空由程序编号。",
    "category": "可选已有的，也可写新的。",
    "department_days": "照部门公布的原话，打印时注明以部门公布为准。",
    "conditions": "什么人、什么情况可以办。",
    "outside_reason": "不归本站办时，告知居民的原因和去处。",
    "help_note": "本站怎样帮办、代办。",
    "basis": "依据的文件名称、文号。",
}
PETITION = "信访渠道告知"
URGENT = "紧急事项，登记时提示报告"
COLUMN_WIDTH = 560


class MatterForm(ScrollPage):
    """Holds what is typed until it is asked for; `changed` comes with every change by hand."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._shown: dict[str, Any] = {}
        self._names = QStringListModel(self)
        self.fields: dict[str, LabelledField] = {}
        self.petition, self.urgent = QCheckBox(PETITION, self), QCheckBox(URGENT, self)
        left = [self._what(), self._where()]
        right = [self._told(), self._further()]
        self.body.addWidget(Columns((left, right), self, shares=(4, 5), most=COLUMN_WIDTH))
        self.body.addStretch(1)
        for field in self.fields.values():
            changed = getattr(field.editor, "changed", None)
            if changed is not None:
                changed.connect(self.changed)
        self._order()

    def show_matter(self, matter: Matter | None, categories: list[str]) -> None:
        """Fill the form with a matter, or empty it for a new one."""
        self._names.setStringList(categories)
        for name, field in self.fields.items():
            field.clear_problem()
            _put(field.editor, None if matter is None else getattr(matter, name))
        self.petition.setChecked(matter is not None and matter.petition)
        self.urgent.setChecked(matter is not None and matter.urgent)
        self._shown = self.values()
        self.verticalScrollBar().setValue(0)
        self.fields["category" if matter is None else "name"].go()

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.values() != self._shown

    def values(self) -> dict[str, Any]:
        """What is entered, by attribute of `Matter`."""
        entered = {name: _taken(field.editor) for name, field in self.fields.items()}
        return {
            **entered,
            "petition": self.petition.isChecked(),
            "urgent": self.urgent.isChecked(),
        }

    def problems(self) -> bool:
        """Whether a day or a number cannot be read; said beside the field."""
        wrong = False
        for name in ("station_days", "sort_order", "checked_on"):
            editor = self.fields[name].editor
            assert isinstance(editor, DateInput | NumberInput)
            words = editor.problem()
            if words:
                self.fields[name].set_problem(words)
                self.fields[name].go()
                wrong = True
        if self.values()["handling"] is None:
            self.fields["handling"].set_problem("请选择一种办理方式。")
            self.fields["handling"].go()
            wrong = True
        return wrong

    def show_fault(self, fault: Fault) -> bool:
        """Put each sentence beside its field; False when none of them has one here."""
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        told = {one.field: one for one in problems if one.field in self.fields}
        for name in reversed(self.fields):
            if name in told:
                self.fields[name].set_problem(told[name].words)
                self.fields[name].go()
        return bool(told)

    def _what(self) -> Card:
        card = Card("事项", self)
        category = LineInput(card)
        finder = QCompleter(self._names, category)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setObjectName("completion")
        finder.setPopup(popup)
        category.setCompleter(finder)
        handling = ChoiceBar(
            [Choice(one, one.label, str(number)) for number, one in enumerate(Handling, start=1)],
            card,
        )
        days = NumberInput(card, most=MOST_STATION_DAYS, unit="个工作日")
        order = NumberInput(card, most=9_999)
        self._field("category", category, optional=False, key="C")
        self._field("name", LineInput(card), optional=False, key="N")
        self._add("handling", LabelledField("办理方式", handling, card, key="H"))
        self._add("station_days", _optional("本站时限", days, card, "0 表示当场办完。"))
        self._field("code", LineInput(card, chinese=False))
        self._add("sort_order", _optional("排列顺序", order, card, "小的排在前面。"))
        self._add("checked_on", _optional("最后核对日期", self._day(card), card))
        for name in ("category", "name", "handling"):
            card.body.addWidget(self.fields[name])
        for pair in (("station_days", "code"), ("sort_order", "checked_on")):
            card.body.addLayout(field_row([self.fields[name] for name in pair]))
        card.body.addWidget(self.petition)
        card.body.addWidget(self.urgent)
        return card

    def _where(self) -> Card:
        card = Card("到哪里办", self)
        for name in ("office", "address", "phone", "hours", "counter"):
            card.body.addWidget(self._field(name, LineInput(card)))
        return card

    def _told(self) -> Card:
        card = Card("一次性告知", self)
        card.body.addWidget(self._field("conditions", TextInput(card)))
        materials = _optional("材料", MaterialRows(card), card)
        card.body.addWidget(self._add("materials", materials))
        for name in ("materials_note", "steps"):
            card.body.addWidget(self._field(name, TextInput(card)))
        card.body.addWidget(self._field("department_days", LineInput(card)))
        card.body.addWidget(self._field("fee", LineInput(card)))
        card.body.addWidget(self._field("basis", TextInput(card)))
        return card

    def _further(self) -> Card:
        card = Card("帮办与转告", self)
        for name in ("help_note", "outside_reason"):
            card.body.addWidget(self._field(name, TextInput(card)))
        return card

    def _day(self, parent: QWidget) -> DateInput:
        return DateInput(self._now, parent)

    def _now(self) -> date:
        return self._today

    def _field(
        self, name: str, editor: QWidget, *, optional: bool = True, key: str = ""
    ) -> LabelledField:
        label = LINES[name][0] if name in LINES else PARAGRAPHS[name]
        hint = HINTS.get(name, "")
        made = LabelledField(label, editor, self, key=key, optional=optional, hint=hint)
        return self._add(name, made)

    def _add(self, name: str, field: LabelledField) -> LabelledField:
        self.fields[name] = field
        return field

    @Slot()
    def _order(self) -> None:
        first = ("category", "name", "handling", "station_days", "code", "sort_order", "checked_on")
        then = ("office", "address", "phone", "hours", "counter")
        rest = [name for name in self.fields if name not in (*first, *then)]
        focus_order(
            [
                *(self.fields[name] for name in first),
                self.petition,
                self.urgent,
                *(self.fields[name] for name in (*then, *rest)),
            ]
        )


def _optional(label: str, editor: QWidget, parent: QWidget, hint: str = "") -> LabelledField:
    return LabelledField(label, editor, parent, optional=True, hint=hint)


def _put(editor: QWidget, value: Any) -> None:
    if isinstance(editor, DateInput):
        editor.set_day(value)
    elif isinstance(editor, NumberInput):
        editor.set_number(value or None)
    elif isinstance(editor, MaterialRows):
        editor.set_value(value or ())
    elif isinstance(editor, ChoiceBar):
        editor.set_value(value)
    elif isinstance(editor, LineInput | TextInput):
        editor.set_value(value or "")


def _taken(editor: QWidget) -> Any:
    if isinstance(editor, DateInput):
        return editor.day()
    if isinstance(editor, NumberInput):
        return editor.number() or 0
    assert isinstance(editor, MaterialRows | ChoiceBar | LineInput | TextInput)
    return editor.value()
