"""The list of agreements and the form of a draft: states, filters, keyboard, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import AgreementState, PromiseKind
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter
from desktop_app.ledgers.agreements.ui.pane import AgreementsPane
from desktop_app.registers.partners.ui.looks import WithPartner
from desktop_app.storage.session import Desk
from desktop_app.widgets.draft_keeper import KEPT_AFTER_MS
from tests.driver.co_building import ListSeat
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.ledgers.agreements.builders import TODAY, draft, signed, unit

K = Qt.Key
SitDown = Callable[[], ListSeat]


def four(desk: Desk) -> None:
    """One that holds, one that runs out soon, one that ran out, one that is a draft."""
    signed(desk, unit(desk, name="甲单位").uid)
    signed(
        desk,
        unit(desk, name="乙单位").uid,
        on=date(2025, 12, 1),
        starts_on=date(2025, 12, 1),
        ends_on=date(2026, 11, 30),
    )
    signed(
        desk,
        unit(desk, name="丙单位").uid,
        on=date(2025, 9, 1),
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 8, 31),
    )
    draft(desk, unit(desk, name="丁单位").uid)


def open_form(seat: ListSeat) -> AgreementsPane:
    """F2, and the form is there to be filled."""
    seat.press(K.Key_F2)
    page = seat.page
    assert isinstance(page, AgreementsPane)
    seat.wait(lambda: page.is_writing and page.form.body.isEnabled())
    return page


def choose_partner(seat: ListSeat, page: AgreementsPane, name: str) -> None:
    """Type a part of the name and Enter, as at the counter."""
    assert seat.focused == "共建单位"
    box: Any = page.form.body.fields["partner"].editor
    # The list that opens is a window of its own, from which only a window manager gives the
    # keyboard back; the offscreen platform has none.
    box.setCompleter(None)
    seat.write(name)
    seat.press(ENTER)


def test_the_state_says_which_agreements_hold_run_out_or_have_run_out(
    desk: Desk, sit_down: SitDown
) -> None:
    four(desk)
    seat = sit_down()
    shown = dict(zip(seat.column("共建单位"), seat.column("状态"), strict=True))
    assert shown == {
        "甲单位": "履行中",
        "乙单位": "即将到期",
        "丙单位": "已到期",
        "丁单位": "草拟",
    }
    assert "2025.12.01—2026.11.30" in seat.column("起止日期")


def test_what_runs_out_can_be_listed_alone_and_the_filter_says_so(
    desk: Desk, sit_down: SitDown
) -> None:
    four(desk)
    seat = sit_down()
    seat.page.narrow_to(AgreementFilter(expiring=True))
    seat.wait(lambda: seat.column("共建单位") == ["乙单位"])
    assert seat.says("只显示：即将到期")
    seat.click("清除筛选")
    seat.wait(lambda: len(seat.column("共建单位")) == 4)


def test_the_agreements_of_one_unit_can_be_asked_for(desk: Desk, sit_down: SitDown) -> None:
    bank = unit(desk)
    signed(desk, bank.uid)
    draft(desk, unit(desk, name="丁单位").uid)
    seat = sit_down()
    seat.page.narrow_to(AgreementFilter(partner=bank.uid))
    seat.wait(lambda: seat.column("共建单位") == [bank.name])
    assert seat.says("只显示：同一单位")


def test_a_draft_is_written_by_keys_alone_and_then_shown(desk: Desk, sit_down: SitDown) -> None:
    bank = unit(desk)
    seat = sit_down()
    page = open_form(seat)
    choose_partner(seat, page, "荷塘")
    seat.wait(lambda: seat.value("乙方") == "青榕农村商业银行荷塘支行党支部")
    assert seat.focused == "甲方"
    seat.fill("甲方", "中共澄岭街道青榕社区委员会")
    seat.press(ENTER)
    assert seat.focused == "甲方负责人"
    seat.write("陈志强")
    seat.fill("起始日期", "2026-11-23")
    assert seat.value("截止日期") == "2027-11-22"
    seat.fill("联合开展活动", "4")
    seat.press(ENTER, with_=CONTROL)
    seat.wait(lambda: seat.news)
    made = service.of_partner(desk, bank.uid)[0]
    assert (made.a_head, made.ends_on) == ("陈志强", date(2027, 11, 22))
    assert made.amount(PromiseKind.ACTIVITIES) == 4
    assert seat.routes == [Open("agreements", made.uid)]
    assert not page.is_writing


def test_what_is_known_of_the_unit_never_overwrites_what_was_typed(
    desk: Desk, sit_down: SitDown
) -> None:
    unit(desk)
    unit(desk, name="青榕小学", party_organisation="青榕小学党支部", head="郑兰")
    seat = sit_down()
    page = open_form(seat)
    choose_partner(seat, page, "荷塘")
    seat.wait(lambda: seat.value("乙方负责人") == "黄国栋")
    seat.fill("乙方负责人", "何平")
    page.form.body.go("partner")
    choose_partner(seat, page, "小学")
    seat.wait(lambda: seat.value("乙方") == "青榕小学党支部")
    assert seat.value("乙方负责人") == "何平"


def test_esc_and_a_power_cut_lose_nothing_of_a_half_filled_draft(
    desk: Desk, sit_down: SitDown
) -> None:
    unit(desk)
    seat = sit_down()
    page = open_form(seat)
    seat.fill("共建目标", "邻里守望")
    seat.press(K.Key_Escape)
    seat.wait(lambda: not page.is_writing)
    again = sit_down()
    there = open_form(again)
    assert again.value("共建目标") == "邻里守望"
    assert "已接着上次" in there.form.note.text()
    again.click("重新填写")
    assert again.value("共建目标") == ""


def test_it_is_kept_while_one_types(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    page = open_form(seat)
    seat.fill("共建目标", "邻里守望")
    seat.wait(lambda: not page.form.keeper.isActive())
    assert page.form.keeper.interval() == KEPT_AFTER_MS
    third = sit_down()
    open_form(third)
    third.wait(lambda: third.value("共建目标") == "邻里守望")


@pytest.mark.parametrize(
    ("label", "typed", "says"),
    [
        ("截止日期", "2026-02-30", "不是一个日期"),
        ("一式几份", "5", "份数对不上"),
        ("信用代码", "", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_form_stays(
    desk: Desk, sit_down: SitDown, label: str, typed: str, says: str
) -> None:
    unit(desk)
    seat = sit_down()
    page = open_form(seat)
    if not typed:
        seat.press(ENTER, with_=CONTROL)
        seat.wait(lambda: "还没有选共建单位" in seat.problem("共建单位"))
        return
    choose_partner(seat, page, "荷塘")
    seat.fill("起始日期", "2026-11-23")
    seat.fill(label, typed)
    seat.press(ENTER, with_=CONTROL)
    seat.wait(lambda: says in seat.problem(label))
    assert page.is_writing
    assert not seat.news


def test_a_draft_is_changed_where_it_was_written(desk: Desk, sit_down: SitDown) -> None:
    made = draft(desk)
    seat = sit_down()
    seat.press(K.Key_E)
    assert seat.routes == [OpenPage("agreements", wanted=made.uid)]
    seat.page.narrow_to(made.uid)
    seat.wait(lambda: seat.asks("甲方负责人") and seat.value("甲方负责人") == "陈志强")
    seat.fill("甲方负责人", "何平")
    seat.press(ENTER, with_=CONTROL)
    seat.wait(lambda: service.get(desk, made.uid).a_head == "何平")
    assert service.get(desk, made.uid).promises == made.promises


def test_a_unit_may_bring_its_draft_along(desk: Desk, sit_down: SitDown) -> None:
    bank = unit(desk)
    seat = sit_down()
    seat.page.narrow_to(WithPartner(bank.uid))
    seat.wait(lambda: seat.asks("乙方") and seat.value("乙方") == bank.party_organisation)


def test_letters_sign_print_renew_and_end_the_focused_agreement(
    desk: Desk, sit_down: SitDown
) -> None:
    made = draft(desk)
    seat = sit_down()
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [OpenPaper("agreement", about=made.uid)]
    seat.press(K.Key_Q)
    seat.save_sheet()
    seat.wait(lambda: seat.column("状态") == ["履行中"])
    seat.keyboard_back()
    seat.page.table.view.setFocus()
    seat.press(K.Key_X)
    seat.wait(lambda: sorted(seat.column("状态")) == ["履行中", "草拟"])
    seat.page.table.focus_row(made.uid.hex)
    seat.press(K.Key_T)
    seat.write_into(end_reason="双方协商一致")
    seat.save_sheet()
    seat.wait(lambda: service.get(desk, made.uid).state is AgreementState.ENDED)


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk, sit_down: SitDown) -> None:
    unit(desk)
    seat = sit_down()
    open_form(seat)
    assert unnamed(seat.page) == []
    assert desk.today == TODAY
