"""The list of posts at the left of its tab: filters and table; and the claims of one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.ledgers.posts.rules.claim_steps import RULES
from desktop_app.ledgers.posts.rules.listing import PostFilter
from desktop_app.ledgers.posts.rules.post import PostAction, PostState
from desktop_app.ledgers.posts.ui.looks import (
    CLAIM_DEEDS,
    POST_DEEDS,
    ClaimRow,
    PostRow,
    claim_chip,
    vacancy_chip,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.filter_row import ALL, FilterRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

PLACEHOLDER = "岗位名称 / 编号"
_OPEN, _CLOSED, _VACANT = "open", "closed", "vacant"
_STANDINGS = (
    Choice(_OPEN, "开放岗位"),
    Choice(_VACANT, "有空缺"),
    Choice(_CLOSED, "已停用"),
    Choice(ALL, "全部岗位"),
)


class PostFilters(FilterRow):
    """Posts that are closed are listed on request."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        sorts = [Choice(one.value, one.label) for one in Direction]
        self.direction = ChoiceBox((Choice(ALL, "全部方向"), *sorts), value=ALL)
        self.standing = ChoiceBox(_STANDINGS, value=_OPEN)
        self.station = StationBox(parent) if at_street else None
        boxes: dict[str, ChoiceBox] = {"站点": self.station} if self.station else {}
        more = {"服务方向": self.direction, "是否开放": self.standing}
        super().__init__(PLACEHOLDER, {**boxes, **more}, parent)

    def offer_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> PostFilter:
        """What the list is narrowed to."""
        sort, standing = self.direction.value(), self.standing.value()
        states = {_OPEN: PostState.OPEN, _CLOSED: PostState.CLOSED}
        return PostFilter(
            search=self.box.value(),
            direction=next((one for one in Direction if one.value == sort), None),
            state=states.get(str(standing)),
            vacant=standing == _VACANT,
            stations=self.station.codes() if self.station is not None else (),
        )

    def set_wanted(self, wanted: PostFilter) -> None:
        """Narrow the list to this; team and compound are nothing one can choose here."""
        standing = {None: ALL, PostState.OPEN: _OPEN, PostState.CLOSED: _CLOSED}[wanted.state]
        sort = ALL if wanted.direction is None else wanted.direction.value
        values: dict[str, object] = {
            "是否开放": _VACANT if wanted.vacant else standing,
            "服务方向": sort,
        }
        if self.station is not None:
            self.station.set_codes(wanted.stations)
            values["站点"] = self.station.value()
        self.put(values, wanted.search)

    def clear(self) -> None:
        self.put({"是否开放": _OPEN}, "")

    def words(self) -> str:
        """That closed posts are left out unasked is nothing to be said."""
        said = super().words()
        usual = _STANDINGS[0].label
        return "" if said == usual else said.removesuffix(f" · {usual}")


class PostTable(LongList):
    """`command` carries a deed of `POST_DEEDS` for the focused post; buttons beside it say them."""

    def __init__(self, parent: QWidget, *, actions: Sequence[RowAction], at_street: bool) -> None:
        station = _column("站点", lambda row: row.station, 96, key="station")
        super().__init__(
            (
                _column("岗位", lambda row: row.line.name, 140, "bold", stretch=True),
                *((station,) if at_street else ()),
                _column("认领", _taken, 58, "number"),
                _column("空缺", lambda row: vacancy_chip(row.line), 86),
                _column("候补", _waiting, 52, "number", key="waiting"),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=actions,
            name="岗位",
            unit="个",
            given_up=("waiting", "空缺"),
            ends=False,
            actions_on_row=False,
        )
        self.foot.call_pages("上一页", "下一页")


def _taken(row: PostRow) -> str:
    return f"{row.line.taken}/{row.line.quota}"


def _waiting(row: PostRow) -> str:
    return str(row.line.waiting) if row.line.waiting else "—"


def post_offers(names: Sequence[str]) -> list[RowAction]:
    """The deeds of a post as actions of its row."""
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(fits, name))
        for name, deed in POST_DEEDS.items()
        if name in names
    ]


def fits(name: str, row: object) -> bool:
    """Whether a deed may be done as the post of a row stands."""
    closed = _row(row).line.state is PostState.CLOSED
    return closed == (name == PostAction.REOPEN)


class ClaimTable(LongList):
    """The claims of one post that are not over."""

    def __init__(self, parent: QWidget, *, may_handle: bool) -> None:
        super().__init__(
            (
                _claim("姓名", lambda row: row.line.name or row.line.volunteer_number, 80, "bold"),
                _claim("情况", lambda row: claim_chip(row.line.state), 104),
                _claim("认领日期", _since, 96, "quiet", stretch=True),
            ),
            lambda row: _claim_row(row).uid,
            parent,
            actions=_claim_offers() if may_handle else [],
            name="认领",
            unit="人",
            given_up=("认领日期",),
            grows="情况",
            ends=False,
        )


def _since(row: ClaimRow) -> str:
    day = row.line.claimed_on
    return f"{day.month}月{day.day}日"


def _claim_offers() -> list[RowAction]:
    return [
        RowAction(name, deed.verb, deed.icon, deed.key, partial(claim_fits, name))
        for name, deed in CLAIM_DEEDS.items()
    ]


def claim_fits(name: str, row: object) -> bool:
    """Whether a step may be taken as the claim of a row stands."""
    state = _claim_row(row).line.state
    return any(action == name and state in rule.sources for action, rule in RULES.items())


def _column(
    title: str,
    value: Callable[[PostRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
    key: str = "",
) -> Column:
    return Column(title, lambda row: value(_row(row)), width, style, stretch, key or title)


def _claim(
    title: str,
    value: Callable[[ClaimRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, lambda row: value(_claim_row(row)), width, style, stretch, title)


def _row(row: object) -> PostRow:
    assert isinstance(row, PostRow)
    return row


def _claim_row(row: object) -> ClaimRow:
    assert isinstance(row, ClaimRow)
    return row
