"""The page of one team: what it is, who is and was in it, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.ui.team_page import TeamPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import CONTROL, unnamed
from tests.registers.volunteers.helpers import joined, several, stored_team, team
from tests.registers.volunteers.ui.conftest import PageSeat

K = Qt.Key
Opens = Callable[[Team], PageSeat]


def test_who_is_in_it_and_who_was_are_told_apart(desk: Desk, team_page: Opens) -> None:
    chen, li, wang = several(desk, ("陈志强", "李慧敏", "王秀兰"))
    there = team(desk)
    for one in (li, wang):
        joined(desk, there, one)
    gone = joined(desk, there, chen, date(2026, 2, 1))
    service.leave(desk, gone.uid, gone.revision, date(2026, 6, 1), "本人申请")
    service.set_leader(desk, there.uid, there.revision, wang.uid)
    seat = team_page(there)
    now, past = seat.page.now.items, seat.page.past.items  # type: ignore[attr-defined]
    assert [item.title for item in now] == ["王秀兰", "李慧敏"]
    assert now[0].chip is not None
    assert (now[0].chip.word, now[1].chip) == ("队长", None)
    assert [item.title for item in past] == ["陈志强"]
    assert "2026年2月1日 至 2026年6月1日 · 本人申请" in past[0].detail
    assert seat.says("2 人")
    seat.page.past.enter()  # type: ignore[attr-defined]
    seat.press(K.Key_Return)
    assert seat.routes == [Open("volunteers", chen.uid)]
    assert unnamed(seat.page) == []


def test_the_course_says_by_name_who_leads_and_why_nobody_does(
    desk: Desk, team_page: Opens
) -> None:
    chen, li = several(desk, ("陈志强", "李慧敏"))
    there = team(desk)
    first, _other = (joined(desk, there, one) for one in (chen, li))
    service.set_leader(desk, there.uid, there.revision, chen.uid, li.uid)
    seat = team_page(there)
    assert seat.says("队长 陈志强、副队长 李慧敏")
    stay = next(one for one in service.team_history(desk, there.uid).stays if one.uid == first.uid)
    service.leave(desk, stay.uid, stay.revision, desk.today, "本人申请")
    seat = team_page(stored_team(desk, there))
    assert seat.says("原队长或副队长退队")


def test_the_remark_is_covered_until_r(desk: Desk, team_page: Opens) -> None:
    seat = team_page(team(desk, remark="骨干不足"))
    assert seat.told("备注") == "已遮挡"
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("备注") == "骨干不足")


def test_a_change_is_saved_and_undone(desk: Desk, team_page: Opens) -> None:
    there = team(desk)
    seat = team_page(there)
    seat.press(K.Key_E)
    assert seat.editor("name").value() == there.name
    seat.write_into(name="荷塘先锋队")
    seat.save_sheet()
    seat.wait(lambda: seat.says("荷塘先锋队"))
    assert stored_team(desk, there).direction == there.direction
    seat.undo(desk)
    assert stored_team(desk, there).name == there.name


def test_a_disbanded_team_offers_only_the_way_back(desk: Desk, team_page: Opens) -> None:
    there = team(desk)
    service.disband(desk, there.uid, there.revision, "并入先锋队")
    seat = team_page(there)
    assert seat.page.head.offered == ("restore",)
    assert seat.told("解散原因") == "并入先锋队"
    seat.press(K.Key_B)
    seat.wait(lambda: "disband" in seat.page.head.offered)


def test_its_names_go_to_paper(desk: Desk, team_page: Opens) -> None:
    there = team(desk)
    seat = team_page(there)
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [OpenPaper("roster", about=there.uid)]


def test_who_may_not_export_is_offered_no_paper(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    there = team(desk)
    rights = desk.actor.rights - {Right.EXPORT}
    other = replace(desk, actor=replace(desk.actor, rights=rights))
    seat = PageSeat(TeamPage(other, runner), qtbot)
    seat.open(there.uid)
    assert not seat.page.head.papers["roster"].isVisible()
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == []
