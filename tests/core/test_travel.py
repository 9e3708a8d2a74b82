"""Which field leaves the station, and how whole."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import catalog
from desktop_app.core.fields import Field, FieldKind, Travels
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.travel import Carried, Profile, Projector, carried, projection, wider

WIDTHS = list(Profile)
TRAVELS = {Profile.STATS: 1, Profile.WORK: 2, Profile.FULL: 3}
FIELD = st.builds(
    Field,
    st.sampled_from(["name", "phone", "room", "summary", "birth"]),
    st.just("字段"),
    st.sampled_from([FieldKind.TEXT, FieldKind.PHONE, FieldKind.DAY, FieldKind.LIST]),
    private=st.booleans(),
    sensitive=st.booleans(),
    travels=st.sampled_from(Travels),
)


def _kinds() -> list[RecordKind[Record]]:
    return [shelf.kind for shelf in catalog.travelling().values()]


@pytest.mark.parametrize(
    ("profile", "name", "phone", "remark"),
    [
        (Profile.STATS, None, None, None),
        (Profile.WORK, "张*明", "138****5678", None),
        (Profile.FULL, "张小明", "13800005678", None),
    ],
)
def test_a_visitor_travels_nameless_masked_or_whole(
    profile: Profile, name: str | None, phone: str | None, remark: str | None
) -> None:
    kind = catalog.shelves()["visits"].kind
    plain = {"name": "张小明", "phone": "13800005678", "remark": "常来", "summary": "家里的事"}
    shown = Projector(kind, profile)(plain)
    assert (shown.get("name"), shown.get("phone"), shown.get("remark")) == (name, phone, remark)


def test_a_star_that_a_clerk_typed_beside_a_name_does_not_carry_it_out() -> None:
    kind = catalog.shelves()["visits"].kind
    assert Projector(kind, Profile.WORK)({"name": "陈桂英*"}) == {"name": "陈***"}


def test_what_a_visitor_told_leaves_whole_or_not_at_all() -> None:
    kind = catalog.shelves()["visits"].kind
    told = [Projector(kind, profile)({"summary": "家里的事"}) for profile in WIDTHS]
    assert told == [{}, {}, {"summary": "家里的事"}]


@given(FIELD)
def test_a_wider_profile_never_carries_less(field: Field) -> None:
    order = [Carried.NOT, Carried.MASKED, Carried.CLEAR]
    widths = [order.index(carried(field, profile)) for profile in WIDTHS]
    assert widths == sorted(widths)


@given(FIELD, st.sampled_from(Profile))
def test_what_is_sensitive_or_marked_never_stays(field: Field, profile: Profile) -> None:
    leaves = carried(field, profile) is not Carried.NOT
    if field.sensitive or field.travels is Travels.NEVER:
        assert not leaves
    if field.private and profile is not Profile.FULL:
        assert carried(field, profile) is not Carried.CLEAR


def test_nothing_private_of_anybody_is_in_the_figures() -> None:
    private = {
        (kind.name, field.name)
        for kind in _kinds()
        for field in kind.fields
        if field.private and carried(field, Profile.STATS) is not Carried.NOT
    }
    assert private == set()


def test_operators_and_papers_have_no_projection() -> None:
    kinds = [shelf.kind for shelf in catalog.shelves().values()]
    assert set(projection(kinds, Profile.FULL)) == {
        *("residents", "partners", "places", "place_links"),
        *("visits", "evaluations", "activities", "attendance", "agreements"),
        *("requests", "request_evaluations"),
        *("problems", "offers", "duties", "party"),
        *("volunteers", "teams", "memberships"),
        *("posts", "claims", "shifts"),
        *("service", "certificates"),
    }


def test_a_kind_that_stays_has_no_projector() -> None:
    with pytest.raises(ValueError, match="do not travel"):
        Projector(catalog.shelves()["operators"].kind, Profile.FULL)


@dataclass(frozen=True, kw_only=True)
class _Note(Record):
    name: str = ""
    text: str = ""


def _notes(*fields: Field) -> list[RecordKind[_Note]]:
    return [RecordKind("notes", "便笺", _Note, fields, travels=True)]


def test_rows_go_again_where_a_field_goes_further_than_before() -> None:
    before = _notes(
        Field("name", "姓名", private=True), Field("text", "内容", travels=Travels.FULL)
    )
    now = _notes(Field("name", "姓名", private=True), Field("text", "内容"))
    work, full = projection(before, Profile.WORK), projection(before, Profile.FULL)
    assert wider(full, work) == {"notes"}
    assert wider(projection(now, Profile.WORK), work) == {"notes"}
    assert wider(work, full) == frozenset()
    assert wider(work, work) == frozenset()
    assert wider(work, {}) == {"notes"}
