"""Whatever stands in a row, a ledger's sheet takes it or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import catalog
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.plain_entry import Lookup, read_what_can_be
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.sheets.spec import CellKind, Column, SheetSpec
from desktop_app.storage.session import Desk

SHEETS = {kind: spec for kind, spec in catalog.sheets().items() if spec.readable}

_WORDS = st.one_of(
    st.text(max_size=30).map(visible),
    st.sampled_from(
        ["9:99-25:61", "25:00", "周一至周八 9:00-8:00", "联席会99999999次", "3-2-501", "0.1万元"]
    ),
)
_DAYS = st.dates().map(str)
_KINDS: Mapping[CellKind, st.SearchStrategy[Plain]] = {
    CellKind.DAY: _DAYS,
    CellKind.MOMENT: st.one_of(_DAYS, st.datetimes().map(lambda at: at.isoformat()[:16])),
    CellKind.CLOCK: st.times().map(lambda at: f"{at:%H:%M}"),
    CellKind.NUMBER: st.integers(-1, 10**12),
    CellKind.MINUTES: st.integers(-1, 10**6),
    CellKind.YEAR: st.integers(1800, 2100),
    CellKind.FLAG: st.booleans(),
    CellKind.PHONES: st.lists(st.fixed_dictionaries({"number": _WORDS}), max_size=3),
    CellKind.PHONE: st.just("13800001234"),
}


def cells_of(column: Column) -> st.SearchStrategy[Plain]:
    if column.choices and column.kind in (CellKind.CHOICE, CellKind.GENDER, CellKind.CHOICES):
        one = st.sampled_from([choice.value for choice in column.choices])
        return st.lists(one, max_size=2) if column.kind is CellKind.CHOICES else one
    return _KINDS.get(column.kind, _WORDS)


def rows_of(spec: SheetSpec) -> st.SearchStrategy[dict[str, Plain]]:
    return st.fixed_dictionaries(
        {}, optional={column.name: cells_of(column) for column in spec.columns if column.read}
    )


@pytest.mark.parametrize("kind", SHEETS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_row_of_whatever_is_taken_or_refused_by_what_is_said(
    desk: Desk, kind: str, data: Any
) -> None:
    spec = SHEETS[kind]
    adding = spec.adding or catalog.ledgers()[kind].adding
    assert adding is not None
    row = data.draw(rows_of(spec))

    with desk.reading(needs=Right.READ) as connection:
        (joined,) = spec.joined(connection, [row])
        if spec.like is not None:
            assert len(spec.like(connection, [row])) == 1
        for key in spec.keys:
            assert isinstance(spec.known(connection, key, [str(row.get(key) or "x")]), Mapping)
        shaped = spec.shape(joined)
        values, problems = read_what_can_be(adding.form, shaped, Lookup(connection), desk.today)
    if problems:
        return
    if spec.problems is not None:
        assert all(isinstance(one, UserError) for one in spec.problems(values, desk.today))
    with suppress(UserError), desk.unit_of_work("导入", needs=adding.needs) as unit:
        adding.enter(unit, desk, values)
