"""The posts with their claims: what is listed, what narrows it, what is done by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.listing import PostFilter
from desktop_app.ledgers.posts.rules.pattern import Pattern
from desktop_app.ledgers.posts.rules.post import PostState
from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.posts import PostsSeat
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.typing import press
from tests.ledgers.posts.builders import on_post, post, volunteer

K = Qt.Key
SitDown = Callable[[], PostsSeat]


def test_posts_say_how_many_places_are_taken_and_who_has_claimed_them(
    desk: Desk, sit_down: SitDown
) -> None:
    there = post(desk)
    on_post(desk, there, volunteer(desk))
    post(desk, name="门岗值守", quota=1)
    seat = sit_down()
    assert seat.posts == ["夜间巡逻", "门岗值守"]
    assert seat.column("认领") == ["1/2", "0/1"]
    assert seat.column("空缺") == ["缺1", "缺1"]
    seat.wait(lambda: seat.claims == [("陈志明", "在岗")])
    seat.press(K.Key_Down)
    seat.wait(lambda: "这个岗位还没有人认领。" in seat.sentences)
    assert unnamed(seat.page) == []


def test_posts_are_narrowed_to_those_with_a_place_free(desk: Desk, sit_down: SitDown) -> None:
    on_post(desk, post(desk, quota=1), volunteer(desk))
    post(desk, name="门岗值守", direction=Direction.DESK)
    seat = sit_down()
    seat.page.narrow_to(PostFilter(vacant=True, state=PostState.OPEN))
    seat.wait(lambda: seat.posts == ["门岗值守"])
    assert seat.says("只显示：有空缺")
    seat.page.narrow_to(PostFilter(state=PostState.OPEN))
    seat.wait(lambda: len(seat.posts) == 2)
    seat.press(K.Key_F, with_=CONTROL)
    seat.write("巡逻")
    seat.wait(lambda: seat.posts == ["夜间巡逻"])
    seat.press(ENTER)
    seat.wait(lambda: seat.focused == "岗位")
    seat.press(ENTER)
    assert isinstance(seat.routes[-1], Open)


def test_a_post_is_written_down_by_keys_and_told_what_is_missing(
    desk: Desk, sit_down: SitDown
) -> None:
    seat = sit_down()
    assert "还没有岗位。" in seat.sentences
    seat.press(K.Key_F2)
    sheet = seat.saving_sheet()
    seat.save_sheet()
    assert "还没有写岗位名称" in sheet.fields["name"].problem
    seat.write_into(name="夜间巡逻", quota="2", starts="19:00")
    seat.save_sheet()
    assert "还没有选每周哪几天" in sheet.fields["pattern"].problem
    seat.editor("pattern").set_value((0, 4))
    seat.save_sheet()
    assert "还没有写几点" in sheet.fields["ends"].problem
    seat.write_into(ends="2100")
    seat.save_sheet()
    seat.wait(lambda: seat.posts == ["夜间巡逻"])
    assert seat.news == ["已新增岗位：夜间巡逻"]
    (line,) = service.posts_page(desk).rows
    assert line.pattern == Pattern((0, 4), (19, 0), (21, 0))
    seat.wait(lambda: seat.lines == ["夜间巡逻 19:00–21:00"])


def test_a_half_filled_form_is_there_again_after_escape(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    seat.press(K.Key_F2)
    seat.write_into(name="夜间巡逻", place_words="荷塘社区")
    seat.editor("pattern").set_value((5, 6))
    press(seat.saving_sheet(), K.Key_Escape)
    seat.keyboard_back()
    again = sit_down()
    again.press(K.Key_F2)
    values = again.saving_sheet().typed()  # type: ignore[attr-defined]
    assert values["name"] == "夜间巡逻"
    assert values["place_words"] == "荷塘社区"
    assert values["pattern"] == [5, 6]
    assert again.says("已接着上次没有保存的内容")


def test_a_claim_beyond_the_quota_waits_in_line_and_comes_up_when_a_place_is_free(
    desk: Desk, sit_down: SitDown
) -> None:
    on_post(desk, post(desk, quota=1), volunteer(desk))
    volunteer(desk, "李慧敏")
    seat = sit_down()
    seat.wait(lambda: seat.claims)
    seat.press(K.Key_J)
    seat.pick("volunteer", "lhm")
    sheet = seat.save_sheet()
    assert "已经认领满" in sheet.note
    assert "登记为候补" in sheet.button("yes").text()
    seat.save_sheet()
    seat.wait(lambda: seat.claims == [("陈志明", "在岗"), ("李慧敏", "候补")])
    assert seat.news == ["已登记认领（候补）：夜间巡逻"]
    seat.into_claims()
    seat.press(K.Key_Q)
    seat.write_into(words="已搬离本社区")
    seat.save_sheet()
    seat.wait(lambda: seat.claims == [("李慧敏", "候补")])
    assert seat.says("候补第一位 李慧敏")
    seat.into_claims()
    seat.press(K.Key_A)
    seat.wait(lambda: seat.claims == [("李慧敏", "在岗")])
    assert "已同意上岗" in seat.news[-1]
    seat.undo(desk)
    seat.wait(lambda: seat.claims == [("李慧敏", "候补")])


def test_a_post_is_changed_closed_and_opened_again(desk: Desk, sit_down: SitDown) -> None:
    on_post(desk, post(desk), volunteer(desk))
    seat = sit_down()
    seat.press(K.Key_E)
    seat.write_into(name="平安巡逻")
    seat.save_sheet()
    seat.wait(lambda: seat.posts == ["平安巡逻"])
    seat.keyboard_back()
    seat.press(K.Key_Z)
    seat.write_into(words="已移交物业")
    seat.save_sheet()
    seat.wait(lambda: not seat.posts)
    seat.page.narrow_to(PostFilter(state=PostState.CLOSED))
    seat.wait(lambda: seat.column("空缺") == ["已停用"])
    seat.keyboard_back()
    seat.page.table.view.setFocus()
    seat.press(K.Key_B)
    seat.wait(lambda: seat.news[-1] == "已恢复岗位：平安巡逻，请重新登记认领")


def test_whoever_may_only_look_is_offered_nothing(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    post(desk)
    looker = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    seat = PostsSeat(PostsPane(looker, runner), qtbot)
    seat.come()
    seat.wait(lambda: seat.lines)
    assert not seat.page.new_word
    assert not seat.offers("登记认领")
    assert not seat.offers("自动排班")
