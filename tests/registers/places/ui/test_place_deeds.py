"""What is done with a place that is there: corrected, renamed, ended, linked, all by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.registers.places import service
from desktop_app.registers.places.rules import PlaceName
from desktop_app.storage.session import Desk
from tests.driver.places import (
    LINKS,
    box_text,
    called,
    links,
    names,
    on,
    opened,
    states,
)
from tests.driver.settings import CONTROL, ENTER, Section, open_dialogs

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


# --- changing -----------------------------------------------------------------------------------


def test_a_slip_of_the_pen_is_corrected_without_a_former_name(section: Section, desk: Desk) -> None:
    opened(section, "梧桐苑")
    assert "这里只改错字" in section.words
    section.fill(名称="梧桐院", 备注="门牌重编")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: "梧桐院" in names(section))
    assert called(desk, "梧桐院").names == (PlaceName("梧桐院"),)
    assert section.news == ["已保存小区“梧桐院”"]
    section.undo(desk)
    section.wait(lambda: "梧桐苑" in names(section))


def test_a_new_name_counts_from_its_day_and_the_old_one_is_kept(
    section: Section, desk: Desk
) -> None:
    opened(section, "梧桐苑")
    section.push("改名…")
    assert "启用日期以前的登记仍写“梧桐苑”" in section.words
    section.fill(新名称="凤凰里", 启用日期="20251001")
    section.press(ENTER)
    section.wait(lambda: section.news == ["已改名为“凤凰里”"])
    section.wait(lambda: "2025年10月1日前" in section.words)
    assert section.text("名称") == "凤凰里"
    assert called(desk, "凤凰里").name_on(date(2025, 9, 30)) == "梧桐苑"
    section.undo(desk)
    section.wait(lambda: "2025年10月1日前" not in section.words)
    assert section.text("名称") == "梧桐苑"


def test_what_was_typed_survives_a_new_name(section: Section) -> None:
    opened(section, "梧桐苑")
    section.fill(备注="门牌重编")
    section.push("改名…")
    section.fill(新名称="凤凰里")
    section.push("改名")
    section.wait(lambda: section.news == ["已改名为“凤凰里”"] and not open_dialogs())
    section.wait(lambda: section.text("名称") == "凤凰里")
    assert not section.page.may_leave()
    section.push("继续填写")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: section.news[1:] == ["已保存小区“凤凰里”"])


def test_a_name_too_early_is_told_in_the_sheet(section: Section) -> None:
    on(section, "梧桐苑")
    section.press(K.Key_R)
    section.fill(新名称="凤凰里", 启用日期="20200101")
    section.push("改名")
    section.wait(lambda: "不在这个地点存在的时间里" in section.field("启用日期").problem)
    section.fill(启用日期="")
    section.push("取消")
    assert section.news == []


def test_a_place_is_merged_into_another_and_undo_brings_it_back(
    section: Section, desk: Desk
) -> None:
    on(section, "梧桐苑")
    section.press(K.Key_D)
    section.fill(截止日期="20261031", 承接地点="青榕雅苑")
    # The first Enter takes what the box offers.
    section.press(ENTER, ENTER)
    section.wait(lambda: "梧桐苑" not in names(section))
    assert section.news == ["“梧桐苑”已并入“青榕雅苑”"]
    ended = called(desk, "梧桐苑")
    assert (ended.until, ended.successor) == (date(2026, 10, 31), called(desk, "青榕雅苑").uid)
    section.undo(desk)
    section.wait(lambda: "梧桐苑" in names(section))


def test_a_successor_that_is_none_does_not_end_the_place_without_one(section: Section) -> None:
    on(section, "梧桐苑")
    section.press(K.Key_D)
    section.fill(承接地点="没有的小区")
    section.press(ENTER)
    assert "没有这一项" in section.field("承接地点").problem
    section.push("取消")
    assert section.news == []


def test_ending_a_place_says_what_lies_in_it(section: Section) -> None:
    on(section, "青榕雅苑")
    section.press(K.Key_D)
    assert "现有 3 个地点" in section.words
    section.press(K.Key_Escape)
    section.wait(lambda: not open_dialogs())
    assert section.news == []


def test_an_ended_place_says_so_and_is_taken_into_use_again(section: Section, desk: Desk) -> None:
    service.close(desk, called(desk, "梧桐苑").uid, date(2026, 1, 31))
    section.page.load()
    section.focus("含已撤销")
    section.press(K.Key_Space)
    section.wait(lambda: "已撤销" in states(section).values())
    opened(section, "梧桐苑")
    assert "已撤销，最后一天是2026年1月31日" in section.words
    section.push("恢复使用")
    section.wait(lambda: "最后一天" not in section.words)
    assert called(desk, "梧桐苑").until is None


def test_an_ended_community_stays_the_one_its_compounds_lay_in(
    section: Section, desk: Desk
) -> None:
    community = called(desk, "青榕社区")
    service.close(desk, community.uid, date(2026, 1, 31))
    section.page.load()
    section.wait(lambda: "青榕社区" not in names(section))
    opened(section, "梧桐苑")
    assert box_text(section, "所在社区") == "青榕社区（已撤销）"
    section.fill(备注="门牌重编")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: section.news)
    assert called(desk, "梧桐苑").parent == community.uid


def test_what_somebody_else_changed_is_shown_and_saved_with(section: Section, desk: Desk) -> None:
    opened(section, "梧桐苑")
    section.fill(备注="门牌重编")
    known = called(desk, "梧桐苑")
    changed = service.save(desk, replace(known, code="WT-1"))
    section.page.take(changed.kinds)
    section.wait(lambda: section.text("编码") == "WT-1")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: section.news)
    saved = called(desk, "梧桐苑")
    assert (saved.code, saved.remark) == ("WT-1", "门牌重编")


# --- links --------------------------------------------------------------------------------------


def test_places_are_linked_and_the_link_is_ended(section: Section, desk: Desk) -> None:
    opened(section, "青榕雅苑")
    section.push("新增关联…")
    section.fill(起始日期="20250301", 关联地点="雅苑党支部")
    section.push("关联")
    section.wait(lambda: links(section) == [["雅苑党支部", "党支部", "2025年3月1日起", ""]])
    assert section.news == ["已关联“青榕雅苑”和“雅苑党支部”"]
    section.focus(LINKS)
    section.press(K.Key_D)
    section.fill(截止日期="20260630")
    section.press(ENTER)
    ended = ["雅苑党支部", "党支部", "2026年6月30日止", "已解除"]
    section.wait(lambda: links(section) == [ended])
    assert service.links(desk, called(desk, "青榕雅苑").uid) == ()
    section.undo(desk)
    section.wait(lambda: links(section)[0][3] == "")


def test_only_places_of_another_kind_can_be_linked(section: Section) -> None:
    opened(section, "青榕雅苑")
    section.push("新增关联…")
    section.fill(关联地点="梧桐苑")
    section.push("关联")
    assert "没有这一项" in section.field("关联地点").problem
    section.push("关联")
    assert "还没有选关联的地点" in section.field("关联地点").problem
    section.push("取消")


def test_enter_on_a_link_goes_to_the_other_end(section: Section, desk: Desk) -> None:
    service.link(desk, called(desk, "青榕雅苑").uid, called(desk, "雅苑党支部").uid)
    section.page.load()
    opened(section, "青榕雅苑")
    section.wait(lambda: links(section))
    section.focus(LINKS)
    section.press(ENTER)
    assert section.text("名称") == "雅苑党支部"
    assert [row[0] for row in links(section)] == ["青榕雅苑"]
