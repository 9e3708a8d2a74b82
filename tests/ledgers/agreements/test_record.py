"""An agreement as a record: whatever it holds survives the table, the log and a bundle's form."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.fields import Travels
from desktop_app.core.photos import Photo
from desktop_app.core.record import META_FIELDS, altered
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile, Projector
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import (
    Action,
    Agreement,
    AgreementState,
    Content,
    Promise,
    PromiseKind,
    Rhythm,
    Step,
    Supplement,
    TermChange,
)
from desktop_app.ledgers.agreements.rules.terms import CONTACTS, OF_SIGNING, TERMS
from desktop_app.ledgers.agreements.store import SHELF, attached
from desktop_app.storage.session import Desk
from tests.ledgers.agreements.papers import told

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
MOMENTS = st.integers(min_value=0, max_value=2**52).map(Millis)
SCANS = st.lists(
    st.builds(Photo, st.binary(min_size=32, max_size=32).map(bytes.hex), st.just(9), st.just(3),
              st.just(4), st.none() | DAYS),
    max_size=2,
).map(tuple)  # fmt: skip

AGREEMENTS = st.builds(
    Agreement,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    number=WORDS,
    partner=st.none() | st.uuids(),
    party_a=WORDS,
    b_phone=WORDS,
    signed_on=st.none() | DAYS,
    starts_on=st.none() | DAYS,
    ends_on=st.none() | DAYS,
    contents=st.lists(st.sampled_from(Content), max_size=3).map(tuple),
    demand_every=st.sampled_from(Rhythm),
    meeting_every=st.none() | st.sampled_from(Rhythm),
    promises=st.lists(
        st.builds(Promise, st.uuids(), st.sampled_from(PromiseKind), st.integers(1, 99), WORDS),
        max_size=3,
    ).map(tuple),
    quarterly_report=st.booleans(),
    scans=SCANS,
    supplements=st.lists(
        st.builds(
            Supplement,
            WORDS,
            DAYS,
            WORDS,
            st.lists(st.builds(TermChange, st.sampled_from(TERMS), WORDS, WORDS), max_size=2).map(
                tuple
            ),
            SCANS,
        ),
        max_size=2,
    ).map(tuple),
    renewal_of=st.none() | st.uuids(),
    state=st.sampled_from(AgreementState),
    steps=st.lists(
        st.builds(
            Step, MOMENTS, WORDS, st.sampled_from(Action), st.sampled_from(AgreementState), WORDS
        ),
        max_size=3,
    ).map(tuple),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=AGREEMENTS)
def test_any_agreement_reads_back_from_the_table_as_it_was(desk: Desk, one: Agreement) -> None:
    fresh = desk.database.new_uid()
    one = altered(one, uid=fresh, number=fresh.hex)
    with desk.unit_of_work("草拟", needs=Right.HANDLE) as unit:
        saved = SHELF.put(unit, one)

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, fresh) == saved
        pages = {scan.sha256 for scan in one.scans}
        pages |= {scan.sha256 for each in one.supplements for scan in each.scans}
        assert pages <= attached(connection)


@given(one=AGREEMENTS)
def test_any_agreement_survives_its_plain_form(one: Agreement) -> None:
    plain = json.loads(canonical(KIND.to_plain(one)))
    common: dict[str, Any] = {name: getattr(one, name) for name in META_FIELDS}

    assert KIND.from_plain(common, plain, KIND.version) == one


def test_every_attribute_is_a_described_field_and_a_column() -> None:
    attributes = [field.name for field in fields(Agreement) if field.name not in META_FIELDS]

    assert [field.name for field in KIND.fields] == attributes
    derived = ["scan_count", "supplement_count"]
    assert sorted(SHELF.table.c.keys()) == sorted([*META_FIELDS, *attributes, *derived])
    assert len({field.label for field in KIND.fields}) == len(KIND.fields)


def test_every_field_is_a_term_a_fact_of_signing_a_contact_or_the_course() -> None:
    course = {
        "number", "scans", "supplements", "renewed_by", "ended_on", "end_reason", "state", "steps",
        "remark",
    }  # fmt: skip
    groups = [set(TERMS), set(OF_SIGNING), set(CONTACTS), course]

    assert set().union(*groups) == {field.name for field in KIND.fields}
    assert sum(map(len, groups)) == len(KIND.fields), "and no two of them at once"


def test_a_bundle_of_mere_figures_names_nobody_and_daily_work_masks_who_is_called() -> None:
    plain = KIND.to_plain(told(remark="主任不常在"))
    figures = Projector(KIND, Profile.STATS)(plain)
    work = Projector(KIND, Profile.WORK)(plain)

    assert not {"party_a", "a_head", "b_liaison", "b_phone", "steps", "goals"} & set(figures)
    assert (work["b_liaison"], work["b_phone"]) == ("李*敏", "138****5678")
    assert "remark" not in Projector(KIND, Profile.FULL)(plain)
    assert KIND.field("remark").travels is Travels.NEVER
