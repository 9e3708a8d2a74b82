"""A record of a mould is stored and logged as the same record would be if it were put."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Representative,
    Step,
    Visit,
    VisitSource,
    VisitState,
)
from desktop_app.ledgers.visits.store import SHELF
from desktop_app.storage import audit
from desktop_app.storage.bulk import bulk_unit
from desktop_app.storage.mould import Mould
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE

VARYING = ("number", "batch", "name", "source", "day", "compound", "representatives", "closed_day")


@pytest.fixture
def model(desk: Desk) -> Visit:
    uid, now = desk.database.new_uid(), desk.database.clock.now()
    step = Step(now, "王小燕", Action.REGISTER, VisitState.CLOSED, "")
    return Visit(
        uid=uid, station="QR01", number="", batch=uid, at=now, day=date(2023, 1, 1),
        limit_from=date(2023, 1, 1), state=VisitState.CLOSED, closed_at=now, steps=(step,),
        summary="“双引号\"和\\反斜线”，100%s",
    )  # fmt: skip


def _each(desk: Desk, letter: str) -> list[dict[str, Any]]:
    """Records that differ in every varying field, empty ones among them."""
    uids = [desk.database.new_uid() for _ in range(4)]
    people = ((), (Representative("陈桂英", "13800005678"),), (), (Representative("赖建国", ""),))
    return [
        {
            "uid": uid, "number": f"QR01-2023{letter}-{place:05}", "batch": uid,
            "name": ("陈桂英", "", "买买提·阿不都", "𠮷野")[place],
            "source": list(VisitSource)[place % len(VisitSource)],
            "day": date(2023, 1, 1 + place), "compound": uid if place % 2 else None,
            "representatives": people[place],
            "closed_day": None if place == 2 else date(2023, 2, 1),
        }
        for place, uid in enumerate(uids)
    ]  # fmt: skip


def _stored(desk: Desk, uids: list[Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    left_out = {"n", "salt", "digest", "hash"}
    found = []
    with desk.reading(needs=Right.READ) as connection:
        for uid in uids:
            row = connection.execute(sa.select(SHELF.table).where(SHELF.table.c.uid == uid)).one()
            change = connection.execute(sa.select(CHANGE).where(CHANGE.c.uid == uid)).one()
            told = {key: value for key, value in change._mapping.items() if key not in left_out}
            found.append((dict(row._mapping), told))
    return found


def test_a_cast_record_is_stored_and_logged_like_one_that_was_put(desk: Desk, model: Visit) -> None:
    now = desk.database.clock.now()
    put, cast = _each(desk, "A"), _each(desk, "B")
    mould = Mould(SHELF, model, VARYING)
    with bulk_unit(desk.database, desk.actor, needs=Right.REGISTER) as bulk:
        for values in put:
            bulk.put(SHELF, replace(model, **values), now)
    with bulk_unit(desk.database, desk.actor, needs=Right.REGISTER) as bulk:
        for values in cast:
            bulk.cast(mould, values, now)

    changed = {one["uid"]: other["uid"] for one, other in zip(put, cast, strict=True)}
    changed[None] = None
    for (row, change), (other, told) in zip(
        _stored(desk, [one["uid"] for one in put]),
        _stored(desk, [one["uid"] for one in cast]),
        strict=True,
    ):
        assert _without(row, "number", *_UIDS) == _without(other, "number", *_UIDS)
        assert {changed.get(row[name]) for name in _UIDS} == {other[name] for name in _UIDS}
        assert _text(change) == _text(told)
        assert _without(change, "uid", "payload") == _without(told, "uid", "payload")
    with desk.reading(needs=Right.READ) as connection:
        assert audit.check_changes(connection) == []


_UIDS = ("uid", "batch", "compound")


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in names}


def _text(change: dict[str, Any]) -> str:
    """The payload without uids, and with the desk's letter of the first half."""
    return re.sub(r"[0-9a-f]{32}", "uid", str(change["payload"])).replace("2023B", "2023A")


def test_a_cast_record_can_be_read_and_goes_on_like_any_other(desk: Desk, model: Visit) -> None:
    now = desk.database.clock.now()
    (values,) = _each(desk, "A")[:1]
    with bulk_unit(desk.database, desk.actor, needs=Right.REGISTER) as bulk:
        bulk.cast(Mould(SHELF, model, VARYING), values, now)
    with desk.unit_of_work("更正", needs=Right.REGISTER) as unit:
        kept = SHELF.need(unit.connection, values["uid"])
        SHELF.put(unit, replace(kept, remark="看过了"))
    with desk.reading(needs=Right.READ) as connection:
        read = SHELF.need(connection, values["uid"])
    assert (read.revision, read.remark, read.name, read.station) == (2, "看过了", "陈桂英", "QR01")
