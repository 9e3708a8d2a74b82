"""Boxes that find a volunteer or a team to pick."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import TeamFilter, TeamLine, VolunteerLine
from desktop_app.registers.volunteers.rules.volunteer import PRESENT
from desktop_app.registers.volunteers.ui.looks import gender_word, state_chip
from desktop_app.storage.session import Desk
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_finder import SHOWN, RecordFinder

PEOPLE = "编号 / 姓名 / 拼音首字母 / 尾号"
TEAMS = "队名 / 拼音首字母 / 编号"


class VolunteerFinder(RecordFinder):
    """Finds volunteers; `but` are left out, `present` keeps to those who may be in a team."""

    rows_seen = 4

    def __init__(
        self, name: str, desk: Desk, parent: QWidget, *, but: Collection[Uid] = (), present: bool
    ) -> None:
        self._desk, self._but, self._present = desk, frozenset(but), present
        super().__init__(name, PEOPLE, parent)

    def lines(self, text: str) -> Sequence[LineItem]:
        if not text:
            return ()
        found = service.search(self._desk, text, SHOWN + len(self._but))
        return [volunteer_item(line) for line in found if self._fits(line)]

    def not_found(self, text: str) -> str:
        if not text:
            return "输入编号、姓名、拼音首字母或电话尾号。"
        return "没有找到。请换个字再试；还不是志愿者的，请先登记。"

    def _fits(self, line: VolunteerLine) -> bool:
        left = not self._present or line.state in PRESENT
        return line.uid not in self._but and left


class TeamFinder(RecordFinder):
    """Finds teams that are not disbanded; `but` are left out."""

    rows_seen = 4

    def __init__(self, name: str, desk: Desk, parent: QWidget, but: Collection[Uid] = ()) -> None:
        self._desk, self._but = desk, frozenset(but)
        super().__init__(name, TEAMS, parent)

    def lines(self, text: str) -> Sequence[LineItem]:
        wanted = TeamFilter(search=text, disbanded=False)
        found = service.teams_page(self._desk, wanted, size=SHOWN + len(self._but)).rows
        return [team_item(line) for line in found if line.uid not in self._but]

    def not_found(self, text: str) -> str:
        return "没有这样的队伍。" if text else "还没有队伍，请先新增队伍。"


def volunteer_item(line: VolunteerLine) -> LineItem:
    """A volunteer as an entry of a list: enough to tell two apart."""
    age = "" if line.age is None else f"{line.age}岁"
    return LineItem(
        line.uid.hex,
        line.name or line.number,
        beside=" ".join(filter(None, (gender_word(line.gender), age, line.number))),
        detail=" · ".join(filter(None, (line.address, line.phone, line.teams))),
        chip=state_chip(line.state),
    )


def team_item(line: TeamLine) -> LineItem:
    """A team as an entry of a list."""
    leader = f"队长 {line.leader}" if line.leader else "没有队长"
    return LineItem(
        line.uid.hex,
        line.name,
        beside=line.team_kind.label,
        detail=" · ".join((line.organisation, leader)),
        end=f"{line.members} 人",
    )
