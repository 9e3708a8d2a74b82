"""The resident answers on her own screen; the clerk learns that, and nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.visit import Visit, VisitSource
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.ui.faces import LEAST_TARGET, LEAST_TEXT
from desktop_app.station.evaluation.ui.screen import other_screen
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.driver.front_desk import ENTER, FrontDesk
from tests.driver.resident import Resident
from tests.ledgers.visits.builders import form, timed
from tests.station.evaluation.conftest import close_screen

KEY = Qt.Key


@pytest.fixture
def resident(front: FrontDesk) -> Resident:
    """The screen is open, as on every morning."""
    front.press(KEY.Key_F11)
    return Resident(front.page.turn, front.wait)


def close_one(front: FrontDesk, count: int = 1) -> Visit:
    """张淑芬 comes, her matter is done at once."""
    front.choose("zsf")
    front.letters("1")
    front.press(ENTER)
    front.write("问医保")
    front.save()
    (visit,) = front.wait_saved(count)
    assert not visit.open
    return visit


def test_all_day_the_screen_shows_the_station_and_no_person(
    front: FrontDesk, resident: Resident
) -> None:
    assert resident.is_welcomed()
    assert "青榕雅苑党群服务站" in resident.words()
    assert "非涉密系统" in resident.words()
    assert "张" not in resident.words()
    assert front.focused == front.box_name


def test_what_is_closed_at_this_desk_is_asked_about_without_a_name(
    front: FrontDesk, resident: Resident
) -> None:
    visit = close_one(front)
    assert resident.sees_question() == f"{visit.matter_name} 编号 {visit.number}"
    assert not any(secret in resident.words() for secret in ("张淑芬", "5678", "问医保"))


@pytest.mark.parametrize(
    ("key", "level"), list(zip((KEY.Key_1, KEY.Key_5), ("satisfied", "dissatisfied"), strict=True))
)
def test_a_key_answers_and_the_clerk_learns_only_that(
    front: FrontDesk, resident: Resident, counter: Desk, key: Qt.Key, level: str
) -> None:
    visit = close_one(front)
    resident.sees_question()
    resident.press(key)
    assert resident.sees_thanks() == "谢谢您的评价"
    assert visits.day_counts(counter)[level] == 1
    told = [label.text() for label in front.page.findChildren(QLabel) if label.isVisible()]
    assert service.RECEIVED in told
    assert not any(one.label in " ".join([*told, *front.news]) for one in Satisfaction)
    with counter.reading(needs=Right.READ_AUDIT) as connection:
        assert audit.entries(connection)[0].subject == visit.number


def test_a_touch_answers_too(front: FrontDesk, resident: Resident, counter: Desk) -> None:
    close_one(front)
    resident.sees_question()
    resident.touch("基本满意")
    assert resident.sees_thanks() == "谢谢您的评价"
    assert visits.day_counts(counter)["satisfied"] == 1


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Space, KEY.Key_6, KEY.Key_Escape])
def test_no_other_key_answers_and_nothing_is_chosen_beforehand(
    front: FrontDesk, resident: Resident, counter: Desk, key: Qt.Key
) -> None:
    close_one(front)
    resident.sees_question()
    resident.takes_keyboard()
    resident.press(key)
    assert resident.screen.face is resident.screen.question
    assert visits.day_counts(counter)["evaluated"] == 0
    # An answer on its way to the disk would have put them out of use.
    assert all(one.isEnabled() for one in answers(resident))
    assert not any(one.isDown() or one.isChecked() or one.hasFocus() for one in answers(resident))


def test_not_to_evaluate_leaves_no_trace(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    visit = close_one(front)
    resident.sees_question()
    resident.touch("不评价")
    assert resident.sees_thanks() == "谢谢您"
    assert not visits.history(counter, visit.uid).evaluated


def test_the_next_person_takes_the_turn_and_the_one_before_stays_unevaluated(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    first = close_one(front)
    resident.sees_question()
    second = close_one(front, 2)
    front.wait(lambda: second.number in resident.sees_question())
    resident.press(KEY.Key_2)
    resident.sees_thanks()
    assert visits.history(counter, second.uid).evaluated
    assert not visits.history(counter, first.uid).evaluated


def test_a_visit_that_is_still_open_ends_the_turn_and_asks_nothing(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    close_one(front)
    resident.sees_question()
    front.page.tell_changed(visits.register(counter, form(timed())), "已登记")
    assert resident.is_welcomed()


def test_two_matters_of_one_visit_are_asked_one_after_the_other(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    both = visits.register(counter, form(*form().matters, *form().matters))
    front.page.tell_changed(both, "已登记")
    assert "第 1 件，共 2 件" in resident.sees_question()
    resident.press(KEY.Key_0)
    resident.sees_thanks()
    assert "第 2 件，共 2 件" in resident.sees_question()
    resident.press(KEY.Key_3)
    resident.sees_thanks()
    evaluated = [visits.history(counter, one.uid).evaluated for one in both.value]
    assert evaluated == [False, True]


def test_who_only_telephoned_is_not_asked_through_somebody_else(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    called = visits.register(counter, form(source=VisitSource.CALL))
    front.page.tell_changed(called, "已登记")
    assert resident.is_welcomed()


def test_taking_a_registration_back_takes_the_question_away(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    close_one(front)
    resident.sees_question()
    undo = front.changes[-1].undo
    assert undo is not None
    front.page.take(undo.call(counter).kinds)
    front.wait(resident.is_welcomed)


def test_the_clerk_can_ask_about_a_row_by_key_and_the_screen_opens(
    front: FrontDesk, counter: Desk
) -> None:
    visit = close_one(front)
    front.wait(lambda: bool(front.today))
    front.press(KEY.Key_F4, KEY.Key_P)
    resident = Resident(front.page.turn, front.wait)
    front.wait(lambda: front.page.turn.screen is not None)
    assert visit.number in resident.sees_question()
    resident.press(KEY.Key_4)
    resident.sees_thanks()
    assert visits.history(counter, visit.uid).evaluated


def test_the_clerk_s_window_has_the_keyboard_again_after_the_answer(
    front: FrontDesk, resident: Resident
) -> None:
    close_one(front)
    resident.sees_question()
    resident.takes_keyboard()
    resident.press(KEY.Key_1)
    resident.sees_thanks()
    front.wait(front.page.isActiveWindow)
    assert front.page.isActiveWindow()


def test_what_cannot_be_stored_is_said_and_nothing_is_thanked_for(
    front: FrontDesk, resident: Resident, counter: Desk
) -> None:
    visit = close_one(front)
    resident.sees_question()
    service.take_in(counter, service.asked_of([visit])[0], Satisfaction.FAIR)
    resident.press(KEY.Key_5)
    assert resident.sees_thanks() == "没有记下评价"
    assert visits.day_counts(counter)["dissatisfied"] == 0


def test_the_answers_are_alike_large_and_named_by_what_they_show(
    front: FrontDesk, resident: Resident
) -> None:
    close_one(front)
    resident.sees_question()
    screen = resident.screen
    for size in (QSize(680, 384), QSize(910, 512), QSize(1920, 1080)):
        screen.resize(size)
        QApplication.processEvents()
        shown = answers(resident)
        assert [one.text() for one in shown] == [*(one.label for one in Satisfaction), "不评价"]
        widths = [one.width() for one in shown[:5]]
        assert max(widths) - min(widths) <= 1
        assert len({one.height() for one in shown}) == 1
        assert shown[0].height() >= LEAST_TARGET > 60
        assert all(one.fontInfo().pixelSize() >= LEAST_TEXT for one in shown)
        assert all(_is_inside(one, screen) for one in shown)


def test_tab_reaches_every_answer_in_the_order_shown(front: FrontDesk, resident: Resident) -> None:
    close_one(front)
    resident.sees_question()
    resident.takes_keyboard()
    reached = []
    for _ in answers(resident):
        resident.press(KEY.Key_Tab)
        inside = QApplication.focusWidget()
        reached.append(inside.text() if isinstance(inside, QPushButton) else "")
    assert reached == [one.text() for one in answers(resident)]


def test_the_next_clerk_finds_the_screen_open_and_f11_closes_it(
    sit_down: Callable[[], FrontDesk], qtbot: QtBot
) -> None:
    first = sit_down()
    first.press(KEY.Key_F11)
    assert first.page.turn.screen is not None
    again = sit_down()
    assert again.page.turn.screen is not None
    again.press(KEY.Key_F11)
    assert again.page.turn.screen is None
    close_screen(first.page.turn)


def test_the_screen_goes_to_the_monitor_that_is_not_the_clerk_s(qapp: QApplication) -> None:
    own = qapp.primaryScreen()
    assert other_screen(own, [own]) is None
    stranger = type("Other", (), {})()
    assert other_screen(own, [own, stranger]) is stranger


def answers(resident: Resident) -> list[QPushButton]:
    """The six answers, in the order shown."""
    question = resident.screen.question
    return [*question.levels, question.decline]


def _is_inside(part: QWidget, whole: QWidget) -> bool:
    place = part.mapTo(whole, part.rect().bottomRight())
    return whole.rect().contains(place) and part.mapTo(whole, part.rect().topLeft()).x() >= 0
