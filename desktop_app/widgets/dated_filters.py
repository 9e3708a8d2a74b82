"""The row above a long list: a search box, boxes to choose from, and the days it is narrowed to.

Knows no ledger: which boxes there are, and what is wanted of the list, a subclass says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.wording import paper_day
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput

ALL: Final = ""
_TODAY, _WEEK, _MONTH, _BETWEEN = "today", "week", "month", "between"

_DAYS = (
    Choice(ALL, "全部日期"),
    Choice(_TODAY, "今天", search="jt jintian"),
    Choice(_WEEK, "本周", search="bz benzhou"),
    Choice(_MONTH, "本月", search="by benyue"),
    Choice(_BETWEEN, "起止日期…", search="qz qizhi"),
)
_BOX_WIDTH = 240
_CHOICE_WIDTH = 124


class DatedFilters(QWidget):
    """`changed` tells that the list is wanted otherwise; `to_list` that the keyboard goes there.

    A subclass makes its boxes and calls `frame`; it says what is wanted and how nothing is.
    """

    changed = Signal()
    to_list = Signal()

    def __init__(self, today: Callable[[], date], placeholder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        # Tab goes through them in the order in which they are made.
        self.box = SearchBox(placeholder, self)
        self.days = ChoiceBox(_DAYS, self, value=ALL)

    def frame(
        self,
        choices: Mapping[str, ChoiceBox],
        beyond: QWidget,
        said: Callable[[], Sequence[str]],
    ) -> None:
        """Lay the row out: the choices by their names, and what the list is narrowed to `beyond`
        them, which `said` tells in words."""
        self._choices, self._beyond, self._said = dict(choices), beyond, said
        self.since = LabelledField("从", DateInput(self._today, self), self)
        self.until = LabelledField("到", DateInput(self._today, self), self)
        self._lay_out()
        self._connect()
        self._show_span()

    def span(self) -> tuple[date | None, date | None]:
        """The business dates that are wanted, both included."""
        today = self._today()
        if self.days.value() == _TODAY:
            return today, today
        if self.days.value() == _WEEK:
            return today - timedelta(days=today.weekday()), today
        if self.days.value() == _MONTH:
            return today.replace(day=1), today
        if self.days.value() == _BETWEEN:
            return _day(self.since), _day(self.until)
        return None, None

    def set_span(self, since: date | None, until: date | None) -> None:
        """Want exactly these days."""
        if since or until:
            self.days.set_value(_BETWEEN)
        for field, day in ((self.since, since), (self.until, until)):
            field.editor.set_day(day)  # type: ignore[attr-defined]

    def dates_make_sense(self) -> bool:
        """Whether both dates are dates, and in order; if not, their fields say so."""
        if self.days.value() != _BETWEEN:
            return True
        for field in (self.since, self.until):
            editor = field.editor
            assert isinstance(editor, DateInput)
            field.set_problem(editor.problem())
        since, until = self.span()
        if since and until and since > until:
            self.until.set_problem("止日早于起日，请改其中一个。")
        return not (self.since.problem or self.until.problem)

    def words(self) -> str:
        """What is in force, e.g. “陈” · 本周 · 办结; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        for box in self._choices.values():
            if box.value() not in (None, ALL, _BETWEEN):
                said.append(box.currentText())
        if self.days.value() == _BETWEEN:
            since, until = self.span()
            said += [f"{paper_day(since)}起"] if since else []
            said += [f"{paper_day(until)}止"] if until else []
        return " · ".join([*said, *self._said()])

    def wipe(self) -> None:
        """Empty the box, the choices and the dates."""
        self.box.set_value("")
        for box in self._choices.values():
            box.set_value(ALL)
        for field in (self.since, self.until):
            field.editor.set_day(None)  # type: ignore[attr-defined]
            field.clear_problem()

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.wipe()
        self.blockSignals(False)
        self.tell()

    def tell(self) -> None:
        """Show the dates if they are asked for, and say `changed` once."""
        self._show_span()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_choices"):
            self._set_widths()

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        first = QWidget(self)
        first.setSizePolicy(policy)
        row = FlowLayout(first, gap=SPACE.small)
        row.addWidget(self.box)
        for name, box in self._choices.items():
            box.setAccessibleName(name)
            box.setToolTip(name)
            row.addWidget(box)
        row.addWidget(self._beyond)
        self._second = QWidget(self)
        span = QHBoxLayout(self._second)
        span.setContentsMargins(0, 0, 0, 0)
        span.setSpacing(SPACE.small)
        span.addWidget(self.since)
        span.addWidget(self.until)
        span.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(first)
        column.addWidget(self._second)
        self._set_widths()

    def _set_widths(self) -> None:
        share = theme_of().metrics.body / 14
        self.box.setFixedWidth(round(_BOX_WIDTH * share))
        for box in self._choices.values():
            box.setFixedWidth(round(_CHOICE_WIDTH * share))
        for field in (self.since, self.until):
            field.setFixedWidth(round(2 * _CHOICE_WIDTH * share))

    def _connect(self) -> None:
        self.box.query.connect(self._tell)
        self.box.to_results.connect(self.to_list)
        self.box.chosen_first.connect(self.to_list)
        self.days.changed.connect(self._show_span)
        for box in self._choices.values():
            box.changed.connect(self._tell)
        for field in (self.since, self.until):
            editor = field.editor
            assert isinstance(editor, DateInput)
            editor.changed.connect(self._tell)
            editor.submitted.connect(self.to_list)

    @Slot()
    def _tell(self, _text: object = None) -> None:
        self.changed.emit()

    @Slot()
    def _show_span(self) -> None:
        between = self.days.value() == _BETWEEN
        self._second.setVisible(between)
        if between and self.days.hasFocus():
            self.since.go()


def with_all(word: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices, and before them the word for all of them."""
    return (Choice(ALL, word), *choices)


def _day(field: LabelledField) -> date | None:
    editor = field.editor
    assert isinstance(editor, DateInput)
    return editor.day()
