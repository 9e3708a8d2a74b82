"""A card with the records that belong to the one on the page; gone while there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.links import Linked
from desktop_app.core.route import Open
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.looks import duty_chip, problem_chip, short
from desktop_app.widgets.chips import ChipText
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


class ElsewhereCard(LinkedCard):
    """相关记录 of other ledgers; `wanted` carries the `Open` of the one that was chosen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("相关记录", parent)
        self._targets: dict[str, Open] = {}
        self.chosen.connect(self._go)

    def show_links(self, links: Sequence[Linked]) -> None:
        """Show these; each record once."""
        found = {str(one.uid): one for one in links}
        self._targets = {uid: Open(one.kind, one.uid) for uid, one in found.items()}
        self.show_items([link_item(one) for one in found.values()])

    @Slot()
    def enter(self) -> None:
        """Go to the only one at once; among several the keyboard goes to the first."""
        if len(self._targets) == 1:
            self.wanted.emit(next(iter(self._targets.values())))
        elif self._targets:
            self.list.enter()

    @Slot(object)
    def _go(self, uid: object) -> None:
        if target := self._targets.get(str(uid)):
            self.wanted.emit(target)


def link_item(link: Linked) -> LineItem:
    """A record of another ledger in two lines."""
    return LineItem(
        str(link.uid),
        short(link.title, 60),
        detail=f"{link.why}　{link.number}",
        chip=ChipText(link.state),
    )


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
