"""The work report on paper: on busy and empty periods, and on what nobody expects in a name."""

from __future__ import annotations

from datetime import date

import pikepdf
import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.periods import parse_period
from desktop_app.core.sentences import worded
from desktop_app.ledgers.visits import service as visits
from desktop_app.printing.document import render
from desktop_app.station.period_figures import report, service
from desktop_app.storage.session import Desk
from tests.filling import FilledAt
from tests.ledgers.activities import builders as held
from tests.ledgers.requests import builders as asked
from tests.ledgers.visits.builders import matter, register, timed
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound
from tests.station.period_figures.small_ledger import PETITION, at

LONG = "关于老旧小区加装电梯与外墙渗漏及夜间噪声扰民等若干历史遗留问题的综合协调处理与反馈事项" * 2


def paper(desk: Desk, period: str, **own: str) -> Reading:
    """The report of a period, read from outside."""
    found = service.period_report(desk, parse_period(period))
    zone = desk.database.zone
    head = Letterhead(
        station=desk.database.station.name,
        issuer="青榕社区居民委员会",
        made_at=zone.local(desk.database.clock.now()),
        operator="王小燕",
    )
    words = worded(report.SENTENCES, {}, own, report.values(found))
    reading = assert_sound(render(report.document(found, words, head, zone)))
    assert_lines_break_well(reading)
    return reading


def two_busy_months(lead: Desk, clock: FixedClock) -> None:
    """October and November with visits, one overdue, a petition and an activity."""
    at(clock, date(2026, 10, 9))
    register(lead)
    at(clock, date(2026, 11, 2))
    register(lead, timed(days=1, name=LONG[:80]), name="张𬭎龑")
    at(clock, date(2026, 11, 23))
    register(lead)
    visits.count_only(lead)
    register(lead, PETITION)
    held.held(lead, clock, "陈桂英", "林阿婆")


@pytest.fixture
def busy(lead: Desk, filled_at: FilledAt) -> Desk:
    """October and November with visits, one overdue, a petition and an activity."""
    filled_at(lead, two_busy_months)
    return lead


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4", "2026-H2", "2026"])
def test_every_figure_of_the_page_is_on_paper_with_how_it_is_counted(
    busy: Desk, period: str
) -> None:
    reading = paper(busy, period)
    found = service.period_report(busy, parse_period(period))
    for line in found.lines:
        assert line.label in reading.characters
        assert "".join(line.how.split()) in reading.characters
    assert found.line("activities.held").words == "1"
    assert "".join(found.activities[0].name.split()) in reading.characters


def test_what_is_overdue_is_listed_with_its_name_masked(busy: Desk) -> None:
    reading = paper(busy, "2026-11")
    assert "超过本站时限尚未办结的有1件" in reading.characters
    assert "张**" in reading.characters or "张*龑" in reading.characters
    assert "张𬭎龑" not in reading.characters


def test_requests_have_a_part_of_their_own_where_there_are_any(
    busy: Desk, clock: FixedClock
) -> None:
    assert "诉求办理" not in paper(busy, "2026-11").characters
    made = asked.register(busy, limit_days=1, name="吴阿妹")
    at(clock, date(2026, 11, 26))
    reading = paper(busy, "2026-11")
    assert "诉求办理" in reading.characters
    assert "超过本站时限尚未办结的有2件" in reading.characters
    assert made.number in reading.characters
    assert "吴*妹" in reading.characters
    assert "吴阿妹" not in reading.characters


def test_a_period_without_anything_is_a_sound_paper_that_says_so(lead: Desk) -> None:
    reading = paper(lead, "2026-11")
    assert "登记来访0件" in reading.characters
    assert "没有超过本站时限的事项" in reading.characters


def test_sentences_of_any_length_stay_on_the_page(busy: Desk) -> None:
    reading = paper(busy, "2026-11", overall="字" * 5000, next=f"一、{LONG}\n二、{LONG}")
    assert reading.characters.count("字") >= 5000
    assert "下一步打算" in reading.characters


def test_the_figures_travel_inside_as_a_table(busy: Desk) -> None:
    with pikepdf.open(paper(busy, "2026-11").as_file()) as opened:
        (name,) = opened.attachments
        rows = opened.attachments[name].get_file().read_bytes().decode("utf-8-sig").splitlines()
    found = service.period_report(busy, parse_period("2026-11"))
    assert name == "数据.csv"
    assert len(rows) == 1 + len(found.lines)
    assert rows[1].startswith("登记件数,")


def test_the_signature_is_never_alone_on_a_page(busy: Desk) -> None:
    for count in range(1, 40, 3):
        own = "\n".join(f"第{number}项工作已经落实。" for number in range(count))
        reading = paper(busy, "2026-11", next=own)
        page = next(one for one in reading.pages if "青榕社区居民委员会" in "".join(one.texts))
        assert len(page.texts) > 3


def test_what_came_since_is_in_the_next_paper(busy: Desk) -> None:
    before = service.period_report(busy, parse_period("2026-11")).line("visits.registered").value
    for _ in range(3):
        register(busy, matter("临时救助"))
    assert isinstance(before, int)
    assert f"登记来访{before + 3}件" in paper(busy, "2026-11").characters
