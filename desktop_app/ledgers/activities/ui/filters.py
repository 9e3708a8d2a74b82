"""The row above list and calendar: what they are narrowed to, and in which words that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.wording import Term, paper_day
from desktop_app.ledgers.activities.rules.activity import ActivityState, kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput

ALL: Final = ""
_TODAY, _WEEK, _MONTH, _LAST, _NEXT = "today", "week", "month", "last", "next"
_COMING, _BETWEEN = "coming", "between"
_KINDS_OF_STANDING = ("to_review", "waiting", "held", "unreviewed", "late_entry")
"""What of the filter stands in the box 进度, by its name there; a choice may be two of them."""

_DAYS = (
    Choice(ALL, "全部日期"),
    Choice(_COMING, "今天及以后", search="jtjyh jintian yihou"),
    Choice(_TODAY, "今天", search="jt jintian"),
    Choice(_WEEK, "本周", search="bz benzhou"),
    Choice(_MONTH, "本月", search="by benyue"),
    Choice(_LAST, "上月", search="sy shangyue"),
    Choice(_NEXT, "下月", search="xy xiayue"),
    Choice(_BETWEEN, "起止日期…", search="qz qizhi"),
)
_STANDS = (
    Choice(ALL, "全部进度"),
    Choice("to_review", "待我审核", search="dwsh daiwoshenhe"),
    Choice("waiting", "已过未记录", search="ygwjl yiguo"),
    Choice("held", "已举行", search="yjx yijuxing"),
    Choice("unreviewed", "还未审核", search="hwsh haiwei"),
    Choice("late_entry", Term.LATE_ENTRY.value, search="bl bulu"),
    Choice("held late_entry", f"已举行的{Term.LATE_ENTRY.value}", search="yjxbl"),
)
_BOX_WIDTH = 240
_CHOICE_WIDTH = 128


class ActivityFilters(QWidget):
    """`changed` tells that something else is wanted; `to_list` that the keyboard goes there."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._with_days = True
        at_street = desk.database.station.is_street
        self.box = SearchBox("名称、首字母或编号", self)
        self.days = ChoiceBox(_DAYS, self, value=ALL)
        self.kind = ChoiceBox((Choice(ALL, "全部类别"),), self, value=ALL)
        states = (Choice(state, state.label) for state in ActivityState)
        self.state = ChoiceBox((Choice(ALL, "全部状态"), *states), self, value=ALL)
        # At a street nobody reviews: every activity belongs to a station.
        stands = [one for one in _STANDS if one.value != "to_review" or not at_street]
        self.stands = ChoiceBox(stands, self, value=ALL)
        self.since = LabelledField("从", DateInput(self._today, self), self)
        self.until = LabelledField("到", DateInput(self._today, self), self)
        self.station = StationBox(self) if at_street else None
        self._choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "日期": self.days,
            "类别": self.kind,
            "状态": self.state,
            "进度": self.stands,
        }
        self._lay_out()
        self._connect()
        self._show_span()

    def set_kinds(self, kinds: Iterable[str]) -> None:
        """Offer these kinds; the one chosen stays chosen as long as it is in use."""
        wanted = [Choice(ALL, "全部类别"), *(Choice(kind, kind_label(kind)) for kind in kinds)]
        if self.kind.count() == len(wanted):
            return
        kept = self.kind.value()
        self.kind.blockSignals(True)
        self.kind.set_choices(wanted)
        self.kind.set_value(kept if kept in [one.value for one in wanted] else ALL)
        self.kind.blockSignals(False)

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def set_with_days(self, on: bool) -> None:
        """Ask for days or not: a calendar shows its own."""
        self._with_days = on
        self.days.setVisible(on)
        self._show_span()

    def wanted(self) -> ActivityFilter | None:
        """What is to be shown; None while a date is not one, which its field then says."""
        if not self._dates_make_sense():
            return None
        since, until = self._span()
        state, stands = self.state.value(), self.stands.value()
        chosen = ActivityFilter(
            search=self.box.value(),
            stations=self.station.codes() if self.station is not None else (),
            since=since,
            until=until,
            kind=str(self.kind.value() or ""),
            state=state if isinstance(state, ActivityState) else None,
        )
        more: dict[str, Any] = dict.fromkeys(str(stands or "").split(), True)
        return replace(chosen, **more)

    def set_wanted(self, wanted: ActivityFilter) -> None:
        """Narrow the list to this, and say all of it. Tells `changed` once."""
        self.blockSignals(True)
        self.clear()
        self.box.set_value(wanted.search)
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        if wanted.kind:
            # It may be asked for before the list has told which there are.
            offered = [Choice(ALL, "全部类别"), Choice(wanted.kind, kind_label(wanted.kind))]
            self.kind.set_choices(offered)
            self.kind.set_value(wanted.kind)
        if wanted.state is not None:
            self.state.set_value(wanted.state)
        stands = [name for name in _KINDS_OF_STANDING if getattr(wanted, name)]
        self.stands.set_value(" ".join(stands) or ALL)
        if wanted.since or wanted.until:
            self.days.set_value(_BETWEEN)
        for field, day in ((self.since, wanted.since), (self.until, wanted.until)):
            _line(field).set_day(day)
        self.blockSignals(False)
        self._show_span()
        self.changed.emit()

    def wanted_between(self, first: date, last: date) -> ActivityFilter:
        """The same for the days of a calendar."""
        return replace(self.wanted() or ActivityFilter(), since=first, until=last)

    def words(self) -> str:
        """What is in force, e.g. “健康” · 本周 · 义诊; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        for box in self._choices.values():
            if box is self.days and not self._with_days:
                continue
            if box.value() not in (None, ALL, _BETWEEN):
                said.append(box.currentText())
        if self._asks_span:
            since, until = self._span()
            said += [f"{paper_day(since)}起"] if since else []
            said += [f"{paper_day(until)}止"] if until else []
        return " · ".join(said)

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.box.set_value("")
        for box in self._choices.values():
            box.set_value(ALL)
        for field in (self.since, self.until):
            _line(field).set_day(None)
            field.clear_problem()
        self.blockSignals(False)
        self._show_span()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_choices"):
            self._set_widths()

    @property
    def _asks_span(self) -> bool:
        return self._with_days and self.days.value() == _BETWEEN

    def _span(self) -> tuple[date | None, date | None]:
        if self._asks_span:
            return _line(self.since).day(), _line(self.until).day()
        return span_of(str(self.days.value()), self._today()) if self._with_days else (None, None)

    def _dates_make_sense(self) -> bool:
        if not self._asks_span:
            return True
        for field in (self.since, self.until):
            field.set_problem(_line(field).problem())
        since, until = self._span()
        if since and until and since > until:
            self.until.set_problem("止日早于起日，请改其中一个。")
        return not (self.since.problem or self.until.problem)

    def _today(self) -> date:
        return self._desk.today

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
            _line(field).changed.connect(self._tell)
            _line(field).submitted.connect(self.to_list)

    @Slot()
    def _tell(self, _text: object = None) -> None:
        self.changed.emit()

    @Slot()
    def _show_span(self) -> None:
        self._second.setVisible(self._asks_span)
        if self._asks_span and self.days.hasFocus():
            self.since.go()


def span_of(days: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a choice; weeks and months are whole, for most of them is to come."""
    if days == _COMING:
        return today, None
    if days == _TODAY:
        return today, today
    if days == _WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if days not in (_MONTH, _LAST, _NEXT):
        return None, None
    month = period_of(today, PeriodKind.MONTH)
    if days == _LAST:
        month = month.previous
    elif days == _NEXT:
        month = period_of(month.last + timedelta(days=1), PeriodKind.MONTH)
    return month.first, month.last


def _line(field: LabelledField) -> DateInput:
    editor = field.editor
    assert isinstance(editor, DateInput)
    return editor
