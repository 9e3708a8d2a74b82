"""Joining a street in the real window: three steps, three files, a code read out by telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.registers.offices import service as offices
from desktop_app.storage.session import Desk
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.reporting import CONTROL, ReportingSeat, Slots
from tests.driver.settings import focused
from tests.driver.sign_in import CLERK_PASSWORD
from tests.homes import PASSWORD

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


@pytest.fixture
def invitation(street_desk: Desk, tmp_path: Path) -> Path:
    """The file street.json as the street made it."""
    path = tmp_path / "street.json"
    path.write_bytes(offices.invite(street_desk).content)
    return path


def welcome(street_desk: Desk, request: Path, expected: str) -> Path:
    """The street takes the request in, having compared the code, and answers."""
    path = request.with_name("welcome.json")
    path.write_bytes(offices.accept(street_desk, request.read_bytes(), expected=expected).content)
    return path


def test_three_steps_lead_to_a_street_and_the_page_is_ready_to_report(
    outside: ReportingSeat, street_desk: Desk, invitation: Path, stick: Path
) -> None:
    seat, join = outside, outside.join
    assert "导入街道的邀请文件" in seat.words
    assert focused() == "选择邀请文件…"
    seat.press(K.Key_Return)
    seat.choose(invitation)
    assert join.street_code.code == offices.invite(street_desk).fingerprint
    assert "澄岭街道" in join.invite.title.text()
    # Enter without having compared agrees to nothing.
    assert focused() == "核对码"
    seat.press(K.Key_Return)
    assert join.step == 1
    seat.push("核对一致")
    assert join.step == 2
    seat.push("保存申请文件")
    seat.choose(stick)
    assert join.step == 3
    (request,) = stick.glob("station-QR01.json")
    assert "读回核对一致" in join.ask.told.text()
    answer = welcome(street_desk, request, expected=join.own_code.code)
    seat.drop(answer)
    assert "已接入澄岭街道" in seat.counter.words()
    seat.counter.answer("知道了")
    seat.settle()
    assert seat.may_report
    assert seat.figures["街道已确认到"] == "还没有"


def test_a_stick_is_offered_for_the_request_and_may_be_pulled_afterwards(
    outside: ReportingSeat, slots: Slots, invitation: Path, stick: Path
) -> None:
    slots.plug(stick)
    outside.look_at_slots()
    outside.drop(invitation)
    outside.push("核对一致")
    outside.push("保存申请文件")
    assert (stick / "station-QR01.json").is_file()
    assert "可以拔出" in outside.join.ask.told.text()


def test_a_code_that_differs_throws_the_invitation_away_and_says_what_to_do(
    outside: ReportingSeat, invitation: Path
) -> None:
    outside.drop(invitation)
    outside.push("对不上")
    assert "不要继续" in outside.counter.words()
    assert "当面交来" in outside.counter.words()
    outside.counter.answer("知道了")
    assert outside.join.step == 1
    assert outside.join.street_code.code == ""
    assert offices.my_request(outside.counter.workplace.desk) is None


def test_the_program_may_be_closed_between_the_steps(
    opened: Callable[[str], Counter], street_desk: Desk, invitation: Path, stick: Path
) -> None:
    first = ReportingSeat(opened(PASSWORD))
    first.drop(invitation)
    first.push("核对一致")
    first.push("保存申请文件")
    first.choose(stick)
    code = first.join.own_code.code
    first.counter.window.close()
    first.counter.wait(lambda: not first.counter.window.isVisible())
    again = ReportingSeat(opened(PASSWORD))
    assert (again.join.step, again.join.own_code.code) == (3, code)
    assert "等街道接收" in again.words
    again.drop(welcome(street_desk, stick / "station-QR01.json", expected=code))
    again.counter.answer("知道了")
    again.settle()
    assert again.may_report


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("street.json", b"", "这个文件是空的"),
        ("street.json", b"{}", "这个文件不是邀请文件"),
        ("名册.json", b'{"kind": "jinlin-desk/welcome", "format": 1}', "这是一份接收文件"),
    ],
)
def test_another_file_is_refused_in_words_and_the_step_stays(
    outside: ReportingSeat, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    outside.drop(path)
    assert told in outside.counter.words()
    outside.counter.answer("知道了")
    assert outside.join.step == 1


def test_an_invitation_that_was_changed_on_its_way_is_refused(
    outside: ReportingSeat, invitation: Path
) -> None:
    content = invitation.read_bytes().replace("澄岭街道".encode(), "登岭街道".encode())
    invitation.write_bytes(content)
    outside.drop(invitation)
    assert "签名无效" in outside.counter.words()
    outside.counter.answer("知道了")
    assert outside.join.step == 1


def test_who_may_not_join_is_told_that_the_lead_does_it(
    opened: Callable[[str], Counter],
) -> None:
    counter = opened(PASSWORD)
    door.lock(counter)
    door.unlock(counter, CLERK_PASSWORD, number=2)
    counter.wait(lambda: door.seated(counter) == door.CLERK)
    seat = ReportingSeat(counter)
    assert "由站长在这一页接入" in seat.words
    seat.press(K.Key_Return, with_=CONTROL)
    assert not seat.hero.is_busy


def test_a_new_key_is_announced_without_joining_anew(
    outside: ReportingSeat, street_desk: Desk, invitation: Path, stick: Path
) -> None:
    seat = outside
    seat.drop(invitation)
    seat.push("核对一致")
    seat.push("保存申请文件")
    seat.choose(stick)
    code = seat.join.own_code.code
    seat.drop(welcome(street_desk, stick / "station-QR01.json", expected=code))
    seat.counter.answer("知道了")
    seat.settle()
    seat.page.key_menu.menu.actions()[0].trigger()
    seat.counter.answer("更换")
    seat.settle()
    assert "收到回执后自动启用" in seat.counter.words()
    seat.counter.answer("知道了")
    seat.page.key_menu.menu.actions()[0].trigger()
    seat.counter.answer("更换")
    seat.settle()
    assert "已有一把新密钥在等街道确认" in seat.counter.words()


def test_joining_anew_can_be_given_up_without_loss(
    seat: ReportingSeat,
) -> None:
    seat.page.key_menu.menu.actions()[1].trigger()
    assert seat.join.isVisible()
    assert seat.join.step == 1
    seat.push("返回上报")
    assert seat.may_report


def test_another_street_takes_over_only_after_a_question(
    seat: ReportingSeat, street_desk: Desk, invitation: Path
) -> None:
    desk = seat.counter.workplace.desk
    seat.page.key_menu.menu.actions()[1].trigger()
    seat.drop(invitation)
    seat.push("核对一致")
    assert "本站现在属于“澄岭街道”" in seat.counter.words()
    seat.counter.answer("不改")
    assert offices.my_request(desk) is None
    seat.push("核对一致")
    seat.counter.answer("改由新街道管理")
    seat.settle()
    assert seat.join.step == 2
    asked = offices.my_request(desk)
    assert asked is not None
    assert asked.fingerprint == seat.join.own_code.code


def test_a_receipt_before_joining_is_refused_in_words(
    outside: ReportingSeat, tmp_path: Path
) -> None:
    receipt = tmp_path / "回执-QR01-000340.jlb"
    receipt.write_bytes(b"")
    outside.drop(receipt)
    assert "要先接入街道才能导入" in outside.counter.words()
    outside.counter.answer("知道了")
    assert outside.join.step == 1
