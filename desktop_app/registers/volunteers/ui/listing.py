"""The list of volunteers: its filters and its table. What to read is for the pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.pinyin import name_keys
from desktop_app.core.wording import paper_day
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.volunteers.rules.listing import Soon, TeamLine, VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction, VolunteerState
from desktop_app.registers.volunteers.rules.volunteer_steps import steps_from
from desktop_app.registers.volunteers.rules.words import Direction, Skill
from desktop_app.registers.volunteers.ui.looks import (
    CHANGE,
    JOIN,
    VOLUNTEER_DEEDS,
    VolunteerRow,
    gender_word,
)
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.marked_list import MarkedList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "编号 / 姓名 / 拼音首字母 / 尾号"
_STATES = (
    *(Choice(one.value, one.label) for one in VolunteerState),
    Choice(ALL, "全部状态"),
)
_A = VolunteerAction
ON_ROW: tuple[str, ...] = (
    JOIN,
    CHANGE,
    _A.ADD_TRAINING,
    _A.ADD_HONOUR,
    _A.PAUSE,
    _A.RESUME,
    _A.LEAVE,
    _A.RETURN,
)
"""What is done from the list; the rest is done where the whole of it can be seen."""


class VolunteerFilters(FilterRow):
    """Whoever has left is listed on request."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        self.team = ChoiceBox((Choice(ALL, "全部队伍"),), value=ALL)
        self.skill = ChoiceBox((Choice(ALL, "全部技能"), *_labelled(Skill)), value=ALL)
        self.direction = ChoiceBox((Choice(ALL, "全部意向"), *_labelled(Direction)), value=ALL)
        self.state = ChoiceBox(_STATES, value=VolunteerState.ACTIVE.value)
        self.soon = ChoiceBox((Choice(ALL, "提醒不限"), *_labelled(Soon)), value=ALL)
        self.station = StationBox(parent) if at_street else None
        self._teams: tuple[TeamLine, ...] = ()
        boxes: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        more = {
            "志愿队伍": self.team,
            "技能特长": self.skill,
            "服务意向": self.direction,
            "状态": self.state,
            "提醒": self.soon,
        }
        super().__init__(PLACEHOLDER, {**boxes, **more}, parent)

    def offer(self, names: StationNames, teams: Sequence[TeamLine]) -> None:
        """Offer the stations of a street and the teams there are. Tells nobody."""
        if self.station is not None:
            self.station.offer(names)
        if tuple(teams) == self._teams:
            return
        self._teams = tuple(teams)
        self.team.blockSignals(True)
        self.team.set_choices(
            (
                Choice(ALL, "全部队伍"),
                *(
                    Choice(one.uid.hex, one.name, search=" ".join(sorted(name_keys(one.name))))
                    for one in teams
                ),
            )
        )
        if self.team.value() is None:
            self.team.set_value(ALL)
        self.team.blockSignals(False)

    def wanted(self) -> VolunteerFilter:
        """What the list is narrowed to."""
        state, team = self.state.value(), self.team.value()
        skill, direction = self.skill.value(), self.direction.value()
        soon = self.soon.value()
        return VolunteerFilter(
            search=self.box.value(),
            state=next((one for one in VolunteerState if one.value == state), None),
            team=next((one.uid for one in self._teams if one.uid.hex == team), None),
            direction=next((one for one in Direction if one.value == direction), None),
            skill=next((one for one in Skill if one.value == skill), None),
            soon=next((one for one in Soon if one.value == soon), None),
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: VolunteerFilter) -> None:
        """Narrow the list to exactly this."""
        values: dict[str, object] = {
            "状态": ALL if wanted.state is None else wanted.state.value,
            "志愿队伍": ALL if wanted.team is None else wanted.team.hex,
            "技能特长": ALL if wanted.skill is None else wanted.skill.value,
            "服务意向": ALL if wanted.direction is None else wanted.direction.value,
            "提醒": ALL if wanted.soon is None else wanted.soon.value,
        }
        if self.station is not None:
            self.station.set_codes(wanted.stations)
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self.put({"状态": VolunteerState.ACTIVE.value}, "")

    def words(self) -> str:
        """That those who left are left out unasked is nothing to be said."""
        said = super().words()
        usual = VolunteerState.ACTIVE.label
        return "" if said == usual else said.removesuffix(f" · {usual}")


def _labelled(kind: type[Skill] | type[Direction] | type[Soon]) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.value, one.label, search=" ".join(sorted(name_keys(one.label)))) for one in kind
    )


class VolunteerTable(MarkedList):
    """`command` carries one of `ON_ROW` for a row. At a street each row says whose it is."""

    def __init__(
        self, parent: QWidget, *, may_change: bool, at_street: bool, prints: bool = False
    ) -> None:
        station = _column("station", "站点", lambda row: row.station, 180)
        super().__init__(
            (
                _column("name", "姓名", _name, 96, "bold"),
                _column("gender", "性别", lambda row: gender_word(row.line.gender), 52),
                _column("age", "年龄", _age, 52, "number"),
                *((station,) if at_street else ()),
                _column("teams", "所在队伍", lambda row: row.line.teams or "—", 190, stretch=True),
                _column("address", "住址", lambda row: row.line.address, 176, "quiet"),
                _column("phone", "电话", lambda row: row.line.phone, 120, "quiet"),
                _column("number", "编号", lambda row: row.line.number, 158, "quiet"),
                _column("registered", "注册日期", _registered, 132, "quiet"),
                _column("state", "状态", lambda row: row.state, 88),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=_offers() if may_change else [],
            name="志愿者",
            unit="人",
            given_up=("registered", "address", "number", "gender"),
            may_mark=may_change or prints,
            ends=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _name(row: VolunteerRow) -> str:
    return row.line.name or "（已删除）"


def _age(row: VolunteerRow) -> str:
    return "" if row.line.age is None else str(row.line.age)


def _registered(row: VolunteerRow) -> str:
    return paper_day(row.line.registered_on)


def _offers() -> list[RowAction]:
    """What may be done with a volunteer; the rights themselves are the services'."""
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, name))
        for name in ON_ROW
        for deed in (VOLUNTEER_DEEDS[name],)
    ]


def fits(name: str, row: object) -> bool:
    """Whether a deed of `ON_ROW` may be done as the volunteer of a row stands."""
    state = _row(row).line.state
    if name == JOIN:
        return state in (VolunteerState.ACTIVE, VolunteerState.PAUSED)
    if name == CHANGE:
        return state is not VolunteerState.CANCELLED
    return name in steps_from(state)


def _column(
    key: str,
    title: str,
    value: Callable[[VolunteerRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[VolunteerRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> VolunteerRow:
    assert isinstance(row, VolunteerRow)
    return row
