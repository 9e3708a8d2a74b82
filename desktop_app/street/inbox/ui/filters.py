"""What the history is narrowed to, and which page of it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import ALL, StationBox
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.ui.work import Wanted
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_STATION_EMS, _OUTCOME_EMS = 13, 9


class HistoryFilters(QWidget):
    """`changed` tells that another page is wanted, or the history narrowed otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cursor: str | None = None
        self._newer: str | None = None
        self._older: str | None = None
        self.station = StationBox(self)
        outcomes = [Choice(one, one.label) for one in Outcome]
        self.outcome = ChoiceBox((Choice(ALL, "全部结果"), *outcomes), self, value=ALL)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        for name, box in (("站点", self.station), ("结果", self.outcome)):
            box.setAccessibleName(name)
            box.setToolTip(name)
            line.addWidget(box)
            box.changed.connect(self._begin_anew)
        self._set_widths()

    def wanted(self) -> Wanted:
        """The page of the history that is wanted."""
        outcome = self.outcome.value()
        outcomes = (outcome,) if isinstance(outcome, Outcome) else ()
        return Wanted(self.station.code(), outcomes, self._cursor)

    def words(self) -> str:
        """What is in force; empty when nothing is hidden."""
        said = [self.station.currentText()] if self.station.code() else []
        if isinstance(self.outcome.value(), Outcome):
            said.append(self.outcome.currentText())
        return " · ".join(said)

    def take(self, names: StationNames, newer: str | None, older: str | None) -> None:
        """Offer these stations; the neighbouring pages are these."""
        self.station.offer(names)
        self._newer, self._older = newer, older

    @Slot()
    def to_newer(self) -> None:
        """The page before."""
        self._go(self._newer)

    @Slot()
    def to_older(self) -> None:
        """The page after."""
        self._go(self._older)

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        for box in (self.station, self.outcome):
            box.blockSignals(True)
            box.set_value(ALL)
            box.blockSignals(False)
        self._begin_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "outcome"):
            self._set_widths()

    @Slot()
    def _begin_anew(self) -> None:
        self._cursor = None
        self.changed.emit()

    def _go(self, cursor: str | None) -> None:
        if cursor is not None:
            self._cursor = cursor
            self.changed.emit()

    def _set_widths(self) -> None:
        body = theme_of().metrics.body
        self.station.setFixedWidth(_STATION_EMS * body)
        self.outcome.setFixedWidth(_OUTCOME_EMS * body)
