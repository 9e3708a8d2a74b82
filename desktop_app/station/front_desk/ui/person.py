"""Who came: the resident chosen, the fields of a new one, 匿名, and the several of 多人来访."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.identity import Gender
from desktop_app.core.masking import mask_id, mask_name
from desktop_app.core.wording import Term
from desktop_app.ledgers.visits.rules.visit import MOST_REPRESENTATIVES
from desktop_app.registers.places.service import NO_COMPOUNDS, CompoundChoice
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.ui.box import about, where
from desktop_app.station.front_desk.rules.text import Came, FormText
from desktop_app.station.front_desk.service import Similar
from desktop_app.station.front_desk.ui.similar import SimilarPane
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput, PhoneInput

_ONE_ROW_FROM = 54
"""In widths of a character."""
NOBODY = "在上面的框里找人，Enter 选第一位"
_GENDERS = (
    Choice(str(Gender.MALE.value), "男", "1"),
    Choice(str(Gender.FEMALE.value), "女", "2"),
)


class WhoLine(QWidget):
    """Name and a few quiet words, and the keys for whoever is not in the register."""

    new_wanted = Signal()
    anonymous_wanted = Signal()
    group_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = self._label("section", "来访登记")
        self._who, self._more = self._label("section"), self._label("quiet")
        self._more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(heading)
        line.addSpacing(SPACE.small)
        line.addWidget(self._who)
        line.addWidget(self._more, 1)
        for verb, keys, signal in (
            ("新来访人", "F2", self.new_wanted),
            (Term.ANONYMOUS.value, "F3", self.anonymous_wanted),
            (Term.GROUP_VISIT.value, "F10", self.group_wanted),
        ):
            button = QPushButton(f"{verb}  {keys}", self)
            button.setProperty("role", "plain")
            button.setAccessibleName(verb)
            # The function keys are quicker than Tab, and three stops here would be in the way.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            line.addWidget(button)

    def say(self, who: str, more: str) -> None:
        """Show a name and what tells the person apart."""
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self._more.setText(more)
        self._more.setToolTip(more)
        self.setAccessibleName(" ".join(filter(None, (who, more))))

    @property
    def words(self) -> str:
        """What the line says."""
        return self.accessibleName()

    def _label(self, role: str, words: str = "") -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label


class PersonPane(QWidget):
    """The fields about the person; `who` says in a line who it is and stands where the form likes.

    `changed` follows every edit, `finished` is Enter in the last field, `identified` carries the
    `PersonLine` the clerk says a new person already is.
    """

    changed = Signal()
    finished = Signal()
    identified = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._text = FormText()
        self._line: PersonLine | None = None
        self._covered = False
        self.who = WhoLine(self)
        self._make_fields()
        self.similar = SimilarPane(today, self)
        self.similar.identified.connect(self.identified)
        self._new, self._group = QWidget(self), QWidget(self)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self._show()

    def show_text(self, text: FormText, line: PersonLine | None) -> None:
        """Show who this form is about; `line` is the resident's, when one was chosen."""
        self._text, self._line = text, line
        self.name.set_value(text.name)
        self.gender.set_value(text.gender or None)
        self.phone.set_value(text.phone)
        self.compound.set_value(text.compound or None)
        self.door.set_value(text.door)
        self.people.set_value(text.people)
        self.speakers.set_value(text.speakers)
        self.similar.show_similar(())
        self._show()

    def into(self, text: FormText) -> FormText:
        """The form with this pane's part of it."""
        mine = self._text
        return replace(
            text,
            came=mine.came,
            resident=mine.resident,
            id_kind=mine.id_kind,
            id_number=mine.id_number,
            birth=mine.birth,
            note=mine.note,
            group=mine.group,
            name=self.name.text(),
            gender=str(self.gender.value() or ""),
            phone=self.phone.text(),
            compound=str(self.compound.value() or ""),
            door=self.door.text(),
            people=self.people.text(),
            speakers=self.speakers.text(),
        )

    def set_compounds(self, compounds: Sequence[CompoundChoice]) -> None:
        """The 小区 to choose from."""
        choices = [Choice(one.uid.hex, one.name, search=" ".join(one.above)) for one in compounds]
        self.compound.set_choices(choices)
        self.compound_field.set_hint("" if choices else NO_COMPOUNDS)

    def set_similar(self, people: Sequence[Similar]) -> None:
        """Say that the new person may have a file already."""
        self.similar.show_similar(people if self._text.came == Came.NEW else ())

    def set_covered(self, on: bool) -> None:
        """Hide names and numbers, or show them again."""
        self._covered = on
        mode = QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal
        for line in (self.name, self.phone, self.door, self.speakers):
            line.setEchoMode(mode)
        self.similar.set_covered(on)
        self._show()

    @property
    def fields(self) -> dict[str, LabelledField]:
        """The field that shows what is wrong with an attribute of the visit or of the file."""
        return {
            **dict.fromkeys(("name", "birth", "id_number"), self.name_field),
            "gender": self.gender_field,
            **dict.fromkeys(("phone", "phones"), self.phone_field),
            "compound": self.compound_field,
            **dict.fromkeys(("building", "unit", "room"), self.door_field),
            "people": self.people_field,
            "representatives": self.speakers_field,
        }

    def first_field(self) -> QWidget:
        """Where the conversation goes on after the person's kind is clear."""
        if self._text.came == Came.NEW:
            return self.phone if self.name.value() else self.name
        return self.people if self._text.group else self.who

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row of fields where there is room, else two."""
        super().resizeEvent(event)
        wide = self.width() >= _ONE_ROW_FROM * theme_of().metrics.body
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _make_fields(self) -> None:
        self.name = LineInput(self)
        self.gender = ChoiceBar(_GENDERS, self)
        self.phone = PhoneInput(parent=self)
        self.compound = ChoiceBox((), self, placeholder="名称的一部分")
        self.door = LineInput(self, placeholder="如 3-2-501", chinese=False)
        self.people = NumberInput(self, least=1, most=999, unit="人", value=1)
        self.speakers = LineInput(self, placeholder="姓名 电话、姓名 电话")
        self.name_field = LabelledField("姓名", self.name, self, key="X")
        self.gender_field = LabelledField("性别", self.gender, self, key="E", optional=True)
        self.phone_field = LabelledField("电话", self.phone, self, key="D", optional=True)
        self.compound_field = LabelledField("小区", self.compound, self, key="Q", optional=True)
        self.door_field = LabelledField("门牌", self.door, self, key="M", optional=True)
        self.people_field = LabelledField("人数", self.people, self, key="R")
        self.speakers_field = LabelledField(
            f"代表，最多{MOST_REPRESENTATIVES}人", self.speakers, self, key="P", optional=True
        )

    def _lay_out(self) -> None:
        self._across.setSpacing(SPACE.large)
        self._across.addLayout(
            field_row((self.name_field, self.gender_field, self.phone_field), (4, 3, 4)), 3
        )
        self._across.addLayout(field_row((self.compound_field, self.door_field), (3, 2)), 2)
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(SPACE.small)
        new.addLayout(self._across)
        new.addWidget(self.similar)
        group = QVBoxLayout(self._group)
        group.setContentsMargins(0, 0, 0, 0)
        group.addLayout(field_row((self.people_field, self.speakers_field), (1, 5)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self._new)
        column.addWidget(self._group)

    def _connect(self) -> None:
        box = self.compound.lineEdit()
        assert isinstance(box, LineInput)
        order: tuple[tuple[LineInput | ChoiceBar, QWidget], ...] = (
            (self.name, self.gender),
            (self.gender, self.phone),
            (self.phone, self.compound),
            (box, self.door),
            (self.people, self.speakers),
        )
        for editor, following in order:
            editor.submitted.connect(following.setFocus)
        self.door.submitted.connect(self.finished)
        self.speakers.submitted.connect(self.finished)
        for entry in (
            self.name, self.gender, self.phone, self.compound, self.door, self.people,
            self.speakers,
        ):  # fmt: skip
            entry.changed.connect(self.changed)

    @Slot()
    def _show(self) -> None:
        came = self._text.came
        self._new.setVisible(came == Came.NEW)
        self._group.setVisible(self._text.group)
        self.setVisible(came == Came.NEW or self._text.group)
        if came == Came.KNOWN and self._line is not None:
            line = self._line
            name = mask_name(line.name) if self._covered else line.name
            told = about(line, self._today())
            more = told if self._covered else " · ".join(filter(None, (told, where(line))))
            self.who.say(name, more)
        elif came == Came.NEW:
            number = self._text.id_number
            self.who.say("新来访人", f"已读证件 {mask_id(number)}" if number else "")
        elif came == Came.ANONYMOUS:
            self.who.say("匿名", "不记姓名、电话和门牌")
        elif self._text.group:
            self.who.say(Term.GROUP_VISIT.value, "由代表说明情况")
        else:
            self.who.say("", NOBODY)
