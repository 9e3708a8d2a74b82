"""A visit as a record: whatever it holds survives the table, the change log and a bundle's form."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.fields import Travels
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.core.record import META_FIELDS, RecordKind
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.record import EVALUATIONS, KIND
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Agent,
    Pause,
    Representative,
    Step,
    UrgentReport,
    Visit,
    VisitKind,
    VisitSource,
    VisitState,
)
from desktop_app.ledgers.visits.store import EVALUATION_SHELF, SHELF
from desktop_app.registers.residents.rules import ResidentKind
from desktop_app.storage.session import Desk

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
MOMENTS = st.integers(min_value=0, max_value=2**52).map(Millis)

VISITS = st.builds(
    Visit,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    number=st.integers(min_value=1).map(lambda n: f"QR01-2026A-{n % 10**9:05d}"),
    batch=st.uuids(),
    leads=st.booleans(),
    kind=st.sampled_from(VisitKind),
    at=MOMENTS,
    day=DAYS,
    late_entry=st.booleans(),
    source=st.sampled_from(VisitSource),
    resident=st.none() | st.uuids(),
    name=WORDS,
    gender=st.sampled_from(Gender),
    birth_year=st.none() | st.integers(min_value=1880, max_value=2030),
    people=st.integers(min_value=1, max_value=999),
    phone=WORDS,
    compound=st.none() | st.uuids(),
    person_kind=st.none() | st.sampled_from(ResidentKind),
    agent=st.none() | st.builds(Agent, WORDS, WORDS, WORDS),
    representatives=st.lists(st.builds(Representative, WORDS, WORDS), max_size=3).map(tuple),
    matter=st.none() | st.uuids(),
    summary=WORDS,
    handling=st.sampled_from(Handling),
    limit_days=st.none() | st.integers(min_value=1, max_value=365),
    limit_from=DAYS,
    due=st.none() | DAYS,
    pauses=st.lists(st.builds(Pause, DAYS, st.none() | DAYS), max_size=3).map(tuple),
    notice_given=st.booleans(),
    state=st.sampled_from(VisitState),
    handed_on=st.none() | DAYS,
    closed_at=st.none() | MOMENTS,
    closed_day=st.none() | DAYS,
    petition=st.booleans(),
    urgent=st.none() | st.builds(UrgentReport, WORDS, WORDS, MOMENTS),
    merged_into=st.none() | st.uuids(),
    steps=st.lists(
        st.builds(
            Step, MOMENTS, WORDS, st.sampled_from(Action), st.sampled_from(VisitState), WORDS
        ),
        max_size=3,
    ).map(tuple),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(visit=VISITS)
def test_any_visit_reads_back_from_the_table_as_it_was(desk: Desk, visit: Visit) -> None:
    visit = replace(visit, uid=desk.database.new_uid(), number=str(desk.database.new_uid()))
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        saved = SHELF.put(unit, visit)

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, visit.uid) == saved


@given(visit=VISITS)
def test_any_visit_survives_its_plain_form(visit: Visit) -> None:
    plain = json.loads(canonical(KIND.to_plain(visit)))
    common = {name: getattr(visit, name) for name in META_FIELDS}

    assert KIND.from_plain(common, plain, KIND.version) == visit


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (KIND, SHELF.table.c.keys()),
        (EVALUATIONS, EVALUATION_SHELF.table.c.keys()),
    ],
    ids=["visits", "evaluations"],
)
def test_every_attribute_is_a_described_field_and_a_column(
    kind: RecordKind[Any], columns: list[str]
) -> None:
    attributes = [field.name for field in fields(kind.cls) if field.name not in META_FIELDS]

    assert [field.name for field in kind.fields] == attributes
    assert sorted(columns) == sorted([*META_FIELDS, *attributes])
    assert len({field.label for field in kind.fields}) == len(kind.fields)


def test_a_bundle_of_mere_figures_names_nobody() -> None:
    named = {
        "name", "phone", "agent", "representatives", "summary", "result", "steps", "room",
        "resident", "remark", "follow_up",
    }  # fmt: skip

    assert not named & {field.name for field in KIND.fields if field.travels is Travels.STATS}
    assert KIND.field("remark").travels is Travels.NEVER
