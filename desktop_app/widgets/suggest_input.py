"""A line that offers what was written before, by any part of it or its pinyin, and takes any text.

For words a station writes again and again (places, units, kinds of its own). Where only a choice
will do, `choices.ChoiceBox` is the place.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop_app.widgets.inputs import LineInput

_FOUND_BY = Qt.ItemDataRole.UserRole + 1


class _Finder(QCompleter):
    """Finds by the search words, but puts the word itself into the line."""

    def pathFromIndex(self, index: QModelIndex) -> str:  # type: ignore[override]
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class SuggestInput(LineInput):
    """Down and Enter take an offer; whatever else is typed stays as it is."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent, placeholder=placeholder)
        self._offers: tuple[tuple[str, str], ...] = ()
        self._finder = _Finder(self)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setCompletionRole(_FOUND_BY)
        popup = QListView()
        popup.setObjectName("completion")
        self._finder.setPopup(popup)
        self.setCompleter(self._finder)

    @property
    def offers(self) -> tuple[str, ...]:
        """The words on offer."""
        return tuple(word for word, _found_by in self._offers)

    def set_offers(self, offers: Iterable[tuple[str, str]]) -> None:
        """Offer these words, each with what else it is found by."""
        self._offers = tuple(offers)
        model = QStandardItemModel(self._finder)
        for word, found_by in self._offers:
            item = QStandardItem(word)
            item.setData(f"{word} {found_by}", _FOUND_BY)
            model.appendRow(item)
        self._finder.setModel(model)
