"""The page of one agreement: articles, what is missing, steps by letters, supplements, scans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt

from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import Agreement, AgreementState
from desktop_app.ledgers.agreements.ui.record import AgreementPage
from desktop_app.ledgers.agreements.ui.scans import ScanViewer
from desktop_app.storage.session import Desk
from tests.driver.co_building import RecordSeat
from tests.driver.residents import seen, unnamed
from tests.driver.typing import press
from tests.ledgers.agreements.builders import draft, signed, supplemented

K = Qt.Key
Opens = Callable[[Agreement], RecordSeat]


def page_of(seat: RecordSeat) -> AgreementPage:
    page = seat.page
    assert isinstance(page, AgreementPage)
    return page


def test_a_signed_agreement_is_read_as_on_paper(desk: Desk, record: Opens) -> None:
    seat = record(signed(desk))
    words = page_of(seat).articles.words
    assert "第一条　共建内容" in words
    assert "自2026年11月23日至2027年11月22日。" in words
    assert seat.told("联合开展活动") == "每年不少于 4次"
    assert seat.told("签订日期") == "2026年11月23日"
    assert not page_of(seat).missing.isVisible()


def test_a_draft_says_what_is_missing_before_it_is_signed_and_printed(
    desk: Desk, record: Opens
) -> None:
    seat = record(draft(desk, a_head="", venues=""))
    words = page_of(seat).missing.words
    assert "签订前要补\n还没有填写甲方负责人。" in words
    assert "打印前要补\n还没有填写乙方开放的场地、力量或物资。" in words
    seat.press(K.Key_Q)
    sheet = seat.save_sheet()
    assert "还没有填写甲方负责人" in sheet.note
    sheet.close()


def test_letters_change_print_and_sign_a_draft(desk: Desk, record: Opens) -> None:
    made = draft(desk)
    seat = record(made)
    seat.press(K.Key_E)
    seat.press(K.Key_P, with_=Qt.KeyboardModifier.ControlModifier)
    assert seat.routes == [
        OpenPage("agreements", wanted=made.uid),
        OpenPaper("agreement", about=made.uid),
    ]
    seat.press(K.Key_Q)
    seat.write_into(signed_on="2026-11-20")
    seat.save_sheet()
    seat.wait(lambda: seat.told("签订日期") == "2026年11月20日")
    assert seat.news == [f"已签订协议：{made.partner_name}"]
    seat.undo(desk)
    seat.wait(lambda: seat.told("签订日期") == "还没有签订")


def test_a_supplement_changes_a_term_and_both_wordings_can_be_read(
    desk: Desk, record: Opens
) -> None:
    made = signed(desk)
    seat = record(made)
    seat.press(K.Key_B)
    seat.write_into(words="延长一年", ends_on="2028-11-22", promise_activities="6")
    seat.save_sheet()
    page = page_of(seat)
    seat.wait(lambda: "补1" in page.supplements.words)
    assert "截止日期：2027年11月22日 → 2028年11月22日" in page.supplements.words
    assert "至2028年11月22日" in page.articles.words
    seat.keyboard_back()
    seat.page.setFocus()
    seat.press(K.Key_O)
    assert "至2027年11月22日" in page.articles.words
    seat.press(K.Key_O)
    assert "至2028年11月22日" in page.articles.words
    assert service.get(desk, made.uid).promises[0].uid == made.promises[0].uid


def test_a_supplement_that_contradicts_itself_stays_open_and_says_why(
    desk: Desk, record: Opens
) -> None:
    seat = record(signed(desk))
    seat.press(K.Key_B)
    sheet = seat.write_into(ends_on="2026-01-01")
    seat.save_sheet()
    assert "截止日期早于起始日期" in sheet.fields["ends_on"].problem
    sheet.close()


def test_other_contacts_are_no_supplement(desk: Desk, record: Opens) -> None:
    made = signed(desk)
    seat = record(made)
    seat.press(K.Key_L)
    seat.write_into(b_liaison="吴静", b_phone="13900004321")
    seat.save_sheet()
    seat.wait(lambda: seat.told("乙方联络员") == "吴静 139****4321")
    assert service.get(desk, made.uid).supplements == ()
    seat.keyboard_back()
    seat.page.setFocus()
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("乙方联络员") == "吴静 13900004321")


def test_a_renewal_is_a_draft_of_its_own_that_says_what_it_goes_on_with(
    desk: Desk, record: Opens
) -> None:
    made = signed(desk)
    seat = record(made)
    seat.press(K.Key_X)
    seat.wait(lambda: seat.routes)
    route = seat.routes[0]
    assert isinstance(route, Open)
    seat.open(route.uid)
    seat.wait(lambda: seat.told("续签自") == made.number)
    assert seat.told("起止日期") == "2027年11月23日 至 2028年11月22日"


def test_an_end_wants_a_reason(desk: Desk, record: Opens) -> None:
    made = signed(desk)
    seat = record(made)
    seat.press(K.Key_T)
    sheet = seat.save_sheet()
    assert "还没有写终止的原因" in sheet.fields["end_reason"].problem
    seat.write_into(end_reason="双方协商一致")
    seat.save_sheet()
    seat.wait(lambda: seat.told("终止原因") == "双方协商一致")
    assert service.get(desk, made.uid).state is AgreementState.ENDED


def test_a_draft_is_discarded_only_after_a_question_and_the_page_goes_back(
    desk: Desk, record: Opens
) -> None:
    made = draft(desk)
    seat = record(made)
    seat.press(K.Key_D)
    seat.click("删除草稿", seat.sheet())
    seat.wait(lambda: seat.backs)
    assert service.page(desk).rows == ()


def test_scans_are_added_looked_at_and_removed_by_keys(
    desk: Desk, record: Opens, tmp_path: Path
) -> None:
    made = signed(desk)
    paths = []
    for name in ("p1.png", "p2.png"):
        Image.new("RGB", (200, 300), (name == "p1.png" and "white") or "gray").save(tmp_path / name)
        paths.append(str(tmp_path / name))
    (tmp_path / "no.png").write_bytes(b"no picture")
    seat = record(made)
    page = page_of(seat)
    page.bring("", [*paths, str(tmp_path / "no.png")])
    seat.wait(lambda: len(page.scans.scans) == 2)
    assert "no.png" in page.scans.trouble.text()
    page.scans.list.setFocus()
    seat.press(K.Key_Down, K.Key_Return)
    viewer: Any = seat.sheet()
    assert isinstance(viewer, ScanViewer)
    seat.wait(lambda: viewer.is_shown)
    press(viewer, K.Key_Escape)
    seat.keyboard_back()
    page.scans.list.setFocus()
    seat.press(K.Key_Delete)
    seat.wait(lambda: len(page.scans.scans) == 1)
    seat.undo(desk)
    seat.wait(lambda: len(page.scans.scans) == 2)


def test_of_which_paper_the_scans_are_is_asked_when_there_is_a_supplement(
    desk: Desk, record: Opens
) -> None:
    made = supplemented(desk, signed(desk), ends_on=date(2028, 11, 22))
    seat = record(made)
    seat.press(K.Key_O, with_=Qt.KeyboardModifier.ControlModifier)
    sheet: Any = seat.sheet()
    assert [item.title for item in sheet.list.items] == ["协议正文", "补1"]
    sheet.close()


def test_the_unit_is_one_letter_away(desk: Desk, record: Opens) -> None:
    made = signed(desk)
    seat = record(made)
    assert made.partner is not None
    seat.press(K.Key_P)
    assert seat.routes == [Open("partners", made.partner)]


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk, record: Opens) -> None:
    seat = record(signed(desk))
    assert unnamed(seat.page) == []
    seat.press(K.Key_B)
    sheet = seat.sheet()
    assert unnamed(sheet) == []
    assert seen(sheet, type(sheet)) == []
    sheet.close()
