"""The groups of fields of a plan's form. Each shows its part of a `PlanText` and gives it back as
typed; which of them are asked for now is said by the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.ledgers.activities.fields import FIELDS
from desktop_app.ledgers.activities.rules.activity import MOST_EXPECTED, ActivityKind
from desktop_app.ledgers.activities.rules.plan_text import NEXT_DAY, NO, YES, PlanText
from desktop_app.ledgers.activities.rules.series import MOST_AT_ONCE
from desktop_app.ledgers.activities.service.drafting import UsualWords
from desktop_app.ledgers.activities.ui.row_sheets import (
    REPEAT_CHOICES,
    REST_CHOICES,
    REST_LABEL,
)
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, NumberInput

Editor = LineInput | TextInput | ChoiceBar
_LABELS: Mapping[str, str] = {field.name: field.label for field in FIELDS}
_PAST_MIDNIGHT = "过了零点才结束的，结束时间照写，再选“第二天”。"
_ONCE = "once"
_SAME_DAY = "same"

_KINDS = tuple(
    Choice(kind.value, kind.label, str(number % 10))
    for number, kind in enumerate(ActivityKind, start=1)
)
_END_DAYS = (Choice(_SAME_DAY, "当天"), Choice(NEXT_DAY, "第二天"))
_MEETING = (Choice(NO, "不是"), Choice(YES, "是会议"))


class FormPane(QWidget):
    """Fields by the name they have in `PlanText`, in the order they are asked."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, LabelledField] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE.medium)

    def add_field(
        self, name: str, editor: Editor, *, label: str = "", key: str = "", required: bool = False
    ) -> LabelledField:
        """A field for one attribute of the form."""
        words = label or _LABELS[name]
        field = LabelledField(words, editor, self, key=key, optional=not required)
        self.fields[name] = field
        editor.changed.connect(self.changed)
        return field

    def add_row(self, fields: Sequence[QWidget], shares: Sequence[int] = ()) -> None:
        """Put fields side by side."""
        self.column.addLayout(field_row(fields, shares))

    def show_text(self, text: PlanText) -> None:
        """Show this pane's part of a form."""
        for name, field in self.fields.items():
            put_text(field.editor, getattr(text, name))

    def into(self, text: PlanText) -> PlanText:
        """The form with this pane's part of it."""
        return replace(text, **{name: text_in(field.editor) for name, field in self.fields.items()})

    def offer(self, usual: UsualWords) -> None:
        """What was written before, to be taken over."""
        for name, field in self.fields.items():
            if isinstance(field.editor, SuggestInput):
                field.editor.set_offers((one.word, one.found_by) for one in usual.of(name))

    def editors(self) -> list[QWidget]:
        """What takes the keyboard here, in order."""
        return [field.editor for field in self.fields.values()]


class WhatPane(FormPane):
    """活动名称, 主题品牌, 类别; 其他 asks for the station's own word, and if it is a meeting."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        name = SuggestInput(self, placeholder="如 健康入户 邻里同行")
        brand = SuggestInput(self, placeholder="如 近邻微课堂")
        self.add_row(
            (
                self.add_field("name", name, key="M", required=True),
                self.add_field("brand", brand, key="P"),
            ),
            (5, 3),
        )
        kind = ChoiceBar(_KINDS, self)
        self.column.addWidget(self.add_field("kind", kind, label="类别", key="L", required=True))
        own = SuggestInput(self, placeholder="本站自己的叫法，如 楼栋恳谈")
        self.add_row(
            (
                self.add_field("own_kind", own, label="写明类别"),
                self.add_field(
                    "meeting", ChoiceBar(_MEETING, self), label="是不是会议（有主持人和议程）"
                ),
            ),
            (5, 3),
        )

    def ask_own_kind(self, asked: bool) -> None:
        """Ask for the station's own word, or not."""
        for name in ("own_kind", "meeting"):
            self.fields[name].setVisible(asked)


