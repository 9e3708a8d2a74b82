"""The register of certificates: from the application to the code that is checked on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from desktop_app.core.identity import IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateState
from desktop_app.ledgers.service.ui.certificate_page import CertificatePage
from desktop_app.ledgers.service.ui.sheets import CheckSheet
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.storage.session import Desk
from desktop_app.widgets.record_page import RecordPage
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.service import CertificatesSeat, OneSeat
from tests.driver.typing import press
from tests.ledgers.service.builders import DAY, at, entitle, form
from tests.registers.volunteers import helpers

K = Qt.Key
Register = Callable[[], CertificatesSeat]
One = Callable[[type[RecordPage], Uid], OneSeat]
FIRST, LAST = date(2026, 1, 1), date(2026, 11, 22)


def served(desk: Desk) -> Volunteer:
    """Somebody with two confirmed hours and with all that a certificate words."""
    file = helpers.person(
        desk,
        "张秀兰",
        birth=date(1949, 12, 31),
        id_kind=IdKind.RESIDENT_ID_CARD,
        id_number="11010519491231002X",
    )
    made: Volunteer = volunteers.add(desk, helpers.form(file)).value
    record = service.enter(desk, form(made.uid)).value
    service.confirm(desk, record.uid, record.revision)
    waiting = form(made.uid, at(9, day=DAY), at(10, day=DAY))
    service.enter(desk, waiting)
    return made


def issued(desk: Desk, person: Volunteer) -> Certificate:
    entitle(desk)
    made = service.apply(desk, person.uid, FIRST, LAST, "积分入学").value
    made = service.verify(desk, made.uid, made.revision).value
    return service.issue(desk, made.uid, made.revision).value


def _shows(seat: CertificatesSeat, states: list[str]) -> bool:
    return seat.column("状态") == states


def _shows_so_many(seat: CertificatesSeat, rows: int) -> bool:
    return len(seat.column("状态")) == rows


def shows(seat: CertificatesSeat, states: list[str]) -> bool:
    return seat.column("状态") == states


def test_an_application_is_taken_by_keys_and_says_what_would_be_counted(
    desk: Desk, register: Register
) -> None:
    person = served(desk)
    seat = register()
    assert seat.says("还没有选定有资格出具证明的单位")
    seat.press(K.Key_F2)
    seat.write_in("volunteer", "zxl")
    press(seat.saving_sheet(), ENTER)
    assert seat.says("已确认 1 次，可写 2小时；另有 1 条待确认，不计")
    seat.write_in("purpose", "积分入学")
    seat.save_sheet()
    seat.wait(lambda: seat.column("状态") == ["已申请"])
    assert seat.column("志愿者") == ["张秀兰"]
    (line,) = service.certificates_page(desk).rows
    assert (line.volunteer, line.purpose) == (person.uid, "积分入学")
    assert seat.routes == [Open(CERTIFICATES.name, line.uid)]


def test_it_is_verified_issued_and_archived_by_letters(desk: Desk, register: Register) -> None:
    person = served(desk)
    entitle(desk)
    service.apply(desk, person.uid, FIRST, LAST)
    seat = register()
    seat.focus("张秀兰")
    for key, state in ((K.Key_H, "已核验"), (K.Key_C, "已出具"), (K.Key_D, "已归档")):
        seat.press(key)
        seat.wait(partial(_shows, seat, [state]))
        seat.wait(partial(shows, seat, [state]))
    assert seat.column("累计时长") == ["2小时"]
    seat.undo(desk)
    seat.wait(lambda: seat.column("状态") == ["已出具"])
    assert unnamed(seat.page) == []


def test_in_a_narrow_window_the_rows_end_where_the_table_does(
    desk: Desk, register: Register
) -> None:
    issued(desk, served(desk))
    seat = register()
    view = seat.page.table.view
    for wide, kept in ((791, True), (690, False)):
        seat.page.resize(wide, 396)
        at = [column.key for column in seat.page.table.model.columns].index("purpose")
        seat.wait(lambda at=at, kept=kept: view.isColumnHidden(at) != kept)  # type: ignore[misc]
        assert view.horizontalHeader().length() == view.viewport().width()


def test_where_nobody_may_certify_it_is_refused_with_the_way_on(
    desk: Desk, register: Register
) -> None:
    person = served(desk)
    made = service.apply(desk, person.uid, FIRST, LAST).value
    service.verify(desk, made.uid, made.revision)
    seat = register()
    seat.focus("张秀兰")
    seat.press(K.Key_C)
    assert "志愿服务记录汇总（非证明）" in seat.said()


def test_it_is_shown_in_public_only_with_consent(desk: Desk, register: Register) -> None:
    issued(desk, served(desk))
    seat = register()
    seat.focus("张秀兰")
    seat.press(K.Key_G)
    sheet = seat.save_sheet()
    assert "没有同意公示" in sheet.fields["public_from"].problem


def test_void_and_issued_again_the_two_name_each_other(desk: Desk, register: Register) -> None:
    first = issued(desk, served(desk))
    seat = register()
    seat.focus("张秀兰")
    seat.press(K.Key_Z)
    seat.write_in("words", "时长有误")
    seat.save_sheet()
    seat.wait(lambda: seat.column("状态") == ["已作废"])
    seat.keyboard_back()
    seat.focus("张秀兰")
    seat.press(K.Key_B)
    seat.wait(lambda: sorted(seat.column("状态")) == ["已作废", "已申请"])
    again = next(
        line
        for line in service.certificates_page(desk).rows
        if line.state is CertificateState.APPLIED
    )
    assert again.replaces == first.uid
    assert service.get_certificate(desk, first.uid).replaced_by == again.uid


def test_a_certificate_is_found_by_initials_and_by_number(desk: Desk, register: Register) -> None:
    made = issued(desk, served(desk))
    seat = register()
    for words, found in (("zxl", 1), ("王五", 0), (made.number, 1)):
        seat.page.search_for(words)
        seat.wait(partial(_shows_so_many, seat, found))
        seat.wait(partial(shows, seat, ["已出具"] * found))


# --- checking a code ------------------------------------------------------------------------------


def check(seat: CertificatesSeat, number: str, code: str) -> CheckSheet:
    """Type number and code, Enter after each."""
    seat.press(K.Key_K, with_=Qt.KeyboardModifier.ControlModifier)
    sheet = seat.sheet()
    assert isinstance(sheet, CheckSheet)
    sheet.number.set_value(number)
    sheet.code.set_value(code)
    sheet.code.setFocus()
    press(sheet, ENTER)
    return sheet


def test_what_somebody_shows_is_checked_by_number_and_code(desk: Desk, register: Register) -> None:
    made = issued(desk, served(desk))
    seat = register()
    sheet = check(seat, made.number, made.code)
    assert "与底档一致" in sheet.said.text()
    assert "张*兰" in sheet.said.text()
    assert sheet.isVisible()
    sheet.code.set_value("0" * 12)
    sheet.button("check").click()
    assert "核对码不对" in sheet.said.text()
    assert "张*兰" not in sheet.said.text()
    seat.put_away(sheet)


def test_a_void_one_is_told_as_such(desk: Desk, register: Register) -> None:
    made = issued(desk, served(desk))
    service.void_certificate(desk, made.uid, made.revision, "时长有误")
    sheet = check(register(), made.number, made.code)
    assert "已作废" in sheet.said.text()
    assert "这张纸不能再用" in sheet.said.text()


# --- its page -------------------------------------------------------------------------------------


def test_the_page_covers_name_number_and_code_until_r(desk: Desk, one: One) -> None:
    made = issued(desk, served(desk))
    seat = one(CertificatePage, made.uid)
    assert seat.told("证明上的姓名") == "张*兰"
    assert made.code not in seat.told("核对码").replace("-", "")
    assert "仅供本单位核对" in seat.told("核对码")
    seat.press(K.Key_R)
    seat.wait(lambda: made.code in seat.told("核对码").replace("-", ""))
    assert seat.told("证明上的姓名") == "张秀兰"
    assert unnamed(seat.page) == []


def test_the_page_leads_to_what_it_counts_and_takes_note_of_who_took_it(
    desk: Desk, one: One
) -> None:
    made = issued(desk, served(desk))
    seat = one(CertificatePage, made.uid)
    page: Any = seat.page
    page.list.enter()
    seat.press(ENTER)
    assert seat.routes == [Open(SERVICE.name, made.lines[0].service)]
    seat.page.setFocus()
    seat.press(K.Key_L)
    assert seat.saving_sheet().fields["collected_by"].editor.value() == "张秀兰"  # type: ignore[attr-defined]
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: "张*兰" in seat.told("领取"))


def test_an_issued_certificate_goes_to_paper(desk: Desk, one: One) -> None:
    made = issued(desk, served(desk))
    seat = one(CertificatePage, made.uid)
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [OpenPaper("volunteer-certificate", about=made.uid)]
