"""What a line of the 事项目录 may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling, handling_of
from desktop_app.core.record import META_FIELDS
from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.rules import (
    Material,
    MaterialForm,
    Matter,
    checked_matter,
    next_code,
    refuse_double,
)


def matter(code: str = "0101", name: str = "医保缴费帮办", **values: object) -> Matter:
    values = {"category": "社保医保", "handling": Handling.INSTANT, **values}
    return Matter(uid=UUID(int=1), station="QR01", code=code, name=name, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (matter(name=" "), "name"),
        (matter(category=""), "category"),
        (matter(station_days=-1), "station_days"),
        (matter(station_days=366), "station_days"),
        (matter(handling=Handling.TIMED), "station_days"),
        (matter(petition=True), "handling"),
        (matter(materials=(Material(" "),)), "materials"),
        (matter(materials=(Material("身份证", copies=0),)), "materials"),
        (matter(materials=(Material("身份证"),) * 31), "materials"),
    ],
)
def test_a_matter_that_could_not_be_told_to_a_resident_is_refused(
    wrong: Matter, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_matter(wrong)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_texts_are_cleaned_and_paragraphs_keep_their_lines() -> None:
    typed = matter(
        name=" 医保缴费\u200b帮办 ",
        steps="一、带身份证\r\n二、扫码",
        materials=(Material(" 身份证 ", MaterialForm.COPY, 2),),
    )
    kept = checked_matter(typed)
    assert kept.name == "医保缴费帮办"
    assert kept.steps == "一、带身份证\n二、扫码"
    assert kept.materials == (Material("身份证", MaterialForm.COPY, 2),)


def test_a_matter_comes_back_whole_from_its_record() -> None:
    full = matter(
        station_days=3,
        materials=(Material("户口簿", MaterialForm.BOTH, 2), Material("照片")),
        checked_on=date(2026, 11, 2),
        urgent=True,
        revision=4,
    )
    common = {name: getattr(full, name) for name in META_FIELDS}
    assert KIND.from_plain(common, KIND.to_plain(full), KIND.version) == full


def test_every_attribute_is_described_once() -> None:
    names = [field.name for field in KIND.fields]
    assert sorted([*names, *META_FIELDS]) == sorted(Matter.__dataclass_fields__)
    assert len({field.label for field in KIND.fields}) == len(names)


def test_a_name_or_code_stands_in_the_directory_once() -> None:
    known = [replace(matter(), uid=UUID(int=2))]
    with pytest.raises(UserError) as refused:
        refuse_double(matter(name="医保报销咨询"), known)
    assert refused.value.field == "code"
    with pytest.raises(UserError) as refused:
        refuse_double(matter(code="0102"), known)
    assert refused.value.field == "name"
    refuse_double(matter(code="0102", category="养老服务"), known)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["党员服务", "社保医保", "养老服务"]),
            st.one_of(
                st.integers(0, 1500).map(lambda number: f"{number:04d}"),
                st.sampled_from(["", "YB-1", "②", "12345"]),
            ),
        ),
        max_size=25,
    ),
    st.sampled_from(["党员服务", "平安法治"]),
)
def test_a_new_code_is_never_one_that_was_used(known: list[tuple[str, str]], wanted: str) -> None:
    matters = [matter(code=code, category=category) for category, code in known]
    code = next_code(wanted, matters)
    assert code not in {other.code for other in matters}
    assert checked_matter(matter(code=code)).code == code


def test_codes_of_a_category_stand_together_and_a_full_one_goes_on_elsewhere() -> None:
    first = [matter(code="0101", category="党员服务"), matter(code="0201", category="养老服务")]
    assert next_code("党员服务", first) == "0102"
    assert next_code("平安法治", first) == "0301"
    assert next_code("党员服务", [*first, matter(code="0199", category="党员服务")]) == "0301"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("即办", Handling.INSTANT),
        ("代办", Handling.ASSISTED),
        ("承诺", Handling.TIMED),
        ("咨询", Handling.ADVICE),
        ("转办", Handling.FORWARDED),
        ("限时办理", Handling.TIMED),
        ("advice", Handling.ADVICE),
        ("受理", None),
    ],
)
def test_words_of_older_ledgers_are_understood(word: str, meant: Handling | None) -> None:
    assert handling_of(word) is meant
