"""The links of a place: 站点, 小区, 党支部 and 网格 belong together without lying in each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.registers.places.outline import Book, has_ended
from desktop_app.registers.places.rules import LINKED_KINDS, Place, PlaceLink
from desktop_app.registers.places.ui.words import edge
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

LINKS = "关联的地点"
ADD_LINK = "新增关联…"
NO_LINKS = "还没有关联的地点"
FOR_EXAMPLE = "例如由哪个站点服务，属于哪个党支部、网格。"
_ROWS_SEEN = 5


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link seen from one of its ends: `other` is the place at the far one."""

    link: PlaceLink
    other: Place
    ended: bool


class LinksCard(Card):
    """Ended links stay in sight, below the others.

    `add_wanted` comes from the button, `end_wanted` carries a `PlaceLink`, `open_wanted` a uid.
    """

    add_wanted = Signal()
    end_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, parent: QWidget, *, may_change: bool) -> None:
        super().__init__("", parent)
        self._may_change = may_change
        heading = QLabel(LINKS, self)
        heading.setProperty("role", "section")
        self.add = plain_button(ADD_LINK, self, icon_name="plus")
        actions = [RowAction("open", "打开", "eye", "O")]
        if may_change:
            actions.insert(0, RowAction("end", "解除关联", "x", "D", _has_no_end))
        self.table = PagedTable(_columns(), _uid_of, self, actions=actions, name=LINKS)
        sizes = theme_of().metrics
        self.table.view.setMinimumHeight(sizes.header + _ROWS_SEEN * sizes.row)
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.add)
        self.body.addLayout(top)
        self.add_list(self.table)
        self.add.clicked.connect(self.add_wanted)
        self.table.opened.connect(self._open)
        self.table.command.connect(self._command)

    def show_links(self, place: Place, book: Book, today: date) -> None:
        """Show the links of a place; the card is not there for a kind that has none."""
        lines = link_lines(place, book, today)
        may_add = self._may_change and place.kind in LINKED_KINDS and not has_ended(place, today)
        self.setVisible(bool(lines) or place.kind in LINKED_KINDS)
        self.add.setVisible(may_add)
        self.table.foot.set_count(f"共 {len(lines)} 个")
        if lines:
            self.table.set_rows(lines)
        else:
            self.table.show_empty(NO_LINKS, FOR_EXAMPLE if may_add else "")

    @Slot(object)
    def _open(self, uid: str) -> None:
        self.open_wanted.emit(self._line(uid).other.uid)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        if command.name == "end":
            self.end_wanted.emit(self._line(command.uid).link)
        else:
            self._open(command.uid)

    def _line(self, uid: str) -> LinkLine:
        line = self.table.model.rows[self.table.model.row_of(uid) or 0]
        assert isinstance(line, LinkLine)
        return line


def link_lines(place: Place, book: Book, today: date) -> list[LinkLine]:
    """The links of a place as lines, those that have ended last."""
    lines = []
    for link in book.links_of(place):
        other = book.known.get(link.beyond(place.uid))
        if other is not None:
            lines.append(LinkLine(link, other, link.until is not None and link.until < today))
    return sorted(lines, key=_is_over)


def _is_over(line: LinkLine) -> bool:
    return line.ended


def _uid_of(line: object) -> str:
    assert isinstance(line, LinkLine)
    return line.link.uid.hex


def _columns() -> tuple[Column, ...]:
    return (
        Column("名称", _name, width=126, style="bold", stretch=True),
        Column("类别", _kind, width=70),
        Column("起止", _edge, width=148, style="quiet"),
        Column("状态", _state, width=92),
    )


def _name(line: Any) -> str:
    return str(line.other.name)


def _kind(line: Any) -> str:
    return str(line.other.kind.label)


def _edge(line: Any) -> str:
    return edge(line.link.since, line.link.until)


def _state(line: Any) -> ChipText | str:
    return ChipText("已解除", "quiet", "ban") if line.ended else ""


def _has_no_end(line: Any) -> bool:
    return bool(line.link.until is None)
