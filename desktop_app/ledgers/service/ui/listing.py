"""The list of service records: its filters and its table. What to read is for the pane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.core.rights import Actor
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceAction, ServiceState, Source
from desktop_app.ledgers.service.ui.looks import (
    ORIGIN,
    SERVICE_DEEDS,
    ServiceRow,
    deeds_of_record,
    may_handle,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.volunteers.rules.listing import TeamLine
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.dated_filters import ALL, DatedFilters, with_all
from desktop_app.widgets.marked_list import MarkedList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

_S = ServiceState
_NARROWS: Mapping[str, Mapping[str, Any]] = {
    "forgotten": {"forgotten": True},
    "waiting": {"waiting": True},
    "not_uploaded": {"state": _S.CONFIRMED, "uploaded": False},
    "uploaded": {"state": _S.CONFIRMED, "uploaded": True},
    **{one.value: {"state": one} for one in _S},
}
_STATES = (
    Choice(_S.OPEN.value, _S.OPEN.label, search="fwz"),
    Choice("forgotten", "忘签退", search="wqt"),
    Choice(_S.TO_CONFIRM.value, _S.TO_CONFIRM.label, search="dqr"),
    Choice(_S.CONFIRMED.value, _S.CONFIRMED.label, search="yqr"),
    Choice("not_uploaded", "已确认未录入", search="wlr"),
    Choice("uploaded", "已录入全国", search="ylr"),
    Choice("waiting", "未确认", search="wqr"),
    Choice(_S.VOID.value, _S.VOID.label, search="zf"),
)
_SOURCES = tuple(Choice(one.value, one.label) for one in Source)
_TOLD: Mapping[str, str] = {
    "volunteers": "同一位志愿者",
    "activity": "同一次活动",
    "post": "同一个岗位",
    "request": "同一件诉求",
    "late": "超期补录",
    "good_deed": "好事实事",
}
"""What only a figure or another page asks for, in the words in which that is told."""

ON_ROW: tuple[str, ...] = tuple(name for name in SERVICE_DEEDS if name != ORIGIN)


class ServiceFilters(DatedFilters):
    """Days, team, state, 时长来源; what only a figure can ask for stays until it is cleared."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(lambda: desk.today, "志愿者、做了什么、编号", parent)
        self.box.setToolTip("志愿者的姓名、拼音首字母、尾号，活动名称，或服务记录的编号")
        self.team = ChoiceBox(with_all("全部队伍", ()), self, value=ALL)
        self.state = ChoiceBox(with_all("全部状态", _STATES), self, value=ALL)
        self.source = ChoiceBox(with_all("全部来源", _SOURCES), self, value=ALL)
        at_street = desk.database.station.is_street
        self.station = StationBox(self) if at_street else None
        self._asked = ServiceFilter()
        self._teams: list[Choice] = []
        self._beyond_words = QLabel(self)
        self._beyond_words.setProperty("role", "quiet")
        self._beyond_words.hide()
        choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "服务日期": self.days,
            "志愿队伍": self.team,
            "状态": self.state,
            "时长来源": self.source,
        }
        self.frame(choices, self._beyond_words, self._said)

    def offer(self, names: StationNames, teams: Sequence[TeamLine]) -> None:
        """Offer the stations of a street and the teams there are. Tells nobody."""
        if self.station is not None:
            self.station.offer(names)
        offered = team_choices(teams)
        if offered == self._teams:
            return
        self._teams, kept = offered, self.team.value()
        self.team.blockSignals(True)
        self.team.set_choices(with_all("全部队伍", offered))
        self.team.set_value(kept if kept is not None else ALL)
        self.team.blockSignals(False)

    def wanted(self) -> ServiceFilter | None:
        """What the list is narrowed to; None while a date is not one, which its field then says."""
        if not self.dates_make_sense():
            return None
        since, until = self.span()
        team, source = self.team.value(), self.source.value()
        return replace(
            self._asked,
            search=self.box.value(),
            since=since,
            until=until,
            team=team if isinstance(team, Uid) else None,
            source=next((one for one in Source if one.value == source), None),
            stations=self.station.codes() if self.station is not None else (),
            **_NARROWS.get(str(self.state.value()), {}),
        )

    def set_wanted(self, wanted: ServiceFilter) -> None:
        """Narrow the list to exactly this, and say all of it. Tells `changed` once."""
        self.blockSignals(True)
        self._forget()
        self.box.set_value(wanted.search)
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        if wanted.team is not None:
            if wanted.team not in [choice.value for choice in self._teams]:
                # It may be asked for before the list has told which there are.
                self._teams = [*self._teams, Choice(wanted.team, "这支队伍")]
                self.team.set_choices(with_all("全部队伍", self._teams))
            self.team.set_value(wanted.team)
        if wanted.source is not None:
            self.source.set_value(wanted.source.value)
        self.state.set_value(_state_of(wanted))
        self.set_span(wanted.since, wanted.until)
        self._asked = replace(ServiceFilter(), **{name: getattr(wanted, name) for name in _TOLD})
        self._show_beyond()
        self.blockSignals(False)
        self.tell()

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self._forget()
        self._show_beyond()
        self.blockSignals(False)
        self.tell()

    def _forget(self) -> None:
        self._asked = ServiceFilter()
        self.wipe()

    def _said(self) -> list[str]:
        return [words for name, words in _TOLD.items() if getattr(self._asked, name)]

    def _show_beyond(self) -> None:
        words = "、".join(self._said())
        self._beyond_words.setText(f"只看{words}" if words else "")
        self._beyond_words.setVisible(bool(words))


