"""The places on screen: found, and entered one after another, all by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.registers.people.rules import RIGHTS, Role
from desktop_app.registers.places import service
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.places.ui.page import PlacesSection
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.places import (
    LIST,
    box_text,
    called,
    names,
    on,
    opened,
    put,
    rows,
    shows,
    states,
    tree,
)
from tests.driver.settings import CONTROL, ENTER, Section, focused, nameless

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


# --- the list -----------------------------------------------------------------------------------


def test_an_empty_station_is_told_to_enter_its_compounds_first(empty: Section, desk: Desk) -> None:
    empty.push("新增小区")
    empty.field("名称").go()
    empty.type("青榕雅苑")
    empty.press(ENTER, with_=CONTROL)
    empty.wait(lambda: tree(empty) == ["青榕雅苑"])
    assert called(desk, "青榕雅苑").kind is PlaceKind.COMPOUND
    assert empty.news == ["已新增小区“青榕雅苑”"]


def test_places_stand_below_what_they_lie_in_and_count_as_people_do(section: Section) -> None:
    assert tree(section) == [
        "澄岭街道", ".青榕社区", "..梧桐苑", "..青榕雅苑", "...1栋", "...2栋", "...10栋",
        "..雅苑党支部",
    ]  # fmt: skip


def test_a_row_says_what_tells_places_apart(section: Section) -> None:
    said = {name: row[1:] for name, row in zip(names(section), rows(section), strict=True)}
    assert said["青榕社区"] == ["社区", "澄岭街道", "350802001003", "", ""]
    assert said["青榕雅苑"] == ["小区，商品房", "青榕社区", "", "", ""]
    assert said["梧桐苑"] == ["小区", "青榕社区", "", "2024年3月1日起", ""]
    assert said["10栋"][:2] == ["楼栋", "青榕雅苑"]


def test_initials_find_a_place_and_the_list_says_what_it_hides(section: Section) -> None:
    section.press(K.Key_F, with_=CONTROL)
    section.type("wty")
    section.wait(lambda: tree(section) == ["梧桐苑"])
    assert "筛选隐去 7 个" in section.words
    section.push("清除筛选")
    section.wait(lambda: len(rows(section)) == 8)


def test_enter_in_the_box_goes_to_the_best_fit(section: Section) -> None:
    on(section, "雅苑党支部")
    section.press(K.Key_F, with_=CONTROL)
    section.type("yy")
    section.wait(lambda: names(section) == ["雅苑党支部", "青榕雅苑"])
    section.press(ENTER, ENTER)
    assert section.text("名称") == "雅苑党支部"


def test_a_place_is_found_by_the_name_it_had_and_by_its_code(section: Section, desk: Desk) -> None:
    service.rename(desk, called(desk, "梧桐苑").uid, "凤凰里", desk.today)
    section.page.load()
    section.wait(lambda: "凤凰里" in names(section))
    section.press(K.Key_F, with_=CONTROL)
    section.type("wuty")
    section.wait(lambda: names(section) == [])
    section.push("清除筛选")
    section.type("wutong")
    section.wait(lambda: names(section) == ["凤凰里"])
    section.press(K.Key_Escape)
    section.type("350802001003")
    section.wait(lambda: names(section) == ["青榕社区"])


def test_a_kind_limits_the_list(section: Section) -> None:
    section.focus("类别")
    section.type("楼栋")
    section.press(K.Key_Tab)
    section.wait(lambda: tree(section) == ["1栋", "2栋", "10栋"])


def test_what_is_over_is_shown_on_request_and_what_is_to_come_always(
    section: Section, desk: Desk
) -> None:
    yesterday, tomorrow = desk.today - timedelta(days=1), desk.today + timedelta(days=1)
    garden = called(desk, "青榕雅苑")
    service.close(desk, called(desk, "梧桐苑").uid, yesterday, garden.uid)
    service.close(desk, called(desk, "雅苑党支部").uid, yesterday)
    service.close(desk, called(desk, "2栋").uid, desk.today)
    put(desk, PlaceKind.BUILDING, "11栋", garden, since=tomorrow)
    section.page.load()
    section.wait(lambda: "11栋" in names(section))
    assert "梧桐苑" not in names(section)
    assert [states(section)[name] for name in ("2栋", "11栋", "1栋")] == ["将撤销", "未启用", ""]
    section.focus("含已撤销")
    section.press(K.Key_Space)
    section.wait(lambda: "梧桐苑" in names(section))
    assert [states(section)[name] for name in ("梧桐苑", "雅苑党支部")] == ["已并入", "已撤销"]


# --- entering -----------------------------------------------------------------------------------


def test_a_new_place_lies_where_the_row_is_and_only_fitting_parents_are_offered(
    section: Section, desk: Desk
) -> None:
    on(section, "2栋")
    section.press(K.Key_F2)
    assert box_text(section, "所在社区") == "青榕社区"
    section.type("6")
    assert box_text(section, "所在楼栋") == "青榕雅苑 · 2栋"
    section.press(ENTER)
    section.type("1单元")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: "....1单元" in tree(section))
    saved = called(desk, "1单元")
    assert (saved.kind, saved.parent) == (PlaceKind.UNIT, called(desk, "2栋").uid)
    section.undo(desk)
    section.wait(lambda: len(rows(section)) == 8)


def test_enter_goes_on_from_field_to_field(section: Section) -> None:
    section.press(K.Key_F2)
    seen = []
    for _ in range(7):
        seen.append(focused())
        section.press(ENTER)
    assert seen == ["小区", "名称", "所在社区", "不清楚", "编码", "起始日期", "备注"]


def test_a_free_code_is_offered_where_the_community_has_one(section: Section, desk: Desk) -> None:
    section.press(K.Key_F2)
    section.fill(名称="凤凰里")
    section.push("用建议编码 350802001003001")
    assert section.text("编码") == "350802001003001"
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: "..凤凰里" in tree(section))
    assert called(desk, "凤凰里").code == "350802001003001"


def test_many_buildings_are_entered_one_after_another(section: Section, desk: Desk) -> None:
    on(section, "梧桐苑")
    section.press(K.Key_A)
    section.press(ENTER)
    section.type("1栋")
    for count in (1, 2, 3):
        section.press(ENTER, with_=CONTROL_SHIFT)
        said = f"梧桐苑已有的楼栋 {count} 个"
        section.wait(partial(shows, section, said))
    assert "1栋、2栋、3栋" in section.words
    assert (focused(), section.text("名称")) == ("名称", "4栋")
    section.press(K.Key_Escape)
    section.wait(lambda: tree(section)[2:6] == ["..梧桐苑", "...1栋", "...2栋", "...3栋"])
    assert {place.parent for place in service.directory(desk) if place.name == "3栋"} == {
        called(desk, "梧桐苑").uid
    }


def test_the_list_stands_on_what_was_just_entered(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(名称="凤凰里")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: "凤凰里" in names(section))
    section.press(ENTER)
    assert section.text("名称") == "凤凰里"


def test_what_is_missing_or_wrong_is_told_beside_its_field(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(编码="青榕", 起始日期="某天")
    section.push("保存")
    assert "不是一个日期" in section.field("起始日期").problem
    section.press(K.Key_A, with_=CONTROL)
    section.type("20240301")
    section.push("保存")
    assert "名称还没有填写" in section.field("名称").problem
    assert "只能用字母、数字" in section.field("编码").problem
    assert section.news == []


def test_a_building_must_say_where_it_stands(empty: Section) -> None:
    empty.press(K.Key_F2)
    empty.type("5")
    empty.fill(名称="1栋")
    empty.push("保存")
    assert "还没有选楼栋所在的上级" in empty.field("所在社区或小区").problem


def test_a_name_that_is_taken_in_the_same_place_is_refused(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(名称="青榕雅苑")
    section.push("保存")
    assert "青榕社区下面已经有叫“青榕雅苑”的小区" in section.field("名称").problem


def test_a_parent_that_is_none_is_told_and_not_passed_over(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(名称="凤凰里", 所在社区="没有的社区")
    section.press(ENTER, with_=CONTROL)
    assert "没有这一项" in section.field("所在社区").problem
    assert section.news == []


def test_esc_asks_before_something_typed_would_be_lost(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(名称="凤凰里")
    section.press(K.Key_Escape)
    assert "没保存的改动" in section.words
    section.push("继续填写")
    assert section.text("名称") == "凤凰里"
    assert not section.page.may_leave()
    section.push("不保存，返回")
    section.wait(lambda: "新增地点" in section.words and section.page.may_leave())
    assert section.news == []


def test_half_a_date_is_not_lost_either(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(起始日期="2024")
    section.press(K.Key_Escape)
    section.push("继续填写")
    assert section.text("起始日期") == "2024"


def test_news_from_another_desk_leaves_half_a_word_in_the_box(section: Section, desk: Desk) -> None:
    section.press(K.Key_F2)
    section.fill(所在社区="青")
    changed = service.save(desk, replace(called(desk, "梧桐苑"), code="WT-1"))
    section.page.take(changed.kinds)
    section.wait(lambda: "WT-1" in [row[3] for row in rows(section)])
    assert box_text(section, "所在社区") == "青"


def test_esc_leaves_an_untouched_form_at_once(section: Section) -> None:
    opened(section, "梧桐苑")
    section.press(K.Key_Escape)
    assert focused() == LIST


# --- rights and names ---------------------------------------------------------------------------


def test_a_clerk_reads_the_places_and_changes_nothing(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    put(desk, PlaceKind.COMPOUND, "青榕雅苑")
    actor = replace(desk.actor, rights=RIGHTS[Role.CLERK])
    made = Section(PlacesSection(Desk(desk.database, actor), runner), qtbot)
    made.come()
    made.wait(lambda: names(made) == ["青榕雅苑"])
    assert "新增地点" not in made.words
    on(made, "青榕雅苑")
    made.press(K.Key_D, K.Key_R, K.Key_F2, ENTER)
    assert not made.field("名称").editor.isEnabled()
    assert not {"保存", "改名…", "撤销/并入…", "新增关联…"} & set(made.words.splitlines())
    made.press(K.Key_Escape)
    assert focused() == LIST
    assert called(desk, "青榕雅苑").until is None


def test_everything_that_takes_the_keyboard_has_the_name_that_can_be_read(
    section: Section,
) -> None:
    assert nameless(section.page) == []
    opened(section, "青榕雅苑")
    assert nameless(section.page) == []
    section.press(K.Key_Escape, K.Key_F2)
    assert nameless(section.page) == []
