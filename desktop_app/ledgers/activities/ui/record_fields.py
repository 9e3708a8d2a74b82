"""The fields in which an activity is written down, and what they say together (`RecordText`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityKind
from desktop_app.ledgers.activities.rules.record_text import RecordText
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.rows_editor import Head, RowsEditor

_ROWS = {
    "resolutions": (
        "议定事项",
        (Head("内容", 4, "一条一行"), Head("责任单位（人）", 2), Head("期限", 1, "如 12-31")),
    ),
    "funds": (
        "经费",
        (Head("来源", 2, "如：党建经费"), Head("金额（元）", 1, "如 1200"), Head("说明", 2)),
    ),
    "reviews": (
        "评议",
        (Head("评议对象", 2, "业委会或物业"), Head("分数（0–100）", 1), Head("意见", 3)),
    ),
}


class RecordFields(QWidget):
    """`changed` follows every key. Which fields show depends on the activity."""

    changed = Signal()

    def __init__(self, count_card: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, LabelledField] = {
            "summary": self._text("活动内容", "做了什么、谁来了、效果怎样", 5, 14, key="N"),
            "outcome": self._text("活动成效", "解决了什么问题", 2, 8, optional=True),
            "next_steps": self._text("下一步打算", "", 1, 6, optional=True),
            "host": self._line("主持人"),
            "recorder": self._line("记录人", "空着就是保存的人", optional=True),
            "expected": self._line("应到人数", optional=True),
            "served": self._line("服务人次", "如：量血压 40 人次", optional=True),
            "disclosed_on": self._line("公开日期", "如 11-23", optional=True),
            "disclosed_at": self._line("公开地点", "如：小区公告栏", optional=True),
            "media": self._text("媒体报道", "标题、媒体、日期，一条一行", 1, 5, optional=True),
        }
        self.tables = {
            name: RowsEditor(word, heads, self, hidden=name == "resolutions")
            for name, (word, heads) in _ROWS.items()
        }
        for name, table in self.tables.items():
            self.fields[name] = LabelledField(_ROWS[name][0], table, self, optional=True)
            table.setAccessibleName(_ROWS[name][0])
        for field in self.fields.values():
            editor: Any = field.editor
            editor.changed.connect(self.changed)
        self._lay_out(count_card)

    def show_kind(self, activity: Activity) -> None:
        """Show the fields that an activity of this kind has."""
        reviewed = activity.kind == ActivityKind.TWO_REVIEWS
        for name in ("host", "expected"):
            self.fields[name].setVisible(activity.meeting)
        self.fields["served"].setVisible(not activity.meeting)
        self.decided.setVisible(activity.meeting)
        for name in ("reviews", "disclosed_on", "disclosed_at"):
            self.fields[name].setVisible(reviewed)

    def text(self) -> RecordText:
        """What is typed."""
        return RecordText(**{name: self._value(name) for name in self.fields})

    def set_text(self, text: RecordText) -> None:
        """Show this."""
        for name, field in self.fields.items():
            editor: Any = field.editor
            editor.set_value(getattr(text, name))

    def clear_problems(self) -> None:
        """Take back what was said beside the fields."""
        for field in self.fields.values():
            field.clear_problem()

    def show_fault(self, fault: Fault) -> str:
        """Each problem beside its field; answers what belongs to none."""
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        said: dict[str, str] = {}
        for problem in problems:
            name = problem.field if problem.field in self.fields else ""
            said[name or ""] = said.get(name or "", "") + problem.words
        told: Mapping[str, str] = {name: words for name, words in said.items() if name}
        for name, words in told.items():
            self.fields[name].set_problem(words)
        first = next((name for name in self.fields if name in told), "")
        if first:
            self.fields[first].go()
        return said.get("", "")

    def _value(self, name: str) -> Any:
        editor: Any = self.fields[name].editor
        return editor.value()

    def _line(self, label: str, placeholder: str = "", *, optional: bool = False) -> LabelledField:
        return LabelledField(
            label, LineInput(self, placeholder=placeholder), self, optional=optional
        )

    def _text(
        self,
        label: str,
        placeholder: str,
        lines: int,
        most: int,
        *,
        key: str = "",
        optional: bool = False,
    ) -> LabelledField:
        editor = TextInput(self, placeholder=placeholder, lines=lines, most=most)
        return LabelledField(label, editor, self, key=key, optional=optional)

    def _lay_out(self, count_card: QWidget) -> None:
        told = Card("", self)
        self.decided = Card("", self)
        money = Card("", self)
        for name in ("summary", "outcome", "next_steps"):
            told.body.addWidget(self.fields[name])
        told.body.addLayout(
            field_row([self.fields[name] for name in ("host", "recorder", "served", "expected")])
        )
        for name in ("resolutions", "reviews"):
            self.decided.body.addWidget(self.fields[name])
        disclosed = [self.fields[name] for name in ("disclosed_on", "disclosed_at")]
        self.decided.body.addLayout(field_row(disclosed))
        for name in ("funds", "media"):
            money.body.addWidget(self.fields[name])
        columns = Columns([[told, self.decided], [count_card, money]], self, shares=(3, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns)
