"""The list of volunteers: what it shows, what narrows it, and what is done from it by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction, VolunteerState
from desktop_app.registers.volunteers.rules.words import Direction, Skill
from desktop_app.registers.volunteers.ui.volunteers_pane import VolunteersPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.volunteering import VolunteersSeat
from tests.registers.volunteers.helpers import joined, several, team, volunteer, who

K = Qt.Key
SitDown = Callable[[], VolunteersSeat]
NAMES = ("陈志强", "李慧敏", "王秀兰")


def test_volunteers_stand_with_their_teams_and_masked_telephones(
    desk: Desk, volunteers_list: SitDown
) -> None:
    there = team(desk)
    joined(desk, there, volunteer(desk))
    seat = volunteers_list()
    assert seat.names == ["李慧敏"]
    assert seat.column("所在队伍") == [there.name]
    assert seat.column("电话") == ["138****5678"]
    assert seat.column("状态") == ["在册"]


def test_initials_find_a_volunteer_and_enter_opens_the_page(
    desk: Desk, volunteers_list: SitDown
) -> None:
    _chen, li, _wang = several(desk, NAMES)
    seat = volunteers_list()
    seat.press(K.Key_F, with_=CONTROL)
    seat.write("lhm")
    seat.wait(lambda: seat.names == ["李慧敏"])
    assert seat.says("只显示：“lhm”")
    seat.press(ENTER)
    seat.wait(lambda: seat.focused == "志愿者")
    seat.press(ENTER)
    assert seat.routes == [Open("volunteers", li.uid)]


def test_the_boxes_narrow_by_team_skill_direction_and_state(
    desk: Desk, volunteers_list: SitDown
) -> None:
    chen, li, _wang = several(desk, NAMES)
    there = team(desk)
    joined(desk, there, chen)
    service.step(desk, li.uid, li.revision, VolunteerAction.LEAVE, "已搬离")
    seat = volunteers_list()
    assert seat.names == ["陈志强", "王秀兰"]
    for wanted, found in (
        (VolunteerFilter(team=there.uid), ["陈志强"]),
        (VolunteerFilter(skill=Skill.COOKING), []),
        (VolunteerFilter(direction=Direction.ELDERLY), list(NAMES)),
        (VolunteerFilter(state=VolunteerState.LEFT), ["李慧敏"]),
    ):
        seat.page.narrow_to(wanted)
        seat.wait(partial(seat.lists, found))
        assert seat.page.narrowing.wanted() == wanted


def test_whoever_has_left_is_listed_on_request(desk: Desk, volunteers_list: SitDown) -> None:
    _chen, li, _wang = several(desk, NAMES)
    service.step(desk, li.uid, li.revision, VolunteerAction.LEAVE, "已搬离")
    seat = volunteers_list()
    assert not seat.says("只显示")
    seat.page.narrow_to(VolunteerFilter(state=VolunteerState.LEFT))
    seat.wait(lambda: seat.names == ["李慧敏"])
    seat.click("清除筛选")
    seat.wait(lambda: seat.names == ["陈志强", "王秀兰"])


def test_ticked_volunteers_join_a_team_together_and_back_again(
    desk: Desk, volunteers_list: SitDown
) -> None:
    chen, *_others = several(desk, NAMES)
    there = team(desk)
    joined(desk, there, chen)
    seat = volunteers_list()
    seat.press(K.Key_Space, K.Key_Space)
    assert seat.ticked == [True, True, False]
    assert seat.says("已选 2 人")
    seat.press(K.Key_A, with_=CONTROL)
    assert seat.ticked == [True, True, True]
    seat.press(K.Key_J)
    seat.pick("team", "近邻")
    seat.save_sheet()
    seat.wait(lambda: seat.news == ["已入队 2 人，1 人原来就在队里"])
    assert set(who(desk, there)) == set(NAMES)
    seat.wait(lambda: seat.ticked == [False, False, False])
    assert not seat.offers("取消选择")
    seat.undo(desk)
    assert who(desk, there) == ["陈志强"]


def test_ticks_outlive_a_search(desk: Desk, volunteers_list: SitDown) -> None:
    several(desk, NAMES)
    seat = volunteers_list()
    seat.press(K.Key_Space)
    seat.page.search_for("wang")
    seat.wait(lambda: seat.names == ["王秀兰"])
    assert seat.says("已选 1 人")
    seat.page.search_for("")
    seat.wait(lambda: seat.ticked == [True, False, False])
    seat.click("取消选择")
    assert seat.ticked == [False, False, False]


def test_those_who_are_ticked_go_to_paper_else_the_list_as_it_is_narrowed(
    desk: Desk, volunteers_list: SitDown
) -> None:
    chen, li, _wang = several(desk, NAMES)
    seat = volunteers_list()
    seat.press(K.Key_P, with_=CONTROL)
    active = VolunteerFilter(state=VolunteerState.ACTIVE)
    assert seat.routes == [OpenPaper("volunteers", listed=active)]
    seat.press(K.Key_P, with_=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert len(seat.routes) == 1
    seat.press(K.Key_Space, K.Key_Space)
    seat.press(K.Key_P, with_=CONTROL)
    seat.click("打印已选的名单")
    chosen = OpenPaper("volunteers", chosen=(chen.uid, li.uid))
    assert seat.routes[1:] == [chosen, chosen]
    seat.press(K.Key_P, with_=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert seat.routes[-1] == OpenPaper("volunteer-summary", chosen=(chen.uid, li.uid))
    # They stay ticked: a list and the summaries are printed of the same people.
    assert seat.ticked == [True, True, False]


def test_one_who_is_in_a_team_is_offered_the_other_teams(
    desk: Desk, volunteers_list: SitDown
) -> None:
    joined(desk, team(desk), volunteer(desk))
    other = team(desk, "荷塘党员先锋队")
    seat = volunteers_list()
    seat.press(K.Key_J)
    offered = [item.title for item in seat.editor("team").list.items]
    assert offered == [other.name]
    seat.close_all()


def test_letters_pause_resume_and_let_leave(desk: Desk, volunteers_list: SitDown) -> None:
    one = volunteer(desk)
    seat = volunteers_list()
    seat.press(K.Key_S)
    seat.save_sheet()
    assert "还没有写暂停的原因" in seat.saving_sheet().fields["words"].problem
    seat.write_into(words="休养")
    seat.save_sheet()
    seat.wait(lambda: service.get(desk, one.uid).state is VolunteerState.PAUSED)
    assert seat.news == [f"已暂停服务：{one.number}"]
    seat.keyboard_back()
    seat.page.narrow_to(VolunteerFilter())
    seat.wait(lambda: seat.column("状态") == ["暂停"])
    seat.page.table.view.setFocus()
    seat.press(K.Key_B)
    seat.wait(lambda: seat.column("状态") == ["在册"])
    seat.press(K.Key_Q)
    seat.write_into(words="已搬离")
    seat.save_sheet()
    seat.wait(lambda: seat.column("状态") == ["退出"])
    seat.undo(desk)
    assert service.get(desk, one.uid).state is VolunteerState.ACTIVE


def test_trainings_and_honours_are_written_down_from_the_list(
    desk: Desk, volunteers_list: SitDown
) -> None:
    one = volunteer(desk)
    seat = volunteers_list()
    seat.press(K.Key_X)
    seat.write_into(words="急救知识培训", minutes="90")
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: seat.page.table.model.rows[0].line.revision == 2)  # type: ignore[attr-defined]
    seat.page.table.view.setFocus()
    seat.press(K.Key_H)
    seat.write_into(words="优秀志愿者", by="青榕街道")
    seat.save_sheet()
    seat.wait(lambda: len(seat.news) == 2)
    kept = service.get(desk, one.uid)
    assert [(each.words, each.minutes) for each in kept.trainings] == [("急救知识培训", 90)]
    assert [(each.words, each.by) for each in kept.honours] == [("优秀志愿者", "青榕街道")]


def test_who_may_only_read_is_offered_nothing_else(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    volunteer(desk)
    reader = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    seat = VolunteersSeat(VolunteersPane(reader, runner), qtbot)
    seat.come()
    seat.settled()
    seat.press(K.Key_F2, K.Key_E, K.Key_J, K.Key_Space)
    assert not seat.offers("取消")
    assert (seat.page.new_word, seat.routes, "" in seat.titles) == ("", [], False)


def test_an_empty_list_says_the_next_step_and_everything_has_a_name(
    volunteers_list: SitDown,
) -> None:
    seat = volunteers_list()
    assert "还没有志愿者。" in seat.sentences
    assert seat.offers("登记志愿者")
    seat.click("登记志愿者")
    sheet = seat.saving_sheet()
    assert unnamed(seat.page) == []
    assert unnamed(sheet) == []
    sheet.reject()
