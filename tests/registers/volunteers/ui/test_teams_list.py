"""The teams and, beside them, who is in the focused one on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.ids import Uid
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import TeamFilter
from desktop_app.registers.volunteers.rules.words import Direction, TeamKind
from desktop_app.registers.volunteers.ui.teams_pane import TeamsPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.volunteering import TeamsSeat
from tests.registers.volunteers.helpers import (
    TODAY,
    joined,
    several,
    stored_team,
    team,
    volunteer,
    who,
)

K = Qt.Key
SitDown = Callable[[], TeamsSeat]
NAMES = ("陈志强", "李慧敏", "王秀兰")


def test_the_members_of_the_focused_team_stand_beside_it(desk: Desk, teams_list: SitDown) -> None:
    chen, li, wang = several(desk, NAMES)
    first, second = team(desk, "便民维修队"), team(desk, "荷塘先锋队")
    joined(desk, first, chen)
    for one in (li, wang):
        joined(desk, second, one)
    service.set_leader(desk, second.uid, second.revision, wang.uid)
    seat = teams_list()
    assert seat.teams == ["便民维修队", "荷塘先锋队"]
    assert seat.column("队员") == ["1", "2"]
    seat.wait(lambda: seat.members == ["陈志强"])
    seat.press(K.Key_Down)
    seat.wait(lambda: seat.members == ["王秀兰", "李慧敏"])
    assert seat.member_column("职务") == ["队长", ""]
    assert seat.says("今天共 2 人")


def test_another_day_shows_who_was_in_the_team_then(desk: Desk, teams_list: SitDown) -> None:
    chen, li, _wang = several(desk, NAMES)
    there = team(desk)
    stay = joined(desk, there, chen, date(2026, 2, 1))
    service.leave(desk, stay.uid, stay.revision, date(2026, 6, 1), "本人申请")
    joined(desk, there, li, date(2026, 7, 1))
    seat = teams_list()
    seat.wait(lambda: seat.members == ["李慧敏"])
    seat.look_at("20260501")
    seat.wait(lambda: seat.members == ["陈志强"])
    assert seat.member_column("在队时间") == ["2026年2月1日 至 2026年6月1日"]
    seat.look_at("20260615")
    seat.wait(lambda: "2026年6月15日这支队伍没有队员。" in seat.sentences)
    seat.look_at("2026-06-99")
    seat.wait(lambda: "不是一个日期" in seat.page.members.day.problem)


def test_a_team_is_written_down_by_keys_and_then_shown(desk: Desk, teams_list: SitDown) -> None:
    seat = teams_list()
    assert "还没有志愿队伍。" in seat.sentences
    seat.press(K.Key_F2)
    sheet = seat.write_into(name="青春伴学队", organisation="青榕社区团支部")
    sheet.fields["team_kind"].editor.set_value(TeamKind.YOUTH.value)  # type: ignore[attr-defined]
    seat.save_sheet()
    assert "还没有选服务方向" in sheet.fields["direction"].problem
    seat.editor("direction").set_value([Direction.CHILDREN.value])
    seat.save_sheet()
    seat.wait(lambda: seat.news == ["已新增队伍：青春伴学队"])
    (line,) = service.teams_page(desk).rows
    assert (line.team_kind, line.founded_on) == (TeamKind.YOUTH, TODAY)
    assert seat.routes == [Open("teams", line.uid)]
    seat.undo(desk)
    assert service.teams_page(desk).rows == ()


def test_the_half_filled_form_of_a_team_survives(teams_list: SitDown) -> None:
    seat = teams_list()
    seat.press(K.Key_F2)
    seat.write_into(name="青春伴学队")
    seat.close_all()
    seat.press(K.Key_F2)
    assert seat.editor("name").value() == "青春伴学队"
    seat.close_all()


def test_members_join_and_leave_by_letters(desk: Desk, teams_list: SitDown) -> None:
    one = volunteer(desk)
    there = team(desk)
    seat = teams_list()
    seat.press(K.Key_J)
    seat.pick("volunteer", "lhm")
    seat.save_sheet()
    seat.wait(lambda: seat.members == ["李慧敏"])
    assert seat.news == [f"已添加队员：{there.name}"]
    seat.keyboard_back()
    seat.page.members.table.view.setFocus()
    seat.press(ENTER)
    assert seat.routes == [Open("volunteers", one.uid)]
    seat.press(K.Key_T)
    seat.write_into(left_reason="本人申请")
    seat.save_sheet()
    seat.wait(lambda: seat.members == [])
    assert seat.news[-1] == f"已退队：{one.number}"
    seat.undo(desk)
    assert who(desk, there) == ["李慧敏"]


def test_who_is_in_the_team_is_not_offered_again(desk: Desk, teams_list: SitDown) -> None:
    chen, _li, _wang = several(desk, NAMES)
    joined(desk, team(desk), chen)
    seat = teams_list()
    seat.press(K.Key_J)
    finder = seat.editor("volunteer")
    finder.box.set_value("czq")
    seat.wait(lambda: "没有找到" in finder.nothing.text())
    seat.close_all()


def test_the_leader_is_chosen_out_of_the_members(desk: Desk, teams_list: SitDown) -> None:
    chen, li, _wang = several(desk, NAMES)
    there = team(desk)
    for one in (chen, li):
        joined(desk, there, one)
    seat = teams_list()
    seat.press(K.Key_L)
    assert seat.editor("leader").count() == 2
    seat.editor("leader").set_value(li.uid)
    seat.editor("deputy").set_value(chen.uid)
    seat.save_sheet()
    seat.wait(lambda: seat.column("队长") == ["李慧敏"])
    assert stored_team(desk, there).deputy == chen.uid
    seat.wait(lambda: seat.member_column("职务") == ["队长", "副队长"])


def test_a_team_without_members_is_told_that_it_cannot_have_a_leader(
    desk: Desk, teams_list: SitDown
) -> None:
    team(desk)
    seat = teams_list()
    seat.press(K.Key_L)
    seat.sheet()
    assert seat.says("这支队伍今天还没有队员")
    seat.close_all()


def test_a_disbanded_team_is_listed_on_request_and_can_be_restored(
    desk: Desk, teams_list: SitDown
) -> None:
    there = team(desk)
    joined(desk, there, volunteer(desk))
    seat = teams_list()
    seat.press(K.Key_Z)
    seat.saving_sheet()
    assert seat.says("现有的 1 名队员同一天退队")
    seat.write_into(words="并入先锋队")
    seat.save_sheet()
    seat.wait(lambda: seat.teams == [])
    seat.keyboard_back()
    seat.page.narrow_to(TeamFilter(disbanded=True))
    seat.wait(lambda: seat.teams == [there.name])
    assert not seat.offers("添加队员")
    seat.look_at("20260501")
    seat.wait(lambda: seat.members == ["李慧敏"])
    seat.page.table.view.setFocus()
    seat.press(K.Key_B)
    seat.wait(lambda: not stored_team(desk, there).disbanded)


class Told:
    """Somebody who knows what was served."""

    knows = True

    def __init__(self) -> None:
        self.asked: list[tuple[date, date]] = []

    def hours(
        self, _desk: Desk, _team: Uid, volunteers: Sequence[Uid], first: date, last: date
    ) -> Mapping[Uid, str]:
        self.asked.append((first, last))
        return {volunteers[0]: "12小时30分"}

    def on_duty(self, _desk: Desk, volunteers: Sequence[Uid]) -> Mapping[Uid, str]:
        return {volunteers[-1]: "岗亭值守"}


def test_hours_of_the_month_and_who_is_on_duty_are_shown_where_somebody_knows(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    there = team(desk)
    for one in several(desk, NAMES[:2]):
        joined(desk, there, one)
    told = Told()

    class KnowingPane(TeamsPane):
        serving = told

    seat = TeamsSeat(KnowingPane(desk, runner), qtbot)
    seat.come()
    seat.wait(lambda: seat.members == ["陈志强", "李慧敏"])
    assert seat.member_column("本月时长") == ["12小时30分", "—"]
    assert seat.member_column("现在") == ["", "岗亭值守"]
    assert told.asked[-1] == (date(2026, 11, 1), date(2026, 11, 30))
    seat.look_at("20260210")
    seat.wait(lambda: told.asked[-1] == (date(2026, 2, 1), date(2026, 2, 28)))
    seat.wait(lambda: seat.member_column("现在") == ["", ""])


def test_without_anybody_who_knows_there_are_no_empty_columns(
    desk: Desk, teams_list: SitDown
) -> None:
    joined(desk, team(desk), volunteer(desk))
    seat = teams_list()
    seat.wait(lambda: seat.members)
    titles = [column.title for column in seat.page.members.table.model.columns]
    assert "本月时长" not in titles
    assert unnamed(seat.page) == []


def test_the_focused_team_goes_to_paper_as_of_the_day_that_is_looked_at(
    desk: Desk, teams_list: SitDown
) -> None:
    there = team(desk)
    joined(desk, there, volunteer(desk), date(2026, 3, 1))
    seat = teams_list()
    seat.wait(lambda: seat.members)
    seat.press(K.Key_P, with_=CONTROL)
    day: Any = seat.page.members.day.editor
    day.set_day(date(2026, 6, 1))
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [
        OpenPaper("roster", about=there.uid, until=TODAY),
        OpenPaper("roster", about=there.uid, until=date(2026, 6, 1)),
    ]
    assert "Ctrl+P" in [hint.keys for hint in seat.page.hints]
