"""Figures count what they say, and lead to the rows they count."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.figures import Span
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.figures import FIGURES, Figure
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.activities.builders import fresh, handed_in, held, line, plan, sign_in

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def solving(desk: Desk, activity: Activity, count: int) -> None:
    """Link items of the problem list, as the three lists will."""
    with desk.unit_of_work("关联问题", needs=Right.HANDLE) as unit:
        items = tuple(unit.new_uid() for _ in range(count))
        store.SHELF.put(unit, altered(fresh(desk, activity), solved=items))


def a_month(desk: Desk, clock: FixedClock) -> dict[str, int]:
    """A small November: see each test for what it holds."""
    late = plan(desk, day=date(2026, 11, 20), kind="志愿服务")
    service.fill_in_sheet(
        desk,
        late.uid,
        [line("陈桂英", group=Group.VOLUNTEER), line("李国强", group=Group.PARTY),
         line("王秀英", absent="住院")],
    )  # fmt: skip
    first = held(desk, clock, "陈桂英", "李国强", "王秀英")
    service.correct_counts(desk, first.uid, first.revision, {Group.PUBLIC: 20}, "围观未签到")
    solving(desk, first, 3)
    done = handed_in(desk, first)
    service.approve(desk, first.uid, done.revision, "社区 林书记")
    running = plan(desk)
    sign_in(desk, running, "赵敏", group=Group.PARTNER)
    solving(desk, running, 1)
    plan(desk, day=date(2026, 11, 28))
    opened = plan(desk, day=date(2026, 11, 29))
    service.open_sign_up(desk, opened.uid, opened.revision)
    gone = plan(desk, day=date(2026, 11, 30))
    service.cancel(desk, gone.uid, gone.revision, "台风")
    plan(desk, day=date(2026, 12, 1))
    return service.figures_between(desk, *NOVEMBER)


@pytest.fixture
def month(filled: Filled) -> dict[str, int]:
    """A small November: see each test for what it holds."""
    return filled(a_month)


def value(counts: dict[str, int], name: str) -> object:
    return next(figure for figure in FIGURES if figure.name == name).value(counts)


def test_activities_and_people_are_counted_apart(month: dict[str, int]) -> None:
    told = {name: value(month, name) for name in ("held", "people", "unreviewed", "late_entries")}

    # Held: the late one, this morning's (20 by correction) and the one that runs.
    assert told == {"held": 3, "people": 2 + 20 + 1, "unreviewed": 2, "late_entries": 1}
    groups = {group.value: value(month, group.value) for group in Group}
    assert groups == {"party": 1, "volunteer": 1, "public": 20, "partner": 1}
    assert value(month, "solved") == 4
    assert [value(month, name) for name in ("planned", "open", "cancelled")] == [1, 1, 1]


def test_a_period_counts_nothing_of_another(desk: Desk, month: dict[str, int]) -> None:
    october = service.figures_between(desk, date(2026, 10, 1), date(2026, 10, 31))

    assert set(october.values()) == {0}
    assert service.by_kind(desk, date(2026, 10, 1), date(2026, 10, 31)) == ()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_leads_to_exactly_the_rows_it_counts(
    desk: Desk, month: dict[str, int], figure: Figure
) -> None:
    assert figure.rows is not None
    rows = service.page(desk, figure.rows(Span(*NOVEMBER, desk.today))).rows

    told = sum(_share(row, figure.column) for row in rows) if figure.column else len(rows)
    assert told == figure.value(month)


def _share(row: ActivityLine, column: str) -> int:
    if column == "present":
        return row.counts.present
    return (
        row.solved_count if column == "solved_count" else row.counts.people[Group[column.upper()]]
    )


def test_breakdowns_add_up_to_the_whole(desk: Desk, month: dict[str, int]) -> None:
    kinds = service.by_kind(desk, *NOVEMBER)
    months = service.by_month(desk, date(2026, 1, 1), date(2026, 12, 31))

    assert [(one.label, one.held, one.people, one.solved) for one in kinds] == [
        ("义诊", 2, 21, 4), ("志愿服务", 1, 2, 0),
    ]  # fmt: skip
    assert [(one.label, one.held, one.people) for one in months] == [("2026-11", 3, 23)]


def test_every_figure_says_in_a_sentence_how_it_is_counted() -> None:
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)
    assert len({figure.label for figure in FIGURES}) == len(FIGURES)
    assert all(figure.how.endswith("。") for figure in FIGURES)
