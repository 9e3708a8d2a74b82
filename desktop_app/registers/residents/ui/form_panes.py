"""The groups of fields of a resident's form. Each shows its part of a `ResidentText` and gives it
back as typed; which of them are asked for now is said by the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.wording import Term
from desktop_app.registers.places.service import NO_COMPOUNDS
from desktop_app.registers.residents.entry import PlaceChoice, PlaceChoices
from desktop_app.registers.residents.entry_text import ResidentText
from desktop_app.registers.residents.rules import ConsentBasis, PartyKind, ResidentKind
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, IdInput, PhoneInput

Editor = LineInput | TextInput | ChoiceBar | ChoiceBox

_GENDERS = (
    Choice(str(Gender.MALE.value), Gender.MALE.label, "1"),
    Choice(str(Gender.FEMALE.value), Gender.FEMALE.label, "2"),
    Choice(str(Gender.NOT_STATED.value), Gender.NOT_STATED.label, "3"),
)


class FormPane(QWidget):
    """Fields by the name they have in `ResidentText`, in the order they are asked."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, LabelledField] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE.medium)

    def add_field(
        self, name: str, label: str, editor: Editor, *, key: str = "", required: bool = False
    ) -> LabelledField:
        """A field for one attribute of the form."""
        field = LabelledField(label, editor, self, key=key, optional=not required)
        self.fields[name] = field
        editor.changed.connect(self.changed)
        return field

    def add_row(self, fields: Sequence[QWidget], shares: Sequence[int] = ()) -> None:
        """Put fields side by side."""
        self.column.addLayout(field_row(fields, shares))

    def show_text(self, text: ResidentText) -> None:
        """Show this pane's part of a form."""
        for name, field in self.fields.items():
            put_text(field.editor, getattr(text, name))

    def into(self, text: ResidentText) -> ResidentText:
        """The form with this pane's part of it."""
        typed = {name: text_in(field.editor) for name, field in self.fields.items()}
        return replace(text, **typed)  # type: ignore[arg-type]

    def editors(self) -> list[QWidget]:
        """What takes the keyboard here, in order."""
        return [field.editor for field in self.fields.values()]


def text_in(editor: QWidget) -> str:
    """What stands in an editor, as typed; of a choice its value."""
    if isinstance(editor, LineInput):
        return editor.text()
    if isinstance(editor, TextInput):
        return editor.toPlainText()
    assert isinstance(editor, ChoiceBar | ChoiceBox)
    return str(editor.value() or "")


def put_text(editor: QWidget, text: str) -> None:
    """Put back what `text_in` answered."""
    if isinstance(editor, ChoiceBar | ChoiceBox):
        editor.set_value(text or None)
        return
    assert isinstance(editor, LineInput | TextInput)
    editor.set_value(text)


class PersonPane(FormPane):
    """姓名, 性别, 出生日期."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        name, gender = LineInput(self), ChoiceBar(_GENDERS, self)
        birth = DateInput(today, self)
        birth.setPlaceholderText("如 19550308")
        self.add_row(
            (
                self.add_field("name", "姓名", name, key="X", required=True),
                self.add_field("gender", "性别", gender, key="E"),
                self.add_field("birth", "出生日期", birth, key="B"),
            ),
            (3, 4, 3),
        )


class IdPane(FormPane):
    """证件类型 and 证件号码. `left_number` comes when the keyboard leaves the number."""

    left_number = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        kinds = ChoiceBox(_choices(IdKind), self, placeholder=IdKind.RESIDENT_ID_CARD.label)
        self.number = IdInput(parent=self)
        self.add_row(
            (
                self.add_field("id_kind", "证件类型", kinds, key="Z"),
                self.add_field("id_number", "证件号码", self.number, key="H"),
            ),
            (2, 3),
        )
        self.number.editingFinished.connect(self.left_number)


class HomePane(FormPane):
    """小区, 楼栋, 单元, 门牌, 地址补充."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._compounds = ChoiceBox((), self, placeholder="名称的一部分或首字母")
        doors = (("building", "楼栋", "L"), ("unit", "单元", "Y"), ("room", "门牌", "M"))
        self.add_row(
            (
                self.add_field("compound", Term.COMPOUND.value, self._compounds, key="Q"),
                *(
                    self.add_field(name, label, LineInput(self, chinese=False), key=key)
                    for name, label, key in doors
                ),
            ),
            (4, 1, 1, 1),
        )
        note = LineInput(self, placeholder="不在小区里时写在这里，如 石埕巷12号")
        self.column.addWidget(self.add_field("address_note", "地址补充", note))

    def set_places(self, places: PlaceChoices) -> None:
        """The 小区 to choose from; the one chosen stays chosen."""
        self._compounds.set_choices(place_items(places.compounds))
        self.fields["compound"].set_hint("" if places.compounds else NO_COMPOUNDS)


