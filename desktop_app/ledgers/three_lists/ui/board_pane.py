"""看板: what waits, what is claimed, what is late, and what was done of late, as cards in columns.

A card is moved by the step that leads there, on the same sheet as everywhere; the board itself
moves nothing and shows what was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.board import (
    CLOSED_DAYS,
    Board,
    BoardFilter,
    Card,
    CardKind,
    ColumnKey,
)
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.ledgers.three_lists.ui.board_moves import READ_ONLY, step_to, why_not
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.filters import Box, FilterRow
from desktop_app.ledgers.three_lists.ui.form_pane import FormPane
from desktop_app.ledgers.three_lists.ui.forms import ProblemEntry
from desktop_app.ledgers.three_lists.ui.listing import Surroundings, surroundings
from desktop_app.ledgers.three_lists.ui.looks import (
    DUTY_DEEDS,
    PAPER_OF_LISTS,
    PROBLEM_DEEDS,
    Deed,
    duty_deeds,
    first_line,
    may_handle,
    may_raise,
    problem_deeds,
)
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.session import Desk
from desktop_app.widgets.board import Board as BoardView
from desktop_app.widgets.board import BoardCard, BoardColumn
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.row_actions import RowAction, RowActions, RowCommand
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

_COLUMNS = {key.value: key for key in ColumnKey}


@dataclass(frozen=True, slots=True)
class _Answer:
    board: Board
    around: Surroundings


class BoardPane(FormPane):
    """The board with its filters; F2 writes a new problem down."""

    kinds = frozenset({PROBLEMS.name, OFFERS.name, DUTIES.name})
    new_kind = PROBLEMS.name

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.new_word = "提出问题" if may_raise(desk) else ""
        self._may = may_handle(desk)
        self._cards: dict[str, Card] = {}
        self._found: Board | None = None
        self._wants_focus = False
        self._follow = ""
        self.stepper = Stepper(desk, self)
        self.filters = _filters(desk, self.main)
        self.board = BoardView("三单看板", self.main, may_move=self._may_move, unit="件")
        self.deeds = RowActions(_actions(), self.board, self.board, on_row=0, inside=True)
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
        self._add_paper()
        self.hints = self.main_hints()
        self._connect()

    def make_form(self) -> EntryForm:
        return ProblemEntry(self._desk, self, self)

    def main_hints(self) -> tuple[KeyHint, ...]:
        new = (KeyHint("F2", self.new_word),) if self.new_word else ()
        paper = (KeyHint("Ctrl+P", "打印三张清单"),) if self.tools else ()
        moves = (KeyHint("Ctrl+← / Ctrl+→", "移到上一步 / 下一步"),) if self._may else ()
        deeds = _deeds() if self._may else ()
        return (
            KeyHint("← → ↑ ↓", "换一列、换一张"),
            KeyHint("Enter", "打开"),
            KeyHint("Ctrl+F", "查找"),
            *new,
            *moves,
            *paper,
            *(KeyHint(deed.key, deed.verb) for deed in deeds),
        )

    # --- what the window asks for --------------------------------------------------------------

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

    # --- reading and showing -------------------------------------------------------------------

    def _wanted(self) -> BoardFilter:
        row = self.filters
        chosen = {name: row.value(name) for name in ("unit", "compound", "category")}
        return BoardFilter(
            units=(chosen["unit"],) if chosen["unit"] else (),
            compounds=(chosen["compound"],) if chosen["compound"] else (),
            categories=(chosen["category"],) if chosen["category"] else (),
            mine=row.value("whose") == MINE,
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
        self._set_cards()
        if self._wants_focus:
            self._focus()

    @Slot()
    def _set_cards(self) -> None:
        """The cards that the words in the box leave."""
        if self._found is None:
            return
        words = self.filters.box.value().casefold()
        today = self._desk.today
        columns, self._cards = [], {}
        for column in self._found.columns:
            shown = [card for card in column.cards if _has(card, words)]
            self._cards |= {_key(card): card for card in shown}
            made = tuple(_board_card(card, today.year) for card in shown)
            hint = "没有符合条件的。" if self.filters.words() else _HINTS[column.key]
            columns.append(BoardColumn(column.key.value, column.label, made, hint))
        self._shown.setCurrentWidget(self.board)
        self.board.set_columns(columns)
        if self._follow and self.board.focus_card(self._follow):
            self._follow = ""
            at = self.window().focusWidget()
            if at is not None and self.board.isAncestorOf(at):
                # The sheet may not have given the keyboard back yet: it is to come to this card.
                self.board.setFocus()
        self._focused(self.board.focused_key())

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

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.filters.to_list.connect(self.board.setFocus)
        self.board.focused.connect(self._focused)
        self.board.card_opened.connect(self._open)
        self.board.move_wanted.connect(self._move)
        self.board.move_refused.connect(self._refuse)
        self.board.menu_wanted.connect(self._menu)
        self.deeds.wanted.connect(self._command)
        self.state.next_step.connect(self.load)
        self.stepper.done.connect(self._stepped)

    def _add_paper(self) -> None:
        at_street = self._desk.database.station.is_street
        if self._desk.actor.may(Right.EXPORT) and not at_street and there_is(PAPER_OF_LISTS):
            paper = plain_button("打印清单", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)

    def _may_move(self, key: str, column: str) -> bool:
        card = self._cards.get(key)
        return self._may and card is not None and step_to(card, _COLUMNS[column]) is not None

    @Slot(str, str)
    def _move(self, key: str, column: str) -> None:
        card = self._cards.get(key)
        step = None if card is None else step_to(card, _COLUMNS[column])
        if card is not None and step is not None:
            self._take(card, step)

    @Slot(str, str)
    def _refuse(self, key: str, column: str) -> None:
        card = self._cards.get(key)
        if card is not None:
            words = why_not(card, _COLUMNS[column]) if self._may else READ_ONLY
            tell(self, "没有移动", words)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        card = self._cards.get(command.uid)
        if card is not None:
            self._take(card, command.name.partition(":")[2])

    def _take(self, card: Card, step: str) -> None:
        if card.kind is CardKind.PROBLEM:
            self.stepper.problem_step(card.uid, card.revision, step)
        else:
            self.stepper.duty_step(card.uid, card.revision, step)

    @Slot(object)
    def _stepped(self, changed: Changed[object]) -> None:
        """A problem that was dispatched goes on as the card of its duty: the focus follows it."""
        if isinstance(changed.value, Duty):
            self._follow = f"{CardKind.DUTY.value}:{changed.value.uid}"

    @Slot(object)
    def _focused(self, key: object) -> None:
        card = self._cards.get(key) if isinstance(key, str) else None
        at = key if isinstance(key, str) and card is not None else None
        self.deeds.set_row(at, (card, self._offered(card)))

    def _offered(self, card: Card | None) -> frozenset[str]:
        if card is None:
            return frozenset()
        deeds: tuple[Deed, ...] = ()
        if isinstance(card.state, ProblemState):
            deeds = problem_deeds(self._desk, card.state)
        elif isinstance(card.state, DutyState):
            deeds = duty_deeds(self._desk, card.state)
        return frozenset(f"{card.kind.value}:{deed.name}" for deed in deeds)

    @Slot(str)
    def _open(self, key: str) -> None:
        card = self._cards.get(key)
        if card is not None:
            self.go(Open(card.kind.value, card.uid))

    @Slot(str, QPoint)
    def _menu(self, key: str, at: QPoint) -> None:
        self._focused(key)
        self.deeds.show_menu(at)

    @Slot()
    def _print(self) -> None:
        self.go(OpenPaper(PAPER_OF_LISTS, listed=self._wanted()))

    @Slot()
    def _filtered(self) -> None:
        self._set_cards()
        self.load()


def _filters(desk: Desk, parent: QWidget) -> FilterRow:
    return FilterRow(
        desk,
        parent,
        "描述、单位或编号",
        {
            "unit": Box("责任单位", "全部单位"),
            "compound": Box("小区", "全部小区"),
            "category": Box("类别", "全部类别"),
            "whose": Box("谁的", "所有人的", (Choice(MINE, "我的", search="wd wode"),)),
        },
    )


def _deeds() -> tuple[Deed, ...]:
    """What the letters do; those that mean the same for both kinds of card are told once."""
    told = {deed.key: deed for deed in (*DUTY_DEEDS, *PROBLEM_DEEDS)}
    return tuple(told[key] for key in dict.fromkeys(d.key for d in (*PROBLEM_DEEDS, *DUTY_DEEDS)))


def _actions() -> list[RowAction]:
    kinds = ((CardKind.PROBLEM, PROBLEM_DEEDS), (CardKind.DUTY, DUTY_DEEDS))
    return [
        RowAction(
            f"{kind.value}:{deed.name}",
            deed.verb,
            deed.icon,
            deed.key,
            partial(_is_offered, f"{kind.value}:{deed.name}"),
        )
        for kind, deeds in kinds
        for deed in deeds
    ]


def _is_offered(name: str, row: object) -> bool:
    return isinstance(row, tuple) and name in row[1]


def _key(card: Card) -> str:
    return f"{card.kind.value}:{card.uid}"


def _has(card: Card, words: str) -> bool:
    said = f"{card.number} {card.title} {card.place} {card.owner}".casefold()
    return all(word in said for word in words.split())


def _board_card(card: Card, year: int) -> BoardCard:
    due = card.due
    words = "" if due is None else list_day(due) if due.year == year else due.isoformat()
    return BoardCard(
        _key(card),
        card.number,
        first_line(card.title),
        card.place,
        card.owner,
        words.partition(" ")[0],
        card.late,
        (),
        card.urgency,
    )
