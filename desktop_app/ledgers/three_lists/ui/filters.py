"""The row above a list: what it is narrowed to, and in which words that is said.

What no box can say (the rows behind a figure) stands on a button that takes it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.wording import paper_day
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

ALL: Final = ""
_BOX_WIDTH, _STATION_WIDTH, _CHOICE_WIDTH = 240, 172, 124

WEEK, MONTH, YEAR = "week", "month", "year"
DAYS = (
    Choice(WEEK, "本周", search="bz benzhou"),
    Choice(MONTH, "本月", search="by benyue"),
    Choice(YEAR, "本年", search="bn bennian"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """One choice of a row: `every` is the word for all, `choices` what there is at first."""

    label: str
    every: str
    choices: tuple[Choice, ...] = ()


class FilterRow(QWidget):
    """`changed` tells that the list is wanted otherwise; `to_list` that the keyboard goes there.

    `kept` is the filter a figure came with: what of it the boxes do not say stays in force until
    `beyond` is pressed. Names of boxes are names of the filter's fields where one means one.
    """

    changed = Signal()
    to_list = Signal()

    def __init__(
        self, desk: Desk, parent: QWidget, placeholder: str, boxes: Mapping[str, Box]
    ) -> None:
        super().__init__(parent)
        self._desk, self._specs = desk, dict(boxes)
        self.box = SearchBox(placeholder, self)
        self.station = StationBox(self) if desk.database.station.is_street else None
        self.boxes = {
            name: ChoiceBox((Choice(ALL, box.every), *box.choices), self, value=ALL)
            for name, box in boxes.items()
        }
        self.kept: Any = None
        self.beyond = QPushButton(self)
        put_icon(self.beyond, "x")
        self.beyond.setToolTip("不再按这一条筛选")
        self.beyond.clicked.connect(self._drop)
        self._lay_out()
        self._connect()
        self.keep(None, ())

    def value(self, name: str) -> Any:
        """What is chosen in a box; None for all."""
        chosen = self.boxes[name].value()
        return None if chosen in (None, ALL) else chosen

    def offers(self, name: str) -> bool:
        """Whether the row has a box of that name."""
        return name in self.boxes

    def put(self, name: str, value: object) -> None:
        """Choose in a box, as somebody would."""
        self.boxes[name].set_value(ALL if value in (None, "") else value)

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """Offer these in a box; the one chosen stays chosen, in use or not. Tells nobody."""
        box, spec = self.boxes[name], self._specs[name]
        chosen, words = self.value(name), box.currentText()
        made = [Choice(ALL, spec.every), *choices]
        if chosen is not None and chosen not in [one.value for one in made]:
            made.append(Choice(chosen, words))
        if box.count() == len(made) and [box.itemText(n) for n in range(len(made))] == [
            one.label for one in made
        ]:
            return
        box.blockSignals(True)
        box.set_choices(made)
        box.set_value(chosen or ALL)
        box.blockSignals(False)

    def offer_words(self, name: str, words: Sequence[str]) -> None:
        """Offer plain words."""
        self.offer(name, [Choice(word, word) for word in words])

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def stations(self) -> tuple[str, ...]:
        return () if self.station is None else self.station.codes()

    def keep(self, kept: Any, said: Sequence[str]) -> None:
        """Keep what of a filter no box says, and say it."""
        self.kept = kept if said else None
        words = " · ".join(said)
        self.beyond.setText(words)
        self.beyond.setAccessibleName(words)
        self.beyond.setVisible(bool(words))

    def words(self) -> str:
        """What is in force, e.g. “路灯” · 待认领; empty when nothing is hidden."""
        said = [f"“{self.box.value()}”"] if self.box.value() else []
        for box in self._all_boxes():
            if box.value() not in (None, ALL):
                said.append(box.currentText())
        return " · ".join([*said, *filter(None, [self.beyond.text()])])

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.box.set_value("")
        for box in self._all_boxes():
            box.set_value(ALL)
        self.keep(None, ())
        self.blockSignals(False)
        self.changed.emit()

    def span(self, name: str) -> tuple[date | None, date | None]:
        """The days a box of `DAYS` means."""
        today, chosen = self._desk.today, self.value(name)
        if chosen == WEEK:
            return today - timedelta(days=today.weekday()), today
        if chosen == MONTH:
            return today.replace(day=1), today
        if chosen == YEAR:
            return today.replace(month=1, day=1), today
        return None, None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "boxes"):
            self._set_widths()

    def add(self, widget: QWidget) -> None:
        """Another control at the end of the row."""
        self._row.addWidget(widget)

    # --- inside --------------------------------------------------------------------------------

    def _all_boxes(self) -> list[ChoiceBox]:
        return [*([self.station] if self.station else []), *self.boxes.values()]

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        line = QWidget(self)
        line.setSizePolicy(policy)
        self._row = FlowLayout(line, gap=SPACE.small)
        self._row.addWidget(self.box)
        labels = [*(["站点"] if self.station else []), *(one.label for one in self._specs.values())]
        for label, box in zip(labels, self._all_boxes(), strict=True):
            box.setAccessibleName(label)
            box.setToolTip(label)
            self._row.addWidget(box)
        self._row.addWidget(self.beyond)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)
        self._set_widths()

    def _set_widths(self) -> None:
        share = theme_of().metrics.body / 14
        self.box.setFixedWidth(round(_BOX_WIDTH * share))
        for box in self._all_boxes():
            wide = _STATION_WIDTH if box is self.station else _CHOICE_WIDTH
            box.setFixedWidth(round(wide * share))

    def _connect(self) -> None:
        self.box.query.connect(self._tell)
        self.box.to_results.connect(self.to_list)
        self.box.chosen_first.connect(self.to_list)
        for box in self._all_boxes():
            box.changed.connect(self._tell)

    @Slot()
    def _tell(self, _text: object = None) -> None:
        self.changed.emit()

    @Slot()
    def _drop(self) -> None:
        self.keep(None, ())
        self.changed.emit()


def said_beyond(wanted: Any, plain: Any, boxed: Iterable[str]) -> list[str]:
    """What of a filter no box says, in words: spans of days first, then what is marked."""
    left = {
        one.name: getattr(wanted, one.name)
        for one in fields(wanted)
        if one.name not in set(boxed) and getattr(wanted, one.name) != getattr(plain, one.name)
    }
    said = []
    for prefix, word in (("", ""), ("listed_", "入单"), ("closed_", "销号")):
        since, until = left.pop(f"{prefix}since", None), left.pop(f"{prefix}until", None)
        if since or until:
            days = [paper_day(day) for day in dict.fromkeys((since, until)) if day]
            said.append(f"{'至'.join(days)}{word}")
    for name, value in left.items():
        said.append(_SAID.get((name, value)) or _SAID.get((name, None)) or "指定的记录")
    return list(dict.fromkeys(said))


_SAID: Mapping[tuple[str, Any], str] = {
    ("in_time", True): "按时销号",
    ("in_time", False): "超时销号",
    ("extended", True): "延过期",
    ("used_up", True): "已认领完",
    ("usable", True): "还能认领",
    ("live", True): "在办",
    ("late", True): "逾期",
    ("open", True): "在办",
    ("problem", None): "某个问题的",
    ("offer", None): "某项资源的",
    ("partner", None): "某个单位的",
    ("agreement", None): "某份协议的",
}
