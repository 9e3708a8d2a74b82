"""收件 in the real window: each file one line, and each line true."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import OpenPage
from desktop_app.street.inbox.service import take_in
from tests.driver.inbox import InboxDesk
from tests.driver.program import Counter
from tests.driver.settings import nameless, open_dialogs
from tests.homes import StationHome
from tests.street.neighbourhood import Branch, Neighbourhood

pytestmark = pytest.mark.sqlite_only


def test_an_empty_inbox_says_how_to_begin(inbox: InboxDesk) -> None:
    assert "还没有收过件" in inbox.page.board.lists["all"].pane


def test_a_dropped_bundle_turns_green_and_its_receipt_lies_beside_it(
    inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英", "李国强")
    bundle = branch.report(stick)
    inbox.drop(bundle)
    assert inbox.lines == [("青榕雅苑党群服务站", "已收下")]
    (receipt,) = stick.glob("回执-*.jlb")
    assert "已写回执 1 份" in inbox.told
    taken = branch.take(receipt)
    assert taken.returned == ""
    assert inbox.fact("来访") == "新增 2"


def test_what_was_taken_in_stands_in_the_ledger_with_the_name_of_its_station(
    inbox: InboxDesk, branch: Branch, stick: Path, office: Counter
) -> None:
    branch.register("陈桂英")
    inbox.drop(branch.report(stick))
    office.workplace.pages.follow(OpenPage("visits"))
    office.settle()
    page = office.workplace.pages.current_page
    (row,) = page.table.model.rows  # type: ignore[union-attr]
    assert row.station == "青榕雅苑党群服务站"
    assert row.name == "陈*英"


def test_the_same_bundle_again_is_a_duplicate_and_gets_its_receipt(
    inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    branch.register("陈桂英")
    bundle = branch.report(stick)
    inbox.drop(bundle)
    inbox.drop(bundle)
    assert inbox.lines == [("青榕雅苑党群服务站", "重复")]
    assert "没有重复计入" in inbox.details


def test_a_bundle_that_leaves_some_out_is_a_gap_and_says_which_are_missing(
    inbox: InboxDesk,
    branch: Branch,
    around: Neighbourhood,
    street_home: StationHome,
    stick: Path,
    tmp_path: Path,
) -> None:
    street = inbox.office.workplace.desk
    lost = around.copied(street_home.path, street, "lost street")
    branch.register("陈桂英")
    first = branch.report(stick)
    (verdict,) = take_in(lost.desk, [first], tmp_path)
    assert verdict.receipt_path is not None
    branch.take(verdict.receipt_path)
    branch.register("李国强")
    second = branch.report(stick)
    inbox.drop(second)
    assert inbox.lines == [("青榕雅苑党群服务站", "断档")]
    assert "缺第 1—" in inbox.details
    inbox.drop(first)
    inbox.drop(second)
    assert [word for _, word in inbox.lines] == ["已收下", "已收下"]


def test_files_that_are_no_bundles_are_refused_one_by_one_and_the_rest_goes_on(
    inbox: InboxDesk, branch: Branch, stick: Path
) -> None:
    sheet, empty = stick / "花名册.xlsx", stick / "空.jlb"
    sheet.write_bytes(b"PK\x03\x04 a renamed spreadsheet")
    empty.write_bytes(b"")
    branch.register("陈桂英")
    inbox.drop(sheet, empty, branch.report(stick))
    assert dict(inbox.lines) == {
        "花名册.xlsx": "拒收",
        "空.jlb": "拒收",
        "青榕雅苑党群服务站": "已收下",
    }
    assert all(inbox.sentences)
    assert "拒收 2" in inbox.told


def test_a_dropped_folder_is_looked_through(inbox: InboxDesk, branch: Branch, stick: Path) -> None:
    branch.register("陈桂英")
    branch.report(stick)
    inbox.drop(stick)
    assert [word for _, word in inbox.lines] == ["已收下"]


def test_fifty_files_are_fifty_lines(inbox: InboxDesk, branch: Branch, stick: Path) -> None:
    branch.register("陈桂英")
    bundle = branch.report(stick)
    copies = [stick / f"副本-{number:02d}.jlb" for number in range(49)]
    for copy in copies:
        copy.write_bytes(bundle.read_bytes())
    inbox.drop(bundle, *copies)
    words = [word for _, word in inbox.lines]
    assert (len(words), words.count("已收下"), words.count("重复")) == (50, 1, 49)


def test_a_copied_home_forks_and_one_key_makes_the_file_that_mends_it(
    inbox: InboxDesk, branch: Branch, around: Neighbourhood, stick: Path
) -> None:
    branch.register("陈桂英")
    other = around.copied(branch.path, branch.desk, "clone")
    branch.register("赵桂兰")
    inbox.drop(branch.report(stick))
    other.register("李国强", "王秀英")
    inbox.drop(other.report(stick))
    assert inbox.lines[-1] == ("青榕雅苑党群服务站", "分叉")
    inbox.page.receipts.set_folder(stick, choose=True)
    inbox.focus("起与街道")
    inbox.office.press(Qt.Key.Key_R)
    inbox.wait(lambda: "文件已生成" in inbox.told)
    (snapshot,) = stick.glob("对账-*.jlb")
    other.reconcile(snapshot)
    inbox.drop(other.report(stick))
    assert inbox.lines[-1][1] == "已收下"


def test_a_bundle_is_sent_back_with_a_reason_that_the_station_reads(
    inbox: InboxDesk, branch: Branch, stick: Path, office: Counter
) -> None:
    branch.register("陈桂英")
    inbox.drop(branch.report(stick))
    inbox.focus("青榕雅苑")
    office.press(Qt.Key.Key_B)
    sheet = office.sheet()
    sheet.editor.setPlainText("十月的来访登记错了日期")  # type: ignore[attr-defined]
    office.answer("退回")
    inbox.wait(lambda: "已退回" in inbox.told)
    assert inbox.lines == [("青榕雅苑党群服务站", "已退回")]
    taken = branch.take(next(stick.glob("回执-*.jlb")))
    assert taken.returned == "十月的来访登记错了日期"


def test_the_history_is_narrowed_to_one_station(
    inbox: InboxDesk, branch: Branch, around: Neighbourhood, stick: Path, office: Counter
) -> None:
    second = around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    for one in (branch, second):
        one.register("陈桂英")
        inbox.drop(one.report(stick))
    inbox.turn_to("全部")
    assert len(inbox.lines) == 2
    inbox.page.board.filters.station.set_codes(["QR02"])
    office.settle()
    assert [title for title, _ in inbox.lines] == ["翠竹园党群服务站"]


def test_receipts_of_all_stations_are_saved_at_once(
    inbox: InboxDesk, branch: Branch, stick: Path, tmp_path: Path, office: Counter
) -> None:
    branch.register("陈桂英")
    inbox.drop(branch.report(stick))
    folder = tmp_path / "receipts"
    folder.mkdir()
    inbox.page.receipts.set_folder(folder, choose=True)
    office.press(Qt.Key.Key_S, with_=Qt.KeyboardModifier.ControlModifier)
    inbox.wait(lambda: "已保存 1 份回执" in inbox.told)
    branch.take(next(folder.glob("回执-QR01-*.jlb")))


def test_a_watched_folder_is_taken_in_by_itself_once_its_files_lie_still(
    inbox: InboxDesk, branch: Branch, tmp_path: Path, office: Counter
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    inbox.page.intake.watch_folder(str(share))
    office.settle()
    branch.register("陈桂英")
    branch.report(share)
    watch = inbox.page.intake.folder
    watch.look_now()
    office.settle()
    assert not inbox.page.intake.batch.views
    watch.look_now()
    inbox.wait(lambda: inbox.page.intake.batch.views)
    inbox.wait_through()
    inbox.turn_to("本次")
    assert inbox.lines == [("青榕雅苑党群服务站", "已收下")]
    watch.look_now()
    office.settle()
    watch.look_now()
    office.settle()
    assert len(inbox.page.intake.batch.views) == 1


def test_a_watched_folder_that_is_away_is_told_beside_it(
    inbox: InboxDesk, tmp_path: Path, office: Counter
) -> None:
    inbox.page.intake.watch_folder(str(tmp_path / "away"))
    inbox.wait(lambda: "现在打不开" in inbox.page.watch_line.words)
    assert not open_dialogs()


def test_nothing_on_the_page_is_without_a_name(inbox: InboxDesk) -> None:
    assert nameless(inbox.page) == []
