"""Rows that are taken in by the thousand become what the counter's form makes of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.plain_entry import Lookup, read_what_can_be
from desktop_app.core.plain_entry import given as given_values
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.sheet import SHEETS
from desktop_app.ledgers.visits.sheet.reading import FORM, OPEN_FILE, enter
from desktop_app.ledgers.visits.sheet.sorting import Usual
from desktop_app.ledgers.visits.sheet.taking import VisitTaker
from desktop_app.ledgers.visits.store import SHELF
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.matters.store import SHELF as MATTERS
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.sheets.spec import Made
from desktop_app.storage.bulk import Bulk
from desktop_app.storage.session import Desk

Row = dict[str, Plain]
(SPEC,) = SHEETS

_USUAL = {
    "clock": st.sampled_from(["09:05", "16:40"]),
    "gender": st.sampled_from(["1", "2"]),
    "phone": st.sampled_from(["13800005678", "0597-2212345"]),
    "id_number": st.sampled_from(["11010519491231002X", "440524188001010014"]),
    "address": st.sampled_from(["3栋2单元501", "不知道什么路", "金色家园 3-2-501"]),
    "source": st.sampled_from(["walk_in", "call"]),
    "category": st.sampled_from(["医疗保障", "物业纠纷"]),
    "matter_name": st.sampled_from(["医保缴费", "没有登记过的事"]),
    "handling": st.sampled_from(["instant", "advice"]),
    "state": st.just("closed"),
    "notice_given": st.booleans(),
    "first_clerk_name": st.sampled_from(["王小燕", "早已离开的人"]),
    "result": st.sampled_from(["已办好", "未成"]),
    "closed_day": st.just("2026-11-22"),
    "remark": st.sampled_from(["家里没有人", "要再去一次"]),
    "external_number": st.just("BXGJ20230001"),
    "number": st.sampled_from(["2023-0017-登记", "5"]),
    OPEN_FILE: st.just(True),
}
usual_rows = st.fixed_dictionaries(
    {
        "at": st.sampled_from(["2023-03-05", "2024-12-31", "2026-11-22T09:30"]),
        "name": st.sampled_from(["陈桂英", "买买提·阿不都", "𠮷野"]),
        "summary": st.sampled_from(["楼道漏水", "问医保怎么缴"]),
    },
    optional=_USUAL,
)
rows_of_a_ledger = st.fixed_dictionaries(
    {"at": st.sampled_from(["2023-03-05", "2026-11-23", "2030-01-01", "2001-01-01"])},
    optional={
        **_USUAL,
        "name": st.sampled_from(["陈桂英", "匿名", "𠮷野"]),
        "building": st.sampled_from(["3", "幸福楼"]),
        "birth_year": st.sampled_from([1952, 1700]),
        "people": st.sampled_from([1, 3, 0]),
        "matter_name": st.sampled_from(["医保缴费", "信访接待"]),
        "handling": st.sampled_from(["instant", "timed"]),
        "state": st.sampled_from(["closed", "working"]),
        "limit_days": st.sampled_from([0, 5]),
        "summary": st.sampled_from(["楼道漏水", "长" * 5_000]),
        "closed_day": st.sampled_from(["2023-03-01", "2024-12-31", "2026-11-23"]),
        "agent_name": st.just("陈小明"),
        "others": st.sampled_from([["李四"], ["李四", "王五"]]),
    },
)


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """A station with a usual matter and a petition in its directory."""
    with desk.unit_of_work("备好", needs=Right.REGISTER) as unit:
        for code, category, name, petition in (
            ("YB01", "医疗保障", "医保缴费", False), ("XF01", "其他", "信访接待", True)
        ):  # fmt: skip
            MATTERS.put(
                unit,
                Matter(
                    uid=unit.new_uid(), station="QR01", code=code, category=category, name=name,
                    handling=Handling.INSTANT, petition=petition,
                ),
            )  # fmt: skip
    return desk


class _NotMeant(Exception):
    """Nothing of this is to last."""


def _by_form(desk: Desk, row: Row) -> list[dict[str, Any]] | str:
    """What the form makes of one row, or the sentence it is refused with."""
    found: list[dict[str, Any]] | str = []
    try:
        with desk.unit_of_work("试", needs=Right.REGISTER) as unit:
            lookup = Lookup(unit.connection)
            (joined,) = SPEC.joined(unit.connection, [row])
            values, problems = read_what_can_be(FORM, SPEC.shape(joined), lookup, desk.today)
            try:
                if problems:
                    raise InvalidInput(problems)
                made = enter(unit, desk, given_values(values))
                found = [_told(unit.connection, visit) for visit in made]
            except UserError as problem:
                found = problem.sentence
            raise _NotMeant
    except _NotMeant:
        return found


def _by_taker(desk: Desk, row: Row) -> list[dict[str, Any]] | str:
    """The same by what takes rows in by the thousand."""
    options = frozenset({OPEN_FILE} if row.get(OPEN_FILE) else ())
    taker = VisitTaker(desk, options)
    cells = {name: value for name, value in row.items() if name != OPEN_FILE}
    with desk.reading(needs=Right.READ) as connection:
        (ready,) = taker.judge(connection, [cells])
    if isinstance(ready, UserError):
        return ready.sentence
    try:
        with desk.database.unrecorded() as connection:
            (made,) = _write(taker, connection, desk, [ready])
            uids = [uid for kind, uid, _ in made if kind == "visits"]
            visits = SHELF.many(connection, uids)
            found = [_told(connection, visits[uid]) for uid in uids]
            raise _NotMeant
    except _NotMeant:
        return found


def _write(
    taker: VisitTaker, connection: sa.Connection, desk: Desk, ready: Sequence[Any]
) -> Sequence[tuple[Made, ...]]:
    taker.reserve(ready)(connection)
    bulk = Bulk(desk.database.binds_by)
    made = taker.write(bulk, ready)
    bulk.write(connection)
    return made


def _told(connection: sa.Connection, visit: Visit) -> dict[str, Any]:
    """A visit without what differs each time, and with the file it is about."""
    person = RESIDENTS.get(connection, visit.resident) if visit.resident else None
    told = dict(vars(visit))
    for name in ("uid", "batch", "number", "resident", "created_at", "changed_at"):
        told.pop(name)
    if person is not None:
        told["person"] = {
            **vars(person), "uid": None, "number": None, "created_at": 0, "changed_at": 0,
        }  # fmt: skip
    return told


_TRIED = settings(
    max_examples=120,
    deadline=None,
    # Neither way leaves anything behind.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@_TRIED
@given(row=usual_rows)
@pytest.mark.sqlite_only
def test_a_usual_row_becomes_the_same_either_way(ledger: Desk, row: Row) -> None:
    assert _by_taker(ledger, row) == _by_form(ledger, row)


@_TRIED
@given(row=rows_of_a_ledger)
@pytest.mark.sqlite_only
def test_any_row_becomes_the_same_either_way_or_is_refused_with_the_same_words(
    ledger: Desk, row: Row
) -> None:
    assert _by_taker(ledger, row) == _by_form(ledger, row)


def test_most_rows_of_an_old_ledger_go_the_short_way(ledger: Desk) -> None:
    row: Row = {
        "at": "2023-03-05", "name": "陈桂英", "gender": "2", "phone": "13800005678",
        "address": "3栋2单元501", "category": "医疗保障", "summary": "问医保怎么缴",
        "result": "已帮助缴好", "first_clerk_name": "王小燕",
    }  # fmt: skip
    others: Sequence[Row] = (
        {**row, "at": "2026-11-23"}, {**row, "matter_name": "信访接待"},
        {**row, "limit_days": 5}, {**row, "others": ["李四"]},
    )  # fmt: skip
    with ledger.reading(needs=Right.READ) as connection:
        usual, *whole = VisitTaker(ledger).judge(connection, [row, *others])
    assert isinstance(usual, Usual)
    assert not any(isinstance(one, Usual) for one in whole)


def test_sorts_of_matter_without_end_are_all_taken_in(ledger: Desk) -> None:
    rows: list[Row] = [
        {"at": "2023-03-05", "name": "陈桂英", "summary": "来问", "matter_name": f"第{place}种事"}
        for place in range(450)
    ]
    taker = VisitTaker(ledger)
    with ledger.reading(needs=Right.READ) as connection:
        ready = [one for one in taker.judge(connection, rows) if not isinstance(one, UserError)]
    with ledger.database.unrecorded() as connection:
        _write(taker, connection, ledger, ready)
    with ledger.reading(needs=Right.READ) as connection:
        query = sa.select(SHELF.table.c.matter_name)
        assert set(connection.execute(query).scalars()) == {
            f"第{place}种事" for place in range(450)
        }
