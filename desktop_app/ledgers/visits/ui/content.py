"""Below the head of a visit's page: who came, with what, how it went on, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.links import Linked
from desktop_app.core.route import Open
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.service import History
from desktop_app.ledgers.visits.ui.course import VisitCourse
from desktop_app.ledgers.visits.ui.facts import (
    maskable,
    matter_facts,
    person_facts,
    register_facts,
)
from desktop_app.ledgers.visits.ui.parts import matter_words, state_chip
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import Card, ScrollPage, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SIDE_BY_SIDE_FROM = 860


@dataclass(frozen=True, slots=True)
class WholeVisit:
    """What the page shows: the visit with its history, and the names of what it points at.

    `station` is whose visit it is, at a street; elsewhere empty. `links` are records of other
    ledgers that belong to it.
    """

    history: History
    compound: str
    merged_into: Visit | None
    calendar: WorkCalendar
    station: str = ""
    links: tuple[Linked, ...] = ()

    @property
    def visit(self) -> Visit:
        return self.history.visit


class VisitContent(ScrollPage):
    """`reveal_wanted` and `resident_wanted` are buttons; `open_wanted` carries an `Open`."""

    reveal_wanted = Signal()
    resident_wanted = Signal()
    open_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.person = FactsCard("来访人", self)
        self.matter = FactsCard("事项", self)
        self.register = FactsCard("登记", self)
        self.course = VisitCourse(self)
        self.related = Card("相关记录", self)
        self.list = LineList("相关记录", self.related)
        self._targets: dict[str, Open] = {}
        self.list.chosen.connect(self._chosen)
        self.related.add_list(self.list)
        self.reveal = plain_button("显示完整内容", self.person, icon_name="eye")
        self.reveal.clicked.connect(self.reveal_wanted)
        self.resident = plain_button("居民档案", self.person, icon_name="user")
        self.resident.setToolTip("居民档案（P）")
        self.resident.clicked.connect(self.resident_wanted)
        self._lay_out()

    def show_visit(self, whole: WholeVisit, zone: Zone, *, may_reveal: bool) -> None:
        """Show a visit, masked."""
        visit = whole.visit
        self.show_person(whole, {})
        self.matter.show_facts(matter_facts(visit, zone))
        self.register.show_facts(
            register_facts(visit, zone, evaluated=whole.history.evaluated, station=whole.station)
        )
        self.course.show_steps(visit.steps, zone)
        self.reveal.setVisible(may_reveal and bool(maskable(visit)))
        self.resident.setVisible(visit.resident is not None)
        found = _related(whole)
        self._targets = {item.uid: target for target, item in found}
        self.related.setVisible(bool(found))
        self.list.set_items([item for _target, item in found])
        self.list.setFixedHeight(len(found) * theme_of().metrics.two_line_row)
        self.verticalScrollBar().setValue(0)

    def show_person(self, whole: WholeVisit, revealed: dict[str, str]) -> None:
        """Show who came, with what was just uncovered in full."""
        self.person.show_facts(person_facts(whole.visit, whole.compound, revealed))
        self.reveal.setText("遮挡" if revealed else "显示完整内容")
        self.reveal.setToolTip("遮挡（R）" if revealed else "显示十秒，并记入操作记录（R）")
        put_icon(self.reveal, "eye-off" if revealed else "eye")

    @property
    def linked(self) -> tuple[Open, ...]:
        """Where the related records lead, in the order in which they are shown."""
        return tuple(self._targets.values())

    def open_first(self) -> None:
        """Ask for the first of the related records: what the visit became."""
        if not self.related.isHidden() and self._targets:
            self.open_wanted.emit(self.linked[0])

    @Slot(object)
    def _chosen(self, uid: object) -> None:
        if target := self._targets.get(str(uid)):
            self.open_wanted.emit(target)

    def scroll_lines(self, steps: int) -> None:
        """Move by so many lines; the keyboard is with the page, not in here."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + steps * theme_of().metrics.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._turn()

    @Slot()
    def _turn(self) -> None:
        """Two columns where there is room, else one below the other."""
        wide = self.width() >= _SIDE_BY_SIDE_FROM * theme_of().metrics.body / 14
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        for button in (self.reveal, self.resident):
            buttons.addWidget(button)
        buttons.addStretch(1)
        foot = QWidget(self.person)
        foot.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        self.person.set_foot(foot)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE.large)
        for share, cards in (
            (3, (self.person, self.matter)),
            (2, (self.course, self.related, self.register)),
        ):
            column = QVBoxLayout()
            column.setSpacing(SPACE.large)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, share)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons in here, in the order of Tab."""
        return (self.reveal, self.resident)


def _related(whole: WholeVisit) -> Sequence[tuple[Open, LineItem]]:
    visit = whole.visit
    found = [(Open(one.kind, one.uid), _link_item(one)) for one in whole.links]
    if whole.merged_into is not None:
        found.append(_item(whole.merged_into, "已并入这一条"))
    found += [_item(one, "同一次来访") for one in whole.history.batch if one.uid != visit.uid]
    return found


def _item(visit: Visit, why: str) -> tuple[Open, LineItem]:
    item = LineItem(
        str(visit.uid),
        matter_words(visit),
        detail=f"{why}　{visit.number}",
        chip=state_chip(visit.state),
    )
    return Open(KIND.name, visit.uid), item


def _link_item(link: Linked) -> LineItem:
    return LineItem(
        str(link.uid),
        link.title,
        detail=f"{link.why}　{link.number}",
        chip=ChipText(link.state),
    )