def _state_of(wanted: ServiceFilter) -> str:
    """The choice of the box that says what a filter says of the state."""
    for key, narrows in _NARROWS.items():
        if all(getattr(wanted, name) == value for name, value in narrows.items()):
            return key
    return ALL


def team_choices(teams: Sequence[TeamLine]) -> list[Choice]:
    """Teams to choose from, found by pinyin and initials as well."""
    return [
        Choice(one.uid, one.name, search=" ".join(sorted(name_keys(one.name)))) for one in teams
    ]


class ServiceTable(MarkedList):
    """`command` carries one of `ON_ROW` for a row. At a street each row says whose it is."""

    def __init__(
        self, actor: Actor, parent: QWidget, *, at_street: bool, prints: bool = False
    ) -> None:
        station = _column("station", "站点", lambda row: row.station, 176)
        super().__init__(
            (
                _column("name", "志愿者", lambda row: row.name, 80, "bold"),
                *((station,) if at_street else ()),
                _column("title", "做了什么", lambda row: row.line.title, 120, stretch=True),
                _column("state", "状态", lambda row: row.state, 96),
                _column("day", "服务日期", lambda row: row.day, 118),
                _column("times", "起止时间", lambda row: row.times, 118),
                _column("minutes", "时长", lambda row: row.minutes, 96, "number"),
                _column("uploaded", "全国系统", _uploaded, 82, "quiet"),
                _column("source", "来源", _source, 92, "quiet"),
                _column("team", "队伍", lambda row: row.team or "—", 150, "quiet"),
                _column("number", "编号", lambda row: row.line.number, 158, "quiet"),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=[] if at_street else _offers(actor),
            name="服务记录",
            unit="条",
            given_up=("number", "team", "source", "uploaded", "times", "minutes", "day"),
            may_mark=(may_handle(actor) or prints) and not at_street,
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _uploaded(row: ServiceRow) -> str:
    if row.line.uploaded_on is not None:
        return "已录入"
    return "未录入" if row.line.state is _S.CONFIRMED else "—"


def _source(row: ServiceRow) -> str:
    return f"{row.line.source.label}（超期）" if row.line.late else row.line.source.label


def _offers(actor: Actor) -> list[RowAction]:
    """What may be done with a record; the rights themselves are the services'."""
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, actor, name))
        for name in ON_ROW
        for deed in (SERVICE_DEEDS[name],)
    ]


def fits(actor: Actor, name: str, row: object) -> bool:
    """Whether a deed of `ON_ROW` may be done as the record of a row stands."""
    line = _row(row).line
    uploaded = line.uploaded_on is not None
    forgotten = _row(row).forgotten
    return name in deeds_of_record(line.state, actor, forgotten=forgotten, uploaded=uploaded)


BATCH: Mapping[str, str] = {
    ServiceAction.CONFIRM: "确认",
    ServiceAction.MARK_UPLOADED: "标记已录入",
}
"""What is done with many at once, and how that is said."""


def _column(
    key: str,
    title: str,
    value: Callable[[ServiceRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[ServiceRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> ServiceRow:
    assert isinstance(row, ServiceRow)
    return row
