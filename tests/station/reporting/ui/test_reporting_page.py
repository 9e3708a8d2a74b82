"""The page 上报 in the real window: a report to a stick or a folder, and what comes back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.shell.help.rules import fitting
from desktop_app.station.reporting.service.state import history
from tests.driver.reporting import CONTROL, ReportingSeat, Slots
from tests.driver.settings import focused, nameless
from tests.ledgers.visits.builders import register
from tests.station.reporting.paper_street import PaperStreet
from tests.station.reporting.ui.conftest import SECOND, SECOND_PASSWORD

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def taken_in(street: PaperStreet, folder: Path) -> None:
    """The street takes in what lies in a folder."""
    for path in sorted(folder.glob("上报包-*.jlb")):
        street.take(path)


def test_the_first_report_goes_to_a_chosen_folder_and_that_folder_is_remembered(
    seat: ReportingSeat, stick: Path, street: PaperStreet
) -> None:
    assert seat.figures["街道已确认到"] == "还没有"
    assert seat.targets == ["另存到…"]
    waiting = seat.figures["待上报"]
    seat.report(stick)
    assert seat.headline == "已送到"
    (file,) = stick.glob("*.jlb")
    assert file.name in seat.told
    assert "读回核对一致" in seat.told
    assert street.read(file).header.profile == "work"
    seat.put_away()
    assert seat.figures["待上报"] == "0 条"
    assert seat.figures["已送达，等回执"] == waiting
    assert seat.targets == [f"文件夹 {stick.name}", "另存到…"]
    row = seat.history[0]
    assert row[1] == "已送达"
    assert row[4:] == ["日常上报", "王小燕", str(stick)]


def test_a_stick_is_found_by_itself_and_may_be_pulled_when_the_page_says_so(
    seat: ReportingSeat, slots: Slots, stick: Path
) -> None:
    slots.plug(stick)
    seat.look_at_slots()
    assert seat.targets == ["U 盘 JINLIN", "另存到…"]
    assert "剩余 12.0 GB" in seat.words
    seat.report()
    assert seat.headline == "可以拔出"
    assert "U 盘“JINLIN”" in seat.told
    assert len(list(stick.glob("*.jlb"))) == 1


def test_a_stick_that_goes_is_no_target_any_more_and_the_folder_is_back(
    seat: ReportingSeat, slots: Slots, tmp_path: Path, stick: Path
) -> None:
    seat.report(stick)
    seat.put_away()
    slots.plug(tmp_path / "usb")
    seat.look_at_slots()
    assert seat.hero.standing.targets.bar.value() == tmp_path / "usb"
    slots.pull()
    seat.look_at_slots()
    assert seat.hero.standing.targets.bar.value() == stick


def test_a_stick_pulled_just_before_is_told_and_the_same_file_is_sent_when_it_is_back(
    seat: ReportingSeat, slots: Slots, stick: Path
) -> None:
    slots.plug(stick)
    seat.look_at_slots()
    slots.pull()
    seat.report()
    assert seat.headline == "没有上报"
    assert "已经不在了" in seat.told
    assert not list(stick.iterdir())
    slots.plug(stick)
    seat.look_at_slots()
    seat.push("再试一次")
    seat.wait_told()
    assert seat.headline == "可以拔出"


def test_a_folder_that_refuses_keeps_the_report_here_and_it_is_sent_once_more(
    seat: ReportingSeat, tmp_path: Path, stick: Path
) -> None:
    gone = tmp_path / "share"
    gone.mkdir()
    seat.hero.standing.targets.set_folder(gone, choose=True)
    gone.rmdir()
    seat.report()
    assert seat.headline == "没有送到"
    assert "没有丢" in seat.told
    assert seat.history[0][1] == "已导出"
    seat.hero.standing.targets.set_folder(stick, choose=True)
    seat.push("再送一次")
    seat.wait_told()
    assert seat.headline == "已送到"
    assert seat.history[0][1] == "已送达"
    assert len(seat.history) == 1


def test_a_receipt_confirms_and_the_page_says_until_when(
    seat: ReportingSeat, stick: Path, street: PaperStreet, clock: FixedClock
) -> None:
    seat.report(stick)
    taken_in(street, stick)
    clock.advance(3600)
    receipt = street.receipt(seat.counter.workplace.desk)
    seat.press(K.Key_I, with_=CONTROL)
    seat.choose(receipt)
    seat.wait_told()
    assert seat.headline == "已确认"
    assert "1 次上报变为已确认" in seat.told
    seat.put_away()
    assert seat.history[0][1] == "已确认"
    assert seat.figures["街道已确认到"] == "11月23日 周一"
    assert not seat.may_report
    assert "没有新的内容要上报" in seat.note


def test_a_receipt_may_be_dropped_and_taking_it_twice_does_nothing(
    seat: ReportingSeat, stick: Path, street: PaperStreet
) -> None:
    seat.report(stick)
    taken_in(street, stick)
    receipt = street.receipt(seat.counter.workplace.desk)
    assert seat.drop(receipt) == f"松开，导入 {receipt.name}"
    seat.wait_told()
    assert seat.headline == "已确认"
    seat.drop(receipt)
    seat.wait_told()
    assert seat.headline == "已经收过"


def test_a_receipt_on_a_stick_is_offered_and_an_old_one_is_not(
    seat: ReportingSeat, slots: Slots, stick: Path, street: PaperStreet
) -> None:
    slots.plug(stick)
    seat.look_at_slots()
    seat.report()
    seat.put_away()
    taken_in(street, stick)
    name = f"回执-QR01-{len(street.held.log):06d}.jlb"
    street.receipt(seat.counter.workplace.desk).rename(stick / name)
    (stick / "回执-QR02-000900.jlb").write_bytes(b"another station's")
    seat.look_at_slots()
    assert seat.banner == f"U 盘里有街道发来的回执：{name}"
    seat.push("导入")
    seat.wait_told()
    assert seat.headline == "已确认"
    assert seat.banner == ""


def test_what_the_street_parks_and_sends_back_is_told_in_words(
    seat: ReportingSeat, stick: Path, street: PaperStreet
) -> None:
    seat.report(stick)
    taken_in(street, stick)
    desk = seat.counter.workplace.desk
    seat.drop(street.receipt(desk, returned="11月的来访没有填办理方式，请补全后再报。"))
    seat.wait_told()
    assert seat.headline == "街道退回了一份上报包"
    assert "没有填办理方式" in seat.told
    seat.put_away()
    assert "没有填办理方式" in seat.note


def test_files_of_another_kind_are_refused_in_words(seat: ReportingSeat, tmp_path: Path) -> None:
    letter = tmp_path / "名册.docx"
    letter.write_bytes(b"PK")
    assert "不是街道发来的文件" in seat.drop(letter)
    assert "只收街道发来的文件" in seat.counter.words()
    seat.counter.answer("知道了")
    archive = tmp_path / "回执.zip"
    archive.write_bytes(b"PK")
    assert "压缩包，请先解压" in seat.drop(archive)
    seat.counter.answer("知道了")
    folder = tmp_path / "回执"
    folder.mkdir()
    assert "是文件夹" in seat.drop(folder)
    seat.counter.answer("知道了")
    paper = tmp_path / "street.json"
    paper.write_text("{}")
    seat.drop(paper)
    assert "本站已经接入" in seat.counter.words()
    seat.counter.answer("知道了")
    assert seat.may_report


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 a renamed sheet", b"age-encryption.org/v1\n"]
)
def test_a_file_that_only_looks_like_one_of_ours_is_refused_and_changes_nothing(
    seat: ReportingSeat, tmp_path: Path, content: bytes
) -> None:
    before = seat.figures
    bad = tmp_path / "回执-QR01-000340.jlb"
    bad.write_bytes(content)
    seat.drop(bad)
    seat.wait_told()
    assert seat.headline == "没有导入"
    assert "没有任何改动" in seat.told
    seat.put_away()
    assert seat.figures == before


def test_several_receipts_are_told_line_by_line(
    seat: ReportingSeat, stick: Path, street: PaperStreet, tmp_path: Path
) -> None:
    seat.report(stick)
    taken_in(street, stick)
    good = street.receipt(seat.counter.workplace.desk)
    bad = tmp_path / "回执-QR01-000340.jlb"
    bad.write_bytes(b"")
    seat.drop(good, bad)
    seat.wait_told()
    assert seat.headline == "1 个文件没有导入"
    assert f"{good.name}：街道已经确认到" in seat.told
    assert f"{bad.name}：" in seat.told


def test_complete_data_need_a_reason_and_the_password_of_somebody_else(
    seat: ReportingSeat, stick: Path, street: PaperStreet
) -> None:
    seat.hero.standing.targets.set_folder(stick, choose=True)
    seat.choose_profile(Profile.FULL)
    seat.press(K.Key_Return, with_=CONTROL)
    sheet = seat.counter.sheet()
    sheet.button("yes").click()
    assert "至少 4 个字" in seat.counter.words()
    sheet.reason.set_value("街道核对高龄津贴名单")  # type: ignore[attr-defined]
    sheet.second.set_value(SECOND)  # type: ignore[attr-defined]
    sheet.password.set_value("wrong")  # type: ignore[attr-defined]
    sheet.button("yes").click()
    seat.counter.wait(lambda: "再错" in seat.counter.words())
    assert not list(stick.iterdir())
    sheet.password.set_value(SECOND_PASSWORD)  # type: ignore[attr-defined]
    sheet.button("yes").click()
    seat.wait_told()
    assert seat.headline == "已送到"
    (file,) = stick.glob("*.jlb")
    assert street.read(file).header.profile == "full"
    made = history(seat.counter.workplace.desk)[0]
    assert (made.reason, made.second_name) == ("街道核对高龄津贴名单", SECOND)
    assert seat.hero.standing.chosen_profile() is Profile.WORK


def test_a_report_is_read_in_full_and_sent_once_more_by_key(
    seat: ReportingSeat, stick: Path, tmp_path: Path
) -> None:
    seat.report(stick)
    seat.put_away()
    seat.pane.history.view.setFocus()
    seat.press(K.Key_Return)
    assert "上报包-QR01-" in seat.counter.words()
    assert "来访 12" in seat.counter.words()
    seat.counter.answer("知道了")
    other = tmp_path / "other"
    other.mkdir()
    seat.hero.standing.targets.set_folder(other, choose=True)
    seat.pane.history.view.setFocus()
    seat.press(K.Key_R)
    seat.wait_told()
    assert [path.name for path in other.iterdir()] == [path.name for path in stick.iterdir()]


def test_a_visit_registered_meanwhile_is_counted_when_one_comes_back(
    seat: ReportingSeat, stick: Path
) -> None:
    seat.report(stick)
    seat.put_away()
    register(seat.counter.workplace.desk)
    seat.counter.workplace.pages.show_page("front_desk")
    again = ReportingSeat(seat.counter)
    assert again.figures["待上报"] == "1 条"


def test_a_report_that_is_stopped_leaves_nothing_anywhere(seat: ReportingSeat, stick: Path) -> None:
    go = threading.Event()
    seat.counter.window.runner.start("另一件事", lambda _job: go.wait(10))
    seat.hero.standing.targets.set_folder(stick, choose=True)
    seat.press(K.Key_Return, with_=CONTROL)
    assert seat.hero.is_busy
    seat.button("取消").click()
    go.set()
    seat.wait_told()
    assert seat.headline == "已取消"
    assert not list(stick.iterdir())
    assert seat.history == []


def test_whoever_still_holds_the_keys_does_not_press_the_end_away(
    seat: ReportingSeat, stick: Path
) -> None:
    seat.report(stick)
    seat.press(K.Key_Return, with_=CONTROL)
    assert seat.headline == "已送到"
    assert focused() == "完成"
    seat.press(K.Key_Return)
    assert seat.told == ""


def test_tab_goes_from_the_button_through_the_choices_to_the_list(
    seat: ReportingSeat, stick: Path
) -> None:
    seat.report(stick)
    seat.put_away()
    seat.hero.standing.button.setFocus()
    stops = []
    for _ in range(5):
        stops.append(focused())
        seat.press(K.Key_Tab)
    assert stops == ["上报", f"文件夹 {stick.name}", "日常上报", "列表", "上报记录"]


def test_everything_one_can_reach_has_a_name_and_f1_knows_the_page(seat: ReportingSeat) -> None:
    assert nameless(seat.page) == []
    assert seat.counter.workplace.pages.help_key == "reporting"
    assert fitting("reporting") == "reporting"
    assert fitting("reporting.join") == "joining"
