"""看板: what waits, what is claimed, what is late, and what was done of late, as cards in columns.

A card is moved by the step that leads there, on the same sheet as everywhere; the board itself
moves nothing and shows what was read.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.three_lists.rules.board import (
    Card,
    CardKind,
    ColumnKey,
)
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.ledgers.three_lists.ui.board_moves import READ_ONLY, step_to, why_not
from desktop_app.ledgers.three_lists.ui.board_shown import BoardShown
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.forms import ProblemEntry
from desktop_app.ledgers.three_lists.ui.looks import (
    DUTY_DEEDS,
    PAPER_OF_LISTS,
    PROBLEM_DEEDS,
    Deed,
    duty_deeds,
    may_handle,
    may_raise,
    problem_deeds,
)
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.row_actions import RowAction, RowActions, RowCommand

_COLUMNS = {key.value: key for key in ColumnKey}


class BoardPane(BoardShown):
    """The board with its filters; F2 writes a new problem down."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        self._may = may_handle(desk)
        super().__init__(desk, runner, parent)
        self.new_word = "提出问题" if may_raise(desk) else ""
        self.stepper = Stepper(desk, self)
        self.deeds = RowActions(_actions(), self.board, self.board, on_row=0, inside=True)
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

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.board.focused.connect(self.card_focused)
        self.board.card_opened.connect(self._open)
        self.board.move_wanted.connect(self._move)
        self.board.move_refused.connect(self._refuse)
        self.board.menu_wanted.connect(self._menu)
        self.deeds.wanted.connect(self._command)
        self.stepper.done.connect(self._stepped)

    def _add_paper(self) -> None:
        at_street = self._desk.database.station.is_street
        if self._desk.actor.may(Right.EXPORT) and not at_street and there_is(PAPER_OF_LISTS):
            paper = plain_button("打印清单", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)

    def may_move(self, key: str, column: str) -> bool:
        card = self.cards.get(key)
        return self._may and card is not None and step_to(card, _COLUMNS[column]) is not None

    @Slot(str, str)
    def _move(self, key: str, column: str) -> None:
        card = self.cards.get(key)
        step = None if card is None else step_to(card, _COLUMNS[column])
        if card is not None and step is not None:
            self._take(card, step)

    @Slot(str, str)
    def _refuse(self, key: str, column: str) -> None:
        card = self.cards.get(key)
        if card is not None:
            words = why_not(card, _COLUMNS[column]) if self._may else READ_ONLY
            tell(self, "没有移动", words)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        card = self.cards.get(command.uid)
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
            self.follow = f"{CardKind.DUTY.value}:{changed.value.uid}"

    @Slot(object)
    def card_focused(self, key: str | None) -> None:
        card = None if key is None else self.cards.get(key)
        at = None if card is None else key
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
        card = self.cards.get(key)
        if card is not None:
            self.go(Open(card.kind.value, card.uid))

    @Slot(str, QPoint)
    def _menu(self, key: str, at: QPoint) -> None:
        self.card_focused(key)
        self.deeds.show_menu(at)

    @Slot()
    def _print(self) -> None:
        self.go(OpenPaper(PAPER_OF_LISTS, listed=self._wanted()))


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
