"""The row above the list of residents: the box, 党员管理类别, 小区, and in words what is hidden."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import parse_uid
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.residents.entry import PlaceChoices
from desktop_app.registers.residents.listing import ResidentFilter
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.residents.ui.box import PLACEHOLDER
from desktop_app.registers.residents.ui.form_panes import place_items
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

ALL: Final = ""
_BOX_WIDTHS = 200, 320
_CHOICE_WIDTH = 118
_ALL_PARTIES = Choice(ALL, "全部类别")
_ALL_COMPOUNDS = Choice(ALL, "全部小区")


class ResidentFilters(QWidget):
    """`changed` tells that the list is wanted otherwise; `to_list` that the keyboard goes there."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, parent: QWidget, *, at_street: bool = False) -> None:
        super().__init__(parent)
        kinds = [Choice(kind.value, kind.label) for kind in PartyKind]
        self.box = SearchBox(PLACEHOLDER, self)
        self.party = ChoiceBox((_ALL_PARTIES, *kinds), self, value=ALL)
        self.compound = ChoiceBox((_ALL_COMPOUNDS,), self, value=ALL)
        self.station = StationBox(self) if at_street else None
        self._choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "党员管理类别": self.party,
            "小区": self.compound,
        }
        row = FlowLayout(self, gap=SPACE.small)
        row.addWidget(self.box)
        for name, choice in self._choices.items():
            choice.setAccessibleName(name)
            choice.setToolTip(name)
            row.addWidget(choice)
            choice.changed.connect(self._tell)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.box.query.connect(self._tell)
        self.box.to_results.connect(self.to_list)
        self.box.chosen_first.connect(self.to_list)
        self._set_widths()

    def set_places(self, places: PlaceChoices) -> None:
        """The 小区 to choose from; the one chosen stays chosen as long as it is there."""
        kept = self.compound.value()
        self.compound.blockSignals(True)
        self.compound.set_choices((_ALL_COMPOUNDS, *place_items(places.compounds)))
        self.compound.set_value(kept if self.compound.value() is not None else ALL)
        self.compound.blockSignals(False)

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> ResidentFilter:
        """What the list is narrowed to."""
        party = self.party.value()
        return ResidentFilter(
            search=self.box.value(),
            station=self.station.code() if self.station is not None else "",
            party=next((kind for kind in PartyKind if kind.value == party), None),
            compound=parse_uid(str(self.compound.value() or "")),
        )

    def words(self) -> str:
        """What is in force, e.g. “陈” · 退休党员; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        for choice in self._choices.values():
            if choice.value() not in (None, ALL):
                said.append(choice.currentText())
        return " · ".join(said)

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.box.set_value("")
        for choice in self._choices.values():
            choice.set_value(ALL)
        self.blockSignals(False)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "compound"):
            self._set_widths()

    def _set_widths(self) -> None:
        share = theme_of().metrics.body / 14
        choice_width = round(_CHOICE_WIDTH * share)
        for choice in self._choices.values():
            choice.setFixedWidth(choice_width)
        least, most = (round(width * share) for width in _BOX_WIDTHS)
        room = self.width() - len(self._choices) * (choice_width + SPACE.small)
        self.box.setFixedWidth(max(least, min(most, room)))

    @Slot()
    def _tell(self, _text: object = None) -> None:
        self.changed.emit()
