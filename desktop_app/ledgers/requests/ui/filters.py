"""The row above the list of requests: what it is narrowed to, and in which words that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source
from desktop_app.core.wording import Term, paper_day
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState
from desktop_app.ledgers.requests.ui.beyond import BeyondChip
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
_TODAY, _WEEK, _MONTH, _BETWEEN = "today", "week", "month", "between"
_OPEN, _OVERDUE, _DUE_TODAY, _LATE_ENTRY = "open", "overdue", "due_today", "late_entry"
_ESCALATED, _DISPUTES = "escalated", "disputes"

_DAYS = (
    Choice(ALL, "全部日期"),
    Choice(_TODAY, "今天", search="jt jintian"),
    Choice(_WEEK, "本周", search="bz benzhou"),
    Choice(_MONTH, "本月", search="by benyue"),
    Choice(_BETWEEN, "起止日期…", search="qz qizhi"),
)
_STANDS = (
    Choice(ALL, "全部进度"),
    Choice(_OPEN, Term.OPEN_ITEMS.value, search="db daiban"),
    Choice(_OVERDUE, Term.OVERDUE.value, search="cs chaoshi"),
    Choice(_DUE_TODAY, Term.DUE_TODAY.value, search="jt jintian"),
    Choice(_ESCALATED, "吹过哨", search="cg chuiguoshao cs"),
    Choice(_DISPUTES, "物业纠纷", search="wy wuyejiufen"),
    Choice(_LATE_ENTRY, Term.LATE_ENTRY.value, search="bl bulu"),
)
_KINDS_OF_STANDING = (_OVERDUE, _DUE_TODAY, _ESCALATED, _DISPUTES, _LATE_ENTRY, _OPEN)
_BOX_WIDTH = 240
_CHOICE_WIDTH = 124


class RequestFilters(QWidget):
    """`changed` tells that the list is wanted otherwise; `to_list` that the keyboard goes there."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._compounds: list[object] = []
        self.box = SearchBox("姓名、编号或尾号", self)
        self.box.setToolTip("姓名、拼音首字母、门牌、电话尾号，本站编号或平台的编号")
        self.days = ChoiceBox(_DAYS, self, value=ALL)
        self.state = ChoiceBox(_with_all("全部状态", _labelled(RequestState)), self, value=ALL)
        self.kind = ChoiceBox(_with_all("全部类型", _labelled(RequestKind)), self, value=ALL)
        self.source = ChoiceBox(_with_all("全部来源", _labelled(Source)), self, value=ALL)
        self.compound = ChoiceBox(_with_all("全部小区", ()), self, value=ALL)
        self.stands = ChoiceBox(_STANDS, self, value=ALL)
        self.since = LabelledField("从", DateInput(self._today, self), self)
        self.until = LabelledField("到", DateInput(self._today, self), self)
        self.beyond = BeyondChip(self)
        at_street = desk.database.station.is_street
        self.station = StationBox(self) if at_street else None
        self._choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "日期": self.days,
            "进度": self.stands,
            "状态": self.state,
            "类型": self.kind,
            "来源": self.source,
            "小区": self.compound,
        }
        self._lay_out()
        self._connect()
        self._show_span()

    def set_compounds(self, names: Mapping[Uid, str]) -> None:
        """Offer these 小区; the one chosen stays chosen, whatever has become of it."""
        kept = self.compound.value()
        offered = [Choice(uid, name) for uid, name in names.items()]
        if isinstance(kept, Uid) and kept not in names:
            offered.append(Choice(kept, self.compound.currentText()))
        wanted = _with_all("全部小区", offered)
        if [one.value for one in wanted] == self._compounds:
            return
        self._compounds = [one.value for one in wanted]
        self.compound.blockSignals(True)
        self.compound.set_choices(wanted)
        self.compound.set_value(kept or ALL)
        self.compound.blockSignals(False)

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> RequestFilter | None:
        """What the list is narrowed to; None while a date is not one, which its field then says."""
        if not self._dates_make_sense():
            return None
        since, until = self._span()
        state, kind, source = self.state.value(), self.kind.value(), self.source.value()
        compound, stands = self.compound.value(), self.stands.value()
        chosen = RequestFilter(
            search=self.box.value(),
            stations=self.station.codes() if self.station is not None else (),
            since=since,
            until=until,
            state=state if isinstance(state, RequestState) else None,
            kind=kind if isinstance(kind, RequestKind) else None,
            source=source if isinstance(source, Source) else None,
            compound=compound if isinstance(compound, Uid) else None,
            open=stands == _OPEN,
            overdue=stands == _OVERDUE,
            due_today=stands == _DUE_TODAY,
            escalated=stands == _ESCALATED,
            disputes=stands == _DISPUTES,
            late_entry=stands == _LATE_ENTRY,
        )
        return self.beyond.added_to(chosen)

    def set_wanted(self, wanted: RequestFilter) -> None:
        """Narrow the list to exactly this, and say all of it. Tells `changed` once."""
        self.blockSignals(True)
        self.clear()
        self.box.set_value(wanted.search)
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        if wanted.compound is not None and wanted.compound not in self._compounds:
            # It may be asked for before the list has told which there are.
            self._compounds = []
            self.compound.set_choices(_with_all("全部小区", [Choice(wanted.compound, "同一小区")]))
        for box, value in (
            (self.state, wanted.state),
            (self.kind, wanted.kind),
            (self.source, wanted.source),
            (self.compound, wanted.compound),
            (self.stands, next((key for key in _KINDS_OF_STANDING if getattr(wanted, key)), None)),
        ):
            if value is not None:
                box.set_value(value)
        if wanted.since or wanted.until:
            self.days.set_value(_BETWEEN)
        for field, day in ((self.since, wanted.since), (self.until, wanted.until)):
            field.editor.set_day(day)  # type: ignore[attr-defined]
        self.beyond.set_wanted(wanted)
        self.blockSignals(False)
        self._show_span()
        self.changed.emit()

    def words(self) -> str:
        """What is in force, e.g. “陈” · 本周 · 办结; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        for box in self._choices.values():
            if box.value() not in (None, ALL, _BETWEEN):
                said.append(box.currentText())
        if self.days.value() == _BETWEEN:
            since, until = self._span()
            said += [f"{paper_day(since)}起"] if since else []
            said += [f"{paper_day(until)}止"] if until else []
        return " · ".join([*said, *self.beyond.said()])

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.box.set_value("")
        for box in self._choices.values():
            box.set_value(ALL)
        self.beyond.set_wanted(RequestFilter())
        for field in (self.since, self.until):
            field.editor.set_day(None)  # type: ignore[attr-defined]
            field.clear_problem()
        self.blockSignals(False)
        self._show_span()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_choices"):
            self._set_widths()

    def _span(self) -> tuple[date | None, date | None]:
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

    def _dates_make_sense(self) -> bool:
        if self.days.value() != _BETWEEN:
            return True
        for field in (self.since, self.until):
            editor = field.editor
            assert isinstance(editor, DateInput)
            field.set_problem(editor.problem())
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
        row.addWidget(self.beyond)
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
        self.beyond.dropped.connect(self._tell)
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


def _with_all(word: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return (Choice(ALL, word), *choices)


def _labelled(choices: type[LabelledEnum]) -> list[Choice]:
    return [Choice(one, one.label) for one in choices]


def _day(field: LabelledField) -> date | None:
    editor = field.editor
    assert isinstance(editor, DateInput)
    return editor.day()
