"""Whatever an activity or a line holds survives the table, the change log and a bundle's form."""

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
from desktop_app.core.photos import Photo
from desktop_app.core.record import META_FIELDS, RecordKind
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND, KINDS
from desktop_app.ledgers.activities.rules.activity import (
    Action,
    Activity,
    ActivityState,
    CountCorrection,
    Every,
    Fund,
    Group,
    Repeat,
    Resolution,
    Review,
    Step,
)
from desktop_app.ledgers.activities.rules.attendance import Attendance, Source
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF, SHELF
from desktop_app.storage.session import Desk

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
MOMENTS = st.integers(min_value=0, max_value=2**52).map(Millis)
NUMBERS = st.integers(min_value=0, max_value=9999)
STATES = st.sampled_from(ActivityState)


def several(what: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(what, max_size=3).map(tuple)


ACTIVITIES = st.builds(
    Activity,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    number=st.just("QR01-H2026A-00001"),
    kind=WORDS,
    meeting=st.booleans(),
    name=WORDS,
    starts_at=MOMENTS,
    ends_at=MOMENTS,
    day=DAYS,
    late_entry=st.booleans(),
    place=st.none() | st.uuids(),
    partners=several(WORDS),
    expected=st.none() | NUMBERS,
    state=STATES,
    summary=WORDS,
    served=st.none() | NUMBERS,
    resolutions=several(
        st.builds(Resolution, st.uuids(), WORDS, WORDS, st.none() | DAYS, st.none() | st.uuids())
    ),
    solved=several(st.uuids()),
    reviews=several(st.builds(Review, WORDS, NUMBERS, WORDS)),
    disclosed_on=st.none() | DAYS,
    funds=several(st.builds(Fund, WORDS, NUMBERS, WORDS)),
    photos=several(st.builds(Photo, WORDS, NUMBERS, NUMBERS, NUMBERS, st.none() | DAYS, WORDS)),
    corrections=several(
        st.builds(CountCorrection, st.sampled_from(Group), NUMBERS, NUMBERS, WORDS, WORDS, MOMENTS)
    ),
    recorded_by=st.none() | st.uuids(),
    recorded_on=st.none() | DAYS,
    reviewed_on=st.none() | DAYS,
    series=st.none() | st.uuids(),
    occurrence=NUMBERS,
    repeat=st.none() | st.builds(Repeat, st.sampled_from(Every), DAYS, NUMBERS, st.booleans()),
    steps=several(st.builds(Step, MOMENTS, WORDS, st.sampled_from(Action), STATES, WORDS)),
)
LINES = st.builds(
    Attendance,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    activity=st.uuids(),
    resident=st.none() | st.uuids(),
    name=WORDS,
    group=st.sampled_from(Group),
    unit=WORDS,
    phone=WORDS,
    signed_up_at=st.none() | MOMENTS,
    arrived_at=st.none() | MOMENTS,
    left_at=st.none() | MOMENTS,
    source=st.sampled_from(Source),
    absent_reason=WORDS,
    remark=WORDS,
)
ONCE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ONCE
@given(activity=ACTIVITIES, line=LINES)
def test_both_kinds_read_back_from_their_tables_as_they_were(
    desk: Desk, activity: Activity, line: Attendance
) -> None:
    uid = desk.database.new_uid()
    activity = replace(activity, uid=uid, number=uid.hex)
    line = replace(line, uid=desk.database.new_uid())
    with desk.unit_of_work("登记活动", needs=Right.HANDLE) as unit:
        saved, written = SHELF.put(unit, activity), ATTENDANCE_SHELF.put(unit, line)

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, activity.uid) == saved
        assert ATTENDANCE_SHELF.get(connection, line.uid) == written


@given(value=ACTIVITIES | LINES)
def test_both_kinds_survive_their_plain_form(value: Activity | Attendance) -> None:
    kind: RecordKind[Any] = KIND if isinstance(value, Activity) else ATTENDANCE
    plain = json.loads(canonical(kind.to_plain(value)))
    common = {name: getattr(value, name) for name in META_FIELDS}

    assert kind.from_plain(common, plain, kind.version) == value
    assert json.loads(kind.to_text(value)) == plain


DERIVED = {
    "activities": {"solved_count", "photo_count", *(f"{group.value}_stated" for group in Group)},
    "attendance": set[str](),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_attribute_is_a_described_field_and_a_column(kind: RecordKind[Any]) -> None:
    table = SHELF.table if kind is KIND else ATTENDANCE_SHELF.table
    attributes = [field.name for field in fields(kind.cls) if field.name not in META_FIELDS]

    assert [field.name for field in kind.fields] == attributes
    assert set(table.c.keys()) == {*META_FIELDS, *attributes} | DERIVED[kind.name]
    assert len({field.label for field in kind.fields}) == len(kind.fields)


def test_a_bundle_of_mere_figures_names_nobody() -> None:
    named = {"resident", "name", "unit", "phone", "absent_reason", "remark"}

    assert not named & {field.name for field in ATTENDANCE.fields if field.travels is Travels.STATS}
    assert ATTENDANCE.field("phone").private
    assert ATTENDANCE.field("name").private
    assert ATTENDANCE.field("remark").travels is Travels.NEVER
    spoken = {"summary", "outcome", "host", "recorder", "reviewer", "photos", "steps"}
    assert not spoken & {field.name for field in KIND.fields if field.travels is Travels.STATS}
