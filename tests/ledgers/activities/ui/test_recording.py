"""记录: kept while it is written, saved by Ctrl+Enter, and never overwritten unseen."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityState, Fund, Group
from desktop_app.ledgers.activities.rules.record_text import fen_of
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.ledgers.activities.ui.recording_pane import CHANGED_BELOW, RESTORED
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.activity import RECORDING
from tests.ledgers.activities.builders import (
    fresh,
    handed_in,
    held,
    meeting,
    people,
    plan,
    recorded,
    sign_in,
)
from tests.ledgers.activities.ui.conftest import Opens


@pytest.fixture
def made(desk: Desk, clock: FixedClock) -> Activity:
    """Over, one person signed in, nothing written down."""
    made = held(desk, clock)
    return service.finish(desk, made.uid, made.revision).value


def kept(desk: Desk, made: Activity) -> dict[str, object] | None:
    return half_filled.left_over(desk, made.uid, half_filled.RECORD)


def test_what_waits_for_its_record_opens_there_and_ctrl_enter_saves(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    assert there.tab() == RECORDING
    assert there.has_keyboard(there.recording.fields.fields["summary"])

    there.type("为居民量血压。")
    there.write("outcome", "解决咨询 12 件")
    there.write("served", "40")
    there.write("media", "青榕社区公众号")
    there.write_row("funds", 0, "党建经费", "1,200.5", "宣传册")
    there.save()

    there.wait(lambda: there.news == ["已保存记录：健康入户 邻里同行"])
    now = fresh(desk, made)
    assert (now.summary, now.outcome, now.served) == ("为居民量血压。", "解决咨询 12 件", 40)
    assert now.funds == (Fund("党建经费", 120050, "宣传册"),)
    assert now.media == "青榕社区公众号"
    assert now.recorder == "王小燕"
    there.wait(lambda: there.steps()[0] == "提交审核")
    assert there.primaries() == ["提交审核"]
    assert kept(desk, made) is None


def test_one_accent_button_saving_while_something_is_typed(record: Opens, made: Activity) -> None:
    there = record(made)
    there.type("量血压")
    assert there.primaries() == ["保存记录"]


def test_every_change_is_kept_and_comes_back_after_a_power_cut(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.type("量血压，写到一半")
    there.write_row("funds", 0, "党建经费", "一千")
    there.wait(lambda: kept(desk, made) is not None and "一千" in str(kept(desk, made)))

    # Another window, as after the power came back: nothing was saved or closed.
    again = record(made)
    assert again.written("summary") == "量血压，写到一半"
    assert again.written("funds") == (("党建经费", "一千", ""),)
    assert again.recording.note.text() == RESTORED
    assert fresh(desk, made).summary == ""


def test_closing_the_window_keeps_the_last_key(record: Opens, desk: Desk, made: Activity) -> None:
    there = record(made)
    there.type("最后一个字")
    assert there.page.may_leave()
    assert "最后一个字" in str(kept(desk, made))


def test_giving_up_goes_back_to_what_is_saved_and_forgets_the_draft(
    record: Opens, desk: Desk, made: Activity
) -> None:
    recorded(desk, made, summary="原来的")
    there = record(fresh(desk, made))
    there.write("summary", "改错了")
    there.wait(lambda: kept(desk, made) is not None)
    there.recording.give_up.click()
    assert there.written("summary") == "原来的"
    assert not there.recording.is_dirty
    there.wait(lambda: kept(desk, made) is None)


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_saved(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.type("量血压")
    there.write("served", "几十")
    there.write_row("funds", 0, "党建经费", "一千元")
    there.save()

    fields = there.recording.fields.fields
    there.wait(lambda: bool(fields["served"].problem))
    assert "不是一个整数" in fields["served"].problem
    assert "看不懂" in fields["funds"].problem
    assert there.has_keyboard(fields["served"])
    assert fresh(desk, made).summary == ""
    assert there.written("summary") == "量血压"


def test_a_refusal_of_the_service_stands_beside_its_field_too(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.type("量血压")
    there.write_row("funds", 0, "", "20")
    there.save()
    there.wait(lambda: "没有写来源" in there.recording.fields.fields["funds"].problem)
    assert there.news == []


def test_a_meeting_has_its_resolutions_with_owner_and_day(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk, meeting(host="王小燕"))
    clock.set(made.ends_at)
    there = record(made)
    there.content.turn_to(RECORDING)
    there.type("三方商定停车办法")
    there.write_row("resolutions", 0, "夜间开放南门车位", "金色家园物业", "12-31")
    there.write_row("resolutions", 1, "每月公示车位收支")
    there.save()
    there.wait(lambda: bool(there.news))
    first, second = fresh(desk, made).resolutions
    assert (first.words, first.owner, first.due) == (
        "夜间开放南门车位",
        "金色家园物业",
        date(2026, 12, 31),
    )

    # The same item stays itself when it is written on.
    there.write_row("resolutions", 1, "每季度公示车位收支")
    there.save()
    there.wait(lambda: len(there.news) == 2)
    assert fresh(desk, made).resolutions[1].uid == second.uid
    assert fresh(desk, made).resolutions[0] == first
    assert there.recording.fields.fields["host"].isVisible()


def test_two_reviews_have_their_points_and_where_they_were_made_public(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk, meeting(kind="两议两评两公开"))
    clock.set(made.ends_at)
    there = record(made)
    there.content.turn_to(RECORDING)
    there.type("评议物业")
    there.write_row("reviews", 0, "物业", "86", "保洁有改进")
    there.write("disclosed_on", "11-23")
    there.write("disclosed_at", "小区公告栏")
    there.save()
    there.wait(lambda: bool(there.news))
    now = fresh(desk, made)
    assert (now.reviews[0].body, now.reviews[0].points) == ("物业", 86)
    assert (now.disclosed_on, now.disclosed_at) == (date(2026, 11, 23), "小区公告栏")


def test_an_ordinary_activity_is_not_asked_what_a_meeting_is(record: Opens, made: Activity) -> None:
    there = record(made)
    shown = {name for name, one in there.recording.fields.fields.items() if one.isVisible()}
    assert shown == {"summary", "outcome", "next_steps", "recorder", "served", "funds", "media"}


def test_somebody_elses_saving_meanwhile_is_told_and_nothing_typed_is_lost(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.type("我写的")
    recorded(desk, made, summary="别处写的")
    there.page.take(frozenset({"activities"}))
    there.wait(lambda: there.recording.note.text() == CHANGED_BELOW)
    assert there.written("summary") == "我写的"
    there.recording.give_up.click()
    assert there.written("summary") == "别处写的"


def test_signing_in_beside_it_disturbs_nothing_that_is_typed(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock)
    there = record(made)
    there.content.turn_to(RECORDING)
    there.type("写到一半")
    sign_in(desk, made, "李国强")
    there.page.take(frozenset({"attendance"}))
    there.wait(lambda: there.recording.counts.all.accessibleName() == "实到 2")
    assert there.written("summary") == "写到一半"


def test_an_undone_record_is_taken_out_of_the_form(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.type("写错活动了")
    there.save()
    there.wait(lambda: bool(there.news))
    there.undo()
    there.wait(lambda: there.written("summary") == "")
    assert fresh(desk, made).summary == ""


def test_other_numbers_want_their_reason_and_are_told(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.recording.counts.correct.click()
    sheet = there.fill(public="6")
    sheet.button("yes").click()
    there.wait(lambda: "还没有写更正人数的原因" in sheet.fields["reason"].problem)
    there.agree(reason="5 人没有签到，合影可查")
    there.wait(lambda: there.recording.counts.all.accessibleName() == "实到 6")
    assert people(desk, made)[Group.PUBLIC] == 6
    assert there.recording.counts.note.text() == "群众由 1 更正为 6：5 人没有签到，合影可查"
    there.undo()
    there.wait(lambda: there.recording.counts.all.accessibleName() == "实到 1")


def test_handing_in_what_is_still_being_typed_saves_it_first(
    record: Opens, desk: Desk, made: Activity
) -> None:
    recorded(desk, made)
    there = record(fresh(desk, made))
    there.write("summary", "再补一句")
    there.press(Qt.Key.Key_F9)
    there.wait(lambda: fresh(desk, made).summary == "再补一句")
    assert fresh(desk, made).state is ActivityState.TO_RECORD


def test_what_waits_for_review_is_for_reading(record: Opens, desk: Desk, clock: FixedClock) -> None:
    there = record(handed_in(desk, held(desk, clock), media="青榕社区公众号"))
    assert there.tab() == RECORDING
    assert there.recording.reading.words_of("媒体报道") == "青榕社区公众号"
    assert not there.recording.save_button.isVisible()
    there.save()
    assert there.news == []


def test_drafts_of_two_activities_are_kept_apart(
    record: Opens, desk: Desk, made: Activity, runner: JobRunner, qtbot: QtBot
) -> None:
    other = plan(desk, name="另一场")
    there = record(made)
    there.type("第一场的")
    there.page.open_record(other.uid)
    there.page.arrive()
    there.wait(lambda: there.header.title == "另一场")
    assert there.written("summary") == ""
    assert kept(desk, other) is None
    there.page.open_record(made.uid)
    there.page.arrive()
    there.wait(lambda: there.written("summary") == "第一场的")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1200", 120000),
        ("1,200.5", 120050),
        ("￥80", 8000),
        ("80元", 8000),
        ("８０．２５", 8025),
        ("0.001", None),
        ("一千", None),
        ("", None),
        ("NaN", None),
        ("1e99", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen
