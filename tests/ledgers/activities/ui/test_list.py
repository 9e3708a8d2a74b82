"""The list of activities: what it shows, what it hides and says so, what a row can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.figures import Span
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.figures import FIGURES
from desktop_app.ledgers.activities.rules.activity import ActivityState, Every
from desktop_app.storage.paging import PAGE_SIZE
from desktop_app.storage.session import Desk
from tests.driver.activities import CONTROL, ENTER, ActivitiesSeat, nameless
from tests.driver.typing import press, type_text
from tests.filling import Filled
from tests.ledgers.activities.builders import fresh, plan
from tests.ledgers.activities.ui.month_data import a_busy_month

SitDown = Callable[..., ActivitiesSeat]


def test_rows_say_when_what_who_and_how_far(sit_down: SitDown, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()

    assert seat.names[:4] == ["党群议事会", "周末广场舞排练", "主题党日：入户结对帮扶", "平安夜巡"]
    assert seat.column("时间")[3] == "11月23日 周一 22:00–次日00:30"
    assert seat.column("状态")[:4] == ["计划", "报名中", "已取消", "计划"]
    assert seat.column("实到/应到")[0] == "应到22"
    assert seat.column("实到/应到")[9:11] == ["8/8", "8/8"]
    assert seat.column("类别")[7] == "共建课堂"


def test_what_is_over_and_was_never_recorded_stands_out(sit_down: SitDown, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()

    at = seat.names.index("楼栋恳谈会：加装电梯听听大家怎么说")
    assert seat.column("状态")[at] == "已过未记录"
    assert seat.column("地点")[at].startswith("补录 · ")


def test_the_list_opens_on_what_comes_next(sit_down: SitDown, desk: Desk, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()
    seat.press(ENTER)
    seat.wait(lambda: seat.routes)
    opened = seat.routes[0]
    assert isinstance(opened, Open)
    assert opened.kind == "activities"
    assert service.get(desk, opened.uid).name == "老年人手机课堂"


def test_typing_initials_or_a_number_narrows_and_the_foot_says_what_is_hidden(
    sit_down: SitDown, desk: Desk
) -> None:
    plan(desk, name="健康入户 邻里同行")
    other = plan(desk, name="三方共商停车难")
    seat = sit_down()

    seat.press(Qt.Key.Key_F, with_=CONTROL)
    type_text(seat.page.filters.box, "jkrh")
    seat.wait(lambda: seat.names == ["健康入户 邻里同行"])
    assert "只显示：“jkrh”；其余活动没有列出。" in seat.foot

    seat.button("清除筛选").click()
    seat.wait(lambda: len(seat.names) == 2)
    seat.page.search_for(other.number)
    seat.wait(lambda: seat.names == ["三方共商停车难"])


@pytest.mark.parametrize(
    ("box", "word", "count"),
    [
        ("日期", "今天", 5),
        ("日期", "今天及以后", 8),
        ("日期", "本周", 7),
        ("日期", "上月", 4),
        ("日期", "下月", 1),
        ("类别", "义诊", 2),
        ("类别", "共建课堂", 1),
        ("状态", "待记录", 2),
        ("状态", "已归档", 4),
        ("进度", "待我审核", 2),
        ("进度", "已过未记录", 3),
        ("进度", "补录", 1),
    ],
)
def test_each_filter_leaves_what_fits(
    sit_down: SitDown, filled: Filled, box: str, word: str, count: int
) -> None:
    filled(a_busy_month)
    seat = sit_down()
    seat.narrow(box, word)
    seat.wait(lambda: len(seat.names) == count)
    assert f"只显示：{word}" in seat.foot


def test_between_two_dates(sit_down: SitDown, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()
    seat.narrow("日期", "起止日期")
    seat.fill("从", "2026-11-24")
    seat.fill("到", "11-23")
    seat.wait(lambda: seat.field("到").problem == "止日早于起日，请改其中一个。")
    seat.fill("到", "11-30")
    seat.wait(lambda: seat.names == ["周末广场舞排练", "主题党日：入户结对帮扶"])
    assert "2026年11月24日起 · 2026年11月30日止" in seat.foot


def test_an_empty_list_says_the_next_step_and_a_filter_that_hides_all_offers_to_clear(
    sit_down: SitDown, desk: Desk
) -> None:
    seat = sit_down()
    assert seat.sentence == "还没有登记活动。"
    seat.button("新增活动", seat.page.list.table).click()
    assert seat.has_form
    seat.press(Qt.Key.Key_Escape)

    plan(desk)
    seat.page.search_for("没有这场")
    seat.wait(lambda: seat.sentence == "没有符合条件的活动。")
    seat.button("清除筛选", seat.page.list.table.view).click()
    seat.wait(lambda: len(seat.names) == 1)


def test_a_list_that_cannot_be_read_says_why(sit_down: SitDown, desk: Desk) -> None:
    nobody = replace(desk, actor=replace(desk.actor, rights=frozenset()))
    seat = sit_down(nobody)
    assert "没有“查看台账”权限" in seat.sentence


def test_more_than_a_page_is_turned_by_keys(sit_down: SitDown, desk: Desk) -> None:
    first = plan(desk, day=date(2026, 1, 5), name="年初")
    service.repeat(desk, first.uid, PAGE_SIZE, every=Every.WEEKS, step=1)
    seat = sit_down()
    assert f"共 {PAGE_SIZE + 1} 场" in seat.foot
    seat.press(Qt.Key.Key_PageDown, with_=CONTROL)
    seat.wait(lambda: len(seat.names) == 1)
    seat.press(Qt.Key.Key_Home, with_=CONTROL)
    seat.wait(lambda: len(seat.names) == PAGE_SIZE)


def test_a_row_offers_only_what_may_be_done(sit_down: SitDown, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()
    assert seat.on_row == ["修改", "复制", "取消活动"]
    seat.focus("主题党日：入户结对帮扶")
    assert seat.on_row == ["复制"]
    seat.focus("主题党日：重温入党誓词")
    assert seat.on_row == ["复制", "重复"]


def test_who_may_only_look_is_offered_nothing(sit_down: SitDown, desk: Desk) -> None:
    plan(desk)
    reader = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    seat = sit_down(reader)
    seat.focus("健康入户 邻里同行")
    seat.press(Qt.Key.Key_F2)
    assert seat.on_row == []
    assert not seat.has_form
    assert not seat.page.title.action.isVisible()
    assert not seat.page.copy_month.isVisible()


def test_a_row_is_copied_to_a_day_and_the_copy_taken_back(sit_down: SitDown, desk: Desk) -> None:
    plan(desk, day=date(2026, 11, 28))
    seat = sit_down()
    seat.focus("健康入户 邻里同行")

    seat.press(Qt.Key.Key_C)
    sheet = seat.sheet()
    assert seat.field("复制到哪一天", sheet).editor.value() == "2026-12-26"  # type: ignore[attr-defined]
    seat.fill("复制到哪一天", "12-5", sheet)
    press(sheet, ENTER)

    seat.wait(lambda: len(seat.names) == 2)
    assert seat.news == ["已复制到12月5日 周六：健康入户 邻里同行"]
    seat.undo(desk)
    seat.wait(lambda: len(seat.names) == 1)


def test_a_copy_needs_a_day(sit_down: SitDown, desk: Desk) -> None:
    plan(desk)
    seat = sit_down()
    seat.focus("健康入户 邻里同行")
    seat.press(Qt.Key.Key_C)
    sheet = seat.sheet()
    seat.fill("复制到哪一天", "明年", sheet)
    press(sheet, ENTER)
    assert "不是一个日期" in seat.field("复制到哪一天", sheet).problem
    press(sheet, Qt.Key.Key_Escape)
    assert seat.names == ["健康入户 邻里同行"]


def test_cancelling_asks_for_the_reason(sit_down: SitDown, desk: Desk) -> None:
    made = plan(desk)
    seat = sit_down()
    seat.focus("健康入户 邻里同行")

    seat.press(Qt.Key.Key_X)
    sheet = seat.sheet()
    seat.fill("取消的原因", "台风", sheet)
    seat.button("取消这场活动", sheet).click()

    seat.wait(lambda: seat.column("状态") == ["已取消"])
    assert fresh(desk, made).steps[-1].words == "台风"
    seat.undo(desk)
    assert fresh(desk, made).state is ActivityState.PLANNED


def test_a_row_is_repeated_and_a_series_goes_on(sit_down: SitDown, desk: Desk) -> None:
    plan(desk, day=date(2026, 11, 28))
    seat = sit_down()
    seat.focus("健康入户 邻里同行")

    seat.press(Qt.Key.Key_R)
    sheet = seat.sheet()
    press(seat.field("怎么重复", sheet).editor, Qt.Key.Key_2)
    seat.fill("再生成几场", "2", sheet)
    seat.button("生成", sheet).click()
    seat.wait(lambda: len(seat.names) == 3)
    assert seat.column("时间")[0].startswith("12月26日 周六")
    assert seat.news == ["已生成 2 场：健康入户 邻里同行，到12月26日 周六"]

    seat.page.activateWindow()
    seat.wait(seat.page.isActiveWindow)
    seat.focus("健康入户 邻里同行")
    seat.press(Qt.Key.Key_R)
    again = seat.sheet()
    assert not any(
        one.label == "怎么重复" for one in again.findChildren(type(seat.field("再生成几场", again)))
    )
    seat.fill("再生成几场", "1", again)
    seat.button("生成", again).click()
    seat.wait(lambda: len(seat.names) == 4)
    assert seat.column("时间")[0].startswith("2027年1月9日")


def test_a_narrow_window_gives_up_columns_and_keeps_the_name(sit_down: SitDown, desk: Desk) -> None:
    plan(desk)
    seat = sit_down(width=950)
    table = seat.page.list.table
    shown = [
        column.title
        for at, column in enumerate(table.model.columns)
        if not table.view.isColumnHidden(at)
    ]
    assert shown == ["时间", "活动名称", "实到/应到", "状态", "地点"]


def test_down_in_the_box_goes_to_the_list(sit_down: SitDown, desk: Desk) -> None:
    plan(desk)
    seat = sit_down()
    seat.press(Qt.Key.Key_F, with_=CONTROL)
    press(seat.page.filters.box, Qt.Key.Key_Down)
    assert seat.focused == "活动"


def test_every_control_of_list_and_calendar_can_be_named(sit_down: SitDown, filled: Filled) -> None:
    filled(a_busy_month)
    seat = sit_down()
    seat.narrow("日期", "起止日期")
    assert nameless(seat.page) == []
    seat.turn_to(Qt.Key.Key_2, "2026年11月")
    assert nameless(seat.page) == []


def test_every_figure_opens_the_list_with_exactly_its_rows(
    sit_down: SitDown, desk: Desk, filled: Filled
) -> None:
    filled(a_busy_month)
    seat = sit_down()
    span = Span(date(2026, 11, 1), date(2026, 11, 30), desk.today)
    asked = [figure.rows(span) for figure in FIGURES if figure.rows is not None]
    assert len(asked) > 5
    for wanted in asked:
        seat.page.narrow_to(wanted)
        assert seat.page.filters.wanted() == wanted
        listed = [line.name for line in service.page(desk, wanted, size=200).rows]
        seat.wait(partial(_shows, seat, listed))


def _shows(seat: ActivitiesSeat, names: list[str]) -> bool:
    return seat.names == names


def test_the_plan_of_one_activity_can_be_asked_for(sit_down: SitDown, desk: Desk) -> None:
    activity = plan(desk, name="健康入户 邻里同行")
    seat = sit_down()
    seat.page.narrow_to(activity.uid)
    seat.wait(lambda: seat.has_form and seat.value("活动名称") == "健康入户 邻里同行")
