"""The fields of a resident's form on their card, in the order one speaks, and what is wrong.

Shows and gives back a `ResidentText`; what is done with it is for `form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import Fault
from desktop_app.registers.residents.entry import PlaceChoices
from desktop_app.registers.residents.entry_text import (
    ResidentText,
    problems_of,
    told_by_number,
)
from desktop_app.registers.residents.rules import GUARDIAN_AGE, age_on
from desktop_app.registers.residents.ui.care_pane import CarePane
from desktop_app.registers.residents.ui.form_panes import (
    ConsentPane,
    FormPane,
    GuardianPane,
    HomePane,
    IdPane,
    PartyPane,
    PersonPane,
    give_keyboard,
)
from desktop_app.registers.residents.ui.phones_pane import PhonesPane
from desktop_app.registers.residents.ui.similar_people import SimilarPeople
from desktop_app.widgets.choices import ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, plain_button, primary_button
from desktop_app.widgets.tokens import SPACE

_TOLD_ON_LEAVING = ("id_number", "birth", "gender", "phones")
_BY_PROBLEM = {
    "consent": "consent_basis",
    "guardian": "guardian_name",
    "special_groups": "consent_basis",
}
"""The field that says what is wrong with an attribute that several fields make up."""


class FormBody(QFrame):
    """`changed` follows every edit.

    `save_wanted` is Ctrl+Enter, `leave_wanted` the button, `begin_again` drops what was restored;
    `opened` carries the uid of a file that may be the same person's.
    """

    changed = Signal()
    save_wanted = Signal()
    leave_wanted = Signal()
    begin_again = Signal()
    opened = Signal(object)

    def __init__(
        self, today: Callable[[], date], clerk: str, parent: QWidget, *, with_care: bool
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._today = today
        self._shown = ResidentText()
        self._placed = self._showing = False
        self.person = PersonPane(today, self)
        self.similar = SimilarPeople(today, self)
        self.guardian = GuardianPane(self)
        self.phones = PhonesPane(self)
        self.id = IdPane(self)
        self.home = HomePane(self)
        self.party = PartyPane(self)
        self.care = CarePane(self)
        self.care.setVisible(with_care)
        self.consent = ConsentPane(today, clerk, self)
        self._note = QLabel(self)
        self._note.setProperty("role", "quiet")
        self._drop = plain_button("重新填写", self, icon_name="undo-2")
        self._problem = QLabel(self)
        self._problem.setProperty("role", "problem")
        self.leave = plain_button("返回  Esc", self)
        self.leave.setAccessibleName("返回")
        self.save = primary_button("保存", self, keys="Ctrl+Enter", icon_name="save")
        self._lay_out()
        self._connect()
        self.say("")
        self.show_problems(())

    # --- what it says ------------------------------------------------------------------------

    def text(self) -> ResidentText:
        """The form as typed."""
        typed = ResidentText()
        for part in self._parts():
            typed = part.into(typed)
        if not self._placed:
            # The choices are still being read; what the form began with stands.
            shown = self._shown
            typed = replace(typed, compound=shown.compound, party_branch=shown.party_branch)
        return typed

    def show_text(self, text: ResidentText) -> None:
        """Show a form as it was typed."""
        self._showing = True
        self._shown = text
        for part in self._parts():
            part.show_text(text)
        self.similar.show_people(())
        self.show_problems(())
        self._ask_for_guardian()
        self._showing = False

    def set_places(self, places: PlaceChoices) -> None:
        """The 小区 and 党支部 to choose from; what is chosen stays chosen."""
        now = self.text()
        self._showing = self._placed = True
        for pane in (self.home, self.party):
            pane.set_places(places)
        self.home.fields["compound"].editor.set_value(now.compound or None)  # type: ignore[attr-defined]
        self.party.fields["party_branch"].editor.set_value(now.party_branch or None)  # type: ignore[attr-defined]
        self.party.ask_what_is_needed()
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

    # --- what is wrong -----------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, LabelledField]:
        """Every field by the name it has in the form or in the file."""
        found = {**self.person.fields, **self.guardian.fields, **self.phones.fields}
        for pane in (self.id, self.home, self.party, self.consent):
            found |= pane.fields
        for name, field in _BY_PROBLEM.items():
            found[name] = found[field]
        return found

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    def show_problems(self, problems: Sequence[Fault]) -> None:
        """Say beside each field what is wrong, and put the keyboard into the first one."""
        fields = self.fields
        for field in fields.values():
            field.clear_problem()
        homeless = []
        blamed = []
        for problem in problems:
            at = fields.get(problem.field or "")
            if at is None:
                homeless.append(problem.words)
            else:
                if at in self.guardian.fields.values():
                    self.guardian.show()
                at.set_problem(problem.words)
                blamed.append(at)
        self._problem.setText("\n".join(homeless))
        self._problem.setVisible(bool(homeless))
        first = next((field for field in fields.values() if field in blamed), None)
        if first is not None:
            give_keyboard(first.editor)

    @Slot()
    def check(self) -> None:
        """The keyboard left a number: say what is wrong with it, and take over what it tells."""
        text, today = self.text(), self._today()
        problems = {one.field: one.words for one in problems_of(text, today)}
        for name in _TOLD_ON_LEAVING:
            self.fields[name].set_problem(problems.get(name, ""))
        told = told_by_number(text, today)
        if told != text:
            self.person.show_text(told)
            self.id.show_text(told)

    # --- the parts ---------------------------------------------------------------------------

    def _panes(self) -> tuple[FormPane, ...]:
        return (self.person, self.id, self.home, self.party, self.guardian, self.consent)

    def _parts(self) -> tuple[FormPane | PhonesPane | CarePane, ...]:
        return (*self._panes(), self.phones, self.care)

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        scroll.body.setSpacing(SPACE.wide)
        scroll.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above = QHBoxLayout()
        above.setSpacing(SPACE.medium)
        above.addWidget(self._note, 1)
        above.addWidget(self._drop)
        self._note.setWordWrap(True)
        scroll.body.addLayout(above)
        who = QVBoxLayout()
        who.setSpacing(SPACE.small)
        for said in (self.person, self.similar, self.guardian, self.phones, self.id):
            who.addWidget(said)
        scroll.body.addLayout(who)
        for part in (self.home, self.party, self.care, self.consent):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        foot.setSpacing(SPACE.small)
        self._problem.setWordWrap(True)
        foot.addWidget(self._problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        for label in (self._note, self._problem):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _connect(self) -> None:
        for part in self._parts():
            part.changed.connect(self._changed)
        self.phones.left_number.connect(self.check)
        self.id.left_number.connect(self.check)
        self.similar.opened.connect(self.opened)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self._drop.clicked.connect(self.begin_again)
        order = self._order()
        for place, editor in enumerate(order):
            line = editor.lineEdit() if isinstance(editor, ChoiceBox) else editor
            submitted = getattr(line, "submitted", None)
            if submitted is not None:
                submitted.connect(partial(self._go_on, place))

    def _order(self) -> list[QWidget]:
        panes = (self.person, self.guardian, self.phones, self.id, self.home, self.party)
        return [
            *(editor for pane in panes for editor in pane.editors()),
            *self.consent.editors(),
            self.save,
        ]

    @Slot()
    def _go_on(self, place: int) -> None:
        """Enter: on to the next field that is asked for."""
        rest = self._order()[place + 1 :]
        following = next((editor for editor in rest if editor.isVisible()), self.save)
        give_keyboard(following)

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self._problem.hide()
            self._ask_for_guardian()
            self.changed.emit()

    def _ask_for_guardian(self) -> None:
        today = self._today()
        born = parse_day(self.text().birth, today)
        self.guardian.ask(born is not None and 0 <= age_on(born, today) < GUARDIAN_AGE)
