"""Long work gives way to whoever else wants to write."""

from __future__ import annotations

import threading
from functools import partial

import pytest
import sqlalchemy as sa

from desktop_app.core.errors import NotAllowed
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.bulk import write_giving_way
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import COUNTER
from desktop_app.storage.turn import Turn
from tests.stations import CLERK


def test_nobody_waits_for_a_turn_that_is_free_or_taken_twice_by_one_thread() -> None:
    turn = Turn()
    assert not turn.is_wanted
    with turn, turn:
        assert not turn.is_wanted


def test_whoever_waits_is_seen_until_he_has_had_his_turn() -> None:
    turn = Turn()
    other = threading.Thread(target=partial(_take, turn))
    with turn:
        other.start()
        while not turn.is_wanted:
            assert other.is_alive()
    other.join()
    assert not turn.is_wanted


def _take(turn: Turn) -> None:
    with turn:
        pass


def _write(name: str, connection: sa.Connection) -> None:
    connection.execute(sa.insert(COUNTER).values(name=name, value=1))


def _written(desk: Desk) -> set[str]:
    with desk.reading(needs=Right.READ) as connection:
        names = set(connection.execute(sa.select(COUNTER.c.name)).scalars())
    return names & {"一", "二", "三", "别人的"}


@pytest.mark.sqlite_only
def test_steps_nobody_waits_for_go_in_together(desk: Desk) -> None:
    seen: list[set[str]] = []
    steps = [partial(_write, name) for name in ("一", "二", "三")]
    write_giving_way(
        desk.database, CLERK, steps, needs=Right.REGISTER,
        between=lambda: seen.append(_written(desk)),
    )  # fmt: skip
    assert seen == [{"一", "二", "三"}]


@pytest.mark.sqlite_only
def test_who_wants_to_write_does_so_after_the_step_that_was_under_way(desk: Desk) -> None:
    order: list[str] = []

    def write_too() -> None:
        with desk.database.unrecorded() as connection:
            order.append("别人的")
            _write("别人的", connection)

    other = threading.Thread(target=write_too)

    def first(connection: sa.Connection) -> None:
        _write("一", connection)
        order.append("一")
        other.start()
        while not desk.database.is_wanted:
            assert other.is_alive()

    def second(connection: sa.Connection) -> None:
        order.append("二")
        _write("二", connection)

    def between() -> None:
        other.join()

    write_giving_way(desk.database, CLERK, [first, second], needs=Right.REGISTER, between=between)
    assert order == ["一", "别人的", "二"]
    assert _written(desk) == {"一", "二", "别人的"}


def test_work_that_is_stopped_leaves_whole_steps(desk: Desk) -> None:
    job = Job("慢慢写")

    def stop(connection: sa.Connection) -> None:
        _write("一", connection)
        job.cancel()

    def too_late(connection: sa.Connection) -> None:
        raise AssertionError("it was stopped")

    steps = [stop] if desk.database.dialect == "sqlite" else [stop, too_late]
    with pytest.raises(Cancelled):
        write_giving_way(desk.database, CLERK, steps, needs=Right.REGISTER, between=job.check)
    assert _written(desk) == {"一"}


def test_a_step_that_fails_takes_its_transaction_with_it(desk: Desk) -> None:
    def fail(connection: sa.Connection) -> None:
        _write("一", connection)
        raise RuntimeError("没写成")

    with pytest.raises(RuntimeError, match="没写成"):
        write_giving_way(desk.database, CLERK, [fail], needs=Right.REGISTER, between=lambda: None)
    assert _written(desk) == set()


def test_who_lacks_the_right_takes_no_step(desk: Desk) -> None:
    nobody = Actor(uid=None, name="访客", role="", rights=frozenset())
    with pytest.raises(NotAllowed):
        write_giving_way(
            desk.database, nobody, [partial(_write, "一")], needs=Right.REGISTER,
            between=lambda: None,
        )  # fmt: skip
    assert _written(desk) == set()
