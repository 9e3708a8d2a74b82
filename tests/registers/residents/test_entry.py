"""Entering a resident: what the form means, what is kept half-filled, who may already be there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.residents import entry, listing, service
from desktop_app.registers.residents.entry_text import (
    PhoneText,
    ResidentText,
    from_plain,
    meaning,
    text_of,
    to_plain,
    told_by_number,
)
from desktop_app.registers.residents.listing import ResidentFilter
from desktop_app.registers.residents.rules import PartyKind, ResidentDraft
from desktop_app.storage.session import Desk
from tests.registers.residents.neighbours import TOLD, a_neighbourhood, neighbour
from tests.registers.residents.people import DRAFTS, someone_cared_for

TODAY = date(2026, 11, 23)


@pytest.fixture
def clerk(desk: Desk) -> Desk:
    """Somebody whose half-filled forms have an owner."""
    return replace(desk, actor=Actor(Uid(int=7), "王小燕", "窗口", frozenset(Right)))


@given(DRAFTS)
def test_a_form_says_the_file_it_was_begun_with(draft: ResidentDraft) -> None:
    assert meaning(text_of(draft), TODAY) == (draft, [])


def test_so_does_the_form_of_a_file_with_everything_in_it(desk: Desk) -> None:
    resident = service.for_editing(desk, someone_cared_for(desk).uid)
    draft, problems = meaning(text_of(resident), TODAY)
    assert problems == []
    assert text_of(draft) == text_of(resident)
    assert (draft.guardian, draft.consent, draft.special_groups) == (
        resident.guardian,
        resident.consent,
        resident.special_groups,
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
_NAMES = st.sampled_from([*ResidentText.__dataclass_fields__, "newer_field"])


@given(st.dictionaries(_NAMES, _JSON))
def test_whatever_another_version_kept_becomes_a_form_that_means_something(
    content: dict[str, object],
) -> None:
    text = from_plain(content)
    draft, _problems = meaning(text, TODAY)
    assert isinstance(draft, ResidentDraft)
    assert from_plain(to_plain(text)) == text


def test_a_half_filled_form_comes_back_word_for_word(clerk: Desk) -> None:
    text = ResidentText(name="张淑", birth="1955年", phones=(PhoneText(number="138"),))
    entry.keep(clerk, None, text)
    half = entry.left_over(clerk, None)
    assert half is not None
    assert half.text == text
    entry.keep(clerk, None, None)
    assert entry.left_over(clerk, None) is None


def test_forms_of_several_people_are_kept_apart_and_the_latest_stay(clerk: Desk) -> None:
    people = [neighbour(clerk, f"李{number}") for number in range(entry.MOST_KEPT + 1)]
    for person in people:
        entry.keep(clerk, person, ResidentText(name=person.name, remark="没写完"))
    assert entry.left_over(clerk, people[0]) is None
    last = entry.left_over(clerk, people[-1])
    assert last is not None
    assert last.text.name == people[-1].name
    assert entry.left_over(clerk, None) is None


def test_nobody_sees_what_a_colleague_left_half_filled(clerk: Desk) -> None:
    entry.keep(clerk, None, ResidentText(name="张淑"))
    colleague = replace(clerk, actor=replace(clerk.actor, uid=Uid(int=8)))
    assert entry.left_over(colleague, None) is None


def test_saving_takes_the_half_filled_form_away(clerk: Desk) -> None:
    entry.keep(clerk, None, ResidentText(name="张淑"))
    saved = entry.save(clerk, None, ResidentText(name="张淑芬")).value
    assert entry.left_over(clerk, None) is None
    assert service.card(clerk, saved.uid).resident.name == "张淑芬"


def test_a_form_with_problems_is_kept_and_all_of_them_are_told(clerk: Desk) -> None:
    text = ResidentText(birth="去年", phones=(PhoneText(number="12"),))
    entry.keep(clerk, None, text)
    with pytest.raises(InvalidInput) as refused:
        entry.save(clerk, None, text)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"birth", "name", "phones"}
    assert entry.left_over(clerk, None) is not None


def test_a_number_tells_birth_and_gender_but_never_overrules() -> None:
    bare = ResidentText(id_number="110105 19491231 002x")
    told = told_by_number(bare, TODAY)
    assert (told.birth, told.gender, told.id_number) == ("1949-12-31", "2", "11010519491231002X")
    typed = replace(bare, birth="1955-03-08", gender="1")
    kept = told_by_number(typed, TODAY)
    assert (kept.birth, kept.gender) == ("1955-03-08", "1")
    wrong = ResidentText(id_number="110105194912310021")
    assert told_by_number(wrong, TODAY) == wrong


def test_namesakes_are_told_of_after_those_who_are_surely_the_same(desk: Desk) -> None:
    neighbour(desk, "张淑芬", "13500000021")
    same = neighbour(desk, "张淑芬", "13800005678", birth=date(1955, 3, 8))
    text = ResidentText(name="张淑芬", birth="19550308")
    found = entry.similar(desk, None, text)
    assert [one.reasons for one in found] == [("姓名和出生日期相同",), ("同名",)]
    assert found[0].line.uid == same.uid
    others = entry.similar(desk, service.for_editing(desk, same.uid), text)
    assert [one.line.phone for one in others] == ["135****0021"]


def test_a_compound_is_found_by_its_initials(desk: Desk) -> None:
    a_neighbourhood(desk)
    choices = entry.place_choices(desk)
    names = {one.name for one in choices.compounds if "qryy" in one.found_by.split()}
    assert names == {"青榕雅苑"}
    assert [one.name for one in choices.branches] == ["青榕雅苑第一党支部"]


def test_the_list_marks_party_members_and_who_was_told(desk: Desk) -> None:
    neighbour(desk, "赖建国", party=PartyKind.EMPLOYED, workplace="自来水公司", consent=TOLD)
    neighbour(desk, "张淑芬")
    rows = listing.page(desk, ResidentFilter()).rows
    assert [(row.line.name, row.party, row.informed) for row in rows] == [
        ("赖建国", PartyKind.EMPLOYED, True),
        ("张淑芬", PartyKind.NONE, False),
    ]
    found = listing.page(desk, ResidentFilter(party=PartyKind.EMPLOYED)).rows
    assert [row.line.name for row in found] == ["赖建国"]
