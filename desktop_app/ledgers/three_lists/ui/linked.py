"""A card with the records that belong to the one on the page; gone while there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.looks import duty_chip, problem_chip, short
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of


class LinkedCard(Card):
    """`chosen` carries the uid of an entry as text."""

    chosen = Signal(object)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.list = LineList(title, self)
        self.list.chosen.connect(self.chosen)
        self.add_list(self.list)
        self.hide()

    def show_items(self, items: Sequence[LineItem]) -> None:
        """Show these."""
        self.list.set_items(items)
        self.list.setFixedHeight(len(items) * theme_of().metrics.two_line_row)
        self.setVisible(bool(items))


def duty_item(duty: Duty, *, with_problem: bool = False) -> LineItem:
    """A duty in two lines."""
    amount = f"　认领{duty.amount}" if duty.amount else ""
    about = f"{duty.problem_number}　" if with_problem else ""
    return LineItem(
        str(duty.uid),
        f"{duty.unit} {duty.person}",
        detail=f"{about}{short(duty.measures, 40)}　{list_day(duty.due)} 前{amount}",
        chip=duty_chip(duty.state),
    )


def problem_item(problem: Problem, why: str = "") -> LineItem:
    """A problem in two lines."""
    said = "　".join(filter(None, (why, problem.number)))
    return LineItem(
        str(problem.uid),
        short(problem.description, 60),
        detail=said,
        chip=problem_chip(problem.state),
    )
