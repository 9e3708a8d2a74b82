"""The fields of an agreement in the order one speaks of them: of a draft, or only its terms.

Shows and gives back a text (`rules/draft_text`); what is done with it is for form and sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.identity import check_credit_code
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import MOST_AMOUNT, Content, PromiseKind, Rhythm
from desktop_app.ledgers.agreements.rules.draft_text import (
    COUNTED,
    NEVER,
    NO,
    OTHERS,
    YES,
    Text,
    promise_field,
    year_after,
)
from desktop_app.ledgers.agreements.rules.entry import NEEDED
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.rows_editor import Head, RowsEditor
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import CodeInput, DateInput, NumberInput, PhoneInput

_RHYTHMS = tuple(Choice(one.value, f"每{one.label}") for one in Rhythm)
_CODE = 18


@dataclass(frozen=True, slots=True)
class _Entry:
    """One field: its name, its editor, its share of the row, its Alt letter, words in it empty."""

    name: str
    editor: str = "line"
    share: int = 1
    key: str = ""
    hint: str = ""


_Row = tuple[_Entry, ...]

_GROUPS: tuple[tuple[str, tuple[_Row, ...]], ...] = (
    ("", ((_Entry("partner", "partner", key="G"),),)),
    (
        "甲方（社区党组织）",
        (
            (_Entry("party_a", share=5, key="J"), _Entry("a_head", share=3)),
            (_Entry("a_liaison"), _Entry("a_phone", "phone")),
        ),
    ),
    (
        "乙方（共建单位）",
        (
            (_Entry("party_b", share=5, key="Y"), _Entry("b_head", share=3)),
            (_Entry("credit_code", "code"), _Entry("b_liaison"), _Entry("b_phone", "phone")),
        ),
    ),
    (
        "期限与内容",
        (
            (_Entry("starts_on", "day", key="Q"), _Entry("ends_on", "day")),
            (_Entry("contents", "contents", key="N"),),
            (_Entry("goals", "text", hint="一两句话写明要达到什么"),),
            (_Entry("contents_words", "text", hint="具体做什么，可以不写"),),
        ),
    ),
    (
        "甲方做什么",
        (
            (_Entry("demand_every", "rhythm"), _Entry("platform", hint="如 社区活动室")),
            (_Entry("a_duties", "text"),),
        ),
    ),
    (
        "乙方做什么",
        (
            (_Entry("venues", hint="如 一楼会议室、反诈宣讲员"),),
            (_Entry("b_duties", "text"),),
        ),
    ),
    (
        "每年承诺多少（不承诺的空着）",
        (
            tuple(_Entry(promise_field(kind), "amount") for kind in COUNTED),
            (_Entry(OTHERS, "others"),),
        ),
    ),
    (
        "联席会议与变更",
        (
            (_Entry("meeting_every", "meetings", 3), _Entry("quarterly_report", "yes", 2)),
            (_Entry("notice_days", "days", 2), _Entry("changes_words", share=5)),
        ),
    ),
    (
        "份数与备案",
        (
            (
                _Entry("copies", "copies"),
                _Entry("copies_each", "copies"),
                _Entry("filed_with", share=3),
            ),
            (_Entry("remark", "text", hint="只在站内看，不上报"),),
        ),
    ),
)

_SHORT = {
    "partner": "共建单位",
    "notice_days": "提前几天书面通知终止",
    "copies": "一式几份",
    "copies_each": "双方各执几份",
    "quarterly_report": "每季度书面汇报街道",
    OTHERS: "其他承诺",
}


_NEEDED = (
    NEEDED
    | {"partner", "demand_every", "notice_days", "copies", "copies_each"}
    | {promise_field(PromiseKind.ACTIVITIES)}
)
"""What is asked for before it is signed and printed; a draft may be without."""


class AgreementBody(QWidget):
    """`changed` follows every edit; `partner_chosen` carries the value of the unit chosen.

    With `only`, no other fields than these are there.
    """

    changed = Signal()
    partner_chosen = Signal(object)
    ended = Signal()

    def __init__(
        self, today: Callable[[], date], parent: QWidget, *, only: Collection[str] = ()
    ) -> None:
        super().__init__(parent)
        self._today, self._only = today, frozenset(only)
        self._showing = False
        self._offered_end = ""
        self.fields: dict[str, LabelledField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        for title, rows in _GROUPS:
            self._add_group(column, title, rows)
        for name, slot in (
            ("credit_code", self._check_code),
            ("starts_on", self._say_year),
            ("partner", self._tell_partner),
        ):
            if name in self.fields:
                self.fields[name].editor.changed.connect(slot)  # type: ignore[attr-defined]
        self._enter_goes_on()

    # --- what it says --------------------------------------------------------------------------

    def text(self) -> Text:
        """The fields as typed."""
        return {name: _typed(field.editor) for name, field in self.fields.items()}

    def show_text(self, text: Text) -> None:
        """Show a text as it was typed; what it lacks stays."""
        self._showing, self._offered_end = True, ""
        for name, value in text.items():
            if name in self.fields:
                _put(self.fields[name].editor, value)
        self._showing = False
        self.show_problems(())
        self._check_code()

    def offer_partners(self, choices: Sequence[Choice]) -> None:
        """The units to choose from; the one chosen stays chosen."""
        field = self.fields.get("partner")
        if field is not None and isinstance(field.editor, ChoiceBox):
            self._showing = True
            kept = field.editor.value()
            field.editor.set_choices(choices)
            field.editor.set_value(kept)
            self._showing = False

    def show_problems(self, problems: Sequence[Fault]) -> list[str]:
        """Say beside each field what is wrong and put the keyboard into the first one; answers
        what belongs to no field."""
        for field in self.fields.values():
            field.clear_problem()
        homeless, blamed = [], set()
        for problem in problems:
            name = self._home_of(problem.field or "")
            if name:
                self.fields[name].set_problem(problem.words)
                blamed.add(name)
            else:
                homeless.append(problem.words)
        first = next((name for name in self.fields if name in blamed), None)
        if first is not None:
            self.go(first)
        return homeless

    def go(self, name: str) -> None:
        """Put the keyboard into a field."""
        editor = self.fields[name].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(line, QLineEdit):
            line.selectAll()

    def editors(self) -> list[QWidget]:
        """What takes the keyboard here, in order."""
        return [field.editor for field in self.fields.values()]

    # --- inside --------------------------------------------------------------------------------

    def _home_of(self, field: str) -> str:
        if field == "promises":
            return promise_field(PromiseKind.ACTIVITIES)
        return field if field in self.fields else ""

    def _add_group(self, column: QVBoxLayout, title: str, rows: Sequence[_Row]) -> None:
        kept = [
            [entry for entry in row if not self._only or self._name_asked(entry.name) in self._only]
            for row in rows
        ]
        if not any(kept):
            return
        if title:
            heading = QLabel(title, self)
            heading.setProperty("role", "section")
            column.addSpacing(SPACE.small)
            column.addWidget(heading)
        for row in kept:
            if row:
                fields = [self._field(entry) for entry in row]
                column.addLayout(field_row(fields, [entry.share for entry in row]))

    @staticmethod
    def _name_asked(name: str) -> str:
        return "promises" if name.startswith("promise") else name

    def _field(self, entry: _Entry) -> LabelledField:
        editor = self._editor(entry)
        label = _SHORT.get(entry.name) or _promise_label(entry.name) or KIND.field(entry.name).label
        needed = entry.name in _NEEDED
        field = LabelledField(label, editor, self, key=entry.key, optional=not needed)
        self.fields[entry.name] = field
        editor.changed.connect(self._tell)
        return field

    def _editor(self, entry: _Entry) -> Any:
        name, hint = entry.name, entry.hint
        made: dict[str, Callable[[], Any]] = {
            "line": lambda: LineInput(self, placeholder=hint),
            "text": lambda: TextInput(self, placeholder=hint),
            "phone": lambda: PhoneInput(parent=self),
            "code": lambda: CodeInput(parent=self, placeholder="18 位"),
            "day": lambda: DateInput(self._today, self),
            "partner": lambda: ChoiceBox((), self, placeholder="名称、简称或拼音首字母"),
            "contents": lambda: TickBar([Choice(one.value, one.label) for one in Content], self),
            "rhythm": lambda: ChoiceBar(_RHYTHMS, self),
            "meetings": lambda: ChoiceBar((*_RHYTHMS, Choice(NEVER, "不约定")), self),
            "yes": lambda: ChoiceBar((Choice(YES, "要汇报"), Choice(NO, "不约定")), self),
            "amount": lambda: NumberInput(self, least=1, most=MOST_AMOUNT, unit=_measure(name)),
            "days": lambda: NumberInput(self, least=1, most=365, unit="天"),
            "copies": lambda: NumberInput(self, least=1, most=20, unit="份"),
            "others": lambda: RowsEditor(
                "其他承诺",
                (Head("承诺什么（连单位写）", 5, "如 义诊服务居民人次"), Head("每年数量", 2)),
                self,
            ),
        }
        return made[entry.editor]()

    def _enter_goes_on(self) -> None:
        editors = self.editors()
        for place, editor in enumerate(editors):
            line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
            submitted = getattr(line, "submitted", None)
            if submitted is not None:
                submitted.connect(partial(self._go_on, place))

    @Slot()
    def _go_on(self, place: int) -> None:
        names = list(self.fields)
        if place + 1 < len(names):
            self.go(names[place + 1])
        else:
            self.ended.emit()

    @Slot()
    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()

    @Slot()
    def _tell_partner(self) -> None:
        if not self._showing:
            editor = self.fields["partner"].editor
            assert isinstance(editor, ChoiceBox)
            self.partner_chosen.emit(editor.value())

    @Slot()
    def _check_code(self) -> None:
        field = self.fields.get("credit_code")
        if field is None or not isinstance(field.editor, CodeInput):
            return
        code = field.editor.code()
        if 0 < len(code) < _CODE:
            field.set_hint(f"已输 {len(code)} 位，共 {_CODE} 位")
            return
        field.set_hint("")
        try:
            if code:
                check_credit_code(code)
        except UserError as fault:
            field.set_problem(fault.words)

    @Slot()
    def _say_year(self) -> None:
        """A year is usual: its last day is offered as soon as the first one is known."""
        ends = self.fields["ends_on"].editor
        starts = self.fields["starts_on"].editor
        assert isinstance(ends, DateInput)
        assert isinstance(starts, DateInput)
        if self._showing or ends.value() != self._offered_end:
            return
        day = parse_day(starts.text(), self._today())
        self._offered_end = "" if day is None else year_after(day).isoformat()
        ends.set_value(self._offered_end)


def _promise_label(name: str) -> str:
    return next((kind.label for kind in COUNTED if promise_field(kind) == name), "")


def _measure(name: str) -> str:
    return next((kind.measure for kind in COUNTED if promise_field(kind) == name), "")


def _typed(editor: QWidget) -> Any:
    """What stands in an editor, as plain JSON."""
    if isinstance(editor, LineInput):
        return editor.text()
    if isinstance(editor, TextInput):
        return editor.toPlainText()
    if isinstance(editor, TickBar):
        return list(editor.value())
    if isinstance(editor, RowsEditor):
        return [list(cells) for cells in editor.value()]
    assert isinstance(editor, ChoiceBar | ChoiceBox)
    return str(editor.value() or "")


def _put(editor: QWidget, value: Any) -> None:
    """Put back what `_typed` answered."""
    if isinstance(editor, ChoiceBar | ChoiceBox):
        editor.set_value(value or None)
    elif isinstance(editor, RowsEditor):
        editor.set_value([tuple(cells) for cells in value])
    else:
        assert isinstance(editor, LineInput | TextInput | TickBar)
        editor.set_value(value)
