"""The fields of a plan's form on their card, in the order one speaks, and what is wrong with them.

Shows and gives back a `PlanText`; what is done with it is for `form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.ledgers.activities.rules.activity import ActivityKind
from desktop_app.ledgers.activities.rules.plan_text import (
    NEXT_DAY,
    PlanText,
    asks_like_meeting,
    needs_end_day,
    span_words,
)
from desktop_app.ledgers.activities.service.drafting import UsualWords
from desktop_app.ledgers.activities.ui.form_panes import (
    AgainPane,
    FormPane,
    MeetingPane,
    RemarkPane,
    WhatPane,
    WhenPane,
    WherePane,
    WhoPane,
    give_keyboard,
)
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, focus_order, plain_button, primary_button
from desktop_app.widgets.tokens import SPACE


class PlanBody(QFrame):
    """`changed` follows every edit.

    `save_wanted` is Ctrl+Enter, `leave_wanted` the button, `begin_again` drops what was restored.
    """

    changed = Signal()
    save_wanted = Signal()
    leave_wanted = Signal()
    begin_again = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._today = today
        self._showing = self._is_new = False
        self.what = WhatPane(self)
        self.when = WhenPane(today, self)
        self.where = WherePane(self)
        self.meeting = MeetingPane(self)
        self.who = WhoPane(self)
        self.again = AgainPane(self)
        self.remark = RemarkPane(self)
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

    # --- what it says --------------------------------------------------------------------------

    def text(self) -> PlanText:
        """The form as typed. What is not asked for now is kept: the choice may come back."""
        typed = PlanText()
        for pane in self._panes():
            typed = pane.into(typed)
        end = typed.ends_on if typed.ends_on == NEXT_DAY and needs_end_day(typed) else ""
        return replace(typed, ends_on=end)

    def show_text(self, text: PlanText, *, is_new: bool) -> None:
        """Show a form as it was typed; a new activity is asked whether it comes back."""
        self._showing, self._is_new = True, is_new
        for pane in self._panes():
            pane.show_text(text)
        self.again.setVisible(is_new)
        self.show_problems(())
        self._ask_what_is_needed()
        self._showing = False

    def offer(self, usual: UsualWords) -> None:
        """What was written before, to be taken over."""
        for pane in self._panes():
            pane.offer(usual)

    def say(self, words: str) -> None:
        """A quiet sentence above the fields, with the way to begin anew; empty takes it away."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._drop.setVisible(bool(words))

    @property
    def note(self) -> str:
        """What stands above the fields, or empty."""
        return self._note.text()

    # --- what is wrong -------------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, LabelledField]:
        """Every field by its name in the form."""
        return {name: field for pane in self._panes() for name, field in pane.fields.items()}

    @property
    def problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._problem.text()

    def show_problems(self, problems: Sequence[Fault]) -> None:
        """Say beside each field what is wrong, and put the keyboard into the first one."""
        fields = self.fields
        for field in fields.values():
            field.clear_problem()
        homeless = [one.words for one in problems if one.field not in fields]
        blamed = set()
        for problem in problems:
            if problem.field in fields:
                fields[problem.field].set_problem(problem.words)
                blamed.add(problem.field)
        self._problem.setText("\n".join(homeless))
        self._problem.setVisible(bool(homeless))
        first = next((name for name in fields if name in blamed), None)
        if first is not None:
            give_keyboard(fields[first].editor)

    # --- the parts -----------------------------------------------------------------------------

    def _panes(self) -> tuple[FormPane, ...]:
        return (
            self.what, self.when, self.where, self.meeting, self.who, self.again, self.remark,
        )  # fmt: skip

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        scroll.body.setSpacing(SPACE.large)
        scroll.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above = QHBoxLayout()
        above.setSpacing(SPACE.medium)
        above.addWidget(self._note, 1)
        above.addWidget(self._drop)
        self._note.setWordWrap(True)
        scroll.body.addLayout(above)
        for pane in self._panes():
            scroll.body.addWidget(pane)
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
        for pane in self._panes():
            pane.changed.connect(self._changed)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self._drop.clicked.connect(self.begin_again)
        focus_order([*self._order(), self.leave])
        for place, editor in enumerate(self._order()):
            submitted = getattr(editor, "submitted", None)
            if submitted is not None:
                submitted.connect(partial(self._go_on, place))

    def _order(self) -> list[QWidget]:
        return [*(editor for pane in self._panes() for editor in pane.editors()), self.save]

    @Slot()
    def _go_on(self, place: int) -> None:
        """Enter: on to the next field that is asked for."""
        rest = self._order()[place + 1 :]
        give_keyboard(next((editor for editor in rest if editor.isVisible()), self.save))

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self._problem.hide()
            self._ask_what_is_needed()
            self.changed.emit()

    def _ask_what_is_needed(self) -> None:
        text = self.text()
        self.what.ask_own_kind(text.kind == ActivityKind.OTHER.value)
        said = bool(text.host.strip() or text.agenda.strip())
        self.meeting.setVisible(asks_like_meeting(text) or said)
        self.when.say(span_words(text, self._today()), ask_end_day=needs_end_day(text))
