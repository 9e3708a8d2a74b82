"""The roster as lines and cells: which days are shown, what stands in a cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.ui.roster_rows import Span, grid_rows, told_cell
from desktop_app.storage.session import Desk
from tests.ledgers.posts.builders import NIGHT, TODAY, TUESDAY, plan, post, volunteer

FRIDAY = date(2026, 11, 27)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(days, st.booleans(), st.integers(-30, 30))
def test_whatever_is_turned_to_holds_its_day_and_meets_its_neighbour(
    day: date, by_week: bool, steps: int
) -> None:
    span = Span(day, by_week).turned(steps)
    assert span.first <= span.about <= span.last
    assert span.turned(1).first.toordinal() == span.last.toordinal() + 1
    assert (span.first.weekday() if by_week else span.first.day - 1) == 0


@pytest.mark.parametrize(
    ("day", "by_week", "words"),
    [
        (date(2026, 11, 25), True, "11月23日 – 29日"),
        (date(2026, 12, 1), True, "11月30日 – 12月6日"),
        (date(2026, 11, 25), False, "2026年11月"),
    ],
)
def test_a_span_is_called_by_its_days(day: date, by_week: bool, words: str) -> None:
    assert Span(day, by_week).words == words


def test_other_hours_of_a_post_are_a_line_of_their_own(desk: Desk) -> None:
    there = post(desk, name="防汛值守", pattern=NIGHT, quota=1)
    plan(desk, there, volunteer(desk), TUESDAY, starts=(9, 0), ends=(11, 0))
    plan(desk, there, volunteer(desk, "李慧敏"), FRIDAY, starts=(23, 0), ends=(1, 0))
    zone, now = desk.database.zone, desk.database.clock.now()
    rows = grid_rows(service.roster(desk, TODAY, FRIDAY), zone, now)
    assert [row.hours for row in rows] == ["09:00–11:00", "22:00–次日02:00"]
    morning, night = rows
    assert [one.name for one in morning.cells[1].people] == ["陈志明"]
    assert morning.cells[1].holes == 0
    told = told_cell(night, night.cells[4], TODAY)
    assert told.endswith("：李慧敏（已排，23:00–次日01:00）")


def test_a_hole_that_has_begun_is_only_told(desk: Desk) -> None:
    post(desk, from_on=date(2026, 11, 1))
    zone, now = desk.database.zone, desk.database.clock.now()
    (row,) = grid_rows(service.roster(desk, date(2026, 11, 20), TUESDAY), zone, now)
    friday, tuesday = row.cells[0], row.cells[-1]
    assert (friday.over, tuesday.over) == (True, False)
    assert told_cell(row, friday, TODAY).endswith("：缺 2 人")
    assert told_cell(row, tuesday, TODAY).endswith("：还缺 2 人")
