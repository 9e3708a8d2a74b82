"""The page of one volunteer: its blocks, what is uncovered, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.identity import IdKind
from desktop_app.core.photos import PhotoSource
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Guardian
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.volunteer import (
    GuardianConsent,
    Insurance,
    Volunteer,
    VolunteerState,
)
from desktop_app.registers.volunteers.service.papers import paper_from
from desktop_app.registers.volunteers.ui.volunteer_page import VolunteerPage
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.photo_viewer import PhotoViewer
from tests.driver.residents import CONTROL, seen, unnamed
from tests.registers.volunteers.helpers import form, joined, person, team, volunteer
from tests.registers.volunteers.ui.conftest import PageSeat

K = Qt.Key
Opens = Callable[[Volunteer], PageSeat]


@pytest.fixture
def known(desk: Desk) -> Volunteer:
    """A volunteer of whom everything is written down."""
    return volunteer(
        desk,
        health_note="不搬重物",
        emergency_name="王小明",
        emergency_phone="13912345678",
        insurance=Insurance("意外险", "PX20260001", date(2026, 10, 1)),
        remark="会拉二胡",
    )


def test_the_blocks_say_who_it_is_with_everything_private_masked(
    known: Volunteer, volunteer_page: Opens
) -> None:
    seat = volunteer_page(known)
    assert seat.told("年龄") == "41岁"
    assert seat.told("联系电话") == "138****5678"
    assert seat.told("技能特长") == "医疗护理"
    assert seat.told("紧急联系人") == "王*明"
    assert seat.told("联系人电话") == "139****5678"
    assert "PX20260001" not in seat.told("保险")
    assert seat.told("保险").endswith("（已过期）")
    assert "不搬" not in seat.told("健康说明")
    assert unnamed(seat.page) == []


def test_r_uncovers_all_of_it_and_each_is_in_the_audit(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    seat = volunteer_page(known)
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("联系人电话") == "13912345678")
    assert seat.told("健康说明") == "不搬重物"
    assert seat.told("联系电话") == "13800005678"
    assert "PX20260001" in seat.told("保险")
    with desk.reading(needs=Right.READ) as connection:
        logged = [one.action for one in entries(connection, subject=known.number)]
    assert logged.count("查看完整内容") == 5
    seat.page.hide()
    seat.page.show()
    assert seat.told("联系人电话") == "139****5678"


def test_who_may_not_see_health_uncovers_the_rest(
    desk: Desk, known: Volunteer, runner: JobRunner, qtbot: QtBot
) -> None:
    rights = desk.actor.rights - {Right.SENSITIVE}
    seat = PageSeat(
        VolunteerPage(replace(desk, actor=replace(desk.actor, rights=rights)), runner), qtbot
    )
    seat.open(known.uid)
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("联系人电话") == "13912345678")
    assert seat.told("健康说明") != "不搬重物"


def test_steps_and_stays_stand_on_one_line_of_time(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    there = team(desk)
    stay = joined(desk, there, known, date(2026, 2, 1))
    service.leave(desk, stay.uid, stay.revision, date(2026, 6, 1), "本人申请")
    seat = volunteer_page(known)
    course: Any = seat.page.course  # type: ignore[attr-defined]
    told = " / ".join(course.steps)
    assert "2月1日 周日 入队" in told
    assert f"6月1日 周一 退队 {there.name}，本人申请" in told
    assert told.index("退队") < told.index("入队")


def test_letters_join_teams_and_leave_one_of_them(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    first, second = team(desk, "便民维修队"), team(desk, "荷塘先锋队")
    joined(desk, first, known)
    seat = volunteer_page(known)
    seat.press(K.Key_J)
    assert [item.title for item in seat.editor("team").list.items] == [second.name]
    seat.pick("team", "荷塘")
    seat.save_sheet()
    seat.wait(lambda: seat.news == ["已入队 1 人"])
    seat.keyboard_back()
    seat.wait(lambda: len(seat.page.whole.stays_now) == 2)
    seat.press(K.Key_T)
    asked = seat.sheet()
    assert {item.title for item in asked.list.items} == {first.name, second.name}  # type: ignore[attr-defined]
    asked.list.enter()  # type: ignore[attr-defined]
    asked.button("yes").click()  # type: ignore[attr-defined]
    seat.wait(lambda: seat.sheet() is not asked)
    seat.save_sheet()
    seat.wait(lambda: len(service.teams_of(desk, known.uid)) == 1)


def test_trainings_are_written_down_and_taken_out_again(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    seat = volunteer_page(known)
    seat.press(K.Key_X)
    seat.write_into(words="急救知识培训", minutes="120", organiser="区红十字会")
    seat.save_sheet()
    seat.wait(lambda: seat.told("2026年11月23日") == "培训：急救知识培训 · 区红十字会 · 120 分钟")
    seat.keyboard_back()
    seat.press(K.Key_Y)
    asked = seat.sheet()
    asked.list.enter()  # type: ignore[attr-defined]
    asked.button("yes").click()  # type: ignore[attr-defined]
    seat.wait(lambda: not service.get(desk, known.uid).trainings)
    seat.undo(desk)
    assert len(service.get(desk, known.uid).trainings) == 1


def test_leaving_ends_the_stays_and_coming_back_is_at_once(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    joined(desk, team(desk), known)
    seat = volunteer_page(known)
    seat.press(K.Key_Q)
    seat.write_into(words="已搬离本社区")
    seat.save_sheet()
    seat.wait(lambda: seat.told("退出原因") == "已搬离本社区")
    assert service.teams_of(desk, known.uid) == ()
    seat.keyboard_back()
    assert not {"join_team", "pause"} & set(seat.page.head.offered)
    seat.press(K.Key_U)
    seat.wait(lambda: service.get(desk, known.uid).state is VolunteerState.ACTIVE)


def test_two_spellings_of_one_person_are_merged_into_the_one_on_show(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    other = volunteer(desk, "李惠敏", "13800009999")
    there = team(desk)
    joined(desk, there, other)
    seat = volunteer_page(known)
    seat.press(K.Key_M)
    seat.pick("duplicate", "李惠敏")
    seat.save_sheet()
    seat.wait(lambda: seat.news == [f"已合并到 {known.number}"])
    assert [one.uid for one in service.teams_of(desk, known.uid)] == [there.uid]
    assert service.history(desk, other.uid).volunteer.uid == known.uid


def test_the_resident_file_and_the_teams_are_a_key_away(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    there = team(desk)
    joined(desk, there, known)
    seat = volunteer_page(known)
    seat.press(K.Key_O)
    seat.page.list.enter()  # type: ignore[attr-defined]
    seat.press(K.Key_Return)
    assert seat.routes == [Open("residents", known.resident), Open("teams", there.uid)]


def test_of_somebody_who_was_erased_number_and_dates_are_left(
    desk: Desk, known: Volunteer, volunteer_page: Opens
) -> None:
    service.forget_people(desk, [known.resident])
    residents.erase(desk, known.resident)
    seat = volunteer_page(known)
    assert seat.told("居民档案").startswith("已删除")
    assert seat.told("注册日期") == "2026年1月5日"
    assert not {"open_file", "change"} & set(seat.page.head.offered)
    assert seat.told("联系电话") == seat.told("紧急联系人") == ""


def test_what_the_guardian_signed_is_looked_at_and_that_is_logged(
    desk: Desk, volunteer_page: Opens, picture: PhotoSource
) -> None:
    photo = paper_from(desk, desk.database.blobs, picture)
    child = person(
        desk,
        "陈子涵",
        birth=date(2012, 6, 1),
        guardian=Guardian("陈志强"),
        id_kind=IdKind.OTHER,
        id_number="X1234567",
    )
    agreed = GuardianConsent(date(2026, 11, 20), "陈志强", "父亲", photo=photo)
    made = service.add(desk, form(child, guardian_consent=agreed)).value
    seat = volunteer_page(made)
    assert seat.told("同意书") == "2026年11月20日 陈*强 父亲（有签字照片）"
    seat.press(K.Key_K)
    seat.wait(lambda: seen(seat.page, PhotoViewer) and seen(seat.page, PhotoViewer)[0].is_shown)
    with desk.reading(needs=Right.READ) as connection:
        assert "查看同意书" in [one.action for one in entries(connection, subject=made.number)]
    seen(seat.page, PhotoViewer)[0].reject()


def test_hours_and_records_go_to_paper(desk: Desk, known: Volunteer, volunteer_page: Opens) -> None:
    seat = volunteer_page(known)
    seat.press(K.Key_P, with_=CONTROL)
    seat.press(K.Key_P, with_=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    about = known.uid
    assert seat.routes == [
        OpenPaper("volunteer-summary", about=about),
        OpenPaper("service-record", about=about),
    ]
