"""The fields of a new request on their card, in the order one speaks, and what is wrong with them.

Shows and gives back a `RequestText`; what is done with it is for `form`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.requests.rules.form_text import NO, YES, RequestText
from desktop_app.ledgers.requests.rules.request import DisputeStage, RequestKind
from desktop_app.registers.matters.rules import MOST_STATION_DAYS
from desktop_app.registers.places.service import NO_COMPOUNDS, CompoundChoice
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.search import Found
from desktop_app.registers.residents.ui.box import ResidentBox
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import (
    ScrollPage,
    field_row,
    focus_order,
    plain_button,
    primary_button,
)
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, NumberInput, PhoneInput

Editor = LineInput | TextInput | ChoiceBar | ChoiceBox
NO_STAGE = ""
FROM_FILE = "已选居民档案；电话不填时照档案。"
NOBODY = "没有档案的直接写姓名；不愿留名的可以不写。"
_OF_PERSON = ("name", "phone", "compound", "door")
_FAULTS = {"building": "door", "unit": "door", "room": "door", "limit_days": "limit",
           "dispute_stage": "stage", "resident": "name"}  # fmt: skip
"""Which field of the form is to blame for an attribute of the request."""


def _numbered(choices: type[LabelledEnum]) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.value, one.label, str(number)) for number, one in enumerate(choices, start=1)
    )


_STAGES = (Choice(NO_STAGE, "不是物业纠纷", "0"), *_numbered(DisputeStage))
_CONSENT = (Choice(NO, "没有问或不同意", "0"), Choice(YES, "同意提供", "1"))
_PETITION = (Choice(NO, "不是", "0"), Choice(YES, "是，只告知渠道、只计件数", "1"))


class RequestBody(QFrame):
    """`changed` follows every edit.

    `save_wanted` is Ctrl+Enter, `leave_wanted` the button, `begin_again` drops what was restored;
    `chosen` carries the `PersonLine` picked in the box. `over` is what the box's results hang over.
    """

    changed = Signal()
    save_wanted = Signal()
    leave_wanted = Signal()
    begin_again = Signal()
    chosen = Signal(object)

    def __init__(
        self,
        find: Callable[[str], Found],
        today: Callable[[], date],
        over: QWidget,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._showing = False
        self._linked = ("", "")
        self.box = ResidentBox(find, today, over, self)
        self.who = self._quiet("quiet")
        self.fields: dict[str, LabelledField] = {}
        self._make_fields(today)
        self._note = self._quiet("quiet")
        self._drop = plain_button("重新填写", self, icon_name="undo-2")
        self._problem = self._quiet("problem")
        self.leave = plain_button("返回  Esc", self)
        self.leave.setAccessibleName("返回")
        self.save = primary_button("登记", self, keys="Ctrl+Enter", icon_name="save")
        self._lay_out()
        self._connect()
        self.say("")
        self.show_problems(())

    # --- what it says --------------------------------------------------------------------------

    def text(self) -> RequestText:
        """The form as typed. A file stays linked while the name is the one it was chosen with."""
        typed = {name: _text_in(field.editor) for name, field in self.fields.items()}
        name, resident = self._linked
        return RequestText(**typed, resident=resident if typed["name"] == name else "")

    def show_text(self, text: RequestText) -> None:
        """Show a form as it was typed."""
        self._showing = True
        self._linked = (text.name, text.resident)
        self._wanted_compound = text.compound
        for name, field in self.fields.items():
            _put_text(field.editor, getattr(text, name))
        self.box.clear()
        self.show_problems(())
        self._turn()
        self._showing = False

    def take_person(self, resident: Resident) -> None:
        """Take over who it is from a file, and go on with what is missing; the telephone number
        stays in the file."""
        self.box.clear()
        self._linked = (resident.name, resident.uid.hex)
        door = "-".join(filter(None, (resident.building, resident.unit, resident.room)))
        compound = "" if resident.compound is None else resident.compound.hex
        for name, words in (("name", resident.name), ("compound", compound), ("door", door)):
            _put_text(self.fields[name].editor, words)
        self._edited()
        give_keyboard(self.first_missing())

    def ask_who(self, asked: bool, words: str = "") -> None:
        """Whether the person is asked for; else `words` say who it is."""
        self._asks_who = asked
        self._told_who = words
        for widget in (self.box, *(self.fields[name] for name in _OF_PERSON)):
            widget.setVisible(asked)
        for name in ("source", "petition"):
            self.fields[name].setVisible(asked)
        self._turn()

    def offer(self, compounds: Sequence[CompoundChoice], categories: Sequence[str]) -> None:
        """The 小区 to choose from, and the categories in use."""
        self._showing = True
        box = self.fields["compound"].editor
        assert isinstance(box, ChoiceBox)
        kept = box.value()
        choices = [Choice(one.uid.hex, one.name, search=" ".join(one.above)) for one in compounds]
        box.set_choices(choices)
        box.set_value(kept or self._wanted_compound or None)
        self.fields["compound"].set_hint("" if choices else NO_COMPOUNDS)
        line = self.fields["category"].editor
        assert isinstance(line, SuggestInput)
        line.set_offers((name, " ".join(sorted(name_keys(name)))) for name in categories)
        self._showing = False

    def say(self, words: str) -> None:
        """A quiet sentence above the fields, with the way to begin anew; empty takes it away."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._drop.setVisible(bool(words))

    @property
    def note(self) -> str:
        """What stands above the fields, or empty."""
        return self._note.text()

    def first_missing(self) -> QWidget:
        """Where the conversation goes on: the first of what makes a request that is still empty."""
        for name in ("title", "summary", "limit"):
            if not _text_in(self.fields[name].editor).strip():
                return self.fields[name].editor
        return self.fields["title"].editor

    # --- what is wrong -------------------------------------------------------------------------

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    def show_problems(self, problems: Sequence[Fault]) -> None:
        """Say beside each field what is wrong, and put the keyboard into the first one."""
        for field in self.fields.values():
            field.clear_problem()
        homeless, blamed = [], set()
        for problem in problems:
            name = _FAULTS.get(problem.field or "", problem.field or "")
            if name in self.fields and not self.fields[name].isHidden():
                self.fields[name].set_problem(problem.words)
                blamed.add(name)
            else:
                homeless.append(problem.words)
        self._problem.setText("\n".join(homeless))
        self._problem.setVisible(bool(homeless))
        first = next((name for name in self.fields if name in blamed), None)
        if first is not None:
            give_keyboard(self.fields[first].editor)

    # --- the parts -----------------------------------------------------------------------------

    def _add(
        self, name: str, label: str, editor: Editor, key: str = "", *, required: bool = False
    ) -> None:
        self.fields[name] = LabelledField(label, editor, self, key=key, optional=not required)

    def _make_fields(self, today: Callable[[], date]) -> None:
        """All fields, in the order of Tab and Enter."""
        add = partial(self._add)
        self._asks_who, self._told_who, self._wanted_compound = True, "", ""
        add("name", "居民姓名", LineInput(self), "X")
        add("phone", "联系电话", PhoneInput(parent=self), "D")
        add("compound", "小区", ChoiceBox((), self, placeholder="名称的一部分"), "Q")
        add("door", "门牌", LineInput(self, placeholder="如 3-2-501", chinese=False), "M")
        title = LineInput(self, placeholder="一句话写明要办什么，不写姓名和电话")
        add("title", "事项", title, "S", required=True)
        summary = TextInput(self, placeholder="时间、地点、经过、希望怎么办", lines=2)
        add("summary", "详细情况", summary, "N")
        add("kind", "类型", ChoiceBar(_numbered(RequestKind), self), "L", required=True)
        add("urgency", "紧急度", ChoiceBar(_numbered(Urgency), self), "J", required=True)
        add("source", "来源", ChoiceBar(_numbered(Source), self), "Y", required=True)
        add("platform", "来源平台", LineInput(self, placeholder="如 百姓管家"), required=True)
        add("external_number", "平台编号", LineInput(self), "B")
        category = SuggestInput(self, placeholder="如 物业服务")
        add("category", "业务类别", category, "C")
        days = NumberInput(self, least=0, most=MOST_STATION_DAYS, unit="个工作日")
        add("limit", "本站时限", days, "T")
        add("stage", "物业纠纷到哪一步", ChoiceBar(_STAGES, self), "W")
        add("consented", "向外移交时的身份信息", ChoiceBar(_CONSENT, self))
        add("day", "补录日期", DateInput(today, self), "R")
        add("time", "时间", TimeInput(self))
        add("petition", "是不是信访事项", ChoiceBar(_PETITION, self))
        add("remark", "备注", LineInput(self, placeholder="只在站内看"), "Z")

    def _rows(self) -> tuple[tuple[Sequence[str], Sequence[int]], ...]:
        return (
            (_OF_PERSON, (3, 3, 4, 3)),
            (("title",), ()),
            (("summary",), ()),
            (("kind", "urgency"), (1, 1)),
            (("source",), ()),
            (("platform", "external_number"), (1, 1)),
            (("category", "limit"), (3, 2)),
            (("stage", "consented"), (3, 2)),
            (("day", "time", "remark"), (2, 2, 5)),
            (("petition",), ()),
        )

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        scroll.body.setSpacing(SPACE.medium)
        scroll.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above = QHBoxLayout()
        above.setSpacing(SPACE.medium)
        above.addWidget(self._note, 1)
        above.addWidget(self._drop)
        scroll.body.addLayout(above)
        who = QHBoxLayout()
        who.setSpacing(SPACE.large)
        who.addWidget(self.box, 3)
        who.addWidget(self.who, 2)
        scroll.body.addLayout(who)
        for names, shares in self._rows():
            scroll.body.addLayout(field_row([self.fields[name] for name in names], shares))
        scroll.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        foot.setSpacing(SPACE.small)
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def _quiet(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self._drop.clicked.connect(self.begin_again)
        self.box.chosen.connect(self.chosen)
        self.box.submitted_empty.connect(partial(give_keyboard, self.fields["name"].editor))
        order = [field.editor for field in self.fields.values()]
        focus_order([self.box.box, *order, self.save, self.leave])
        for place, editor in enumerate(order):
            editor.changed.connect(self._edited)  # type: ignore[attr-defined]
            line: Any = editor.lineEdit() if isinstance(editor, ChoiceBox) else editor
            if hasattr(line, "submitted"):
                line.submitted.connect(partial(self._go_on, place))

    @Slot()
    def _go_on(self, place: int) -> None:
        """Enter: on to the next field that is asked for."""
        rest = [field.editor for field in self.fields.values()][place + 1 :]
        give_keyboard(next((editor for editor in rest if editor.isVisible()), self.save))

    @Slot()
    def _edited(self) -> None:
        if not self._showing:
            self._problem.hide()
            self._turn()
            self.changed.emit()

    def _turn(self) -> None:
        """Ask what the other answers have made needed."""
        text = self.text()
        online = self._asks_who and text.source == Source.ONLINE.value
        for name in ("platform", "external_number"):
            self.fields[name].setVisible(online)
        words = FROM_FILE if text.resident else NOBODY
        self.who.setText(words if self._asks_who else self._told_who)


def give_keyboard(editor: QWidget) -> None:
    """Put the keyboard into an editor, its text selected so that typing begins anew."""
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(editor, LineInput):
        editor.selectAll()


def _text_in(editor: QWidget) -> str:
    """What stands in an editor, as typed; of a choice its value."""
    if isinstance(editor, LineInput):
        return editor.text()
    if isinstance(editor, TextInput):
        return editor.toPlainText()
    assert isinstance(editor, ChoiceBar | ChoiceBox)
    return str(editor.value() or "")


def _put_text(editor: QWidget, text: str) -> None:
    """Put back what `_text_in` answered."""
    if isinstance(editor, ChoiceBar):
        # A choice of nothing (不是物业纠纷) is a choice, too.
        values = [one.value for one in editor.choices]
        editor.set_value(text if text in values else values[0])
    elif isinstance(editor, ChoiceBox):
        editor.set_value(text or None)
    else:
        assert isinstance(editor, LineInput | TextInput)
        editor.set_value(text)


def with_choices(text: RequestText) -> RequestText:
    """A fresh form with its choices as they stand when nobody chose: so it equals what is shown."""
    stands: Mapping[str, str] = {"consented": NO, "petition": NO}
    return replace(text, **{name: getattr(text, name) or value for name, value in stands.items()})
