"""What is confirmed need not be kept twice, and what may be asked for again is kept."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.station.reporting.service import tidy
from desktop_app.station.reporting.service.state import history
from desktop_app.storage.tables import CHANGE
from tests.ledgers.visits.builders import register, timed
from tests.station.reporting.hall import Hall


def contents(hall: Hall) -> list[int]:
    """The numbers of the changes that still have their content."""
    query = sa.select(CHANGE.c.n).where(CHANGE.c.payload.is_not(None)).order_by(CHANGE.c.n)
    with hall.desk.reading(needs=Right.READ) as connection:
        return list(connection.execute(query).scalars())


def a_visit_in_two_steps(hall: Hall) -> None:
    made = register(hall.desk, timed())
    visits.act(hall.desk, made.uid, Action.TAKE_UP, made.revision, StepDetails())


def test_nothing_goes_before_it_is_confirmed(hall: Hall) -> None:
    a_visit_in_two_steps(hall)
    hall.up()
    assert tidy(hall.desk).contents == 0
    assert contents(hall) == [1, 2]


def test_confirmed_and_superseded_contents_go_and_the_last_of_each_record_stays(
    hall: Hall,
) -> None:
    a_visit_in_two_steps(hall)
    hall.up()
    hall.down()
    assert tidy(hall.desk).contents == 1
    assert contents(hall) == [2]
    assert hall.is_whole()


def test_after_tidying_a_street_that_went_back_still_gets_everything(hall: Hall) -> None:
    a_visit_in_two_steps(hall)
    hall.up()
    hall.down()
    tidy(hall.desk)
    hall.street.forget_after(0)
    hall.street.held.rows.clear()
    hall.down()
    assert hall.agrees()


def test_tidying_goes_on_where_it_stopped(hall: Hall) -> None:
    made = register(hall.desk, timed())
    hall.up()
    hall.down()
    assert tidy(hall.desk).contents == 0
    taken = visits.act(hall.desk, made.uid, Action.TAKE_UP, made.revision, StepDetails()).value
    assert tidy(hall.desk).contents == 0
    hall.up()
    hall.down()
    assert tidy(hall.desk).contents == 1
    visits.act(hall.desk, made.uid, Action.CLOSE, taken.revision, StepDetails(result="已办"))
    hall.up()
    hall.down()
    assert tidy(hall.desk).contents == 1
    assert contents(hall) == [3]
    assert tidy(hall.desk).contents == 0


def test_after_coming_together_the_new_end_of_the_log_is_tidied_too(hall: Hall) -> None:
    backup = hall.backed_up()
    a_visit_in_two_steps(hall)
    hall.up()
    hall.down()
    tidy(hall.desk)
    tidied = hall.backed_up()
    hall.restore(backup)
    a_visit_in_two_steps(hall)
    hall.street.forget_after(0)
    hall.street.held.rows.clear()
    hall.up()
    hall.restore(tidied)
    hall.meet()
    hall.up()
    hall.down()
    tidy(hall.desk)
    assert hall.is_whole()
    superseded = {1, 3} - set(contents(hall))
    assert superseded == {1, 3}


def test_an_export_stays_on_record_for_three_years(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    hall.down()
    year = 366 * 24 * 3600
    hall.clock.advance(2 * year)
    assert tidy(hall.desk).exports == 0
    hall.clock.advance(year)
    assert tidy(hall.desk).exports == 1
    assert history(hall.desk) == []


def test_what_was_never_confirmed_is_never_forgotten(hall: Hall) -> None:
    register(hall.desk)
    hall.report()
    hall.clock.set(Millis(hall.clock.now() + 5 * 366 * 24 * 3600 * 1000))
    assert tidy(hall.desk).exports == 0
