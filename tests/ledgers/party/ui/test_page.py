"""The page of one 报到: what it says, what is uncovered, and each step by its letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.core.periods import parse_period
from desktop_app.core.route import Open, OpenPaper
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.rules.member import MemberState, PartyMember, PledgeState
from desktop_app.ledgers.party.ui.looks import DEEDS
from desktop_app.storage.session import Desk
from tests.driver.party import PartyPageSeat
from tests.driver.residents import CONTROL, seen, unnamed
from tests.driver.typing import press
from tests.ledgers.party.test_party import promised, reported

K = Qt.Key
Opens = Callable[[PartyMember], PartyPageSeat]


def ask(seat: PartyPageSeat, letter: Qt.Key) -> None:
    """A letter, once its deed is offered: the page is read again after each step."""
    deed = next(name for name, one in DEEDS.items() if one.key == chr(letter))
    seat.wait(lambda: deed in seat.page.head.offered)
    seat.press(letter)
    seat.saving_sheet()


def step(seat: PartyPageSeat, letter: Qt.Key, **words: str) -> None:
    """A letter, its sheet filled and saved."""
    said = len(seat.news)
    ask(seat, letter)
    seat.write_into(**words)
    seat.save_sheet()
    seat.wait(lambda: len(seat.news) > said)
    seat.keyboard_back()


def left_of(seat: PartyPageSeat, word: str) -> int:
    """Where a step of the promises begins; 0 while it is not seen."""
    shown = seen(seat.page.pledges, QLabel)  # type: ignore[attr-defined]
    return next((one.x() for one in shown if one.text() == word), 0)


def test_it_says_what_comes_next_and_uncovers_the_liaison(desk: Desk, party_page: Opens) -> None:
    member = reported(desk, unit_liaison="周敏", unit_phone="0597-2212345", remark="夜班多")
    seat = party_page(member)
    assert unnamed(seat.page) == []
    assert seat.page.head.offered[:2] == ("show", "pledge")
    assert "do" not in seat.page.head.offered
    assert seat.told("亮身份") == "还没有亮身份"
    assert seat.told("2026年第三季度") == "上季度的反馈表还没有做"
    assert (seat.told("单位联络员"), seat.told("备注")) == ("周*", "已遮挡")
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("单位联络员") == "周敏")
    assert (seat.told("单位电话"), seat.told("备注")) == ("0597-2212345", "夜班多")
    assert seat.told("联系电话") == "13800005678"
    seat.press(K.Key_O)
    assert seat.routes == [Open("residents", member.resident)]


def test_a_promise_goes_from_words_to_deeds_to_judgement(desk: Desk, party_page: Opens) -> None:
    member = reported(desk)
    seat = party_page(member)
    step(seat, K.Key_C, words="每月巡逻一次", day="20261101")
    step(seat, K.Key_J, words="荷塘片区巡逻", day="20261110")
    ask(seat, K.Key_P)
    press(seat.saving_sheet(), K.Key_2)
    seat.save_sheet()
    seat.wait(lambda: len(seat.news) == 3)
    seat.keyboard_back()
    step(seat, K.Key_W)
    (pledge,) = service.get(desk, member.uid).pledges
    assert (pledge.rating, pledge.state) == (Satisfaction.SATISFIED, PledgeState.KEPT)
    assert [one.words for one in pledge.done] == ["荷塘片区巡逻"]
    seat.wait(lambda: seat.page.pledges.steps[0].endswith("已践诺 每月巡逻一次"))  # type: ignore[attr-defined]
    _promise, done, rating = seat.page.pledges.steps  # type: ignore[attr-defined]
    assert done.endswith("做了 荷塘片区巡逻")
    assert rating.endswith("评价 满意")
    seat.wait(lambda: left_of(seat, "做了") == left_of(seat, "评价") > left_of(seat, "已践诺") > 0)
    assert "keep" not in seat.page.head.offered
    seat.undo(desk)
    (pledge,) = service.get(desk, member.uid).pledges
    assert pledge.state is PledgeState.OPEN


def test_of_several_promises_the_one_that_is_chosen_ends(desk: Desk, party_page: Opens) -> None:
    member = promised(desk, promised(desk, reported(desk)), "教老人用手机")
    seat = party_page(member)
    ask(seat, K.Key_X)
    assert seat.editor("pledge").value() == member.pledges[1].uid
    seat.editor("pledge").set_value(member.pledges[0].uid)
    seat.write_into(words="岗位已撤销")
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    states = [one.state for one in service.get(desk, member.uid).pledges]
    assert states == [PledgeState.ENDED, PledgeState.OPEN]


def test_the_sheet_of_the_last_quarter_is_made_sent_and_signed_for(
    desk: Desk, party_page: Opens
) -> None:
    member = promised(desk, reported(desk))
    (pledge,) = member.pledges
    for day in (date(2026, 7, 2), date(2026, 9, 30), date(2026, 10, 1)):
        member = service.done_for(desk, member.uid, member.revision, pledge.uid, "巡逻", day).value
    seat = party_page(member)
    ask(seat, K.Key_F)
    assert seat.editor("quarter").value() == "2026-Q3"
    assert seat.editor("times").value() == "2"
    sheet = seat.save_sheet()
    assert "还没有填服务时长" in sheet.fields["minutes"].problem
    seat.write_into(minutes="330")
    assert seat.says("5小时30分")
    seat.save_sheet()
    seat.wait(lambda: "还没有送出" in seat.told("2026年第三季度"))
    seat.keyboard_back()
    step(seat, K.Key_S, sent_on="20261123", received_words="办公室已签收")
    seat.wait(lambda: "回执：办公室已签收" in seat.told("2026年第三季度"))
    (feedback,) = service.get(desk, member.uid).feedbacks
    assert (feedback.minutes, feedback.times) == (330, 2)
    ask(seat, K.Key_F)
    assert seat.editor("quarter").value() == "2026-Q4"
    seat.close_all()


def test_a_change_and_a_departure_are_saved(desk: Desk, party_page: Opens) -> None:
    member = reported(desk)
    seat = party_page(member)
    step(seat, K.Key_E, unit="栖溪中学")
    seat.wait(lambda: seat.told("工作单位") == "栖溪中学")
    step(seat, K.Key_Q, words="工作调动")
    seat.wait(lambda: seat.told("转出原因") == "工作调动")
    assert service.get(desk, member.uid).state is MemberState.LEFT
    assert seat.page.head.offered[-1] == "return"
    seat.press(K.Key_U)
    seat.wait(lambda: "leave" in seat.page.head.offered)


def test_a_promise_that_was_not_kept_in_time_says_so(desk: Desk, party_page: Opens) -> None:
    member = reported(desk)
    day, due = date(2026, 4, 1), date(2026, 6, 30)
    service.pledge(desk, member.uid, member.revision, "每月巡逻一次", due, day)
    assert party_page(member).says("期限 2026年6月30日，已过")


def test_the_feedback_of_the_last_quarter_goes_to_paper(desk: Desk, party_page: Opens) -> None:
    member = reported(desk)
    seat = party_page(member)
    seat.press(K.Key_P, with_=CONTROL)
    last = parse_period("2026-Q3")
    assert seat.routes == [OpenPaper("party-feedback", about=member.uid, period=last)]
