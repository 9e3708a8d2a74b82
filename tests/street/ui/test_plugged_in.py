"""A stick is plugged in while 收件 is in front: one key takes in what lies on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.storage import drives
from desktop_app.street.inbox.service import is_parcel
from tests.driver.inbox import InboxDesk
from tests.driver.reporting import Slots
from tests.street.neighbourhood import Branch

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def slots(monkeypatch: pytest.MonkeyPatch) -> Slots:
    """The slots of this PC, whatever is plugged into the one the tests run on."""
    made = Slots()
    monkeypatch.setattr(drives, "drives", made.drives)
    return made


def take(inbox: InboxDesk) -> None:
    """Agree to what is offered, and wait until it is through."""
    inbox.office.press(Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    inbox.wait_through()


def test_what_lies_on_a_stick_is_offered_and_taken_in_with_one_key(
    slots: Slots, inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英")
    branch.report(stick)
    slots.plug(stick)
    inbox.look_at_sticks()
    assert inbox.page.offer.sentence == "U 盘“JINLIN”里有 1 个没有收过的上报包。"
    take(inbox)
    assert inbox.lines == [("青榕雅苑党群服务站", "已收下")]
    assert "可以拔出" in inbox.told
    assert len(list(stick.glob("回执-*.jlb"))) == 1


def test_what_was_taken_in_is_not_offered_again(
    slots: Slots, inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英")
    branch.report(stick)
    slots.plug(stick)
    inbox.look_at_sticks()
    take(inbox)
    inbox.look_at_sticks()
    assert not inbox.page.offer.isVisible()
    branch.register("李国强")
    branch.report(stick)
    inbox.look_at_sticks()
    assert inbox.page.offer.isVisible()


def test_a_stick_that_is_pulled_out_takes_its_offer_along(
    slots: Slots, inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英")
    branch.report(stick)
    slots.plug(stick)
    inbox.look_at_sticks()
    slots.pull()
    inbox.look_at_sticks()
    take(inbox)
    assert not inbox.page.offer.isVisible()
    assert inbox.lines == []


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("上报包-QR01-000121-000340.jlb", True),
        ("上报包-QR01-000121-000340.JLB", True),
        ("回执-QR01-000340.jlb", False),
        ("对账-QR01-000340.jlb", False),
        ("合影.jpg", False),
    ],
)
def test_only_a_station_s_files_are_offered(name: str, *, is_one: bool) -> None:
    assert is_parcel(name) is is_one


def test_of_many_files_the_first_that_needs_something_stands_at_the_right(
    inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英")
    bundle = branch.report(stick)
    stranger = stick / "花名册.jlb"
    stranger.write_bytes(b"PK\x03\x04 not a parcel at all")
    inbox.drop(bundle, stranger)
    assert inbox.fact("文件") == "花名册.jlb"
    assert "本机数据没有任何改动" in inbox.details
