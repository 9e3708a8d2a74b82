"""Figures count what they say, keep 批次, 人次 and 件数 apart, and hold the rows they lead to."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.handling import Handling
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.figures import FIGURES, NOW_FIGURES, Figure, Rate, Span
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, EnteredFrom
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.visits.builders import form, matter, register, timed

MONDAY = date(2026, 11, 23)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def a_week(desk: Desk, clock: FixedClock) -> dict[str, int]:
    """A small week: see each test for what it holds."""
    service.register(desk, form(matter(), timed(days=1), timed(days=1, name="低保"), people=4))
    late = register(desk, timed(days=1))
    closed = register(desk, timed(days=9))
    register(desk, timed(days=3))
    service.count_only(desk)
    register(desk, matter("信访渠道告知", petition=True, handling=Handling.ADVICE), people=2)
    undone = service.register(desk, form())
    assert undone.undo is not None
    undone.undo.call(desk)
    service.act(desk, closed.uid, Action.CLOSE, 1, StepDetails(result="好"))
    clock.advance(3 * 86_400)
    service.act(desk, late.uid, Action.CLOSE, 1, StepDetails(result="好"))
    service.register_late(desk, form(), MONDAY)
    register(desk, timed(), name="林阿婆")
    for visit, level in ((closed, Satisfaction.FAIR), (late, Satisfaction.DISSATISFIED)):
        service.evaluate(desk, visit.uid, level, EnteredFrom.PAPER)
    return service.figures_between(desk, *NOVEMBER)


@pytest.fixture
def week(filled: Filled) -> dict[str, int]:
    """A small week: see each test for what it holds."""
    return filled(a_week)


def value(counts: dict[str, int], name: str) -> int | Rate:
    figures = {figure.name: figure for figure in (*FIGURES, *NOW_FIGURES)}
    return figures[name].value(counts)


def test_batches_people_and_matters_are_kept_apart(week: dict[str, int]) -> None:
    assert value(week, "registered") == 10
    assert value(week, "batches") == 8
    assert value(week, "people") == 4 + 1 + 1 + 1 + 1 + 2 + 1 + 1


def test_petitions_and_late_entries_are_counted(week: dict[str, int]) -> None:
    assert value(week, "petitions") == 1
    assert value(week, "late_entries") == 1


def test_what_is_open_overdue_and_due_today(week: dict[str, int]) -> None:
    # Open on Thursday 26: two of one day (Tuesday 24), one of three days (today), one of today.
    assert value(week, "open") == 4
    assert value(week, "overdue") == 2
    assert value(week, "due_today") == 1
    assert value(week, "not_closed") == 4


def test_rates_are_shares_of_what_they_say(week: dict[str, int]) -> None:
    assert value(week, "close_rate") == Rate(6, 10)
    assert value(week, "on_time_rate") == Rate(1, 2)
    assert value(week, "satisfied_rate") == Rate(1, 2)
    assert value(week, "dissatisfied") == 1


def test_nothing_evaluated_is_no_satisfaction(desk: Desk) -> None:
    register(desk)
    counts = service.figures_between(desk, *NOVEMBER)

    rate = value(counts, "satisfied_rate")
    assert rate == Rate(0, 0)
    assert isinstance(rate, Rate)
    assert rate.words == "—"


def test_a_period_counts_nothing_of_another(desk: Desk, week: dict[str, int]) -> None:
    october = service.figures_between(desk, date(2026, 10, 1), date(2026, 10, 31))

    standing = {figure.name for figure in NOW_FIGURES}
    assert {name: count for name, count in october.items() if name not in standing} == {
        name: 0 for name in october if name not in standing
    }


@pytest.mark.parametrize(
    "figure", [figure for figure in (*FIGURES, *NOW_FIGURES) if figure.rows], ids=lambda f: f.name
)
def test_a_figure_leads_to_exactly_the_rows_it_counts(
    desk: Desk, week: dict[str, int], figure: Figure
) -> None:
    assert figure.rows is not None
    span = Span(*NOVEMBER, desk.today)
    rows = service.page(desk, figure.rows(span), size=200).rows
    listed = sum(getattr(row, figure.column) for row in rows) if figure.column else len(rows)

    assert listed + week.get(figure.unlisted, 0) == figure.value(week)


def test_every_figure_says_in_a_sentence_how_it_is_counted() -> None:
    names = [figure.name for figure in (*FIGURES, *NOW_FIGURES)]

    assert len(set(names)) == len(names)
    assert all(figure.how.endswith("。") for figure in (*FIGURES, *NOW_FIGURES))


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Rate(1, 3), "33.3%"),
        (Rate(2, 3), "66.7%"),
        (Rate(1, 1), "100.0%"),
        (Rate(0, 7), "0.0%"),
        (Rate(1, 16), "6.3%"),
    ],
)
def test_a_rate_is_printed_with_one_decimal(rate: Rate, words: str) -> None:
    assert rate.words == words