class PartyPane(FormPane):
    """人员类别 and 党员管理类别, and what each kind of party member needs besides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        kinds = ChoiceBar(_choices(ResidentKind, keys=True), self)
        self._party = ChoiceBar(_choices(PartyKind, keys=True), self)
        self._branches = ChoiceBox((), self, placeholder="名称的一部分或首字母")
        self.column.addWidget(self.add_field("kind", "人员类别", kinds, key="I", required=True))
        self.column.addWidget(
            self.add_field("party", "党员管理类别", self._party, key="R", required=True)
        )
        self.add_row(
            (
                self.add_field("party_branch", "所在党支部", self._branches),
                self.add_field("workplace", "工作单位", LineInput(self), required=True),
                self.add_field("flow_from", "流出地", LineInput(self, placeholder="从哪里来")),
                self.add_field("flow_to", "流入地", LineInput(self, placeholder="到哪里去")),
            )
        )
        self._party.changed.connect(self.ask_what_is_needed)
        self.ask_what_is_needed()

    def set_places(self, places: PlaceChoices) -> None:
        """The 党支部 to choose from; the one chosen stays chosen."""
        self._branches.set_choices(place_items(places.branches))
        self.ask_what_is_needed()

    def show_text(self, text: ResidentText) -> None:
        super().show_text(text)
        self.ask_what_is_needed()

    @Slot()
    def ask_what_is_needed(self) -> None:
        """Show the fields of the chosen kind, and those that say something already."""
        party = text_in(self._party)
        member = party not in ("", PartyKind.NONE.value)
        needed = {
            "party_branch": member and self._branches.count() > 0,
            "workplace": party == PartyKind.EMPLOYED.value,
            "flow_from": party == PartyKind.MOBILE.value,
            "flow_to": party == PartyKind.MOBILE.value,
        }
        for name, wanted in needed.items():
            field = self.fields[name]
            field.setVisible(wanted or bool(text_in(field.editor)))


class GuardianPane(FormPane):
    """监护人: asked for below 14."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        relation = LineInput(self, placeholder="如 父亲、祖母")
        self.add_row(
            (
                self.add_field(
                    "guardian_name", "监护人姓名", LineInput(self), key="J", required=True
                ),
                self.add_field("guardian_relation", "与本人的关系", relation),
                self.add_field("guardian_phone", "监护人电话", PhoneInput(parent=self)),
            ),
            (4, 3, 4),
        )

    def ask(self, needed: bool) -> None:
        """Show the pane for a child, and as long as it says something."""
        said = any(text_in(editor) for editor in self.editors())
        self.setVisible(needed or said)


class ConsentPane(FormPane):
    """告知与同意, and 备注. The day and who told are filled in when a ground is chosen."""

    def __init__(self, today: Callable[[], date], clerk: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self._clerk = today, clerk
        self._basis = ChoiceBox(_choices(ConsentBasis), self, placeholder="还没有告知")
        self._day = DateInput(today, self)
        self._by = LineInput(self)
        note = LineInput(self, placeholder="如 代办人转告、书面同意存于档案柜")
        self.add_row(
            (
                self.add_field("consent_basis", "告知与同意", self._basis, key="A"),
                self.add_field("consent_day", "告知日期", self._day, required=True),
                self.add_field("consent_by", "告知人", self._by),
            ),
            (4, 3, 3),
        )
        self.column.addWidget(self.add_field("consent_note", "告知说明", note))
        remark = TextInput(self, placeholder="不要写健康、矛盾等敏感情况")
        self.column.addWidget(self.add_field("remark", "备注", remark, key="N"))
        self._basis.changed.connect(self._fill)
        self._ask_what_is_needed()

    def show_text(self, text: ResidentText) -> None:
        super().show_text(text)
        # What is empty in a kept form was left so on purpose.
        put_text(self._day, text.consent_day)
        put_text(self._by, text.consent_by)
        self._ask_what_is_needed()

    def _ask_what_is_needed(self) -> bool:
        told = bool(text_in(self._basis))
        for name in ("consent_day", "consent_by", "consent_note"):
            self.fields[name].setVisible(told)
        return told

    @Slot()
    def _fill(self) -> None:
        told = self._ask_what_is_needed()
        if told and not self._day.value():
            self._day.set_day(self._today())
        if told and not self._by.value():
            self._by.set_value(self._clerk)


def place_items(places: Iterable[PlaceChoice]) -> list[Choice]:
    """小区 or 党支部 as choices of a box, by the hex of their uid."""
    return [Choice(place.uid.hex, place.name, search=place.found_by) for place in places]


def _choices(enum: type[Enum], *, keys: bool = False) -> list[Choice]:
    return [
        Choice(str(one.value), getattr(one, "label", one.name), str(number) if keys else "")
        for number, one in enumerate(enum, start=1)
    ]


def give_keyboard(editor: QWidget) -> None:
    """Put the keyboard into an editor, its text selected so that typing begins anew."""
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(editor, LineInput):
        editor.selectAll()
