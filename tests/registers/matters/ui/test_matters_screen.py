"""The directory of matters on screen: found, written, checked, retired, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.handling import Handling
from desktop_app.registers.matters import service
from desktop_app.registers.matters.rules import Material, MaterialForm
from desktop_app.registers.matters.ui.page import MattersSection
from desktop_app.registers.people.rules import RIGHTS, Role
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.settings import CONTROL, ENTER, Section, focused, nameless

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
LIST = "事项目录"


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def empty(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Section:
    made = Section(MattersSection(desk, runner), qtbot)
    made.come()
    return made


@pytest.fixture
def section(desk: Desk, empty: Section) -> Section:
    """Three matters of two categories."""
    for category, name, handling, days in (
        ("社保医保", "城乡居民医保参保缴费帮办", Handling.ASSISTED, 0),
        ("社保医保", "社会保障卡办理引导", Handling.ADVICE, 0),
        ("物业环境", "物业漏水协调", Handling.TIMED, 5),
    ):
        service.add(desk, category=category, name=name, handling=handling, station_days=days)
    empty.page.load()
    empty.wait(lambda: len(empty.rows) == 3)
    return empty


def names(section: Section) -> list[str]:
    return [row[1] for row in section.rows]


def on_the_first(section: Section) -> None:
    section.focus(LIST)
    section.press(K.Key_Home)


def test_an_empty_directory_offers_the_one_that_comes_with_the_program(
    empty: Section, desk: Desk
) -> None:
    empty.wait(lambda: "事项目录还是空的" in empty.words)
    empty.push("载入通用目录")
    empty.wait(lambda: empty.rows)
    assert len(empty.rows) == len(service.directory(desk))
    assert {row[6] for row in empty.rows} == {"未核对"}


def test_a_row_says_what_tells_matters_apart(section: Section) -> None:
    assert section.rows[2] == [
        "0201", "物业漏水协调", "物业环境", "限时办理", "5 个工作日", "", "未核对",
    ]  # fmt: skip


def test_initials_find_a_matter_and_the_list_says_what_it_hides(section: Section) -> None:
    section.press(K.Key_F, with_=CONTROL)
    section.type("ybjf")
    section.wait(lambda: names(section) == ["城乡居民医保参保缴费帮办"])
    assert "筛选隐去 2 项" in section.words
    section.push("清除筛选")
    section.wait(lambda: len(section.rows) == 3)


def test_a_category_limits_the_list(section: Section) -> None:
    section.focus("业务类别")
    section.type("物业环境")
    section.press(K.Key_Tab)
    section.wait(lambda: names(section) == ["物业漏水协调"])


def test_one_key_notes_that_a_matter_was_checked_today(section: Section, desk: Desk) -> None:
    on_the_first(section)
    section.press(K.Key_K)
    section.wait(lambda: section.rows[0][6] == "今天")
    assert service.directory(desk)[0].checked_on == desk.today
    section.undo(desk)
    section.wait(lambda: section.rows[0][6] == "未核对")


def test_a_retired_matter_leaves_the_list_and_undo_brings_it_back(
    section: Section, desk: Desk
) -> None:
    on_the_first(section)
    section.press(K.Key_D)
    section.wait(lambda: len(section.rows) == 2)
    section.undo(desk)
    section.wait(lambda: len(section.rows) == 3)


def test_retired_matters_are_shown_on_request_and_taken_into_use_again(
    section: Section, desk: Desk
) -> None:
    service.retire(desk, service.directory(desk)[0].uid)
    section.focus("含已停用")
    section.press(K.Key_Space)
    section.wait(lambda: [row[5] for row in section.rows] == ["已停用", "", ""])
    on_the_first(section)
    section.press(K.Key_B)
    section.wait(lambda: [row[5] for row in section.rows] == ["", "", ""])


def test_a_matter_is_written_down_by_keyboard(section: Section, desk: Desk) -> None:
    section.press(K.Key_F2)
    section.type("物业环境")
    section.press(K.Key_Tab)
    section.type("电梯停运报修")
    section.field("办理方式").go()
    section.type("3")
    section.fill(本站时限="2", 办理单位="物业公司", 收费情况="不收费")
    section.focus("再加一份材料")
    section.press(K.Key_Space)
    section.type("身份证")
    section.press(K.Key_Tab)
    section.type("原件及复印件")
    section.press(K.Key_Tab, K.Key_Up)
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: "电梯停运报修" in names(section))
    saved = next(one for one in service.directory(desk) if one.name == "电梯停运报修")
    assert (saved.code, saved.station_days, saved.office) == ("0202", 2, "物业公司")
    assert saved.materials == (Material("身份证", MaterialForm.BOTH, 2),)
    section.undo(desk)
    section.wait(lambda: len(section.rows) == 3)


def test_tab_goes_through_the_whole_form_and_the_materials_in_their_order(
    section: Section,
) -> None:
    section.press(K.Key_F2)
    section.focus("再加一份材料")
    section.press(K.Key_Space)
    section.field("业务类别").go()
    seen = []
    for _ in range(18):
        seen.append(focused())
        section.press(K.Key_Tab)
    assert seen[:3] == ["业务类别", "事项名称", "即时办结"]
    at = seen.index("办理条件")
    assert seen[at + 1 : at + 3] == ["材料 1 名称", "材料 1 形式"]


def test_changing_a_matter_keeps_what_was_not_touched(section: Section, desk: Desk) -> None:
    before = service.directory(desk)[2]
    section.focus(LIST)
    section.press(K.Key_Home, K.Key_Down, K.Key_Down, ENTER)
    section.field("依据").go()
    section.type("物业管理条例")
    section.press(ENTER, with_=CONTROL)
    section.wait(lambda: section.news == ["已保存“物业漏水协调”"])
    after = service.get(desk, before.uid)
    assert (after.basis, after.revision) == ("物业管理条例", 2)
    assert after == replace(
        before, basis=after.basis, revision=after.revision, changed_at=after.changed_at
    )


def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(section: Section) -> None:
    section.press(K.Key_F2)
    section.field("办理方式").go()
    section.type("3")
    section.push("保存")
    for label, words in (
        ("业务类别", "还没有填写"),
        ("事项名称", "还没有填写"),
        ("本站时限", "还没有写本站时限"),
    ):
        assert words in section.field(label).problem
    section.fill(本站时限="400")
    section.push("保存")
    assert "0 到 365" in section.field("本站时限").problem


def test_esc_asks_before_something_typed_would_be_lost(section: Section) -> None:
    section.press(K.Key_F2)
    section.type("新类别")
    section.press(K.Key_Escape)
    assert "还没保存" in section.words.replace("没保存的改动", "还没保存")
    section.push("继续填写")
    assert section.text("业务类别") == "新类别"
    section.press(K.Key_Escape)
    section.push("不保存，返回")
    section.wait(lambda: "新增事项" in section.words)
    assert section.news == []


def test_esc_leaves_an_untouched_form_at_once(section: Section) -> None:
    on_the_first(section)
    section.press(ENTER)
    section.press(K.Key_Escape)
    assert focused() == LIST


def test_the_window_stays_open_while_a_form_is_not_saved(section: Section) -> None:
    section.press(K.Key_F2)
    section.type("新类别")
    assert not section.page.may_leave()
    section.push("不保存，返回")
    assert section.page.may_leave()


def test_a_clerk_reads_the_directory_and_changes_nothing(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    service.add(desk, category="物业环境", name="物业漏水协调", handling=Handling.ADVICE)
    actor = replace(desk.actor, rights=RIGHTS[Role.CLERK])
    made = Section(MattersSection(Desk(desk.database, actor), runner), qtbot)
    made.come()
    made.wait(lambda: made.rows)
    assert "新增事项" not in made.words
    on_the_first(made)
    made.press(K.Key_D)
    made.press(ENTER)
    assert not made.field("事项名称").editor.isEnabled()
    assert service.directory(desk)[0].active


def test_everything_that_takes_the_keyboard_has_the_name_that_can_be_read(
    section: Section,
) -> None:
    assert nameless(section.page) == []
    on_the_first(section)
    section.press(ENTER)
    assert nameless(section.page) == []
