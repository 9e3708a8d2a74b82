"""Before a 共建单位 ends, what of it is still live is said once, wherever it is ended from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner
from desktop_app.station.co_building import service
from desktop_app.station.co_building.rules import Left
from desktop_app.station.co_building.ui.partners import JoinedPartnerPage, JoinedPartnersPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.co_building import ListSeat, RecordSeat
from tests.ledgers.agreements.builders import draft, signed, unit
from tests.ledgers.three_lists.builders import act, offer, propose, raise_problem

K = Qt.Key


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def bank(desk: Desk) -> Partner:
    """A unit with one agreement, two offers and a duty that are live, and others that are not."""
    made = unit(desk, short_name="青榕农商行")
    signed(desk, made.uid)
    draft(desk, made.uid)
    of_unit = {"partner": made.uid, "partner_name": made.name}
    given = offer(desk, **of_unit)
    offer(desk, **of_unit, amount=None)
    propose(desk, raise_problem(desk), given)
    used = offer(desk, **of_unit, amount=1)
    gone = propose(desk, raise_problem(desk), used, amount=1)
    act(desk, gone, DutyAction.DECLINE, words="人手不够")
    propose(desk, raise_problem(desk), used, amount=1)
    return made


SAID = "它还有履行中的协议 1 份、能用的资源 2 项、在办的责任 2 项。"


def test_what_is_live_is_counted_and_nothing_else(desk: Desk, bank: Partner) -> None:
    assert service.left_with(desk, bank.uid) == Left(1, "2", "2")
    other = unit(desk, name="青榕小学")
    assert service.left_with(desk, other.uid).words == ""


def test_the_page_says_it_and_asks_once(
    desk: Desk, bank: Partner, runner: JobRunner, qtbot: QtBot
) -> None:
    seat = RecordSeat(JoinedPartnerPage(desk, runner), qtbot)
    seat.open(bank.uid)
    seat.press(K.Key_T)
    assert SAID in seat.saving_sheet().accessibleDescription()
    seat.write_into(end_reason="网点已撤并")
    seat.save_sheet()
    seat.wait(lambda: partners.get(desk, bank.uid).ended)
    assert service.left_with(desk, bank.uid).words.startswith(SAID)


def test_the_list_says_the_same(desk: Desk, bank: Partner, runner: JobRunner, qtbot: QtBot) -> None:
    seat = ListSeat(JoinedPartnersPane(desk, runner), qtbot)
    seat.come()
    seat.settled()
    seat.page.table.view.setFocus()
    seat.press(K.Key_T)
    assert SAID in seat.saving_sheet().accessibleDescription()