class WhenPane(FormPane):
    """活动日期, 开始, 结束, and which day the end is on where the clock alone does not tell."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        begins, ends = TimeInput(self, usual=(9, 0)), TimeInput(self, usual=(11, 0))
        self.add_row(
            (
                self.add_field("day", DateInput(today, self), key="D", required=True),
                self.add_field("begins", begins, label="开始时间", key="K", required=True),
                self.add_field("ends", ends, label="结束时间", key="J", required=True),
                self.add_field(
                    "ends_on", ChoiceBar(_END_DAYS, self), label="哪天结束", required=True
                ),
            ),
            (3, 2, 2, 3),
        )
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._said, "small")
        self.column.setSpacing(SPACE.hair)
        self.column.addWidget(self._said)

    def say(self, words: str, *, ask_end_day: bool) -> None:
        """When it is, in words; and whether the day of the end is asked."""
        self._said.setText(words or _PAST_MIDNIGHT)
        self.fields["ends_on"].setVisible(ask_end_day)

    @property
    def said(self) -> str:
        return self._said.text()


class WherePane(FormPane):
    """地点 and 应到人数. A place of the register stays linked while its words stay the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._linked = ("", "")
        place = SuggestInput(self, placeholder="如 青榕雅苑小区广场")
        expected = NumberInput(self, most=MOST_EXPECTED, unit="人")
        self.add_row(
            (
                self.add_field("place_words", place, key="C", required=True),
                self.add_field("expected", expected, key="Y"),
            ),
            (6, 2),
        )

    def show_text(self, text: PlanText) -> None:
        super().show_text(text)
        self._linked = (text.place_words, text.place)

    def into(self, text: PlanText) -> PlanText:
        typed = super().into(text)
        words, place = self._linked
        return replace(typed, place=place if typed.place_words == words else "")


class MeetingPane(FormPane):
    """主持人 and 议程: asked for meetings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        agenda = TextInput(self, placeholder="一行写一项", lines=3, most=8)
        self.add_row(
            (
                self.add_field("host", SuggestInput(self), key="Z"),
                self.add_field("agenda", agenda, key="G"),
            ),
            (2, 6),
        )


class WhoPane(FormPane):
    """主办, 承办, 协办, 共建单位."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add_row(
            (
                self.add_field("organiser", SuggestInput(self), key="B"),
                self.add_field("undertaker", SuggestInput(self)),
            )
        )
        partners = LineInput(self, placeholder="几家的用顿号隔开，如 青榕小学、青榕派出所")
        self.add_row(
            (
                self.add_field("co_organiser", SuggestInput(self)),
                self.add_field("partners", partners, key="W"),
            )
        )


class AgainPane(FormPane):
    """Whether it comes back: asked of a new activity only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        again = ChoiceBar((Choice(_ONCE, "只办这一场", "0"), *REPEAT_CHOICES), self)
        self.column.addWidget(self.add_field("repeat", again, label="重复", key="R", required=True))
        times = NumberInput(self, least=2, most=MOST_AT_ONCE + 1, unit="场")
        self.add_row(
            (
                self.add_field("times", times, label="共几场（含这一场）", required=True),
                self.add_field(
                    "workdays", ChoiceBar(REST_CHOICES, self), label=REST_LABEL, required=True
                ),
            ),
            (2, 5),
        )
        again.changed.connect(self._ask)
        self._ask()

    def show_text(self, text: PlanText) -> None:
        shown = replace(text, repeat=text.repeat or _ONCE, workdays=text.workdays or NO)
        super().show_text(shown)
        self._ask()

    def into(self, text: PlanText) -> PlanText:
        typed = super().into(text)
        if typed.repeat in (_ONCE, ""):
            return replace(typed, repeat="", times="", workdays="")
        return typed

    @Slot()
    def _ask(self) -> None:
        comes_back = text_in(self.fields["repeat"].editor) not in (_ONCE, "")
        for name in ("times", "workdays"):
            self.fields[name].setVisible(comes_back)


class RemarkPane(FormPane):
    """备注: stays in the station, on no paper."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        remark = TextInput(self, placeholder="要准备的物品、联系人等，只在站内看", lines=2)
        self.column.addWidget(self.add_field("remark", remark, key="N"))


def text_in(editor: QWidget) -> str:
    """What stands in an editor, as typed; of a choice its value."""
    if isinstance(editor, LineInput):
        return editor.text()
    if isinstance(editor, TextInput):
        return editor.toPlainText()
    assert isinstance(editor, ChoiceBar)
    return str(editor.value() or "")


def put_text(editor: QWidget, text: str) -> None:
    """Put back what `text_in` answered."""
    if isinstance(editor, ChoiceBar):
        editor.set_value(text or None)
        return
    assert isinstance(editor, LineInput | TextInput)
    editor.set_value(text)


def give_keyboard(editor: QWidget) -> None:
    """Put the keyboard into an editor, its text selected so that typing begins anew."""
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(editor, LineInput):
        editor.selectAll()
