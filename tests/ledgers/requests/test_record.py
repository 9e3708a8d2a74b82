"""A request as a record: it survives the table, the change log and a bundle's form."""

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
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.photos import Photo
from desktop_app.core.record import META_FIELDS, RecordKind
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile, Projector
from desktop_app.ledgers.requests.record import EVALUATIONS, KIND
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Answer,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Escalation,
    Pause,
    Request,
    RequestKind,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.store import EVALUATION_SHELF, SHELF
from desktop_app.storage.session import Desk

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
MOMENTS = st.integers(min_value=0, max_value=2**52).map(Millis)
UIDS = st.none() | st.uuids()

REQUESTS = st.builds(
    Request,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    number=WORDS,
    kind=st.sampled_from(RequestKind),
    source=st.sampled_from(Source),
    at=MOMENTS,
    day=DAYS,
    late_entry=st.booleans(),
    visit=UIDS,
    activity=UIDS,
    resolution=UIDS,
    resident=UIDS,
    name=WORDS,
    phone=WORDS,
    compound=UIDS,
    consented=st.booleans(),
    title=WORDS,
    summary=WORDS,
    urgency=st.sampled_from(Urgency),
    dispute_stage=st.none() | st.sampled_from(DisputeStage),
    state=st.sampled_from(RequestState),
    assignee=st.none() | st.builds(Assignee, st.sampled_from(AssigneeKind), WORDS, UIDS),
    limit_days=st.none() | st.integers(min_value=1, max_value=365),
    limit_from=DAYS,
    due=st.none() | DAYS,
    pauses=st.lists(st.builds(Pause, DAYS, st.none() | DAYS), max_size=3).map(tuple),
    taken_at=st.none() | MOMENTS,
    hand_backs=st.integers(min_value=0, max_value=9),
    done_on=st.none() | DAYS,
    merged_into=UIDS,
    escalated=st.none()
    | st.builds(Escalation, MOMENTS, DAYS, WORDS, st.sampled_from(Level), WORDS),
    answer=st.none() | st.builds(Answer, MOMENTS, WORDS, WORDS, WORDS, DAYS),
    petition=st.booleans(),
    photos=st.lists(
        st.builds(Photo, st.just("ab" * 32), st.just(9), st.just(4), st.just(3), DAYS, WORDS),
        max_size=2,
    ).map(tuple),
    steps=st.lists(
        st.builds(
            Step, MOMENTS, WORDS, st.sampled_from(Action), st.sampled_from(RequestState), WORDS
        ),
        max_size=3,
    ).map(tuple),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(request_made=REQUESTS)
def test_any_request_reads_back_from_the_table_as_it_was(desk: Desk, request_made: Request) -> None:
    uid = desk.database.new_uid()
    made = replace(request_made, uid=uid, number=str(uid))
    with desk.unit_of_work("登记诉求", needs=Right.REGISTER) as unit:
        saved = SHELF.put(unit, made)

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, uid) == saved


@given(made=REQUESTS)
def test_any_request_survives_its_plain_form(made: Request) -> None:
    plain = json.loads(canonical(KIND.to_plain(made)))
    common = {name: getattr(made, name) for name in META_FIELDS}

    assert KIND.from_plain(common, plain, KIND.version) == made


@pytest.mark.parametrize(
    ("kind", "columns", "derived"),
    [
        (KIND, SHELF.table.c.keys(), ["assignee_uid", "photo_count"]),
        (EVALUATIONS, EVALUATION_SHELF.table.c.keys(), []),
    ],
    ids=["requests", "evaluations"],
)
def test_every_attribute_is_a_described_field_and_a_column(
    kind: RecordKind[Any], columns: list[str], derived: list[str]
) -> None:
    attributes = [field.name for field in fields(kind.cls) if field.name not in META_FIELDS]

    assert [field.name for field in kind.fields] == attributes
    assert sorted(columns) == sorted([*META_FIELDS, *attributes, *derived])
    assert len({field.label for field in kind.fields}) == len(kind.fields)


def test_a_bundle_of_mere_figures_names_nobody() -> None:
    named = {
        "name", "phone", "summary", "result", "steps", "room", "unit", "resident", "remark",
        "call_back", "title", "escalated", "answer", "assignee", "taken_by",
    }  # fmt: skip

    assert not named & {field.name for field in KIND.fields if field.travels is Travels.STATS}
    assert KIND.field("remark").travels is Travels.NEVER


@given(made=REQUESTS)
def test_a_daily_bundle_tells_the_whistle_and_not_what_the_resident_said(made: Request) -> None:
    travels = set(Projector(KIND, Profile.WORK)(KIND.to_plain(made)))

    assert {"title", "escalated", "answer", "due", "state"} <= travels
    assert not {"summary", "steps", "remark", "unit", "room", "result"} & travels


def test_a_petition_never_leaves() -> None:
    assert KIND.withheld is not None
    assert KIND.withheld({"petition": True})
    assert not KIND.withheld({"petition": False})
