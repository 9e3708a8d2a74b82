"""The board as it is read and shown: its filters, its cards in their columns. It moves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.board import (
    CLOSED_DAYS,
    Board,
    BoardFilter,
    Card,
    ColumnKey,
)
from desktop_app.ledgers.three_lists.ui.filters import Box, FilterRow
from desktop_app.ledgers.three_lists.ui.form_pane import FormPane
from desktop_app.ledgers.three_lists.ui.listing import Surroundings, surroundings
from desktop_app.ledgers.three_lists.ui.looks import first_line
from desktop_app.registers.offices.names import StationNames
from desktop_app.storage.session import Desk
from desktop_app.widgets.board import Board as BoardView
from desktop_app.widgets.board import BoardCard, BoardColumn
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

MINE = "mine"
_HINTS = {
    ColumnKey.RAISED: "新提出的问题在这里，入单后才能派给单位。",
    ColumnKey.LISTED: "没有等单位认领的问题。",
    ColumnKey.PROPOSED: "派出后等对方接单的在这里。",
    ColumnKey.DOING: "没有正在办的。",
    ColumnKey.TO_REVIEW: "申请销号后等第二个人复核的在这里。",
    ColumnKey.CLOSED: f"最近{CLOSED_DAYS}天销号的在这里。",
}


@dataclass(frozen=True, slots=True)
class _Answer:
    board: Board
    around: Surroundings


class BoardShown(FormPane):
    """`cards` are those on show by key; `follow` is the card to focus when it comes."""

    kinds = frozenset({PROBLEMS.name, OFFERS.name, DUTIES.name})
    new_kind = PROBLEMS.name

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.cards: dict[str, Card] = {}
        self.follow = ""
        self._found: Board | None = None
        self._stations = StationNames()
        self._wants_focus = False
        self.filters = _filters(desk, self.main)
        self.board = BoardView("三单看板", self.main, may_move=self.may_move, unit="件")
        self.state = StatePane(self.main)
        self._patience = Patience(self._say_reading, self)
        below = QWidget(self.main)
        self._shown = QStackedLayout(below)
        self._shown.addWidget(self.board)
        self._shown.addWidget(self.state)
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.filters)
        column.addWidget(below, 1)
        self.filters.changed.connect(self._filtered)
        self.filters.to_list.connect(self.board.setFocus)
        self.state.next_step.connect(self.load)

    def may_move(self, key: str, column: str) -> bool:
        """Whether a card may go to a column."""
        return False

    def card_focused(self, key: str | None) -> None:
        """The focused card is another one, or none."""

    def load(self) -> None:
        self._patience.start()
        self.in_background("看板", partial(self._read, self._wanted()), self._show, self._fail)

    def take_main_keyboard(self) -> None:
        if self._found is None:
            self._wants_focus = True
        else:
            self._focus()

    def search_for(self, words: str) -> None:
        self.show_main()
        self.filters.box.set_value(words)

    def start_search(self) -> None:
        self.show_main()
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    def _wanted(self) -> BoardFilter:
        row = self.filters
        chosen = {name: row.value(name) for name in ("unit", "compound", "category")}
        return BoardFilter(
            units=(chosen["unit"],) if chosen["unit"] else (),
            compounds=(chosen["compound"],) if chosen["compound"] else (),
            categories=(chosen["category"],) if chosen["category"] else (),
            mine=row.offers("whose") and row.value("whose") == MINE,
            stations=row.stations(),
        )

    def _read(self, wanted: BoardFilter, _job: Job) -> _Answer:
        """In the worker's thread."""
        return _Answer(service.board(self._desk, wanted), surroundings(self._desk))

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        self._found = answer.board
        frame = answer.around.frame
        self.filters.offer_words("unit", frame.units)
        self.filters.offer_words("category", frame.categories)
        self.filters.offer("compound", answer.around.place_choices())
        self.filters.set_stations(answer.around.stations)
        self._stations = answer.around.stations
        self._set_cards()
        if self._wants_focus:
            self._focus()

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        self.state.show_fault(fault)
        self._shown.setCurrentWidget(self.state)

    def _say_reading(self) -> None:
        if self._found is None:
            self.state.show_loading()
            self._shown.setCurrentWidget(self.state)

    def _focus(self) -> None:
        self._wants_focus = False
        self.board.setFocus()

    @Slot()
    def _set_cards(self) -> None:
        """The cards that the words in the box leave."""
        if self._found is None:
            return
        words = self.filters.box.value().casefold()
        today = self._desk.today
        columns, self.cards = [], {}
        for column in self._found.columns:
            told = ((card, self._where(card)) for card in column.cards)
            shown = [(card, where) for card, where in told if _has(card, where, words)]
            self.cards |= {card_key(card): card for card, _ in shown}
            made = tuple(_board_card(card, where, today.year) for card, where in shown)
            hint = "没有符合条件的。" if self.filters.words() else _HINTS[column.key]
            columns.append(BoardColumn(column.key.value, column.label, made, hint))
        self._shown.setCurrentWidget(self.board)
        self.board.set_columns(columns)
        if self.follow and self.board.focus_card(self.follow):
            self.follow = ""
            at: QWidget | None = self.window().focusWidget()
            if at is not None and self.board.isAncestorOf(at):
                # The sheet may not have given the keyboard back yet: it is to come to this card.
                self.board.setFocus()
        self.card_focused(self.board.focused_key())

    def _where(self, card: Card) -> str:
        """Where it is; at a street first of all whose it is."""
        return " · ".join(filter(None, (self._stations.owner(card.station), card.place)))

    @Slot()
    def _filtered(self) -> None:
        self._set_cards()
        self.load()


def _filters(desk: Desk, parent: QWidget) -> FilterRow:
    boxes = {
        "unit": Box("责任单位", "全部单位"),
        "compound": Box("小区", "全部小区"),
        "category": Box("类别", "全部类别"),
    }
    if not desk.database.station.is_street:
        # Nobody at a street raises, dispatches or answers for anything on these lists.
        boxes["whose"] = Box("谁的", "所有人的", (Choice(MINE, "我的", search="wd wode"),))
    return FilterRow(desk, parent, "描述、单位或编号", boxes)


def card_key(card: Card) -> str:
    """What a card is known by on the board."""
    return f"{card.kind.value}:{card.uid}"


def _has(card: Card, where: str, words: str) -> bool:
    said = f"{card.number} {card.title} {where} {card.owner}".casefold()
    return all(word in said for word in words.split())


def _board_card(card: Card, where: str, year: int) -> BoardCard:
    due = card.due
    words = "" if due is None else list_day(due) if due.year == year else due.isoformat()
    return BoardCard(
        card_key(card),
        card.number,
        first_line(card.title),
        where,
        card.owner,
        words.partition(" ")[0],
        card.late,
        (),
        card.urgency,
    )
