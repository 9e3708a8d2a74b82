"""One visit in full: masked until uncovered, its steps, its course, and the ways away from it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.visit import Action, EnteredFrom, Visit
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.typing import press
from tests.driver.visits import RecordSeat
from tests.ledgers.visits.ui.ledger_data import Ledger

Opens = Callable[[Visit], RecordSeat]


@pytest.fixture
def visit(ledger: Ledger) -> Visit:
    """张淑芬's quarrel with a neighbour, open."""
    return ledger.visit("邻里纠纷人民调解申请", ledger.resident(), entry_summary="夜里装修")


def test_a_visit_shows_who_came_with_what_and_how_it_stands(record: Opens, visit: Visit) -> None:
    seat = record(visit)

    assert seat.fact("姓名") == "张淑芬"
    assert seat.fact("电话") == "138****5678"
    assert seat.fact("住址") == "3栋 ***"
    assert seat.fact("事项") == "邻里纠纷人民调解申请"
    assert seat.fact("事由") == "夜里装修"
    assert seat.fact("本站时限") == "3个工作日"
    assert seat.fact("到期日") == "11月26日 周四"
    assert seat.fact("来访时间") == "11月23日 周一 09:01"
    assert seat.fact("首问责任人") == "王小燕"
    assert seat.fact("评价") == "未评价"
    assert seat.header.chip.accessibleName() == "登记"
    assert seat.header.due.text() == "还剩3个工作日"
    assert seat.steps() == ["接办", "办结", "交办"]


def test_r_uncovers_numbers_and_door_and_the_audit_knows(
    record: Opens, visit: Visit, desk: Desk
) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_R)

    seat.wait(lambda: seat.fact("电话") == "13800005678")
    assert seat.fact("住址") == "3栋 2-501"
    told = service.history(desk, visit.uid).entries
    assert {(one.action, one.detail) for one in told[:2]} == {
        ("查看完整内容", "联系电话"),
        ("查看完整内容", "门牌"),
    }


def test_what_was_uncovered_is_covered_by_r_by_time_and_by_leaving(
    record: Opens, visit: Visit
) -> None:
    seat = record(visit)
    (timer,) = [one for one in seat.page.findChildren(QTimer) if one.interval() == 10_000]
    assert timer.isSingleShot()

    for cover in (seat.content.reveal.click, timer.timeout.emit, seat.page.hide):
        seat.press(Qt.Key.Key_R)
        seat.wait(lambda: seat.fact("电话") == "13800005678")
        cover()
        assert seat.fact("电话") == "138****5678"
        assert seat.content.reveal.text() == "显示完整内容"


def test_who_may_not_uncover_finds_no_key_for_it(
    desk: Desk, runner: JobRunner, qtbot: QtBot, visit: Visit
) -> None:
    rights = frozenset(Right) - {Right.REVEAL}
    actor = replace(desk.actor, rights=rights)
    seat = RecordSeat(VisitPage(replace(desk, actor=actor), runner), qtbot)
    seat.page.open_record(visit.uid)
    seat.come()
    seat.wait(seat.content.isVisible)

    assert not seat.content.reveal.isVisible()
    assert not seat.header.correct.isVisible()
    seat.press(Qt.Key.Key_R)
    assert seat.fact("电话") == "138****5678"


def test_the_course_tells_every_step_the_latest_first(
    record: Opens, ledger: Ledger, visit: Visit
) -> None:
    taken = ledger.step(visit, Action.TAKE_UP)
    ledger.step(taken, Action.HAND_OVER, handed_to="金色家园物业", external_number="WY-318")
    seat = record(visit)

    assert seat.content.course.steps == (
        "11月23日 周一 09:03 交办 王小燕 金色家园物业，WY-318",
        "11月23日 周一 09:02 接办 王小燕",
        "11月23日 周一 09:01 登记 王小燕",
    )


def test_a_step_by_key_changes_what_the_page_offers(record: Opens, visit: Visit) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_J)
    seat.wait(lambda: seat.header.chip.accessibleName() == "接办")
    assert seat.steps() == ["办结", "交办", "待补材料"]
    assert seat.news == ["已接办：张淑芬 邻里纠纷人民调解申请"]


def test_a_key_held_down_while_the_page_opens_takes_no_step(
    record: Opens, visit: Visit, ledger: Ledger
) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert ledger.read(visit.uid).revision == visit.revision
    assert not seat.has_sheet


def test_steps_that_find_no_room_stand_under_more(record: Opens, visit: Visit) -> None:
    seat = record(visit)
    menu = seat.header.more.menu()
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert set(words) == {"待补材料", "不属本站办理", "撤回", "合并", "已报告"}

    next(one for one in menu.actions() if one.text().startswith("撤回")).trigger()

    seat.fill(words="本人不再申请")
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "撤回")


