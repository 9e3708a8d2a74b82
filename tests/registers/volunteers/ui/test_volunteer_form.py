"""The form of a volunteer: whose file it is, what a minor needs, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop_app.core.photos import PhotoSource
from desktop_app.core.route import Open
from desktop_app.registers.residents.rules import Guardian
from desktop_app.registers.residents.search import find
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.rules.words import Direction, Skill
from desktop_app.registers.volunteers.ui import deeds
from desktop_app.registers.volunteers.ui.resident_input import NewFileSheet
from desktop_app.storage.session import Desk
from tests.driver.residents import seen
from tests.driver.typing import press
from tests.driver.volunteering import VolunteersSeat
from tests.registers.volunteers.helpers import person, stored, volunteer

K = Qt.Key
SitDown = Callable[[], VolunteersSeat]


def the_one(desk: Desk) -> Volunteer:
    """The only volunteer there is, whole."""
    (line,) = service.page(desk, VolunteerFilter()).rows
    return stored(desk, service.get(desk, line.uid))


def open_form(seat: VolunteersSeat) -> VolunteersSeat:
    seat.press(K.Key_F2)
    seat.saving_sheet()
    return seat


def test_a_resident_found_by_initials_becomes_a_volunteer_by_keys_alone(
    desk: Desk, volunteers_list: SitDown
) -> None:
    file = person(desk)
    seat = open_form(volunteers_list())
    seat.find_person("lhm")
    assert seat.says("李慧敏　女 41岁")
    sheet = seat.saving_sheet()
    press(sheet, K.Key_4)
    seat.editor("skills").ticks[0].setFocus()
    press(sheet, K.Key_Space)
    seat.editor("directions").ticks[-1].setFocus()
    press(sheet, K.Key_Space)
    seat.write_into(times_words="周末上午", insurance="意外险", insured_until="20271231")
    seat.save_sheet()
    assert "党员管理类别还是" in sheet.fields["political"].problem
    sheet.fields["political"].go()
    press(sheet, K.Key_1)
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    kept = the_one(desk)
    assert (kept.resident, kept.skills, kept.directions) == (
        file.uid, (Skill.MEDICAL,), (Direction.OTHER,),
    )  # fmt: skip
    assert kept.insurance is not None
    assert (kept.times_words, kept.insurance.until) == ("周末上午", date(2027, 12, 31))
    assert seat.news == [f"已登记志愿者 {kept.number}"]
    assert seat.routes == [Open("volunteers", kept.uid)]


def test_what_was_typed_survives_esc_and_is_gone_once_it_is_saved(
    desk: Desk, volunteers_list: SitDown
) -> None:
    person(desk)
    seat = open_form(volunteers_list())
    seat.find_person("lhm")
    seat.write_into(times_words="周末上午")
    seat.editor("skills").set_value([Skill.COOKING.value])
    seat.close_all()
    open_form(seat)
    assert seat.says("已接着上次没有保存的内容。")
    assert seat.says("李慧敏　女 41岁")
    assert seat.editor("times_words").value() == "周末上午"
    assert seat.editor("skills").value() == (Skill.COOKING.value,)
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    seat.keyboard_back()
    open_form(seat)
    assert not seat.says("已接着上次")
    assert seat.editor("times_words").value() == ""
    seat.close_all()


def test_what_was_left_over_can_be_cleared(desk: Desk, volunteers_list: SitDown) -> None:
    person(desk)
    seat = open_form(volunteers_list())
    seat.write_into(times_words="周末上午")
    seat.close_all()
    open_form(seat)
    seat.click("清空重填")
    assert seat.editor("times_words").value() == ""
    seat.close_all()
    open_form(seat)
    assert not seat.says("已接着上次")
    seat.close_all()


def test_somebody_without_a_file_gets_one_from_the_form(
    desk: Desk, volunteers_list: SitDown
) -> None:
    seat = open_form(volunteers_list())
    press(seat.saving_sheet(), K.Key_F2)
    seat.wait(lambda: seen(seat.page, NewFileSheet))
    (files,) = seen(seat.page, NewFileSheet)
    form = files.form
    seat.fill("姓名", "外来的王强")
    seat.fill("出生日期", "19900101")
    seat.fill("联系电话", "13800004321")
    seat.choose("性别", "1")
    form.save()
    seat.wait(lambda: not seen(seat.page, NewFileSheet))
    seat.wait(lambda: seat.says("外来的王强"))
    assert seat.news[0].startswith("已新建档案")
    seat.save_sheet()
    seat.wait(lambda: len(seat.news) == 2)
    (line,) = find(desk, "王强").people
    assert the_one(desk).resident == line.uid


def test_nobody_chosen_is_said_beside_the_box(volunteers_list: SitDown) -> None:
    seat = open_form(volunteers_list())
    sheet = seat.save_sheet()
    assert "还没有选是哪位居民" in sheet.fields["resident"].problem
    seat.close_all()


def test_a_minor_needs_the_guardian_whom_the_file_names(
    desk: Desk, volunteers_list: SitDown, picture: PhotoSource
) -> None:
    person(desk, "陈子涵", birth=date(2012, 6, 1), guardian=Guardian("陈志强", "父亲"))
    seat = open_form(volunteers_list())
    sheet = seat.saving_sheet()
    assert not sheet.fields["guardian_consent"].isVisible()
    seat.find_person("czh")
    assert sheet.fields["guardian_consent"].isVisible()
    assert seat.editor("consent_by").value() == "陈志强"
    seat.save_sheet()
    assert "还没有监护人同意书" in sheet.fields["guardian_consent"].problem
    seat.editor("consent_photo").set_value(picture)
    seat.write_into(guardian_consent="20261120")
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    agreed = the_one(desk).guardian_consent
    assert agreed is not None
    assert agreed.photo is not None
    assert (agreed.day, agreed.by, agreed.relation) == (date(2026, 11, 20), "陈志强", "父亲")


def test_a_file_that_is_no_picture_is_refused_beside_its_field(
    desk: Desk, volunteers_list: SitDown, tmp_path: Path
) -> None:
    person(desk, "陈子涵", birth=date(2012, 6, 1), guardian=Guardian("陈志强", "父亲"))
    seat = open_form(volunteers_list())
    seat.find_person("czh")
    broken = tmp_path / "同意书.jpg"
    broken.write_bytes(b"no picture")
    seat.editor("consent_photo").set_value(PhotoSource(broken.name, broken))
    seat.write_into(guardian_consent="20261120")
    sheet = seat.save_sheet()
    assert sheet.fields["consent_photo"].problem
    assert not seat.news
    seat.close_all()


def test_one_person_is_one_volunteer(desk: Desk, volunteers_list: SitDown) -> None:
    known = volunteer(desk)
    seat = open_form(volunteers_list())
    seat.find_person("lhm")
    sheet = seat.save_sheet()
    assert f"已经是志愿者（编号 {known.number}）" in sheet.fields["resident"].problem
    seat.click(f"打开 {known.number}")
    assert seat.routes == [Open("volunteers", known.uid)]
    assert not seen(seat.page, QDialog)


def test_a_form_about_one_resident_leaves_what_was_begun_about_another(
    desk: Desk, volunteers_list: SitDown
) -> None:
    one, other = person(desk), person(desk, "王秀兰", "13800000001")
    seat = volunteers_list()
    for whose, times in ((one, "周末"), (other, "晚上")):
        deeds.open_new(seat.page, desk, seat.page.tell_changed, whose.uid)
        seat.saving_sheet()
        assert seat.editor("resident").value() == whose.uid.hex
        seat.write_into(times_words=times)
        seat.close_all()
    deeds.open_new(seat.page, desk, seat.page.tell_changed, one.uid)
    seat.saving_sheet()
    assert seat.editor("times_words").value() == "周末"
    seat.close_all()


def test_somebody_very_like_a_volunteer_is_asked_about_once(
    desk: Desk, volunteers_list: SitDown
) -> None:
    volunteer(desk)
    person(desk, "李惠敏")
    seat = open_form(volunteers_list())
    seat.find_person("李惠敏")
    sheet = seat.save_sheet()
    assert "可能是同一个人的两种写法" in sheet.fields["resident"].problem
    assert "确实是两个人，保存" in sheet.button("yes").text()
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    assert len(service.page(desk, VolunteerFilter()).rows) == 2


def test_a_change_shows_everything_and_keeps_whose_it_is(
    desk: Desk, volunteers_list: SitDown
) -> None:
    before = volunteer(
        desk, emergency_name="王小明", emergency_phone="13912345678", health_note="腰"
    )
    seat = volunteers_list()
    seat.press(K.Key_E)
    assert seat.editor("emergency_phone").value() == "13912345678"
    assert seat.editor("health_note").value() == "腰"
    assert "resident" not in seat.saving_sheet().fields
    seat.write_into(ethnicity="畲族")
    seat.save_sheet()
    seat.wait(lambda: seat.news == [f"已修改志愿者 {before.number}"])
    after = the_one(desk)
    assert (after.ethnicity, after.resident, after.skills) == (
        "畲族", before.resident, before.skills,
    )  # fmt: skip


@pytest.mark.parametrize("wrong", ["2026-13-01", "昨天的昨天"])
def test_a_day_that_is_none_is_said_beside_its_field(
    desk: Desk, volunteers_list: SitDown, wrong: str
) -> None:
    volunteer(desk)
    seat = volunteers_list()
    seat.press(K.Key_E)
    sheet = seat.write_into(insured_until=wrong)
    seat.save_sheet()
    assert "不是一个日期" in sheet.fields["insured_until"].problem
    seat.close_all()


def test_esc_goes_from_those_found_to_the_box_and_from_there_away(
    desk: Desk, volunteers_list: SitDown
) -> None:
    person(desk)
    seat = open_form(volunteers_list())
    sheet, finder = seat.saving_sheet(), seat.editor("resident").box
    press(sheet, K.Key_L, K.Key_Down, K.Key_Escape)
    assert (finder.drop.isVisible(), finder.box.hasFocus(), finder.text) == (False, True, "l")
    press(sheet, K.Key_Escape)
    assert (sheet.isVisible(), finder.text) == (True, "")
    press(sheet, K.Key_Escape)
    assert not seen(seat.page, QDialog)
