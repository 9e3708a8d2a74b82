"""A visit is written down with few keys and without the mouse."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.handling import Handling
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.visit import VisitKind, VisitSource, VisitState
from desktop_app.registers.residents.search import find
from desktop_app.storage.session import Desk
from tests.driver.front_desk import ENTER, FrontDesk

KEY = Qt.Key


def test_a_known_resident_with_a_usual_matter_takes_six_keys(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.save()
    (visit,) = front.wait_saved()
    assert front.keys <= 6
    assert (visit.name, visit.matter_name) == ("张淑芬", "在职党员报到登记")
    assert (visit.building, visit.unit, visit.room) == ("3", "2", "501")
    assert visit.state is VisitState.CLOSED


def test_another_handling_takes_eight_keys_besides_the_text(front: FrontDesk) -> None:
    front.write("zsf")
    front.press(ENTER)
    front.letters("1")
    front.press(ENTER)
    front.write("单位让带回执")
    front.press(ENTER)
    front.letters("3")
    front.save()
    (visit,) = front.wait_saved()
    assert front.keys <= 8
    assert visit.handling is Handling.TIMED
    assert visit.summary == "单位让带回执"
    assert visit.open


def test_a_new_resident_and_the_visit_take_ten_keys_besides_the_text(
    front: FrontDesk, counter: Desk
) -> None:
    front.write("罗长发")
    front.press(KEY.Key_F2)
    front.write("13712345678")
    front.press(ENTER, ENTER)
    front.write("5-1-203")
    front.press(ENTER)
    front.letters("2")
    front.save()
    (visit,) = front.wait_saved()
    assert front.keys <= 10
    assert (visit.name, visit.building, visit.unit, visit.room) == ("罗长发", "5", "1", "203")
    (file,) = find(counter, "lcf").people
    assert file.uid == visit.resident
    assert file.phone == "137****5678"


def test_several_people_take_ten_keys_besides_the_text(front: FrontDesk) -> None:
    front.press(KEY.Key_F10)
    front.write("12")
    front.press(ENTER)
    front.write("张三 13800001111、李四")
    front.press(ENTER)
    front.letters("1")
    front.save()
    (visit,) = front.wait_saved()
    assert front.keys <= 10
    assert visit.people == 12
    assert [one.name for one in visit.representatives] == ["张三", "李四"]
    assert visit.name == "张三"


def test_one_key_counts_somebody_who_asked_the_way(front: FrontDesk) -> None:
    front.press(KEY.Key_F9)
    (visit,) = front.wait_saved()
    assert front.keys == 1
    assert visit.kind is VisitKind.COUNTED
    assert "问路" in visit.matter_name
    front.wait(lambda: any("仅计数" in line for line in front.today))


def test_counting_somebody_leaves_a_half_filled_form_alone(front: FrontDesk) -> None:
    front.choose("zsf")
    front.press(KEY.Key_F9)
    front.wait_saved()
    assert "张淑芬" in front.who


def test_after_saving_the_box_is_ready_for_the_next_person(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.save()
    front.letters("l")
    front.wait_saved()
    assert front.focused == front.box_name
    assert front.box_text == "l"
    assert any("赖建国" in line for line in front.found)
    front.wait(lambda: len(front.today) == 1)


def test_results_tell_people_with_the_same_initials_apart(front: FrontDesk) -> None:
    front.letters("zsf")
    assert len(front.found) == 2
    fen = next(line for line in front.found if "张淑芬" in line)
    assert all(word in fen for word in ("女", "76岁", "青榕雅苑 3-2-501", "…5678"))


def test_the_arrow_goes_to_the_second_of_them(front: FrontDesk) -> None:
    front.letters("zsf")
    second = front.found[1].split()[0]
    front.press(KEY.Key_Down, KEY.Key_Down, ENTER)
    assert second in front.who
    assert not front.results_open


def test_nobody_found_says_what_to_do_next(front: FrontDesk) -> None:
    front.letters("qqqq")
    assert "F2" in front.found_words


def test_nobody_chosen_is_said_in_words_and_nothing_is_lost(front: FrontDesk) -> None:
    front.alt("S")
    front.letters("1")
    front.save()
    front.wait(lambda: "还没有选定来访人" in front.form_problem)
    assert front.matter == "在职党员报到登记"


def test_any_other_matter_is_found_by_its_initials(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("jjyl")
    front.press(ENTER)
    assert "居家养老" in front.matter
    front.save()
    (visit,) = front.wait_saved()
    assert "居家养老" in visit.matter_name


def test_a_matter_the_directory_lacks_is_written_in_words(front: FrontDesk) -> None:
    front.choose("zsf")
    front.press(ENTER)
    front.write("捡到一串钥匙")
    front.save()
    (visit,) = front.wait_saved()
    assert (visit.matter, visit.matter_name) == (None, "")
    assert visit.summary == "捡到一串钥匙"


def test_several_matters_of_one_visit_are_one_batch(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.alt("K")
    front.letters("2")
    front.save()
    first, second = front.wait_saved()
    assert first.batch == second.batch == first.uid
    assert (first.leads, second.leads) == (True, False)


def test_an_anonymous_visit_keeps_no_name(front: FrontDesk) -> None:
    front.choose("zsf")
    front.press(KEY.Key_F3)
    front.letters("1")
    front.save()
    (visit,) = front.wait_saved()
    assert visit.kind is VisitKind.ANONYMOUS
    assert (visit.name, visit.resident) == ("", None)


def test_the_seldom_fields_are_behind_one_key(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.alt("G")
    front.letters("2")
    front.alt("A")
    front.write("张小妹")
    front.alt("U")
    front.write("11-20")
    front.save()
    (visit,) = front.wait_saved()
    assert visit.source is VisitSource.CALL
    assert visit.agent is not None
    assert visit.agent.name == "张小妹"
    assert visit.late_entry
    assert visit.day.isoformat() == "2026-11-20"


def test_of_a_petition_nothing_is_written_down(front: FrontDesk, counter: Desk) -> None:
    front.choose("zsf")
    front.letters("xfqd")
    front.press(ENTER)
    assert not front.shows("事由")
    front.save()
    (visit,) = front.wait_saved()
    assert visit.petition
    assert (visit.name, visit.resident, visit.summary) == ("", None, "")
    assert visits.today(counter).rows == ()


def test_an_urgent_matter_is_noted_as_reported_with_one_key(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("dtgz")
    front.press(ENTER)
    front.press(KEY.Key_F7)
    front.write("物业值班室")
    front.save()
    (visit,) = front.wait_saved()
    assert visit.urgent is not None
    assert visit.urgent.whom == "物业值班室"


def test_a_wrong_phone_is_told_beside_the_field_and_the_form_kept(front: FrontDesk) -> None:
    front.write("罗长发")
    front.press(KEY.Key_F2)
    front.write("138")
    front.alt("S")
    front.letters("1")
    front.save()
    front.wait(lambda: front.problem("电话") != "")
    assert front.text.name == "罗长发"
    assert front.text.phone == "138"
    assert front.focused == "电话"


def test_a_dead_clock_battery_keeps_the_form_and_says_why(
    front: FrontDesk, clock: FixedClock
) -> None:
    front.choose("zsf")
    front.letters("1")
    clock.set(millis(datetime(2000, 1, 1, 1, 0, tzinfo=UTC)))
    front.save()
    front.wait(lambda: "2000年" in front.problem("补录日期"))
    assert "张淑芬" in front.who
    assert front.matter == "在职党员报到登记"


def test_thirty_megabytes_are_not_pasted_and_that_is_said(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.press(ENTER)
    front.write("问医保")
    QGuiApplication.clipboard().setText("长" * 10_000_000)
    front.press(KEY.Key_V, with_=Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert "没有粘贴" in front.problem("事由")
    assert front.text.now.summary == "问医保"


def test_a_paste_too_long_for_the_box_is_refused_in_words(front: FrontDesk) -> None:
    QGuiApplication.clipboard().setText("长" * 10_000_000)
    front.press(KEY.Key_V, with_=Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert "没有粘贴" in front.found_words
    assert front.box_text == ""


def test_what_is_undone_is_gone_from_today(front: FrontDesk, counter: Desk) -> None:
    front.press(KEY.Key_F9)
    front.wait_saved()
    undo = front.changes[0].undo
    assert undo is not None
    front.page.take(undo.call(counter).kinds)
    front.wait(lambda: front.today == [])


def test_the_undo_strip_names_nobody(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.save()
    (visit,) = front.wait_saved()
    assert visit.number in front.news[0]
    assert "张" not in front.news[0]
