"""A request is evaluated like a visit: on the resident's screen or from paper, once, unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.registers.people.rules import Role
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.subjects import Asked
from desktop_app.station.evaluation.ui.asking import ASK, Asking
from desktop_app.station.evaluation.ui.turn import turn_of
from desktop_app.station.raising.ui.pages import LinkedRequestPage, LinkedVisitPage
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from tests.driver.requests import RequestSeat
from tests.driver.resident import Resident
from tests.driver.visits import Seat
from tests.ledgers.requests.builders import act, closed, petition, register, seat
from tests.ledgers.visits.builders import register as register_visit
from tests.station.evaluation.conftest import close_screen

KEY = Qt.Key
LEVELS = list(Satisfaction)
Hire = Callable[[str, Role], Desk]
Opens = Callable[[Request], RequestSeat]


def is_evaluated(desk: Desk, request: Request) -> bool:
    return requests.history(desk, request.uid).evaluated


def done(desk: Desk) -> Request:
    """A request that waits for the call back."""
    return act(desk, register(desk), Action.ACCEPT, Action.DONE)


# --- what may be asked and taken in ---------------------------------------------------------------


def test_the_screen_learns_the_title_and_the_number_and_nothing_of_the_person(desk: Desk) -> None:
    request = closed(desk)
    assert service.asked_of([request]) == (
        Asked("requests", request.uid, request.number, "楼道灯不亮"),
    )


def test_only_what_was_done_is_asked_about(desk: Desk) -> None:
    waiting, ended = done(desk), closed(desk)
    withdrawn = act(desk, register(desk), Action.WITHDRAW)
    others = (register(desk), act(desk, register(desk), Action.ACCEPT), withdrawn, petition(desk))
    asked = service.asked_of([*others, waiting, ended])
    assert [one.uid for one in asked] == [waiting.uid, ended.uid]


def test_a_request_waits_until_it_is_evaluated_or_taken_up_again(desk: Desk) -> None:
    first, second = done(desk), done(desk)
    asked, other = service.asked_of([first, second])
    assert service.may_still_be_asked(desk, asked)
    service.take_in(desk, asked, Satisfaction.FAIR)
    assert not service.may_still_be_asked(desk, asked)
    act(desk, second, Action.REDO)
    assert not service.may_still_be_asked(desk, other)


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_of_a_request_is_told_or_written_to_the_audit(
    desk: Desk, level: Satisfaction
) -> None:
    request = done(desk)
    changed = service.take_in(desk, service.asked_of([request])[0], level)
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.detail) == ("居民评价", request.number, "")
    told = repr((changed, entry, requests.history(desk, request.uid)))
    assert f"'{level.value}'" not in told
    assert level.label not in told


# --- from paper -----------------------------------------------------------------------------------


def test_a_number_on_paper_is_that_of_a_visit_or_of_a_request(desk: Desk) -> None:
    visit, request = register_visit(desk), closed(desk)
    assert service.find(desk, visit.number).word == "来访"
    found = service.find(desk, request.number.lower().replace("-", " - ").replace("0", "０"))
    assert (found.uid, found.matter, found.word) == (request.uid, "楼道灯不亮", "诉求")
    with pytest.raises(UserError, match="没有找到这个编号的来访或诉求") as refusal:
        service.find(desk, f"{request.number}9")
    assert refusal.value.field == "number"


def test_paper_for_a_request_is_entered_by_who_had_no_part_in_it(hire: Hire) -> None:
    lead, other, clerk = (
        hire("陈站长", Role.LEAD),
        hire("林站长", Role.LEAD),
        hire("王小燕", Role.CLERK),
    )
    request = closed(lead)
    with pytest.raises(UserError, match="由您登记或经办") as refusal:
        service.enter_paper(lead, request.number, Satisfaction.DISSATISFIED)
    assert refusal.value.field == "number"
    with pytest.raises(NotAllowed):
        service.enter_paper(clerk, request.number, Satisfaction.DISSATISFIED)
    service.enter_paper(other, request.number, Satisfaction.DISSATISFIED)
    assert is_evaluated(lead, request)


def test_a_second_evaluation_of_a_request_is_refused_wherever_it_comes_from(desk: Desk) -> None:
    request = closed(desk)
    service.enter_paper(desk, request.number, Satisfaction.FAIR)
    with pytest.raises(UserError, match="已经评价过，没有再记一次"):
        service.take_in(desk, service.asked_of([request])[0], Satisfaction.SATISFIED)
    with pytest.raises(UserError, match="已经评价过，没有再记一次"):
        service.enter_paper(desk, request.number, Satisfaction.SATISFIED)


def test_paper_for_what_is_still_being_done_is_refused(desk: Desk) -> None:
    request = register(desk)
    with pytest.raises(UserError, match="还没有办理完毕，不能评价"):
        service.enter_paper(desk, request.number, Satisfaction.SATISFIED)


# --- on the page of a request ---------------------------------------------------------------------


@pytest.fixture
def opens(counter: Desk, runner: JobRunner, qtbot: QtBot) -> Iterator[Opens]:
    """Opens the page of a request as the window has it."""
    made: list[LinkedRequestPage] = []

    def opened(request: Request, desk: Desk = counter) -> RequestSeat:
        page = LinkedRequestPage(desk, runner)
        made.append(page)
        at_it = RequestSeat(page, qtbot)
        page.open_record(request.uid)
        at_it.come()
        at_it.wait(at_it.content.isVisible)
        return at_it

    yield opened
    for page in made:
        close_screen(page.asking.turn)


def asking_of(at_it: Seat) -> Asking:
    page = at_it.page
    assert isinstance(page, LinkedRequestPage | LinkedVisitPage)
    return page.asking


def ask(at_it: Seat) -> Resident:
    """The clerk presses the letter; the resident finds the question."""
    at_it.press(KEY.Key_L)
    turn = asking_of(at_it).turn
    at_it.wait(lambda: turn.screen is not None)
    return Resident(turn, at_it.wait)


def words(page: Page) -> str:
    """Everything written on the page that can be seen."""
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_the_clerk_asks_by_a_letter_and_learns_only_that_an_answer_came(
    opens: Opens, counter: Desk
) -> None:
    request = done(counter)
    at_it = opens(request)
    assert at_it.fact("评价") == "未评价"
    resident = ask(at_it)
    assert resident.sees_question() == f"楼道灯不亮 编号 {request.number}"
    assert not any(secret in resident.words() for secret in ("陈桂英", "5678", "半个月", "501"))
    resident.press(KEY.Key_5)
    assert resident.sees_thanks() == "谢谢您的评价"
    at_it.wait(lambda: at_it.fact("评价") == "已评价")
    assert is_evaluated(counter, request)
    assert not asking_of(at_it).button.isVisible()
    assert not any(one.label in words(at_it.page) for one in LEVELS)


def test_the_button_stands_before_the_steps_and_does_what_the_letter_does(
    opens: Opens, counter: Desk
) -> None:
    at_it = opens(done(counter))
    asking = asking_of(at_it)
    assert asking.button.isVisible()
    assert asking.button.accessibleName() == ASK
    assert asking.button.x() < min(one.x() for one in at_it.header.steps if one.isVisible())
    asking.button.click()
    at_it.wait(lambda: asking.turn.screen is not None)
    assert "楼道灯不亮" in Resident(asking.turn, at_it.wait).sees_question()


def test_nobody_is_asked_about_what_is_still_being_done(opens: Opens, counter: Desk) -> None:
    at_it = opens(register(counter))
    at_it.press(KEY.Key_L)
    assert not asking_of(at_it).button.isVisible()
    assert asking_of(at_it).turn.screen is None


def test_who_only_reads_asks_nobody(opens: Callable[..., RequestSeat], counter: Desk) -> None:
    request = done(counter)
    at_it = opens(request, seat(counter, "陈书记", without=frozenset({Right.REGISTER})))
    at_it.press(KEY.Key_L, KEY.Key_F11)
    assert not asking_of(at_it).button.isVisible()
    assert asking_of(at_it).turn.screen is None


def test_a_request_taken_up_again_takes_its_question_away(opens: Opens, counter: Desk) -> None:
    request = done(counter)
    at_it = opens(request)
    resident = ask(at_it)
    resident.sees_question()
    act(counter, request, Action.REDO)
    at_it.page.take(frozenset({"requests"}))
    at_it.wait(resident.is_welcomed)
    at_it.wait(lambda: not asking_of(at_it).button.isVisible())


def test_what_a_colleague_took_in_meanwhile_is_not_thanked_for_again(
    opens: Opens, counter: Desk
) -> None:
    request = done(counter)
    at_it = opens(request)
    resident = ask(at_it)
    resident.sees_question()
    service.take_in(counter, service.asked_of([request])[0], Satisfaction.FAIR)
    resident.press(KEY.Key_5)
    assert resident.sees_thanks() == "没有记下评价"


def test_the_page_of_a_visit_has_the_same_key(
    counter: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    visit = register_visit(counter)
    page = LinkedVisitPage(counter, runner)
    at_it = Seat(page, qtbot)
    page.open_record(visit.uid)
    at_it.come()
    at_it.wait(page.content.isVisible)
    resident = ask(at_it)
    assert visit.number in resident.sees_question()
    resident.press(KEY.Key_1)
    at_it.wait(lambda: "已评价" in words(page))
    close_screen(page.asking.turn)


def test_all_pages_of_a_window_turn_one_screen(
    counter: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = (
        LinkedRequestPage(counter, runner, window),
        LinkedVisitPage(counter, runner, window),
    )
    assert first.asking.turn is second.asking.turn
    assert turn_of(counter, Page(runner, window)) is first.asking.turn
