"""The list of teams at the left of its tab: filters and table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.volunteers.rules.listing import TeamFilter
from desktop_app.registers.volunteers.rules.team import TeamAction
from desktop_app.registers.volunteers.rules.words import TeamKind
from desktop_app.registers.volunteers.ui.looks import TEAM_DEEDS, TeamRow
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "队名 / 拼音首字母 / 编号"
_NOW, _GONE = "now", "gone"
_STANDINGS = (Choice(_NOW, "现有队伍"), Choice(_GONE, "已解散"), Choice(ALL, "全部队伍"))


class TeamFilters(FilterRow):
    """Teams that were disbanded are listed on request."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        kinds = [Choice(kind.value, kind.label) for kind in TeamKind]
        self.kind = ChoiceBox((Choice(ALL, "全部类别"), *kinds), value=ALL)
        self.standing = ChoiceBox(_STANDINGS, value=_NOW)
        self.station = StationBox(parent) if at_street else None
        boxes: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        more = {"队伍类别": self.kind, "是否解散": self.standing}
        super().__init__(PLACEHOLDER, {**boxes, **more}, parent)

    def offer_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> TeamFilter:
        """What the list is narrowed to."""
        kind = self.kind.value()
        return TeamFilter(
            search=self.box.value(),
            kind=next((one for one in TeamKind if one.value == kind), None),
            disbanded={_NOW: False, _GONE: True}.get(str(self.standing.value())),
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: TeamFilter) -> None:
        """Narrow the list to this; a compound is nothing one can choose here."""
        standing = ALL if wanted.disbanded is None else _GONE if wanted.disbanded else _NOW
        kind = ALL if wanted.kind is None else wanted.kind.value
        values: dict[str, object] = {"是否解散": standing, "队伍类别": kind}
        if self.station is not None:
            self.station.set_codes(wanted.stations)
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self.put({"是否解散": _NOW}, "")

    def words(self) -> str:
        """That disbanded teams are left out unasked is nothing to be said."""
        said = super().words()
        usual = _STANDINGS[0].label
        return "" if said == usual else said.removesuffix(f" · {usual}")


class TeamTable(LongList):
    """`command` carries a deed of `TEAM_DEEDS` for the focused team; buttons beside it say them."""

    def __init__(self, parent: QWidget, *, may_change: bool, at_street: bool) -> None:
        station = _column("station", "站点", lambda row: row.station, 120)
        super().__init__(
            (
                _column("name", "队名", lambda row: row.line.name, 136, "bold", stretch=True),
                *((station,) if at_street else ()),
                _column("leader", "队长", _leader, 76),
                _column("members", "队员", lambda row: str(row.line.members), 60, "number"),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=_offers() if may_change else [],
            name="志愿队伍",
            unit="支",
            given_up=("leader",),
            ends=False,
            actions_on_row=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _leader(row: TeamRow) -> str:
    if row.disbanded:
        return "已解散"
    return row.line.leader or "—"


def _offers() -> list[RowAction]:
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, name))
        for name, deed in TEAM_DEEDS.items()
    ]


def fits(name: str, row: object) -> bool:
    """Whether a deed may be done as the team of a row stands."""
    return _row(row).disbanded == (name == TeamAction.RESTORE)


def _column(
    key: str,
    title: str,
    value: Callable[[TeamRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[TeamRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> TeamRow:
    assert isinstance(row, TeamRow)
    return row
