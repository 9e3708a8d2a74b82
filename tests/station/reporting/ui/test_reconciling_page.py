"""A PC that was restored from a backup, at the page 上报: nothing goes out before 重新对账."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.bundle.receipt import Verdict
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.station.reporting.service import exporting
from desktop_app.storage.session import Desk
from tests.driver.program import Counter
from tests.driver.reporting import ReportingSeat, Slots
from tests.homes import PASSWORD, StationHome
from tests.ledgers.visits.builders import register, resident
from tests.station.reporting.paper_street import PaperStreet

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def up(desk: Desk, home: Path, stick: Path, street: PaperStreet, clock: FixedClock) -> None:
    """上报 before the window is open, and the street takes it in."""
    clock.advance(60)
    done = exporting.export(desk, stick, outbox=home / "outbox")
    for path in done.paths:
        assert street.take(path) is Verdict.APPLIED


@pytest.fixture
def restored(
    station_home: StationHome,
    street: PaperStreet,
    stick: Path,
    tmp_path: Path,
    opened: Callable[[str], Counter],
) -> ReportingSeat:
    """At the page of a home that went back to a backup and wrote on: the street knows more."""
    home, clock = station_home.path, station_home.clock
    with station_home.session() as session:
        street.adopt(session.desk)
        up(session.desk, home, stick, street, clock)
    shutil.copytree(home, tmp_path / "backup")
    with station_home.session() as session:
        resident(session.desk, "欧阳明月", "13800005678")
        register(session.desk)
        up(session.desk, home, stick, street, clock)
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup", home)
    with station_home.session() as session:
        register(session.desk)
    shutil.rmtree(stick)
    stick.mkdir()
    return ReportingSeat(opened(PASSWORD))


def come_to_know(seat: ReportingSeat, street: PaperStreet, stick: Path) -> None:
    """Report once more, which the street refuses, and take in what it says."""
    seat.report()
    seat.put_away()
    (bundle,) = stick.glob("上报包-*.jlb")
    assert street.take(bundle) is Verdict.FORKED
    desk = seat.counter.workplace.desk
    seat.drop(street.receipt(desk, verdict=Verdict.FORKED))
    seat.wait_told()


def test_the_page_explains_calmly_and_lets_nothing_out(
    restored: ReportingSeat, street: PaperStreet, stick: Path
) -> None:
    seat = restored
    come_to_know(seat, street, stick)
    assert seat.headline == "需要重新对账"
    seat.put_away()
    assert "要先重新对账，再上报" in seat.banner
    assert "不用重新录入" in seat.banner
    assert not seat.may_report
    assert "先重新对账" in seat.note


def test_after_the_street_s_file_everything_is_here_and_the_next_report_is_confirmed(
    restored: ReportingSeat, street: PaperStreet, stick: Path, clock: FixedClock
) -> None:
    seat = restored
    come_to_know(seat, street, stick)
    seat.put_away()
    desk = seat.counter.workplace.desk
    seat.push("导入对账文件…")
    seat.choose(street.snapshot(desk))
    assert "会先自动备份" in seat.counter.words()
    seat.counter.answer("开始")
    seat.wait_told()
    assert seat.headline == "对账完成"
    assert "条变更；本机后来的" in seat.told
    assert list((Path(stick).parent / "home" / "backups").glob("*.jlbak"))
    seat.put_away()
    assert seat.banner == ""
    assert seat.may_report
    shutil.rmtree(stick)
    stick.mkdir()
    seat.report()
    (bundle,) = stick.glob("上报包-*.jlb")
    assert street.take(bundle) is Verdict.APPLIED
    clock.advance(60)
    seat.drop(street.receipt(desk))
    seat.counter.wait(lambda: seat.headline == "已确认")


def test_what_is_to_be_filled_in_and_what_was_renumbered_is_listed_with_a_way_there(
    restored: ReportingSeat, street: PaperStreet, stick: Path
) -> None:
    seat = restored
    come_to_know(seat, street, stick)
    seat.drop(street.snapshot(seat.counter.workplace.desk))
    seat.counter.answer("开始")
    seat.wait_told()
    assert "待补" in seat.told
    seat.put_away()
    assert [row[0] for row in seat.pending].count("居民档案") == 1
    person = next(row for row in seat.pending if row[0] == "居民档案")
    assert "姓名" in person[2]
    assert "138****5678" in person[3]
    tabs = seat.pane.tabs
    assert tabs.tabText(2) == "对账结果"
    seat.pane.show_list(2)
    assert seat.pane.met is not None
    seat.pane.met.view.setFocus()
    seat.press(K.Key_Return)
    page = seat.counter.workplace.pages.current_page
    assert isinstance(page, VisitPage)


def test_a_record_that_needs_nothing_is_taken_off_the_list(
    restored: ReportingSeat, street: PaperStreet, stick: Path
) -> None:
    seat = restored
    come_to_know(seat, street, stick)
    seat.drop(street.snapshot(seat.counter.workplace.desk))
    seat.counter.answer("开始")
    seat.wait_told()
    seat.put_away()
    before = len(seat.pending)
    seat.pane.show_list(1)
    seat.pane.pending.view.setFocus()
    seat.press(K.Key_D)
    seat.counter.answer("不用补")
    seat.counter.wait(lambda: len(seat.pending) == before - 1)


def test_the_street_s_file_on_a_stick_is_offered_in_the_banner(
    restored: ReportingSeat, street: PaperStreet, stick: Path, slots: Slots
) -> None:
    seat = restored
    come_to_know(seat, street, stick)
    seat.put_away()
    snapshot = street.snapshot(seat.counter.workplace.desk)
    snapshot.rename(stick / "对账-QR01-000090.jlb")
    slots.plug(stick)
    seat.look_at_slots()
    seat.push("用 对账-QR01-000090.jlb 对账")
    seat.counter.answer("取消")
    assert seat.banner
    seat.push("用 对账-QR01-000090.jlb 对账")
    seat.counter.answer("开始")
    seat.wait_told()
    assert seat.headline == "对账完成"
