"""From joining to 已确认 through the station's window, with the street's own importer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.registers.offices import service as offices
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service as inbox
from tests.driver.reporting import ReportingSeat, Slots
from tests.ledgers.visits.builders import register

pytestmark = pytest.mark.sqlite_only


def join(seat: ReportingSeat, street_desk: Desk, stick: Path) -> None:
    """The three steps, by the stick."""
    (stick / "street.json").write_bytes(offices.invite(street_desk).content)
    seat.drop(stick / "street.json")
    seat.push("核对一致")
    seat.push("保存申请文件")
    asked = (stick / "station-QR01.json").read_bytes()
    (stick / "welcome.json").write_bytes(offices.accept(street_desk, asked).content)
    seat.drop(stick / "welcome.json")
    seat.counter.answer("知道了")
    seat.settle()


def at_the_street(street_desk: Desk, stick: Path, scratch: Path) -> list[str]:
    """The street takes in what lies on the stick, and leaves its receipts there."""
    bundles = sorted(stick.glob("上报包-*.jlb"))
    verdicts = inbox.take_in(street_desk, bundles, stick, scratch=scratch)
    for bundle in bundles:
        bundle.unlink()
    return [verdict.outcome.value for verdict in verdicts]


def test_what_the_street_took_in_is_confirmed_by_the_receipt_it_left_on_the_stick(
    outside: ReportingSeat,
    street_desk: Desk,
    slots: Slots,
    stick: Path,
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    seat = outside
    slots.plug(stick)
    seat.look_at_slots()
    join(seat, street_desk, stick)
    for times in (1, 2):
        clock.advance(3600)
        # Somebody is at the desk; otherwise the screen locks itself within a second.
        seat.press(Qt.Key.Key_Shift)
        register(seat.counter.workplace.desk)
        seat = ReportingSeat(seat.counter)
        seat.report()
        assert seat.headline == "可以拔出"
        seat.put_away()
        assert at_the_street(street_desk, stick, tmp_path) == ["applied"]
        clock.advance(60)
        seat.look_at_slots()
        assert seat.banner.startswith("U 盘里有街道发来的回执：回执-QR01-")
        seat.push("导入")
        seat.wait_told()
        assert seat.headline == "已确认"
        seat.put_away()
        assert [row[1] for row in seat.history] == ["已确认"] * times
    (report,) = inbox.reports(street_desk)
    assert report.applied == sum(int(row[3]) for row in seat.history)
