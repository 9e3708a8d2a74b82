"""The list of 共建单位: its filters and its table. What to read is for the pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Actor
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.partners.rules import PartnerFilter, UnitKind
from desktop_app.registers.partners.ui.looks import (
    AGREE,
    CHANGE,
    END,
    ICONS,
    KEYS,
    RESUME,
    VERBS,
    PartnerRow,
    may_change,
)
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "单位名称 / 拼音首字母 / 编号"
_NOW, _ENDED = "now", "ended"
_STANDINGS = (
    Choice(_NOW, "正在共建"),
    Choice(_ENDED, "不再共建"),
    Choice(ALL, "全部单位"),
)


class PartnerFilters(FilterRow):
    """Whoever is no partner any more is listed on request."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        kinds = [Choice(kind.value, kind.label) for kind in UnitKind]
        self.kind = ChoiceBox((Choice(ALL, "全部类别"), *kinds), value=ALL)
        self.standing = ChoiceBox(_STANDINGS, value=_NOW)
        self.station = StationBox(parent) if at_street else None
        choices: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        super().__init__(
            PLACEHOLDER, {**choices, "单位类别": self.kind, "是否共建": self.standing}, parent
        )

    def offer_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> PartnerFilter:
        """What the list is narrowed to."""
        kind = self.kind.value()
        standing = self.standing.value()
        return PartnerFilter(
            search=self.box.value(),
            kind=next((one for one in UnitKind if one.value == kind), None),
            ended={_NOW: False, _ENDED: True}.get(str(standing)),
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: PartnerFilter) -> None:
        """Narrow the list to this; a compound is nothing one can choose here."""
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        standing = ALL if wanted.ended is None else _ENDED if wanted.ended else _NOW
        values: dict[str, object] = {"是否共建": standing}
        if wanted.kind is not None:
            values["单位类别"] = wanted.kind.value
        if self.station is not None:
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self.put({"是否共建": _NOW}, "")

    def words(self) -> str:
        """Who is no partner is left out unasked: that alone is nothing to be said."""
        said = super().words()
        usual = f" · {_STANDINGS[0].label}"
        return "" if said == usual.removeprefix(" · ") else said.removesuffix(usual)


class PartnerTable(LongList):
    """`command` carries one of `looks.KEYS` for a row. At a street each row says whose it is."""

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool, agreements: bool) -> None:
        station = _column("station", "站点", lambda row: row.station, 200)
        counted = _column("agreements", "有效协议", _agreements, 84, "number")
        super().__init__(
            (
                _column("name", "单位名称", lambda row: row.line.name, 248, "bold", stretch=True),
                *((station,) if at_street else ()),
                _column("kind", "类别", lambda row: row.line.unit_kind.label, 92),
                _column("liaison", "联络员", lambda row: row.line.liaison, 84),
                _column("phone", "联络电话", lambda row: row.line.liaison_phone, 128, "quiet"),
                *((counted,) if agreements else ()),
                _column("specialities", "专长", lambda row: row.line.specialities, 170, "quiet"),
                _column("state", "共建情况", lambda row: row.state, 150),
            ),
            _uid_of,
            parent,
            actions=[] if at_street else _offers(actor),
            name="共建单位",
            unit="家",
            given_up=("specialities", "phone", "kind"),
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _agreements(row: PartnerRow) -> str:
    return str(row.agreements) if row.agreements else "—"


def _offers(actor: Actor) -> list[RowAction]:
    """What may be done with a unit; the rights themselves are the services'."""
    if not may_change(actor):
        return []
    return [
        RowAction(name, VERBS[name], ICONS[name], KEYS[name], partial(_fits, name))
        for name in (AGREE, CHANGE, END, RESUME)
    ]


def _fits(name: str, row: object) -> bool:
    ended = _row(row).line.until is not None
    return ended if name == RESUME else name == CHANGE or not ended


def _column(
    key: str,
    title: str,
    value: Callable[[PartnerRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[PartnerRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> PartnerRow:
    assert isinstance(row, PartnerRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid
