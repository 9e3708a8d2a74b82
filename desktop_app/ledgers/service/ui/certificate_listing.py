"""The register of certificates as a list: its filters and its table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Actor
from desktop_app.ledgers.service.rules.certificate import CertificateState
from desktop_app.ledgers.service.rules.listing import CertificateFilter
from desktop_app.ledgers.service.ui.looks import (
    CERTIFICATE_DEEDS,
    CertificateRow,
    deeds_of_certificate,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "证明编号 / 志愿者姓名、首字母"
_GIVEN = "given"
_STATES = (
    Choice(ALL, "全部状态"),
    Choice(_GIVEN, "已出具、有效"),
    *(Choice(one.value, one.label) for one in CertificateState),
)
ON_ROW: tuple[str, ...] = tuple(CERTIFICATE_DEEDS)


class CertificateFilters(FilterRow):
    """State and, at a street, station."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        self._asked = CertificateFilter()
        self.state = ChoiceBox(_STATES, value=ALL)
        self.station = StationBox(parent) if at_street else None
        choices: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        super().__init__(PLACEHOLDER, {**choices, "状态": self.state}, parent)

    def offer_stations(self, names: StationNames) -> None:
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> CertificateFilter:
        """What the list is narrowed to."""
        state, asked = self.state.value(), self._asked
        return CertificateFilter(
            search=self.box.value(),
            since=asked.since,
            until=asked.until,
            volunteers=asked.volunteers,
            state=next((one for one in CertificateState if one.value == state), None),
            given=state == _GIVEN,
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: CertificateFilter) -> None:
        """Narrow the list to exactly this. Tells `changed` once."""
        self._asked = wanted
        values: dict[str, object] = {"状态": ALL}
        if wanted.state is not None:
            values["状态"] = wanted.state.value
        elif wanted.given:
            values["状态"] = _GIVEN
        if self.station is not None:
            self.station.set_codes(wanted.stations)
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self._asked = CertificateFilter()
        super().clear()

    def words(self) -> str:
        asked, said = self._asked, [super().words()]
        said += ["同一位志愿者"] if asked.volunteers else []
        said += [f"{asked.since:%Y-%m-%d}起申请"] if asked.since else []
        said += [f"{asked.until:%Y-%m-%d}止申请"] if asked.until else []
        return " · ".join(filter(None, said))


class CertificateTable(LongList):
    """`command` carries one of `ON_ROW` for a row. At a street each row says whose it is."""

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool) -> None:
        station = _column("station", "站点", lambda row: row.station, 180)
        super().__init__(
            (
                _column("name", "志愿者", lambda row: row.name, 84, "bold"),
                *((station,) if at_street else ()),
                _column("number", "证明编号", lambda row: row.line.number, 162),
                _column("state", "状态", lambda row: row.state, 104),
                _column("span", "起止日期", lambda row: row.span, 180),
                _column("minutes", "累计时长", lambda row: row.minutes, 108, "number"),
                _column("purpose", "用途", _purpose, 132, "quiet", stretch=True),
                _column("dates", "办理日期", lambda row: row.dates, 176, "quiet"),
                _column("collected", "领取", _collected, 132, "quiet"),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=[] if at_street else _offers(actor),
            name="服务证明",
            unit="份",
            given_up=("collected", "dates", "purpose"),
            grows="span",
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _purpose(row: CertificateRow) -> str:
    line = row.line
    if line.void_reason:
        return f"作废：{line.void_reason}"
    return line.purpose or "—"


def _collected(row: CertificateRow) -> str:
    on = row.line.collected_on
    return f"{on.month}月{on.day}日 {row.line.collected_by}" if on else "—"


def _offers(actor: Actor) -> list[RowAction]:
    """What may be done with a certificate; the rights themselves are the services'."""
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, actor, name))
        for name in ON_ROW
        for deed in (CERTIFICATE_DEEDS[name],)
    ]


def fits(actor: Actor, name: str, row: object) -> bool:
    """Whether a deed of `ON_ROW` may be done as the certificate of a row stands."""
    line = _row(row).line
    replaced = line.replaced_by is not None
    linked = replaced or line.replaces is not None
    return name in deeds_of_certificate(line.state, actor, replaced=replaced, linked=linked)


def _column(
    key: str,
    title: str,
    value: Callable[[CertificateRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[CertificateRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> CertificateRow:
    assert isinstance(row, CertificateRow)
    return row
