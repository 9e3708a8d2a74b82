"""The list of 报到: its filters and its table. What to read is for the pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import paper_day
from desktop_app.ledgers.party.rules.member import MemberAction, MemberFilter, MemberState
from desktop_app.ledgers.party.ui.looks import DEEDS, MemberRow
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "编号 / 姓名 / 拼音首字母 / 工作单位"
_MISSING = "missing"
_STATES = (
    *(Choice(one.value, one.label) for one in MemberState),
    Choice(ALL, "全部状态"),
)
_FEEDBACKS = (Choice(ALL, "反馈表不限"), Choice(_MISSING, "上季度反馈表未做"))
_A = MemberAction
ON_ROW: tuple[str, ...] = (
    _A.SHOW,
    _A.PLEDGE,
    _A.DO,
    _A.MAKE_FEEDBACK,
    _A.SEND_FEEDBACK,
    _A.CHANGE,
    _A.LEAVE,
    _A.RETURN,
)
"""What is done from the list; the rest is done where the whole of it can be seen."""


class MemberFilters(FilterRow):
    """Whoever has left is listed on request. `last_quarter` says which quarter is due."""

    def __init__(
        self, parent: QWidget, last_quarter: Callable[[], str], *, at_street: bool
    ) -> None:
        self._last_quarter = last_quarter
        self.feedback = ChoiceBox(_FEEDBACKS, value=ALL)
        self.state = ChoiceBox(_STATES, value=MemberState.REPORTED.value)
        self.station = StationBox(parent) if at_street else None
        boxes: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        super().__init__(
            PLACEHOLDER, {**boxes, "反馈表": self.feedback, "状态": self.state}, parent
        )

    def offer_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> MemberFilter:
        """What the list is narrowed to."""
        state = self.state.value()
        missing = self.feedback.value() == _MISSING
        return MemberFilter(
            search=self.box.value(),
            state=next((one for one in MemberState if one.value == state), None),
            without_feedback=self._last_quarter() if missing else "",
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: MemberFilter) -> None:
        """Narrow the list to this; of quarters only the last one is asked for."""
        values: dict[str, object] = {
            "状态": ALL if wanted.state is None else wanted.state.value,
            "反馈表": _MISSING if wanted.without_feedback else ALL,
        }
        if self.station is not None:
            self.station.set_codes(wanted.stations)
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self.put({"状态": MemberState.REPORTED.value}, "")

    def words(self) -> str:
        """That those who left are left out unasked is nothing to be said."""
        said = super().words()
        usual = MemberState.REPORTED.label
        return "" if said == usual else said.removesuffix(f" · {usual}")


class MemberTable(LongList):
    """`command` carries one of `ON_ROW` for a row. At a street each row says whose it is."""

    def __init__(self, parent: QWidget, *, may_change: bool, at_street: bool) -> None:
        station = _column("station", "站点", lambda row: row.station, 180)
        super().__init__(
            (
                _column("name", "姓名", lambda row: row.line.name or "（已删除）", 96, "bold"),
                *((station,) if at_street else ()),
                _column("unit", "工作单位", lambda row: row.line.unit, 220, stretch=True),
                _column("phone", "电话", lambda row: row.line.phone, 120, "quiet"),
                _column("reported", "报到日期", _reported, 132, "quiet"),
                _column("shown", "亮身份", lambda row: row.shown, 132, "quiet"),
                _column("pledges", "承诺", lambda row: _count(row.line.pledges), 56, "number"),
                _column("kept", "已践诺", lambda row: _count(row.line.kept), 68, "number"),
                _column("feedback", "最近反馈表", lambda row: row.feedback, 132),
                _column("number", "编号", lambda row: row.line.number, 158, "quiet"),
                _column("state", "状态", lambda row: row.state, 108),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=_offers() if may_change else [],
            name="报到党员",
            unit="人",
            given_up=("number", "phone", "reported", "kept", "shown"),
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")


def fits(name: str, row: object) -> bool:
    """Whether a deed of `ON_ROW` may be done as the 报到 of a row stands."""
    line = _row(row).line
    here = line.state is MemberState.REPORTED
    if name == _A.SHOW:
        return here and line.shown_on is None
    if name == _A.DO:
        return here and bool(line.pledges)
    if name == _A.SEND_FEEDBACK:
        return bool(line.last_feedback)
    if name == _A.RETURN:
        return not here
    return name in (_A.CHANGE, _A.MAKE_FEEDBACK) or here


def _reported(row: MemberRow) -> str:
    return paper_day(row.line.reported_on)


def _count(number: int) -> str:
    return str(number) if number else "—"


def _offers() -> list[RowAction]:
    """What may be done with a 报到; the rights themselves are the services'."""
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, name))
        for name in ON_ROW
        for deed in (DEEDS[name],)
    ]


def _column(
    key: str,
    title: str,
    value: Callable[[MemberRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[MemberRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> MemberRow:
    assert isinstance(row, MemberRow)
    return row
