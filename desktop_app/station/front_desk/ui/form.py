"""The form beside the box: person, matters, and what is seldom asked, in the order one speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import parse_uid
from desktop_app.ledgers.visits.rules.entry import MOST_MATTERS
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.station.front_desk.rules.text import FormText, MatterText
from desktop_app.station.front_desk.service import Opening
from desktop_app.station.front_desk.ui.earlier import EarlierMatters
from desktop_app.station.front_desk.ui.matter import MatterPane
from desktop_app.station.front_desk.ui.more import MorePane
from desktop_app.station.front_desk.ui.person import PersonPane
from desktop_app.station.front_desk.ui.scroll import GrowingScroll
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import primary_button
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE


class VisitPane(QFrame):
    """`changed` follows every edit; `save_wanted` is Ctrl+Enter; `identified` a `PersonLine`."""

    changed = Signal()
    save_wanted = Signal()
    identified = Signal(object)

    def __init__(self, today: Callable[[], date], over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._opening: Opening | None = None
        self._earlier: tuple[MatterText, ...] = ()
        self._showing = False
        self.person = PersonPane(today, self)
        self.earlier = EarlierMatters(self.matter_name, self)
        self.matter = MatterPane(over, self)
        self.more = MorePane(today, self)
        self.more.hide()
        self._scroll = GrowingScroll(self)
        self._seldom = QLabel(self)
        self._seldom.setProperty("role", "quiet")
        self._problem = QLabel(self)
        self._problem.setProperty("role", "problem")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self.save = primary_button("登记", self, keys="Ctrl+Enter")
        # Enter on the button presses it, like everywhere else in the form Enter goes on.
        self.save.setAutoDefault(True)
        self._lay_out()
        self._connect()
        self.show_text(FormText(), None)

    def set_opening(self, opening: Opening) -> None:
        """The choices that the form offers; what is chosen stays chosen."""
        self._opening = opening
        text = self.text()
        self.person.set_compounds(opening.compounds)
        self.matter.matters.set_matters(opening.matters, opening.usual)
        self.matter.show_text(text.now)
        self.earlier.show_matters(self._earlier)

    def text(self) -> FormText:
        """The form as typed."""
        whole = self.more.into(self.person.into(FormText()))
        return replace(whole, earlier=self._earlier, now=self.matter.text())

    def show_text(self, text: FormText, line: PersonLine | None) -> None:
        """Show a form as it was typed; `line` is the resident's, when one was chosen."""
        self._showing = True
        self._earlier = text.earlier
        self.person.show_text(text, line)
        self.matter.show_text(text.now)
        self.more.show_text(text)
        self.earlier.show_matters(text.earlier)
        self.more.setVisible(self.more.isVisible() and not text.is_empty)
        self.clear_problems()
        self._showing = False
        self._say_seldom()

    def show_problems(self, problems: Sequence[Fault]) -> None:
        """Say beside each field what is wrong, and put the keyboard into the first one."""
        self.clear_problems()
        fields = self._fields()
        first: QWidget | None = None
        homeless: list[str] = []
        for problem in problems:
            field = fields.get(problem.field or "")
            if field is None:
                homeless.append(problem.words)
                continue
            if field in self.more.fields.values():
                self.more.show()
            if field.isHidden():
                homeless.append(problem.words)
                continue
            field.set_problem(problem.words)
            first = first or field.editor
        self._problem.setText("\n".join(homeless))
        self._problem.setVisible(bool(homeless))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear_problems(self) -> None:
        """Take back every sentence about what was wrong."""
        for field in self._fields().values():
            field.clear_problem()
        self._problem.clear()
        self._problem.hide()

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    @Slot()
    def add_matter(self) -> None:
        """＋: keep the matter in hand as a chip and begin another one of the same visit."""
        now = self.matter.text()
        if now.is_empty or len(self._earlier) + 1 >= MOST_MATTERS:
            self.matter.matters.take_keyboard()
            return
        self._earlier = (*self._earlier, now)
        self._begin_matter(MatterText())

    def set_covered(self, on: bool) -> None:
        """Hide names and numbers, or show them again."""
        self.person.set_covered(on)
        self.more.set_covered(on)

    def set_busy(self, on: bool) -> None:
        """While the visit is being saved nothing in the form can be changed."""
        self.save.setEnabled(not on)
        for part in (self.person, self.earlier, self.matter, self.more):
            part.setEnabled(not on)

    @Slot()
    def _bring_back(self, number: int) -> None:
        """Take an added matter into the form again; the one in hand takes its place."""
        now, wanted = self.matter.text(), self._earlier[number]
        rest = (*self._earlier[:number], *self._earlier[number + 1 :])
        self._earlier = rest if now.is_empty else (*rest, now)
        self._begin_matter(wanted)

    def _begin_matter(self, text: MatterText) -> None:
        self.earlier.show_matters(self._earlier)
        self.matter.show_text(text)
        self.matter.matters.take_keyboard()
        self.changed.emit()

    @Slot()
    def toggle_more(self) -> None:
        """更多: open or close what is seldom asked."""
        self.more.setVisible(self.more.isHidden())
        self._more_button.setText("收起" if self.more.isVisible() else "更多")
        self._say_seldom()
        if self.more.isVisible():
            self.more.source.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self._problem.hide()
            self._say_seldom()
            self.changed.emit()

    def _say_seldom(self) -> None:
        text = self.text()
        source = next(
            (one.label for one in self.more.source.choices if one.value == text.source), ""
        )
        agent = text.agent_name.strip()
        parts = [f"来源 {source}", "代办 有" if agent else "代办 否"]
        if text.day.strip():
            parts.append(f"补录 {text.day.strip()}")
        self._seldom.setText(" · ".join(parts))
        set_role(self._seldom, "warn" if text.day.strip() else "quiet")

    def _fields(self) -> dict[str, LabelledField]:
        return {**self.matter.fields, **self.person.fields, **self.more.fields}

    def matter_name(self, uid: str) -> str:
        """The name of a matter by its uid as text, or empty."""
        found = parse_uid(uid)
        matter = self._opening.matters.get(found) if self._opening and found else None
        return matter.name if matter else ""

    def _lay_out(self) -> None:
        scroll = self._scroll
        scroll.body.setSpacing(SPACE.medium)
        scroll.body.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        seldom = QHBoxLayout()
        seldom.setSpacing(SPACE.small)
        seldom.addWidget(self._seldom)
        seldom.addStretch(1)
        for words, keys, slot in (
            ("＋ 再加一件", "Alt+K", self.add_matter),
            ("更多", "Alt+G", self.toggle_more),
        ):
            button = QPushButton(words, self)
            button.setProperty("role", "plain")
            button.setToolTip(f"{words}（{keys}）")
            button.clicked.connect(slot)
            QShortcut(QKeySequence(keys), button).activated.connect(slot)
            seldom.addWidget(button)
            self._more_button = button
        for part in (self.person, self.earlier, self.matter):
            scroll.body.addWidget(part)
        seldom.addWidget(self.save)
        scroll.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        column.setSpacing(SPACE.medium)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        head.addWidget(self.person.who)
        column.addLayout(head)
        column.addWidget(scroll)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        foot.setSpacing(SPACE.small)
        foot.addWidget(self._problem)
        foot.addLayout(seldom)
        column.addLayout(foot)

    def _connect(self) -> None:
        for part in (self.person, self.matter, self.more):
            part.changed.connect(self._changed)
        self.person.identified.connect(self.identified)
        self.person.finished.connect(self.matter.matters.take_keyboard)
        self.matter.finished.connect(self.save.setFocus)
        self.more.finished.connect(self.save.setFocus)
        self.earlier.wanted.connect(self._bring_back)
        self.save.clicked.connect(self.save_wanted)
