"""What a board shows, and one column of it as a Qt model that is changed, never reset.

A card is known by its key everywhere; indexes are never kept. Knows no ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.origin import Urgency
from desktop_app.widgets.chips import ChipText

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card. `title` tells it apart; `key` is what the page knows it by, one on the whole board.

    `owner` and `due_words` (11月30日) are never cut short; `late` adds the board's word for that.
    `marks` are further states as chips. Whatever is empty takes no room.
    """

    key: str
    number: str
    title: str
    place: str = ""
    owner: str = ""
    due_words: str = ""
    late: bool = False
    marks: tuple[ChipText, ...] = ()
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: its title, its cards in order, and `hint`, what it says when it has none."""

    key: str
    title: str
    cards: tuple[BoardCard, ...] = ()
    hint: str = ""


def due_text(card: BoardCard, late_word: str) -> str:
    """The due date with the word that it has passed."""
    return " ".join(word for word in (card.due_words, late_word if card.late else "") if word)


def spoken(card: BoardCard, late_word: str) -> str:
    """The whole card in words, for a screen reader and for who rests the mouse on it."""
    due = due_text(card, late_word)
    urgent = "" if card.urgency is Urgency.NORMAL else card.urgency.label
    parts = (
        card.title,
        urgent,
        card.place,
        f"责任单位或责任人：{card.owner}" if card.owner else "",
        f"期限：{due}" if due else "",
        *(mark.word for mark in card.marks),
        f"编号 {card.number}" if card.number else "",
    )
    return "，".join(part for part in parts if part)


def check_keys(columns: Sequence[BoardColumn]) -> None:
    """`ValueError` when a key is there twice: focus could not be kept on either."""
    for keys in (
        [column.key for column in columns],
        [card.key for column in columns for card in column.cards],
    ):
        if len(set(keys)) != len(keys):
            raise ValueError("a key is on the board twice")


class CardsModel(QAbstractListModel):
    """The cards of one column, made to be what is asked for by the fewest steps."""

    def __init__(self, late_word: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._late_word = late_word
        self._cards: list[BoardCard] = []
        self._rows: dict[str, int] | None = None

    @property
    def cards(self) -> Sequence[BoardCard]:
        return self._cards

    def set_cards(self, cards: Sequence[BoardCard]) -> None:
        """Show these: rows go, come, change places or change, so that a view keeps its place."""
        wanted = list(cards)
        if wanted == self._cards:
            return
        self._rows = None
        self._take_out({card.key for card in wanted})
        self._put_in_order(wanted)
        self._put_in(wanted)
        self._change(wanted)

    def row_of(self, key: str) -> int | None:
        """Where the card with this key stands, if it is in this column."""
        if self._rows is None:
            self._rows = {card.key: row for row, card in enumerate(self._cards)}
        return self._rows.get(key)

    def card_at(self, row: int) -> BoardCard | None:
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return spoken(card, self._late_word)
        return None

    def _take_out(self, wanted: set[str]) -> None:
        gone = [row for row, card in enumerate(self._cards) if card.key not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._cards[first : last + 1]
            self.endRemoveRows()

    def _put_in_order(self, wanted: Sequence[BoardCard]) -> None:
        at = {card.key: row for row, card in enumerate(self._cards)}
        order = [at[card.key] for card in wanted if card.key in at]
        if order == sorted(order):
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        now = {before: row for row, before in enumerate(order)}
        self._cards = [self._cards[row] for row in order]
        self.changePersistentIndexList(kept, [self.index(now[one.row()]) for one in kept])
        self.layoutChanged.emit()

    def _put_in(self, wanted: Sequence[BoardCard]) -> None:
        have = {card.key for card in self._cards}
        new = [row for row, card in enumerate(wanted) if card.key not in have]
        for first, last in _runs(new):
            self.beginInsertRows(QModelIndex(), first, last)
            self._cards[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _change(self, wanted: Sequence[BoardCard]) -> None:
        pairs = enumerate(zip(self._cards, wanted, strict=True))
        changed = [row for row, (old, new) in pairs if old is not new and old != new]
        self._cards = list(wanted)
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Neighbouring rows together: first and last of each run."""
    first = last = -2
    for row in rows:
        if row == last + 1:
            last = row
            continue
        if last >= 0:
            yield first, last
        first = last = row
    if last >= 0:
        yield first, last
