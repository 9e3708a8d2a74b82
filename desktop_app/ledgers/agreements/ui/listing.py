"""The list of agreements: its filters and its table. What to read is for the pane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Actor
from desktop_app.ledgers.agreements.rules.agreement import AgreementState
from desktop_app.ledgers.agreements.rules.listing import EXPIRED, EXPIRING, LIVE, AgreementFilter
from desktop_app.ledgers.agreements.ui.looks import (
    DEEDS,
    PARTNER,
    ROW_DEEDS,
    AgreementRow,
    offered,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "单位名称 / 拼音首字母 / 协议编号"
_STATE = "状态"
_NARROWS: Mapping[str, Mapping[str, Any]] = {
    "live": {"live": True},
    "expiring": {"expiring": True},
    "expired": {"expired": True},
    "draft": {"state": AgreementState.DRAFT},
    "ended": {"state": AgreementState.ENDED},
    "renewed": {"state": AgreementState.RENEWED},
}
_STATES = (
    Choice(ALL, "全部状态"),
    Choice("live", LIVE),
    Choice("expiring", EXPIRING),
    Choice("expired", EXPIRED),
    Choice("draft", AgreementState.DRAFT.label),
    Choice("ended", AgreementState.ENDED.label),
    Choice("renewed", AgreementState.RENEWED.label),
)


class AgreementFilters(FilterRow):
    """State and, at a street, station. What only a figure can ask for stays until it is cleared."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        self._asked = AgreementFilter()
        self.state = ChoiceBox(_STATES, value=ALL)
        self.station = StationBox(parent) if at_street else None
        choices: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        super().__init__(PLACEHOLDER, {**choices, _STATE: self.state}, parent)

    def offer_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> AgreementFilter:
        """What the list is narrowed to."""
        asked = self._asked
        kept = {
            name: getattr(asked, name)
            for name in ("partner", "since", "until", "renewals", "ended_since", "ended_until")
        }
        return AgreementFilter(
            search=self.box.value(),
            stations=self.station.codes() if self.station is not None else (),
            **kept,
            **_NARROWS.get(str(self.state.value()), {}),
        )

    def set_wanted(self, wanted: AgreementFilter) -> None:
        """Narrow the list to this, as a figure or a unit's page asks."""
        self._asked = wanted
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        values: dict[str, object] = {
            _STATE: next(
                (
                    key
                    for key, narrows in _NARROWS.items()
                    if all(getattr(wanted, name) == value for name, value in narrows.items())
                ),
                ALL,
            )
        }
        if self.station is not None:
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self._asked = AgreementFilter()
        super().clear()

    def words(self) -> str:
        asked, said = self._asked, []
        if asked.partner is not None:
            said.append("同一单位")
        if asked.renewals:
            said.append("续签的")
        for since, until, what in (
            (asked.since, asked.until, "签订"),
            (asked.ended_since, asked.ended_until, "终止"),
        ):
            if since is not None and until is not None:
                said.append(f"{since:%Y-%m-%d}至{until:%Y-%m-%d}{what}")
        return " · ".join(filter(None, (super().words(), *said)))


class AgreementTable(LongList):
    """`command` carries one of `looks.ROW_DEEDS` for a row."""

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool) -> None:
        station = _column("station", "站点", lambda row: row.station, 200)
        super().__init__(
            (
                _column(
                    "partner",
                    "共建单位",
                    lambda row: row.line.partner_name,
                    232,
                    "bold",
                    stretch=True,
                ),
                *((station,) if at_street else ()),
                _column("number", "协议编号", lambda row: row.line.number, 176),
                _column("state", "状态", lambda row: row.chip, 116),
                _column("span", "起止日期", lambda row: row.span, 188),
                _column("promises", "承诺与完成", lambda row: row.promised or "—", 230, "quiet"),
                _column("more", "补充 扫描", _more, 96, "quiet"),
            ),
            _uid_of,
            parent,
            actions=[] if at_street else _offers(actor),
            name="共建协议",
            unit="份",
            given_up=("more", "promises", "number"),
            ends=False,
        )


def _more(row: AgreementRow) -> str:
    line = row.line
    parts = [
        f"补{line.supplement_count}" if line.supplement_count else "",
        f"{line.scan_count}页" if line.scan_count else "",
    ]
    return " ".join(filter(None, parts)) or "—"


def _offers(actor: Actor) -> list[RowAction]:
    return [
        RowAction(
            name,
            DEEDS[name].verb,
            DEEDS[name].icon,
            DEEDS[name].key,
            partial(_fits, actor, name),
        )
        for name in ROW_DEEDS
    ]


def _fits(actor: Actor, name: str, row: object) -> bool:
    if name == PARTNER:
        return _row(row).line.partner is not None
    return name in offered(actor, _row(row).line.state)


def _column(
    key: str,
    title: str,
    value: Callable[[AgreementRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[AgreementRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> AgreementRow:
    assert isinstance(row, AgreementRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid
