"""The PC's clock is wrong: the clerk is told, registers all the same, and nothing gets mixed up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.rights import Right
from desktop_app.storage import audit
from tests.driver.front_desk import FrontDesk
from tests.driver.program import Counter
from tests.homes import PASSWORD, StationHome
from tests.journeys.conftest import Open
from tests.stations import MONDAY_MORNING

DEAD_BATTERY = millis(datetime(2000, 1, 1, 0, 5, tzinfo=UTC))


def register(front: FrontDesk, initials: str, count: int) -> None:
    """A visit of the first matter, seen in today's list."""
    front.choose(initials)
    front.letters("1")
    front.save()
    front.wait(lambda: len(front.changes) == count)


def mend_the_clock(counter: Counter, clock: FixedClock) -> None:
    """For the program a clock set forward is a PC that slept: it locks, and a password opens it."""
    clock.set(MONDAY_MORNING)
    counter.wait(lambda: counter.is_locked)
    counter.try_password(PASSWORD)
    counter.wait(lambda: not counter.is_locked)
    counter.wait(lambda: not counter.workplace.banner.isVisible())


def numbers(home: StationHome) -> list[str]:
    """What is on record, in the order of its writing; the chains are whole."""
    with home.session() as session, session.desk.reading(needs=Right.READ) as connection:
        assert audit.check_audit(connection) == []
        assert audit.check_changes(connection) == []
        rows = connection.exec_driver_sql("SELECT number FROM visit ORDER BY created_at, number")
        return [str(row[0]) for row in rows]


def test_a_pc_whose_battery_died_says_so_from_the_start_and_keeps_the_form_until_it_is_mended(
    home: StationHome, opened: Open, clock: FixedClock
) -> None:
    clock.set(DEAD_BATTERY)
    with opened(home.path) as counter:
        front = counter.sign_in()
        told = counter.workplace.banner
        assert told.isVisible()
        assert "这台电脑的日期是 2000-01-01" in told.sentence
        assert "新的登记要等校准后才能保存，请先校准" in told.sentence
        front.choose("zsf")
        front.letters("1")
        typed = front.text
        front.save()
        counter.wait(lambda: "电脑的日期是2000年1月1日，显然不对" in counter.problems())
        assert "这次没有保存，填写的内容还在" in counter.problems()
        assert front.text == typed
        mend_the_clock(counter, clock)
        assert front.text == typed
        front.save()
        front.wait_saved()
    assert numbers(home) == ["QR01-2026A-00001"]


def test_a_clock_that_jumps_back_a_day_during_work_is_told_and_asks_once(
    counter: Counter, home: StationHome, clock: FixedClock
) -> None:
    front = counter.sign_in()
    register(front, "zsf", 1)
    told = counter.workplace.banner
    assert not told.isVisible()
    clock.set(millis(datetime(2026, 11, 22, 1, 0, tzinfo=UTC)))
    counter.wait(told.isVisible)
    assert "比最近一条记录（2026-11-23 09:00）还早" in told.sentence
    front.choose("ljg")
    front.letters("1")
    front.save()
    counter.wait(lambda: "比最近一次登记（2026-11-23）还早" in counter.problems())
    assert "确认没有错的，请再保存一次" in counter.problems()
    front.save()
    front.wait_saved(2)
    mend_the_clock(counter, clock)
    register(front, "ljg", 3)
    assert sorted(numbers(home)) == [f"QR01-2026A-{number:05d}" for number in (1, 2, 3)]


@pytest.mark.parametrize("day", ["2000-01-01", "2099-01-01", "2026-02-30"])
def test_a_day_that_cannot_be_is_told_beside_its_field_and_the_form_stays(
    counter: Counter, home: StationHome, day: str
) -> None:
    front = counter.sign_in()
    front.choose("zsf")
    front.letters("1")
    front.alt("G")
    front.go_to("补录日期")
    front.write(day)
    front.save()
    counter.settle()
    assert front.problem("补录日期").endswith("。")
    assert front.changes == []
    assert front.text.day == day
    assert "张淑芬" in front.who
