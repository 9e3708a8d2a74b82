"""What the three lists promise, looked at after every deed of a random history.

Nothing here knows how the ledger comes to it: sums, states and histories are read from the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from desktop_app.core.changes import Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import service, store
from desktop_app.ledgers.three_lists.figures import DUTY_BOOK, PROBLEM_BOOK
from desktop_app.ledgers.three_lists.rules import duty_steps, offer_steps, problem_steps
from desktop_app.ledgers.three_lists.rules.duty import LIVE, Duty, DutyState
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.three_lists.builders import (
    enrolled,
)
from tests.stations import CLERK, MONDAY_MORNING

RULES: dict[type, Any] = {
    Problem: problem_steps.RULES,
    Offer: offer_steps.RULES,
    Duty: duty_steps.RULES,
}
FIRST = {Problem: "raise", Offer: "offer", Duty: "propose"}


class Promises(RuleBasedStateMachine):
    """Three operators of one station; the clock begins on a Monday morning."""

    database: Database
    clock: FixedClock
    blobs: FolderBlobs
    met: Counter[str]
    """What has come about in all runs together: a test that never met it shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        first = Desk(self.database, CLERK)
        self._forget(first)
        self.seats = [enrolled(first, name) for name in ("王小燕", "林志强", "黄丽")]
        self.problems: list[Uid] = []
        self.offers: list[Uid] = []
        self.duties: list[Uid] = []
        self.histories: dict[Uid, tuple[Any, ...]] = {}
        self.undo: Undo | None = None

    def _forget(self, desk: Desk) -> None:
        """Every run begins with empty lists."""
        with desk.database.unrecorded() as connection:
            for shelf in (store.PROBLEM_SHELF, store.OFFER_SHELF, store.DUTY_SHELF):
                connection.execute(sa.delete(shelf.table))
            connection.execute(sa.text("DELETE FROM operator"))

    def _read(self, shelf: Any, uids: list[Uid]) -> list[Any]:
        with self.seats[0].reading(needs=Right.READ) as connection:
            found = shelf.many(connection, uids)
        return [found[uid] for uid in uids]

    def _one(self, shelf: Any, uids: list[Uid], which: int) -> Any:
        return self._read(shelf, [uids[which % len(uids)]])[0]

    def _tried(self, name: str, call: Callable[[], Any]) -> Any:
        """What a call answers; None when it was refused, and then nothing of it was kept."""
        try:
            done = call()
        except UserError:
            self.met[f"{name} refused"] += 1
            return None
        self.met[name] += 1
        self.undo = done.undo
        return done.value

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def nothing_is_promised_beyond_its_amount(self) -> None:
        duties = self._read(store.DUTY_SHELF, self.duties)
        for offer in self._read(store.OFFER_SHELF, self.offers):
            keeping = [
                duty.amount
                for duty in duties
                if duty.offer == offer.uid and duty.state in LIVE | {DutyState.CLOSED}
            ]
            assert offer.promised == sum(keeping)
            assert offer.amount is None or offer.promised <= offer.amount

    @invariant()
    def nothing_is_closed_without_evidence_and_a_second_person(self) -> None:
        for duty in self._read(store.DUTY_SHELF, self.duties):
            if duty.state is DutyState.CLOSED:
                assert duty.evidence
                assert duty.result
                assert duty.reviewer is not None
                assert duty.reviewer != duty.submitted_by
                assert duty.closed_on is not None
                self.met["is closed"] += 1
            else:
                assert duty.closed_on is None
            for closing in duty.closings:
                assert closing.reviewer_name != closing.submitted_by_name

    @invariant()
    def a_problem_stands_as_its_duties_make_it_stand(self) -> None:
        duties = self._read(store.DUTY_SHELF, self.duties)
        for problem in self._read(store.PROBLEM_SHELF, self.problems):
            own = [one for one in duties if one.problem == problem.uid]
            states = {one.state for one in own if one.turn == problem.turn}
            if states & LIVE:
                assert problem.state is ProblemState.CLAIMED
            elif DutyState.CLOSED in states:
                assert problem.state is ProblemState.CLOSED
            else:
                assert problem.state in (
                    ProblemState.RAISED,
                    ProblemState.LISTED,
                    ProblemState.WITHDRAWN,
                    ProblemState.MERGED,
                )
            assert (problem.closed_on is not None) == (problem.state is ProblemState.CLOSED)

    @invariant()
    def every_change_of_state_is_in_the_table_and_written_down(self) -> None:
        everything = [
            *self._read(store.PROBLEM_SHELF, self.problems),
            *self._read(store.OFFER_SHELF, self.offers),
            *self._read(store.DUTY_SHELF, self.duties),
        ]
        with self.seats[0].reading(needs=Right.READ) as connection:
            times = sa.select(CHANGE.c.uid, sa.func.count()).group_by(CHANGE.c.uid)
            logged = {row[0]: row[1] for row in connection.execute(times)}
        for record in everything:
            before = self.histories.get(record.uid, ())
            assert record.steps[: len(before)] == before, "no history is lost"
            self.histories[record.uid] = record.steps
            assert logged[record.uid] == record.revision
            if not record.deleted:
                _check_course(record)

    @rule()
    def somebody_looks_at_the_figures(self) -> None:
        """Each counts exactly the rows it opens."""
        desk = self.seats[0]
        span = Span(date(2026, 11, 1), date(2026, 12, 31), desk.today)
        pages: dict[str, Any] = {"problems": service.problems_page, "duties": service.duties_page}
        for book in (PROBLEM_BOOK, DUTY_BOOK):
            with desk.reading(needs=Right.READ) as connection:
                counts = book.counts(connection, span)
            for figure in (*book.figures, *book.now):
                if figure.rows is not None:
                    page = pages[book.kind](desk, figure.rows(span))
                    assert figure.value(counts) == page.total, figure.name

    @rule()
    def somebody_looks_at_the_board(self) -> None:
        """Each thing that waits or was closed of late is one card."""
        cards = [card for column in service.board(self.seats[0]).columns for card in column.cards]
        uids = [card.uid for card in cards]
        assert len(uids) == len(set(uids))
        problems = self._read(store.PROBLEM_SHELF, self.problems)
        recent = self.seats[0].today - timedelta(days=30)
        shown = {
            one.uid
            for one in problems
            if not one.deleted
            and (
                one.state in (ProblemState.RAISED, ProblemState.LISTED)
                or (one.state is ProblemState.CLOSED and one.closed_on >= recent)
            )
        }
        shown |= {one.uid for one in self._read(store.DUTY_SHELF, self.duties) if one.live}
        assert set(uids) == shown

    def teardown(self) -> None:
        self.nothing_is_promised_beyond_its_amount()
        self.nothing_is_closed_without_evidence_and_a_second_person()
        self.a_problem_stands_as_its_duties_make_it_stand()
        self.every_change_of_state_is_in_the_table_and_written_down()
        self.somebody_looks_at_the_figures()
        self.somebody_looks_at_the_board()


def _check_course(record: Any) -> None:
    """Each step is allowed by the table from where the one before it led."""
    table = RULES[type(record)]
    first, *steps = record.steps
    assert first.action.value == FIRST[type(record)]
    came_from = [first.to]
    for step in steps:
        before = came_from[-1]
        if step.action.value == "undo":
            assert step.to in came_from
        else:
            rule_of_step = table[step.action]
            assert before in rule_of_step.sources
            assert step.to is (rule_of_step.to or before)
        came_from.append(step.to)
    assert record.state is came_from[-1]
