"""The row above the list of visits: what it is narrowed to, and in which words that is said."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.handling import Handling
from desktop_app.core.wording import Term
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import VisitState
from desktop_app.ledgers.visits.ui.beyond import BeyondChip
from desktop_app.ledgers.visits.ui.parts import state_chip
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.dated_filters import ALL, DatedFilters, with_all

_OPEN, _OVERDUE, _DUE_TODAY, _LATE_ENTRY = "open", "overdue", "due_today", "late_entry"

_STANDS = (
    Choice(ALL, "全部进度"),
    Choice(_OPEN, Term.OPEN_ITEMS.value, search="db daiban"),
    Choice(_OVERDUE, Term.OVERDUE.value, search="cs chaoshi"),
    Choice(_DUE_TODAY, Term.DUE_TODAY.value, search="jt jintian"),
    Choice(_LATE_ENTRY, Term.LATE_ENTRY.value, search="bl bulu"),
)
_KINDS_OF_STANDING = (_OVERDUE, _DUE_TODAY, _LATE_ENTRY, _OPEN)


class VisitFilters(DatedFilters):
    """Narrows the list; see `DatedFilters`."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(lambda: desk.today, "姓名、编号或尾号", parent)
        self.box.setToolTip("姓名、拼音首字母、门牌、电话尾号，或回执上的编号")
        self.state = ChoiceBox(with_all("全部状态", _states()), self, value=ALL)
        self.category = ChoiceBox(with_all("全部类别", ()), self, value=ALL)
        self.handling = ChoiceBox(with_all("全部方式", _handlings()), self, value=ALL)
        self.stands = ChoiceBox(_STANDS, self, value=ALL)
        self.beyond = BeyondChip(self)
        at_street = desk.database.station.is_street
        self.station = StationBox(self) if at_street else None
        choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "日期": self.days,
            "状态": self.state,
            "类别": self.category,
            "办理方式": self.handling,
            "进度": self.stands,
        }
        self.beyond.dropped.connect(self.changed)
        self.frame(choices, self.beyond, self.beyond.said)

    def set_categories(self, categories: Iterable[str]) -> None:
        """Offer these categories; the one chosen stays chosen as long as it is in use."""
        kept = self.category.value()
        # One in force stays, in use or not: a list must not widen by itself.
        names = dict.fromkeys([*categories, *([str(kept)] if kept else [])])
        wanted = with_all("全部类别", [Choice(name, name) for name in names])
        if self.category.count() == len(wanted):
            return
        self.category.blockSignals(True)
        self.category.set_choices(wanted)
        self.category.set_value(kept or ALL)
        self.category.blockSignals(False)

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> VisitFilter | None:
        """What the list is narrowed to; None while a date is not one, which its field then says."""
        if not self.dates_make_sense():
            return None
        since, until = self.span()
        state, handling, stands = self.state.value(), self.handling.value(), self.stands.value()
        chosen = VisitFilter(
            search=self.box.value(),
            stations=self.station.codes() if self.station is not None else (),
            since=since,
            until=until,
            state=state if isinstance(state, VisitState) else None,
            category=str(self.category.value() or ""),
            handling=handling if isinstance(handling, Handling) else None,
            open=stands == _OPEN,
            overdue=stands == _OVERDUE,
            due_today=stands == _DUE_TODAY,
            late_entry=stands == _LATE_ENTRY,
        )
        return self.beyond.added_to(chosen)

    def set_wanted(self, wanted: VisitFilter) -> None:
        """Narrow the list to exactly this, and say all of it. Tells `changed` once."""
        self.blockSignals(True)
        self.clear()
        self.box.set_value(wanted.search)
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        if wanted.category:
            # It may be asked for before the list has told which there are.
            self.category.set_choices(
                with_all("全部类别", [Choice(wanted.category, wanted.category)])
            )
        for box, value in (
            (self.state, wanted.state),
            (self.category, wanted.category or None),
            (self.handling, wanted.handling),
            (self.stands, next((key for key in _KINDS_OF_STANDING if getattr(wanted, key)), None)),
        ):
            if value is not None:
                box.set_value(value)
        self.set_span(wanted.since, wanted.until)
        self.beyond.set_wanted(wanted)
        self.blockSignals(False)
        self.tell()

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.wipe()
        self.beyond.set_wanted(VisitFilter())
        self.blockSignals(False)
        self.tell()


def _states() -> list[Choice]:
    return [Choice(state, state_chip(state).word) for state in VisitState]


def _handlings() -> list[Choice]:
    return [Choice(handling, handling.label) for handling in Handling]
