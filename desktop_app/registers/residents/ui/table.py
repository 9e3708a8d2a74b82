"""The table of residents: columns, what can be done with the focused row, and the foot.

It shows rows it is given; what to read and where to go is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.masking import mask_address
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import days_ago
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.residents.listing import ListedResident
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.residents.ui.box import about
from desktop_app.storage.paging import Page
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

REGISTER, CHANGE, MERGE = "register", "change", "merge"
KEYS = {REGISTER: "V", CHANGE: "E", MERGE: "M"}
"""The letter of each action on the focused row and on a resident's card."""


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """The words of one line, made off the window's thread; address and phone are masked."""

    listed: ListedResident
    about: str
    address: str
    party: Cell
    informed: str
    seen: str
    station: str

    @property
    def uid(self) -> str:
        return self.listed.line.uid.hex


def row_of(listed: ListedResident, today: date, stations: StationNames) -> ResidentRow:
    """The row of a line of the list; `stations` name whose file it is, at a street."""
    line = listed.line
    member = listed.party is not PartyKind.NONE
    return ResidentRow(
        listed=listed,
        about=about(line, today),
        address=mask_address(line.address),
        party=ChipText(listed.party.label, "quiet", "star") if member else "",
        informed="已告知" if listed.informed else "未告知",
        seen=days_ago(line.last_seen, today) if line.last_seen else "还没来过",
        station=stations.of(listed.station),
    )


class ResidentTable(LongList):
    """`command` carries REGISTER, CHANGE or MERGE for a row. At a street each row says whose file
    it is, and not when somebody was last seen: that is known at the counter."""

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool = False) -> None:
        whose = _column("station", "站点", lambda row: row.station, 200)
        seen = _column("seen", "上次来访", lambda row: row.seen, 100, "quiet")
        super().__init__(
            (
                _column("name", "姓名", lambda row: row.listed.line.name, 128, "bold"),
                *((whose,) if at_street else ()),
                _column("about", "性别 年龄", lambda row: row.about, 92),
                _column("address", "小区 楼栋", lambda row: row.address, 156, stretch=True),
                _column("phone", "联系电话", lambda row: row.listed.line.phone, 132, "quiet"),
                _column("party", "党员管理类别", lambda row: row.party, 128),
                _column("informed", "告知", lambda row: row.informed, 84, "quiet"),
                *(() if at_street else (seen,)),
            ),
            _uid_of,
            parent,
            actions=offers(actor),
            name="居民",
            unit="人",
            given_up=("informed", "phone", "party"),
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")

    def show_page(self, page: Page[ResidentRow], words: str) -> None:
        """Show a page that has rows, and in the foot how many there are and what `words` hide."""
        newer, older = page.earlier is not None, page.later is not None
        self.show_rows(page.rows, page.total_words, words, newer=newer, older=older)

    def row(self, uid: str) -> ResidentRow | None:
        """The row with this uid, if it is on the page."""
        at = self.model.row_of(uid)
        return None if at is None else _row(self.model.rows[at])


def offers(actor: Actor) -> list[RowAction]:
    """What this operator may do with a resident; the rights themselves are the services'."""
    offered = []
    if actor.may(Right.REGISTER):
        offered.append(RowAction(REGISTER, "登记来访", "concierge-bell", KEYS[REGISTER]))
    if actor.may(Right.REGISTER) and actor.may(Right.REVEAL):
        offered.append(RowAction(CHANGE, "修改", "pencil", KEYS[CHANGE]))
    if actor.may(Right.MERGE):
        offered.append(RowAction(MERGE, "合并", "copy", KEYS[MERGE]))
    return offered


def _column(
    key: str,
    title: str,
    value: Callable[[ResidentRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[ResidentRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> ResidentRow:
    assert isinstance(row, ResidentRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid
