"""更多: what is seldom asked at the counter: 来源, 代办人, 补录 and 备注."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.wording import Term
from desktop_app.ledgers.visits.rules.visit import VisitSource
from desktop_app.station.front_desk.rules.text import FormText
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, PhoneInput

_SOURCES = tuple(
    Choice(source.value, source.label, str(number))
    for number, source in enumerate(VisitSource, start=1)
)


class MorePane(QWidget):
    """`changed` follows every edit, `finished` is Enter in the last field."""

    changed = Signal()
    finished = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.source = ChoiceBar(_SOURCES, self, value=VisitSource.WALK_IN.value)
        self.agent = LineInput(self)
        self.agent_phone = PhoneInput(parent=self)
        self.relation = LineInput(self, placeholder="如 女儿、网格员")
        self.day = DateInput(today, self)
        self.time = LineInput(self, placeholder="如 9:30", chinese=False)
        self.remark = LineInput(self)
        self._make_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.source_field)
        column.addLayout(field_row((self.agent_field, self.agent_phone_field, self.relation_field)))
        column.addLayout(field_row((self.day_field, self.time_field, self.remark_field), (2, 1, 3)))
        self._connect()

    def show_text(self, text: FormText) -> None:
        """Show this pane's part of a form."""
        self.source.set_value(text.source)
        self.agent.set_value(text.agent_name)
        self.agent_phone.set_value(text.agent_phone)
        self.relation.set_value(text.agent_relation)
        self.day.set_value(text.day)
        self.time.set_value(text.time)
        self.remark.set_value(text.remark)

    def into(self, text: FormText) -> FormText:
        """The form with this pane's part of it."""
        return replace(
            text,
            source=str(self.source.value() or VisitSource.WALK_IN.value),
            agent_name=self.agent.text(),
            agent_phone=self.agent_phone.text(),
            agent_relation=self.relation.text(),
            day=self.day.text(),
            time=self.time.text(),
            remark=self.remark.text(),
        )

    def set_covered(self, on: bool) -> None:
        """Hide names and numbers, or show them again."""
        mode = QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal
        for line in (self.agent, self.agent_phone, self.remark):
            line.setEchoMode(mode)

    @property
    def fields(self) -> dict[str, LabelledField]:
        """The field that shows what is wrong with an attribute of the visit."""
        return {
            "source": self.source_field,
            **dict.fromkeys(("agent", "guardian"), self.agent_field),
            **dict.fromkeys(("day", "date_confirmed"), self.day_field),
            "time": self.time_field,
            "remark": self.remark_field,
        }

    def _make_fields(self) -> None:
        self.source_field = LabelledField("来源", self.source, self, key="L")
        self.agent_field = LabelledField(
            Term.ON_BEHALF.value, self.agent, self, key="A", optional=True
        )
        self.agent_phone_field = LabelledField("代办人电话", self.agent_phone, self, optional=True)
        self.relation_field = LabelledField("与本人的关系", self.relation, self, optional=True)
        self.day_field = LabelledField("补录日期", self.day, self, key="U", optional=True)
        self.time_field = LabelledField("补录时间", self.time, self, optional=True)
        self.remark_field = LabelledField("备注", self.remark, self, key="Z", optional=True)

    def _connect(self) -> None:
        order: tuple[LineInput | ChoiceBar, ...] = (
            self.source, self.agent, self.agent_phone, self.relation, self.day, self.time,
            self.remark,
        )  # fmt: skip
        for editor, following in pairwise(order):
            editor.submitted.connect(following.setFocus)
        self.remark.submitted.connect(self.finished)
        for editor in order:
            editor.changed.connect(self.changed)
