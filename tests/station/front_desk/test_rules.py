"""What is typed into the counter's form: kept word for word, and understood the way it is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.door_text import split_door
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.ledgers.visits.rules.visit import VisitKind, VisitSource
from desktop_app.station.front_desk.rules.meaning import (
    resident_draft,
    speakers_of,
    time_of,
    visit_form,
)
from desktop_app.station.front_desk.rules.text import (
    Came,
    Drafts,
    FormText,
    MatterText,
    from_plain,
    to_plain,
)

TODAY = date(2026, 11, 23)

typed = st.text(max_size=20)
matters = st.builds(MatterText, matter=typed, summary=typed, handed_to=typed, limit_days=typed)
forms = st.builds(
    FormText,
    came=st.sampled_from([came.value for came in Came]),
    name=typed,
    phone=typed,
    door=typed,
    group=st.booleans(),
    people=typed,
    speakers=typed,
    earlier=st.lists(matters, max_size=2).map(tuple),
    now=matters,
    source=st.sampled_from([source.value for source in VisitSource]),
    remark=typed,
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | typed,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["now", "parked", "earlier", "name", "came", "source", "group"])
            | typed,
            inside,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.builds(Drafts, now=forms, parked=st.lists(forms, max_size=2).map(tuple)))
def test_a_draft_comes_back_word_for_word(drafts: Drafts) -> None:
    assert from_plain(to_plain(drafts)) == drafts


@given(st.dictionaries(st.sampled_from(["now", "parked"]), junk))
def test_whatever_another_version_stored_the_form_opens(content: dict[str, Any]) -> None:
    drafts = from_plain(content)
    assert drafts.now.source in {source.value for source in VisitSource}
    assert isinstance(drafts.now.group, bool)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("3-2-501", ("3", "2", "501")),
        ("3栋2单元501室", ("3", "2", "501")),
        ("３—２—５０１", ("3", "2", "501")),
        ("5号楼102", ("5", "", "102")),
        ("604", ("", "", "604")),
        ("", ("", "", "")),
    ],
)
def test_a_door_is_understood_as_people_say_it(said: str, parts: tuple[str, str, str]) -> None:
    assert split_door(said) == parts


def test_representatives_are_named_with_or_without_a_phone() -> None:
    found = speakers_of("张三 13800005678、李四；阿迪力·买买提 0597-2212345")
    assert [(one.name, one.phone) for one in found] == [
        ("张三", "13800005678"),
        ("李四", ""),
        ("阿迪力·买买提", "0597-2212345"),
    ]


@pytest.mark.parametrize(
    ("said", "meant"), [("9:30", (9, 30)), ("930", (9, 30)), ("14点", (14, 0)), ("", None)]
)
def test_a_time_is_understood_as_people_write_it(said: str, meant: object) -> None:
    assert time_of(said) == meant


def test_what_is_no_time_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="不是一个时间"):
        time_of("下午")


def test_every_problem_of_the_form_is_told_at_once() -> None:
    text = FormText(people="许多", day="某天", time="下午", now=MatterText(limit_days="两"))
    with pytest.raises(InvalidInput) as caught:
        visit_form(text, {}, None, TODAY)
    fields = {problem.field for problem in caught.value.problems}
    assert fields == {"people", "day", "time", "limit_days", "person"}


def test_whoever_brings_a_child_is_its_guardian() -> None:
    text = FormText(came=Came.NEW.value, name="林小宝", birth="2020-05-01", agent_name="林建国")
    guardian = resident_draft(text, TODAY).guardian
    assert guardian is not None
    assert guardian.name == "林建国"
    grown = FormText(came=Came.NEW.value, name="林大宝", birth="1990-05-01", agent_name="林建国")
    assert resident_draft(grown, TODAY).guardian is None


def test_an_anonymous_form_names_nobody() -> None:
    text = FormText(came=Came.ANONYMOUS.value, name="张三", now=MatterText(summary="问路"))
    form = visit_form(text, {}, None, TODAY)
    assert (form.kind, form.name) == (VisitKind.ANONYMOUS, "")
