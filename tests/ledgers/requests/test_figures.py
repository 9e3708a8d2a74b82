"""Figures count what they say and hold exactly the rows they lead to."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.books import Cut
from desktop_app.core.clock import FixedClock
from desktop_app.core.figures import Rate, Span
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.figures import (
    BOOK,
    FIGURES,
    NOW_FIGURES,
    Figure,
    withheld_counts,
)
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import Action, RequestKind
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.requests.builders import CLOSING, act, closed, form, register

MONDAY = date(2026, 11, 23)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
DAY = 86_400


def a_week(desk: Desk, clock: FixedClock) -> dict[str, int]:
    """A small week: see each test for what it holds."""
    late = register(desk, limit_days=1)
    slow_call = act(desk, register(desk, limit_days=1), Action.ACCEPT, Action.DONE)
    closed(desk, limit_days=9)
    register(desk, limit_days=1, category="噪声")
    order = register(desk, kind=RequestKind.ORDER, limit_days=3)
    act(desk, order, Action.DISPATCH, Action.NOBODY_TOOK)
    wish = register(desk, kind=RequestKind.WISH)
    act(desk, wish, Action.LIST)
    act(desk, register(desk), Action.ESCALATE)
    act(desk, register(desk), Action.ESCALATE, Action.ANSWERED)
    act(desk, register(desk), Action.WITHDRAW)
    kept, gone = register(desk), register(desk)
    service.merge(desk, gone.uid, 1, kept.uid)
    register(desk, petition=True, title="", summary="")
    undone = service.register(desk, form())
    assert undone.undo is not None
    undone.undo.call(desk)
    clock.advance(3 * DAY)
    act(desk, late, *CLOSING)
    act(desk, slow_call, Action.CLOSE)
    register(desk, day=MONDAY)
    act(desk, register(desk, limit_days=1), Action.ACCEPT, Action.DONE)
    register(desk, limit_days=0, day=date(2026, 10, 30))
    return service.figures_between(desk, *NOVEMBER)


@pytest.fixture
def week(filled: Filled) -> dict[str, int]:
    """A small week: see each test for what it holds."""
    return filled(a_week)


def value(counts: dict[str, int], name: str) -> int | Rate:
    return BOOK.figure(name).value(counts)


def test_what_came_in_is_counted_by_its_kind(week: dict[str, int]) -> None:
    assert value(week, "registered") == 14
    assert [value(week, name) for name in ("appeals", "orders", "wishes")] == [12, 1, 1]
    assert value(week, "petitions") == 1
    assert value(week, "late_entries") == 1


def test_what_is_open_late_untaken_listed_and_with_the_street(week: dict[str, int]) -> None:
    assert value(week, "open") == 9
    # The limit of one day ran out on Tuesday; what waits for a call only is late no more.
    assert value(week, "overdue") == 1
    assert value(week, "due_today") == 1
    assert [value(week, name) for name in ("untaken", "listed", "at_street")] == [1, 1, 1]
    assert value(week, "escalated") == 2


def test_rates_are_shares_of_what_they_say(week: dict[str, int]) -> None:
    assert value(week, "close_rate") == Rate(4, 14)
    # Done on Monday and called on Thursday is in time, done on Thursday is not.
    assert value(week, "on_time_rate") == Rate(2, 3)


@pytest.mark.parametrize(
    "figure", [figure for figure in (*FIGURES, *NOW_FIGURES) if figure.rows], ids=lambda f: f.name
)
def test_a_figure_leads_to_exactly_the_rows_it_counts(
    desk: Desk, week: dict[str, int], figure: Figure
) -> None:
    assert figure.rows is not None
    rows = service.page(desk, figure.rows(Span(*NOVEMBER, desk.today)), size=200).rows

    assert len(rows) + week.get(figure.unlisted, 0) == figure.value(week)


def test_a_bar_leads_to_exactly_the_rows_it_counts(desk: Desk, week: dict[str, int]) -> None:
    period = period_of(MONDAY, PeriodKind.MONTH)
    for drawn in BOOK.charts(period, week, {}):
        (series,) = drawn.chart.series
        for name, count in zip(drawn.chart.categories, series.values, strict=True):
            rows = drawn.targets[series.name, name]
            assert isinstance(rows.wanted, RequestFilter)
            assert service.page(desk, rows.wanted, size=200).total == count, name


def test_what_is_kept_of_a_month_is_what_is_counted_of_it(desk: Desk, week: dict[str, int]) -> None:
    with desk.reading(needs=Right.READ) as connection:
        kept = list(store.roll_up(connection, *NOVEMBER, ["QR01"]))
        none = list(store.roll_up(connection, *NOVEMBER, ["QR02"]))
        live = list(store.standing(connection, desk.today, Cut.WHOLE))
        withheld = withheld_counts(connection)["requests"]
    whole = {one.name: one.value for one in kept if one.cut is Cut.WHOLE}
    whole |= {one.name: one.value for one in live}

    assert whole == {name: count for name, count in week.items() if count}
    assert none == []
    by_category: dict[str, int] = {}
    for one in kept:
        if one.cut is Cut.CATEGORY and one.name == "registered":
            by_category[one.part] = one.value
    assert by_category == {"物业服务": 12, "噪声": 1}
    told = {(one.month, one.name): one.value for one in withheld}
    assert told["2026-11", "petitions"] == told["2026-11", "registered"] == 1


def test_petitions_that_the_street_has_not_heard_of_can_be_left_out(desk: Desk) -> None:
    told, untold = (register(desk, petition=True, title="", summary="") for _ in range(2))

    with desk.reading(needs=Right.READ) as connection:
        found = withheld_counts(connection, [untold.uid])["requests"]

    assert told.petition
    assert {(one.name, one.value) for one in found} == {
        ("registered", 1),
        ("appeals", 1),
        ("petitions", 1),
        ("petitions_closed", 1),
        ("closed", 1),
    }


def test_a_period_counts_nothing_of_another(desk: Desk, week: dict[str, int]) -> None:
    october = service.figures_between(desk, date(2026, 10, 1), date(2026, 10, 31))

    assert october["registered"] == 1
    assert october["closed"] == october["petitions"] == 0


def test_every_figure_says_in_a_sentence_how_it_is_counted() -> None:
    names = [figure.name for figure in (*FIGURES, *NOW_FIGURES)]
    labels = [figure.label for figure in (*FIGURES, *NOW_FIGURES)]

    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    assert all(figure.how.endswith("。") for figure in (*FIGURES, *NOW_FIGURES))
    grouped = [name for _, group in BOOK.groups for name in group]
    assert sorted(grouped) == sorted(figure.name for figure in FIGURES)
