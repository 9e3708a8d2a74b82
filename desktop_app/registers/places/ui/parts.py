"""What stands beside the fields of a place: its names, or what lies in the same place already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.core.wording import paper_day
from desktop_app.registers.places.rules import Place
from desktop_app.widgets.forms import Card
from desktop_app.widgets.tokens import SPACE

MOST_NAMED = 60


class NamesCard(Card):
    """Every name the place ever had, the latest first, each with the time it counted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("名称和曾用名", parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setVerticalSpacing(SPACE.small)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._labels: list[QLabel] = []

    def show_names(self, place: Place, today: date) -> None:
        """List the names of a place."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        now = place.name_on(today)
        for row, (name, words) in enumerate(reversed(name_times(place))):
            first = QLabel(name, self)
            first.setProperty("role", "bold" if name == now else "")
            second = QLabel(words, self)
            second.setProperty("role", "quiet")
            for column, label in enumerate((first, second)):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(column == 1)
                self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
                self._labels.append(label)


def name_times(place: Place) -> list[tuple[str, str]]:
    """The names of a place and the time of each in words, in order of time."""
    times = []
    for named, later in pairwise((*place.names, None)):
        assert named is not None
        since = "" if named.since is None else f"{paper_day(named.since)}起"
        if later is not None and later.since is not None:
            end = f"{paper_day(later.since)}前"
            times.append((named.name, f"{since}，{end}" if since else end))
        else:
            times.append((named.name, since or "一直用这个名称"))
    return times


class BesideCard(Card):
    """What of the same kind lies there already: who enters thirty 楼栋 sees how far they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._heading, self._names = QLabel(self), QLabel(self)
        self._heading.setProperty("role", "section")
        self._names.setProperty("role", "quiet")
        for label in (self._heading, self._names):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            self.body.addWidget(label)

    def show_names(self, kind: str, where: str, names: Sequence[str]) -> None:
        """Say which ones of a kind there are."""
        place = f"{where}已有的{kind}" if where else f"已有的{kind}"
        self._heading.setText(f"{place} {len(names)} 个" if names else place)
        shown = "、".join(names[-MOST_NAMED:])
        more = "……、" if len(names) > MOST_NAMED else ""
        self._names.setText(f"{more}{shown}" if names else "还没有。")
