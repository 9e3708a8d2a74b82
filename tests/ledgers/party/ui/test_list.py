"""The list of 报到: reporting by keys, the filters, what is done from a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from desktop_app.core.route import Open
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.rules.member import MemberFilter, MemberState, PartyMember
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.session import Desk
from tests.driver.party import PartySeat
from tests.driver.residents import ENTER, unnamed
from tests.ledgers.party.test_party import TODAY, employed, promised, reported
from tests.registers.residents.people import opened

K = Qt.Key
SitDown = Callable[[], PartySeat]


def the_one(desk: Desk) -> PartyMember:
    """The only 报到 there is."""
    (line,) = service.page(desk).rows
    return service.get(desk, line.uid)


def test_a_resident_found_by_initials_reports_by_keys_alone(
    desk: Desk, party_list: SitDown
) -> None:
    file = employed(desk)
    seat = party_list()
    assert "还没有在职党员报到。" in seat.sentences
    assert unnamed(seat.page) == []
    seat.press(K.Key_F2)
    seat.find_person("lhm")
    assert seat.editor("unit").value() == "栖溪供电所"
    seat.write_into(unit_liaison="周敏", specialities="电路维修", wishes="夜间巡逻")
    assert unnamed(seat.saving_sheet()) == []
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    kept = the_one(desk)
    assert (kept.resident, kept.reported_on) == (file.uid, TODAY)
    assert (kept.specialities, kept.wishes) == ("电路维修", "夜间巡逻")
    assert seat.news == [f"已登记报到 {kept.number}"]
    assert seat.routes == [Open("party", kept.uid)]
    seat.undo(desk)
    assert service.page(desk).rows == ()


def test_a_half_filled_form_comes_back_after_esc(desk: Desk, party_list: SitDown) -> None:
    employed(desk)
    seat = party_list()
    seat.press(K.Key_F2)
    seat.find_person("lhm")
    seat.write_into(wishes="夜间巡逻")
    seat.close_all()
    seat.press(K.Key_F2)
    seat.saving_sheet()
    assert seat.says("已接着上次没有保存的内容。")
    assert seat.editor("wishes").value() == "夜间巡逻"
    assert seat.says("李慧敏")
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    assert the_one(desk).wishes == "夜间巡逻"


def test_who_is_no_employed_party_member_is_told_when_chosen(
    desk: Desk, party_list: SitDown
) -> None:
    opened(desk, "王建国", "13900001234", party=PartyKind.COMPOUND)
    seat = party_list()
    seat.press(K.Key_F2)
    seat.find_person("wjg")
    assert seat.says("还不能登记报到")
    seat.write_into(unit="栖溪中学")
    sheet = seat.save_sheet()
    assert "请先在居民档案里改成“在职党员”" in sheet.fields["resident"].problem
    seat.close_all()


def test_who_reported_before_is_named_by_number(desk: Desk, party_list: SitDown) -> None:
    known = reported(desk)
    seat = party_list()
    seat.press(K.Key_F2)
    seat.find_person("lhm")
    sheet = seat.save_sheet()
    assert known.number in sheet.fields["resident"].problem
    seat.click(f"打开 {known.number}")
    assert seat.routes == [Open("party", known.uid)]


def test_the_filters_tell_who_left_and_whose_unit_heard_nothing(
    desk: Desk, party_list: SitDown
) -> None:
    heard, quiet = reported(desk), reported(desk, "王建国", "13900001234", unit="栖溪中学")
    gone = reported(desk, "陈志强", "13900004321")
    service.make_feedback(desk, heard.uid, heard.revision, "2026-Q3", minutes=60, times=1)
    service.leave(desk, gone.uid, gone.revision, "工作调动")
    seat = party_list()
    assert seat.names == ["李慧敏", "王建国"]
    assert seat.column("最近反馈表") == ["2026年第三季度", "—"]
    seat.page.narrow_to(MemberFilter(state=MemberState.REPORTED, without_feedback="2026-Q3"))
    seat.wait(lambda: seat.names == ["王建国"])
    seat.page.narrow_to(MemberFilter(state=MemberState.LEFT))
    seat.wait(lambda: seat.names == ["陈志强"])
    seat.page.filters.clear()
    seat.page.search_for("中学")
    seat.wait(lambda: seat.names == ["王建国"])
    seat.page.table.view.setFocus()
    seat.press(ENTER)
    assert seat.routes == [Open("party", quiet.uid)]


def test_identity_is_shown_and_a_promise_made_from_the_row(desk: Desk, party_list: SitDown) -> None:
    member = reported(desk)
    seat = party_list()
    seat.page.table.view.setFocus()
    seat.press(K.Key_L)
    seat.write_into(shown_how="楼道公示牌")
    seat.save_sheet()
    seat.wait(lambda: seat.column("亮身份") != ["—"])
    assert seat.news == [f"已亮身份：{member.number}"]
    seat.keyboard_back()
    seat.page.table.view.setFocus()
    seat.press(K.Key_C)
    seat.write_into(words="每月巡逻一次", day="20261101", due="20261231")
    seat.save_sheet()
    seat.wait(lambda: seat.column("承诺") == ["1"])
    (pledge,) = the_one(desk).pledges
    assert (pledge.words, pledge.due) == ("每月巡逻一次", date(2026, 12, 31))


def test_who_left_comes_back_at_once_and_that_can_be_undone(
    desk: Desk, party_list: SitDown
) -> None:
    member = promised(desk, reported(desk))
    service.leave(desk, member.uid, member.revision, "工作调动")
    seat = party_list()
    seat.page.narrow_to(MemberFilter(state=MemberState.LEFT))
    seat.wait(lambda: seat.names == ["李慧敏"])
    seat.page.table.view.setFocus()
    seat.press(K.Key_U)
    seat.wait(lambda: seat.news)
    assert the_one(desk).state is MemberState.REPORTED
    seat.undo(desk)
    assert the_one(desk).state is MemberState.LEFT
