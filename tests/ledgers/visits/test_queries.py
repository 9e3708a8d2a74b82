"""Every filter has its index: no list reads the whole ledger, none sorts it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.figures import Span, counts
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import VisitSource, VisitState
from desktop_app.storage.paging import FIRST, LAST, Order, page
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)
ONE = Uid(int=1)

FILTERS = [
    ({}, "ix_visit_listed"),
    ({"state": VisitState.WORKING}, "ix_visit_state"),
    ({"category": "民政救助"}, "ix_visit_category"),
    ({"handling": Handling.TIMED}, "ix_visit_handling"),
    ({"source": VisitSource.CALL}, "ix_visit_source"),
    ({"residents": (ONE,)}, "ix_visit_resident"),
    ({"clerk": ONE}, "ix_visit_first_clerk"),
    ({"open": True}, "ix_visit_open"),
    ({"overdue": True}, "ix_visit_due"),
    ({"due_today": True}, "ix_visit_due"),
    ({"overdue": True, "due_today": True}, "ix_visit_due"),
    ({"late_entry": True}, "ix_visit_late_entry"),
]


class Plans:
    """The plans of everything a reader runs."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.lines: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", self._explain)

    def stop(self) -> None:
        sa.event.remove(self._connection, "before_cursor_execute", self._explain)

    def _explain(self, _: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        if "visit" in statement or "evaluation" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            self.lines += [row[3] for row in cursor.fetchall()]


def plans(desk: Desk, run: Any) -> list[str]:
    with desk.reading(needs=Right.READ) as connection:
        watched = Plans(connection)
        run(connection)
        watched.stop()
    assert watched.lines
    return watched.lines


def narrowed(**wanted: Any) -> tuple[sa.Select[Any], Order]:
    return store.narrowed(
        VisitFilter(**wanted),
        today=TODAY,
        since=Millis(5) if wanted.get("since") else None,
        until=Millis(9) if wanted.get("until") else None,
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("wanted", "index"), FILTERS)
@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("cursor", [FIRST, LAST, "middle"])
def test_a_filter_walks_its_own_index_in_the_order_of_the_list(
    desk: Desk, wanted: dict[str, Any], index: str, between: bool, cursor: str | None
) -> None:
    days = {"since": TODAY, "until": TODAY} if between else {}
    query, order = narrowed(**wanted, **days)
    if cursor == "middle":
        keys = [TODAY if column.name == "due" else 7 for column in order.columns[:-1]]
        cursor = _cursor_at(order, [*keys, ONE])

    found = plans(desk, lambda connection: page(connection, query, order, cursor))

    reads = [line for line in found if "visit" in line]
    assert reads
    assert all(index in line for line in reads), found
    assert not [line for line in found if line == "SCAN visit" or "TEMP B-TREE" in line]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("in_time", [True, False])
def test_what_ended_in_time_or_late_is_found_by_the_day_it_ended(desk: Desk, in_time: bool) -> None:
    query, order = narrowed(in_time=in_time, closed_since=TODAY, closed_until=TODAY)

    found = plans(desk, lambda connection: page(connection, query, order))

    reads = [line for line in found if "visit" in line]
    assert reads
    assert all("SEARCH visit USING" in line and "ix_visit_closed" in line for line in reads), found


@pytest.mark.sqlite_only
def test_the_first_matters_of_a_day_are_found_in_the_order_of_the_list(desk: Desk) -> None:
    query, order = narrowed(leads=True, since=TODAY, until=TODAY)

    found = plans(desk, lambda connection: page(connection, query, order))

    assert all("ix_visit_listed" in line for line in found if "visit" in line), found
    assert not [line for line in found if "TEMP B-TREE" in line]


@pytest.mark.sqlite_only
def test_a_search_reads_only_what_it_finds(desk: Desk) -> None:
    query, order = store.narrowed(
        VisitFilter(search="陈桂英"), today=TODAY, since=None, until=None, residents=[ONE]
    )

    found = plans(desk, lambda connection: page(connection, query, order))

    assert not [line for line in found if line.startswith("SCAN visit")]
    for index in ("uq_visit_number", "ix_visit_name", "ix_visit_resident"):
        assert any(index in line for line in found)


@pytest.mark.sqlite_only
def test_figures_and_usual_matters_are_counted_in_an_index_alone(desk: Desk) -> None:
    span = Span(TODAY, TODAY, TODAY)

    found = plans(desk, lambda connection: counts(connection, span))
    found += plans(desk, lambda connection: store.usual_matters(connection, TODAY, 8))

    reads = [line for line in found if "visit" in line or "evaluation" in line]
    assert reads
    assert all("INDEX" in line for line in reads), found
    assert any("COVERING INDEX ix_visit_counted" in line for line in reads), found
    assert any("INDEX ix_visit_due" in line for line in reads), found


@pytest.mark.sqlite_only
def test_looking_up_a_batch_the_latest_visit_or_a_person_scans_nothing(desk: Desk) -> None:
    def look(connection: sa.Connection) -> None:
        store.of_batch(connection, ONE)
        store.latest_visit(connection)
        store.naming(connection, [ONE])
        store.is_evaluated(connection, ONE)

    found = plans(desk, look)

    assert not [line for line in found if line in ("SCAN visit", "SCAN evaluation")], found


def _cursor_at(order: Order, keys: list[Any]) -> str:
    """A cursor as a page gives it, after these keys."""
    from base64 import urlsafe_b64encode

    from desktop_app.core.codec import canonical, encode

    plain = canonical(["after", *map(encode, keys)])
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")
