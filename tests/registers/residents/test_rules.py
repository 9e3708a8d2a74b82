"""When a resident's file is in order: only the name is required, the rest must be true."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.fields import Travels
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.record import META_FIELDS
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    PHONES_LIMIT,
    Consent,
    ConsentBasis,
    Guardian,
    PartyKind,
    Phone,
    Resident,
    ResidentDraft,
    SpecialGroup,
    age_on,
    draft_of,
    with_draft,
)
from desktop_app.registers.residents.tidying import tidy, validate
from tests.registers.residents.people import DRAFTS

TODAY = date(2026, 11, 23)
TOLD = Consent(ConsentBasis.TOLD_AND_AGREED, TODAY)


def wrong_fields(draft: ResidentDraft) -> list[str | None]:
    return [problem.field for problem in validate(draft, TODAY)]


def test_a_name_alone_is_enough() -> None:
    assert validate(ResidentDraft(name="单雄信"), TODAY) == []


def test_a_missing_name_is_told_with_the_next_step() -> None:
    (problem,) = validate(ResidentDraft(name=" \u200b"), TODAY)
    assert problem.field == "name"
    assert problem.next_step


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ResidentDraft(name="张三", birth=date(2026, 11, 24)), "birth"),
        (ResidentDraft(name="张三", birth=date(1879, 12, 31)), "birth"),
        (ResidentDraft(name="张三", phones=(Phone("138000"),)), "phones"),
        (ResidentDraft(name="张三", id_number="110105194912310021"), "id_number"),
        (ResidentDraft(name="张三", party=PartyKind.EMPLOYED), "workplace"),
        (ResidentDraft(name="张三", party=PartyKind.MOBILE), "flow_from"),
        (ResidentDraft(name="张三", special_groups=(SpecialGroup.AGED,)), "consent"),
        (ResidentDraft(name="张小宝", birth=date(2012, 11, 24)), "guardian"),
        (ResidentDraft(name="张三", room="5" * 21), "room"),
        (ResidentDraft(name="张三", remark="长" * 30_000_000), "remark"),
        (
            ResidentDraft(name="张三", consent=Consent(ConsentBasis.WRITTEN, date(2026, 11, 24))),
            "consent",
        ),
        (
            ResidentDraft(name="张三", guardian=Guardian("李四", "母亲", "12")),
            "guardian",
        ),
    ],
)
def test_each_slip_is_told_beside_its_field(draft: ResidentDraft, field: str) -> None:
    assert wrong_fields(draft) == [field]


def test_all_slips_are_told_at_once() -> None:
    draft = ResidentDraft(name="", id_number="123", party=PartyKind.EMPLOYED)
    assert wrong_fields(draft) == ["name", "id_number", "workplace"]


def test_what_a_kind_of_party_member_needs_is_enough_for_it() -> None:
    employed = ResidentDraft(name="张三", party=PartyKind.EMPLOYED, workplace="区税务局")
    mobile = ResidentDraft(name="张三", party=PartyKind.MOBILE, flow_to="厦门市")
    assert wrong_fields(employed) == wrong_fields(mobile) == []


def test_a_child_needs_a_guardian_until_the_fourteenth_birthday() -> None:
    turned = ResidentDraft(name="张小宝", birth=date(2012, 11, 23))
    younger = ResidentDraft(name="张小宝", birth=date(2012, 11, 24))
    assert wrong_fields(turned) == []
    assert wrong_fields(younger) == ["guardian"]


def test_a_card_number_fills_birth_and_gender() -> None:
    tidied, problems = tidy(ResidentDraft(name="张三", id_number="11010519491231002x"), TODAY)
    assert problems == []
    assert tidied.id_number == "11010519491231002X"
    assert tidied.id_kind is IdKind.RESIDENT_ID_CARD
    assert (tidied.birth, tidied.gender) == (date(1949, 12, 31), Gender.FEMALE)


def test_what_contradicts_the_card_number_is_told() -> None:
    draft = ResidentDraft(
        name="张三",
        gender=Gender.MALE,
        birth=date(1950, 1, 1),
        id_number="11010519491231002X",
    )
    assert wrong_fields(draft) == ["birth", "gender"]


def test_a_number_typed_twice_in_two_ways_is_kept_once() -> None:
    phones = (Phone("138 0000 1234", "女儿"), Phone("１３８００００１２３４"), Phone("  "))
    tidied, problems = tidy(ResidentDraft(name="张三", phones=phones), TODAY)
    assert problems == []
    assert tidied.phones == (Phone("13800001234", "女儿"),)


def test_more_phones_than_fit_are_refused_and_none_is_lost() -> None:
    phones = tuple(Phone(f"1380000000{n}") for n in range(PHONES_LIMIT + 1))
    tidied, problems = tidy(ResidentDraft(name="张三", phones=phones), TODAY)
    assert [problem.field for problem in problems] == ["phones"]
    assert tidied.phones == phones


@given(DRAFTS)
def test_tidying_twice_changes_nothing_more(draft: ResidentDraft) -> None:
    once, problems = tidy(draft, TODAY)
    assert problems == []
    assert tidy(once, TODAY) == (once, [])


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2100, 1, 1)))
def test_age_counts_birthdays(birth: date, day: date) -> None:
    reached = [
        year
        for year in range(birth.year + 1, day.year + 1)
        if (year, birth.month, birth.day) <= (day.year, day.month, day.day)
    ]
    assert age_on(birth, day) == len(reached)


def test_no_label_for_care_names_what_a_counter_must_not_know() -> None:
    words = "".join(group.label for group in SpecialGroup)
    assert not [word for word in ("精神", "吸毒", "戒毒", "矫正", "刑") if word in words]


def test_every_attribute_is_described_as_a_field_once() -> None:
    own = {field.name for field in fields(Resident)} - set(META_FIELDS)
    assert sorted(field.name for field in KIND.fields) == sorted(own)
    assert len({field.label for field in KIND.fields}) == len(KIND.fields)


def test_what_is_private_never_travels_with_statistics() -> None:
    assert [field.name for field in KIND.fields if field.private] != []
    assert not [
        field.name for field in KIND.fields if field.private and field.travels is Travels.STATS
    ]
    assert [field.name for field in KIND.fields if field.sensitive] == ["special_groups"]


def test_a_record_survives_its_plain_form(someone: Resident) -> None:
    common = {name: getattr(someone, name) for name in META_FIELDS}
    assert KIND.from_plain(common, KIND.to_plain(someone), KIND.version) == someone


def test_a_form_gives_back_what_it_was_opened_with(someone: Resident) -> None:
    assert with_draft(someone, draft_of(someone)) == someone


@pytest.fixture
def someone() -> Resident:
    return Resident(
        uid=UUID(int=7),
        station="QR01",
        number="QR01-R2026A-00001",
        name="阿迪力·买买提",
        gender=Gender.MALE,
        birth=date(1950, 1, 2),
        phones=(Phone("13800001234", "女儿"),),
        compound=UUID(int=8),
        special_groups=(SpecialGroup.LIVING_ALONE,),
        guardian=Guardian("李四", "女儿"),
        consent=TOLD,
    )