def test_a_correction_wants_a_reason_and_is_told_in_the_course(
    record: Opens, visit: Visit, ledger: Ledger
) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_E)
    seat.fill(name="张淑芳", phone="139 0000 1234")
    seat.save()
    assert seat.problem("reason").startswith("还没有写更正原因")
    seat.fill(reason="听错了")
    seat.save()

    seat.wait(lambda: seat.fact("姓名") == "张淑芳")
    assert seat.content.course.steps[0].endswith("更正 王小燕 来访人姓名、联系电话（听错了）")
    assert seat.fact("电话") == "139****1234"
    assert ledger.read(visit.uid).number == visit.number


def test_a_choice_is_corrected_too_and_a_wrong_number_is_said_beside_it(
    record: Opens, visit: Visit, ledger: Ledger
) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_E)
    seat.fill(source="来电", people="零", reason="当时是电话")
    seat.save()
    assert "整数" in seat.problem("people")
    seat.fill(people="2")
    seat.save()
    seat.wait(lambda: seat.fact("来源") == "来电")
    assert ledger.read(visit.uid).people == 2


def test_opening_the_correction_is_logged(record: Opens, visit: Visit, desk: Desk) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_E)
    seat.sheet()
    assert service.history(desk, visit.uid).entries[0].action == "打开来访更正"
    press(seat.sheet(), Qt.Key.Key_Escape)
    seat.wait(lambda: not seat.has_sheet)


def test_p_leads_to_the_residents_file_and_esc_back(record: Opens, visit: Visit) -> None:
    seat = record(visit)
    seat.press(Qt.Key.Key_P)
    seat.press(Qt.Key.Key_Escape)
    assert visit.resident is not None
    assert seat.routes == [Open("residents", visit.resident)]
    assert seat.backs == 1


def test_the_other_matters_of_the_same_visit_are_one_key_away(
    record: Opens, ledger: Ledger, desk: Desk
) -> None:
    entries = (MatterEntry(summary="缴费"), MatterEntry(summary="漏水", done=False))
    first, second = service.register(desk, VisitForm(name="林国强", matters=entries)).value
    seat = record(first)

    assert [item.title for item in seat.content.list.items] == ["漏水"]
    seat.content.list.setFocus()
    seat.content.list.enter()
    press(seat.content.list, Qt.Key.Key_Return)
    assert seat.routes == [Open("visits", second.uid)]


def test_a_merged_visit_names_the_one_that_is_kept(
    record: Opens, ledger: Ledger, visit: Visit
) -> None:
    again = ledger.visit("邻里纠纷人民调解申请", None)
    ledger.step(again, Action.MERGE, merged_into=visit.uid)
    seat = record(again)

    (item,) = seat.content.list.items
    assert item.detail == f"已并入这一条　{visit.number}"
    assert seat.steps() == []


def test_an_evaluation_is_known_but_not_shown(record: Opens, ledger: Ledger) -> None:
    done = ledger.visit("城乡居民医保参保缴费帮办", ledger.resident())
    level = Satisfaction.VERY_DISSATISFIED
    service.evaluate(ledger.desk, done.uid, level, EnteredFrom.PAPER)
    seat = record(done)
    assert seat.fact("评价") == "已评价"
    assert level.label not in "".join(seat.content.course.steps)


def test_a_visit_taken_back_meanwhile_is_said_to_be_gone(
    record: Opens, ledger: Ledger, desk: Desk
) -> None:
    made = service.register(desk, VisitForm(name="林国强", matters=(MatterEntry(summary="问路"),)))
    assert made.undo is not None
    made.undo.call(desk)
    seat = record(made.value[0])

    assert seat.pane()
    seat.page.pane.next_step.emit()
    assert seat.backs == 1


def test_nothing_of_the_last_visitor_stands_while_the_next_is_read(
    record: Opens, visit: Visit, ledger: Ledger
) -> None:
    other = ledger.visit("", None, entry_summary="问路")
    seat = record(visit)
    seat.page.open_record(other.uid)
    assert not seat.content.isVisible()
    seat.page.arrive()
    seat.wait(lambda: seat.content.isVisible() and seat.fact("姓名") == "林国强")
    assert seat.fact("电话") == ""


def test_a_visit_that_is_long_in_coming_is_said_to_be_read(
    visit: Visit, desk: Desk, runner: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, history = threading.Event(), service.history

    def late(desk: Desk, uid: Uid) -> service.History:
        go.wait(8)
        return history(desk, uid)

    monkeypatch.setattr(service, "history", late)
    seat = RecordSeat(VisitPage(desk, runner), qtbot)
    seat.page.open_record(visit.uid)
    seat.come()
    seat.wait(lambda: seat.pane() == "正在读取…")
    go.set()
    seat.wait(seat.content.isVisible)
    assert seat.pane() == ""


def test_every_control_of_a_visit_can_be_named(record: Opens, visit: Visit) -> None:
    seat = record(visit)
    assert seat.nameless() == []
    seat.press(Qt.Key.Key_E)
    assert seat.sheet().isVisible()
    assert seat.nameless() == []


def test_a_narrow_window_puts_the_steps_below_the_number(record: Opens, visit: Visit) -> None:
    seat = record(visit)
    beside = seat.header.height()
    seat.page.resize(760, 760)
    seat.wait(lambda: seat.header.height() > beside)
    assert seat.page.width() == 760
