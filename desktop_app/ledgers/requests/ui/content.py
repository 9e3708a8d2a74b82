"""Below the head of a request's page: whose it is and what, who sees to it, how it went on, photos,
and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.links import Linked
from desktop_app.core.route import Open
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.service import History
from desktop_app.ledgers.requests.ui.course import RequestCourse
from desktop_app.ledgers.requests.ui.facts import (
    handling_facts,
    maskable,
    matter_facts,
    person_facts,
    register_facts,
)
from desktop_app.ledgers.requests.ui.parts import state_chip, who_words
from desktop_app.ledgers.requests.ui.photos import RequestPhotos
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import Card, ScrollPage, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SIDE_BY_SIDE_FROM = 860


@dataclass(frozen=True, slots=True)
class WholeRequest:
    """What the page shows: the request with its history, and the names of what it points at.

    `links` are records of other ledgers that belong to it. `station` is whose request it is, at a
    street; elsewhere empty.
    """

    history: History
    compound: str
    calendar: WorkCalendar
    links: tuple[Linked, ...] = ()
    station: str = ""

    @property
    def request(self) -> Request:
        return self.history.request


class RequestContent(ScrollPage):
    """`reveal_wanted` and `resident_wanted` are buttons; `open_wanted` carries an `Open`."""

    reveal_wanted = Signal()
    resident_wanted = Signal()
    open_wanted = Signal(object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self.setAcceptDrops(True)
        self.person = FactsCard("居民", self)
        self.matter = FactsCard("内容", self)
        self.handling = FactsCard("办理", self)
        self.register = FactsCard("登记", self)
        self.course = RequestCourse(self)
        self.photos = RequestPhotos(desk, page)
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
        self.course.opened.connect(self.photos.open_photo)
        self.course.add_wanted.connect(self.photos.add_to_step)
        self.photos.pictured.connect(self.course.show_pictures)
        self._lay_out()

    def show_request(self, whole: WholeRequest, zone: Zone, *, may_reveal: bool) -> None:
        """Show a request, masked."""
        request = whole.request
        self.show_person(whole, {})
        self.matter.show_facts(matter_facts(request))
        self.handling.show_facts(handling_facts(request, zone))
        self.register.show_facts(
            register_facts(request, zone, evaluated=whole.history.evaluated, station=whole.station)
        )
        self.course.show_request(request, zone, adder=self.photos.adder(request))
        self.photos.show_request(request)
        self.reveal.setVisible(may_reveal and bool(maskable(request)))
        self.resident.setVisible(request.resident is not None)
        self._show_related(whole)
        self.verticalScrollBar().setValue(0)

    def show_person(self, whole: WholeRequest, revealed: dict[str, str]) -> None:
        """Show whose request it is, with what was just uncovered in full."""
        self.person.show_facts(person_facts(whole.request, whole.compound, revealed))
        self.reveal.setText("遮挡" if revealed else "显示完整内容")
        self.reveal.setToolTip("遮挡（R）" if revealed else "显示十秒，并记入操作记录（R）")
        put_icon(self.reveal, "eye-off" if revealed else "eye")

    @property
    def linked(self) -> tuple[Open, ...]:
        """Where the related records lead, in the order in which they are shown."""
        return tuple(self._targets.values())

    def scroll_lines(self, steps: int) -> None:
        """Move by so many lines; the keyboard is with the page, not in here."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + steps * theme_of().metrics.row)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.photos.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.photos.take(event.mimeData())
        event.acceptProposedAction()

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

    def _show_related(self, whole: WholeRequest) -> None:
        found = [(Open(one.kind, one.uid), _link_item(one)) for one in whole.links]
        kept = whole.history.kept
        if kept is not None:
            found.append((Open(KIND.name, kept.uid), _item(kept, "已并入这一件")))
        found += [
            (Open(KIND.name, one.uid), _item(one, "并入了这一件")) for one in whole.history.merged
        ]
        self._targets = {item.uid: target for target, item in found}
        self.related.setVisible(bool(found))
        self.list.set_items([item for _target, item in found])
        self.list.setFixedHeight(len(found) * theme_of().metrics.two_line_row)

    def open_first(self) -> None:
        """Ask for the first of the related records: where it came from."""
        if not self.related.isHidden() and self._targets:
            self.open_wanted.emit(self.linked[0])

    @Slot(object)
    def _chosen(self, uid: object) -> None:
        if target := self._targets.get(str(uid)):
            self.open_wanted.emit(target)

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
        groups: Sequence[tuple[int, Sequence[QWidget]]] = (
            (3, (self.matter, self.handling, self.person, self.photos)),
            (2, (self.course, self.related, self.register)),
        )
        for share, cards in groups:
            column = QVBoxLayout()
            column.setSpacing(SPACE.large)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, share)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)


def _item(request: Request, why: str) -> LineItem:
    return LineItem(
        str(request.uid),
        request.title,
        beside=who_words(request),
        detail=f"{why}　{request.number}",
        chip=state_chip(request.state, request.kind),
    )


def _link_item(link: Linked) -> LineItem:
    return LineItem(
        str(link.uid),
        link.title,
        detail=f"{link.why}　{link.number}",
        chip=ChipText(link.state),
    )
