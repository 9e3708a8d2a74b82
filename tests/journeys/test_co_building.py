"""A unit becomes a partner and signs: at the real window, by keyboard only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.rules.agreement import Agreement, AgreementState
from desktop_app.ledgers.agreements.ui.pane import AgreementsPane
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner, UnitKind
from desktop_app.station.co_building.ui.agreements import JoinedAgreementPage
from desktop_app.station.co_building.ui.page import CoBuildingPage
from desktop_app.station.co_building.ui.partners import JoinedPartnerPage
from desktop_app.station.papers.service import Drafted
from desktop_app.station.papers.ui.page import PaperPage
from desktop_app.widgets.saving_sheet import SavingSheet
from tests.driver.program import Counter
from tests.driver.settings import CONTROL
from tests.driver.sign_in import come_in
from tests.driver.typing import press, type_text
from tests.homes import StationHome
from tests.journeys.conftest import Open as Opens

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CODE = "91350800MA2XN0QA23"


@pytest.fixture
def counter(home: StationHome, opened: Opens) -> Iterator[Counter]:
    """The program, somebody signed in."""
    with opened(home.path) as running:
        come_in(running)
        yield running


def test_from_a_new_unit_to_a_supplement_without_the_mouse(counter: Counter) -> None:
    go_to_units(counter)
    unit = enter_unit(counter)
    made = draft_agreement(counter, unit)
    look_at_paper(counter)
    sign(counter, made)
    supplement(counter, made)
    counter.press(K.Key_Escape)
    counter.wait(lambda: isinstance(front(counter), CoBuildingPage | JoinedPartnerPage))


def front(counter: Counter) -> Any:
    return counter.workplace.pages.current_page


def is_read(counter: Counter) -> bool:
    """Does the page in front show its record?"""
    return front(counter).whole is not None


def sheet_of(counter: Counter) -> SavingSheet:
    """The sheet that is open, with the keyboard in it."""
    sheet = counter.sheet()
    assert isinstance(sheet, SavingSheet)
    sheet.activateWindow()
    counter.wait(sheet.isActiveWindow)
    return sheet


def after_sheet(counter: Counter) -> None:
    """A window manager gives the keyboard back; the offscreen platform has none."""
    counter.wait(lambda: not counter.has_sheet)
    counter.window.activateWindow()
    counter.wait(counter.window.isActiveWindow)
    counter.settle()


def go_to_units(counter: Counter) -> None:
    counter.press(K.Key_5, with_=CONTROL)
    counter.wait(lambda: isinstance(front(counter), CoBuildingPage))
    keys = [front(counter).tabs.tabText(at) for at in range(front(counter).tabs.count())]
    counter.press(K(K.Key_1 + keys.index("共建单位")), with_=ALT)
    counter.settle()
    assert "还没有共建单位" in counter.words()


def enter_unit(counter: Counter) -> Partner:
    counter.press(K.Key_F2)
    sheet = sheet_of(counter)
    type_text(sheet, "青榕农村商业银行荷塘支行")
    press(sheet, K.Key_Return)
    type_text(sheet, "青榕农商行")
    press(sheet, K.Key_Return, K.Key_7, K.Key_Return)
    type_text(sheet, CODE)
    press(sheet, K.Key_Return)
    type_text(sheet, "青榕农商行党支部")
    press(sheet, K.Key_Return)
    type_text(sheet, "李慧敏")
    press(sheet, K.Key_Return)
    type_text(sheet, "13800005678")
    press(sheet, K.Key_Return, with_=CONTROL)
    after_sheet(counter)
    counter.wait(lambda: isinstance(front(counter), JoinedPartnerPage) and is_read(counter))
    saved = partners.named(counter.workplace.desk, "青榕农商行")
    assert saved is not None
    assert (saved.unit_kind, saved.credit_code) == (UnitKind.BANK, CODE)
    return saved


def draft_agreement(counter: Counter, unit: Partner) -> Agreement:
    counter.press(K.Key_X)
    counter.wait(lambda: isinstance(front(counter), CoBuildingPage))
    pane = front(counter).pane
    assert isinstance(pane, AgreementsPane)
    counter.wait(lambda: pane.is_writing and pane.form.body.text()["party_b"] == "青榕农商行党支部")
    assert isinstance(pane.form.body.fields["partner"].editor, QComboBox)
    for name, text in {
        "party_a": "中共青榕社区委员会",
        "a_head": "陈志强",
        "a_liaison": "林晓芳",
        "a_phone": "",
        "party_b": "",
        "b_head": "黄国栋",
    }.items():
        assert pane.form.body.fields[name].editor.hasFocus()
        counter.type(text)
        counter.press(K.Key_Return)
    for _ in ("credit_code", "b_liaison", "b_phone"):
        counter.press(K.Key_Return)
    counter.type("2026-11-23")
    counter.press(K.Key_Return, K.Key_Return, K.Key_Space, K.Key_Return)
    counter.press(K.Key_Tab, K.Key_Tab, K.Key_Return)
    assert pane.form.body.fields["platform"].editor.hasFocus()
    counter.type("社区活动室")
    counter.press(K.Key_Return, K.Key_Tab)
    counter.type("一楼会议室")
    counter.press(K.Key_Return, K.Key_Tab)
    counter.type("4")
    counter.press(K.Key_Return, with_=CONTROL)
    counter.wait(lambda: isinstance(front(counter), JoinedAgreementPage) and is_read(counter))
    counter.settle()
    assert "还缺什么" not in counter.words()
    return agreements.of_partner(counter.workplace.desk, unit.uid)[0]


def look_at_paper(counter: Counter) -> None:
    counter.press(K.Key_P, with_=CONTROL)

    def is_there() -> bool:
        page = front(counter)
        return isinstance(page, PaperPage) and isinstance(page.shown, Drafted)

    counter.wait(is_there)
    assert front(counter).shown.kind.name == "agreement"
    counter.settle()
    counter.press(K.Key_Escape)
    counter.wait(lambda: isinstance(front(counter), JoinedAgreementPage))
    counter.settle()


def sign(counter: Counter, made: Agreement) -> None:
    counter.press(K.Key_Q)
    press(sheet_of(counter), K.Key_Return)
    after_sheet(counter)
    now = agreements.get(counter.workplace.desk, made.uid)
    assert (now.state, now.signed_on) == (AgreementState.SIGNED, date(2026, 11, 23))
    counter.wait(lambda: "履行中" in front(counter).accessibleName())


def supplement(counter: Counter, made: Agreement) -> None:
    counter.press(K.Key_B)
    sheet = sheet_of(counter)
    type_text(sheet, "经双方协商，协议期限延长一年")
    sheet.fields["ends_on"].go()
    type_text(sheet, "2028-11-22")
    press(sheet, K.Key_Return, with_=CONTROL)
    after_sheet(counter)
    now = agreements.get(counter.workplace.desk, made.uid)
    assert now.ends_on == date(2028, 11, 22)
    counter.wait(lambda: "补1" in counter.words())
