"""共建单位: who they are, what they were called, and who is found by which word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.fields import Travels
from desktop_app.core.identity import credit_check_character
from desktop_app.core.ids import Uid
from desktop_app.core.record import META_FIELDS
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.partners import service
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import (
    Contact,
    Partner,
    PartnerFilter,
    SameName,
    UnitKind,
    form_of,
)
from desktop_app.registers.partners.store import SHELF
from desktop_app.storage.session import Desk
from tests.registers.partners.units import CODE, OTHER_CODE, form, partner

DAY = 86_400


def names(desk: Desk, **wanted: object) -> list[str]:
    return [line.name for line in service.page(desk, PartnerFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_a_new_unit_gets_a_number_and_can_be_taken_back(desk: Desk) -> None:
    made = service.add(desk, form(credit_code=f" {CODE.lower()} "))

    assert made.value.number == "QR01-D2026A-00001"
    assert made.value.credit_code == CODE
    assert made.undo is not None
    made.undo.call(desk)
    assert names(desk) == []


def test_every_problem_of_the_form_is_told_at_once(desk: Desk) -> None:
    wrong = form(
        name=" ",
        credit_code="91350800MA2XN0QA24",
        liaison_phone="1380000567",
        since=date(2026, 12, 1),
        contacts=(Contact("", "行长"), Contact("王建国", phone="8")),
    )
    with pytest.raises(InvalidInput) as refused:
        service.add(desk, wrong)

    assert [problem.field for problem in refused.value.problems] == [
        "name", "liaison_phone", "since", "credit_code", "contacts", "contacts",
    ]  # fmt: skip
    assert "第2位联系人" in refused.value.sentence


def test_a_unit_of_the_same_name_is_asked_about(desk: Desk) -> None:
    first = partner(desk)
    for called in (first.name, first.short_name):
        with pytest.raises(SameName, match=first.number) as asked:
            partner(desk, name=called, short_name="")
        assert (asked.value.other, asked.value.number) == (first.uid, first.number)

    two = service.add(desk, form(), same_name=True).value
    assert two.number != first.number
    assert service.named(desk, first.name) is None, "nobody chooses between two"


def test_one_credit_code_is_one_unit(desk: Desk) -> None:
    first = partner(desk, credit_code=CODE)
    with pytest.raises(UserError, match=first.number) as refused:
        partner(desk, name="另一家", short_name="", credit_code=CODE)
    assert refused.value.field == "credit_code"

    other = partner(desk, name="另一家", short_name="", credit_code=OTHER_CODE)
    with pytest.raises(UserError, match="已经用在"):
        service.change(desk, other.uid, other.revision, form(name="另一家", credit_code=CODE))


def test_a_name_given_up_still_finds_the_unit(desk: Desk, clock: FixedClock) -> None:
    known = partner(desk)
    clock.advance(2 * DAY)
    now = service.change(
        desk, known.uid, known.revision, form(name="澄岭农商银行荷塘支行", short_name="")
    ).value

    assert now.former_names == (known.name,)
    found = service.named(desk, known.name)
    assert found is not None
    assert found.uid == known.uid
    assert [line.uid for line in service.search(desk, "qrns")] == [known.uid]
    with pytest.raises(SameName, match="曾经叫"):
        partner(desk, short_name="")


def test_a_slip_in_a_name_put_right_the_same_day_is_no_former_name(desk: Desk) -> None:
    known = partner(desk, name="青榕农村商业银形")
    now = service.change(desk, known.uid, known.revision, form()).value

    assert now.former_names == ()


@pytest.mark.parametrize("words", ["青榕农商", "qrncsyyh", "荷塘", "QR01-D2026A-00001", CODE])
def test_a_unit_is_found_by_characters_initials_number_and_code(desk: Desk, words: str) -> None:
    known = partner(desk, credit_code=CODE)
    partner(desk, name="槐安幼儿园", short_name="", unit_kind=UnitKind.SCHOOL)

    assert [line.uid for line in service.search(desk, words)] == [known.uid]


def test_the_list_is_in_the_order_of_pinyin_and_narrows(desk: Desk) -> None:
    area, elsewhere = Uid(int=7), Uid(int=8)
    partner(desk, compounds=(area, area))
    partner(desk, name="槐安幼儿园", short_name="", unit_kind=UnitKind.SCHOOL)
    over = partner(desk, name="安泽物业服务有限公司", short_name="", compounds=(elsewhere,))
    service.end(desk, over.uid, over.revision, "合同到期撤场")

    assert names(desk) == ["安泽物业服务有限公司", "槐安幼儿园", "青榕农村商业银行荷塘支行"]
    assert names(desk, kind=UnitKind.SCHOOL) == ["槐安幼儿园"]
    assert names(desk, ended=True) == ["安泽物业服务有限公司"]
    assert names(desk, compound=area) == ["槐安幼儿园", "青榕农村商业银行荷塘支行"]
    assert names(desk, stations=("XX",)) == []


def test_pages_of_the_list_meet_without_a_gap(desk: Desk) -> None:
    for number in range(7):
        partner(desk, name=f"第{number}小学", short_name="")
    seen, cursor = [], None
    while True:
        found = service.page(desk, cursor=cursor, size=3)
        seen += [line.uid for line in found.rows]
        cursor = found.later
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 7


def test_ending_keeps_the_unit_and_says_why(desk: Desk) -> None:
    known = partner(desk, since=date(2025, 3, 1))
    with pytest.raises(UserError, match="原因"):
        service.end(desk, known.uid, known.revision, " ")
    with pytest.raises(UserError, match="比今天还晚"):
        service.end(desk, known.uid, known.revision, "搬走", date(2026, 12, 1))
    with pytest.raises(UserError, match="早于共建起始日期"):
        service.end(desk, known.uid, known.revision, "搬走", date(2025, 2, 1))

    over = service.end(desk, known.uid, known.revision, "支行搬走").value
    assert (over.until, over.end_reason) == (date(2026, 11, 23), "支行搬走")
    assert service.search(desk, "青榕") == ()
    with pytest.raises(UserError, match="已经不再是"):
        service.end(desk, known.uid, over.revision, "再来一次")

    again = service.resume(desk, known.uid, over.revision).value
    assert (again.until, again.end_reason) == (None, "")
    with pytest.raises(UserError, match="现在就是共建单位"):
        service.resume(desk, known.uid, again.revision)


def test_a_change_seen_by_nobody_else_is_undone_and_one_seen_is_kept(desk: Desk) -> None:
    known = partner(desk)
    once = service.change(desk, known.uid, known.revision, form(specialities="反诈宣传"))
    with pytest.raises(Conflict):
        service.change(desk, known.uid, known.revision, form(specialities="助老"))
    assert once.undo is not None
    once.undo.call(desk)
    assert service.get(desk, known.uid).specialities == ""
    with pytest.raises(Conflict):
        once.undo.call(desk)


def test_phones_are_masked_until_somebody_reads_them_out(desk: Desk) -> None:
    known = partner(desk, contacts=(Contact("王建国", "信贷部", "0597-2212345"),))

    shown = service.get(desk, known.uid)
    assert shown.liaison_phone == "138****5678"
    assert "2212345" not in shown.contacts[0].phone
    assert service.page(desk).rows[0].liaison_phone == "138****5678"
    assert service.read_out(desk, known.uid, "liaison_phone") == "13800005678"
    assert service.read_out(desk, known.uid, "contacts") == "王建国 信贷部 0597-2212345"
    told = [(entry.action, entry.detail) for entry in service.history(desk, known.uid).entries]
    assert told[:2] == [("查看完整内容", "其他联系人"), ("查看完整内容", "联络员电话")]


def test_who_may_not_handle_adds_nobody(desk: Desk) -> None:
    reader = Desk(desk.database, Actor(None, "审计", "安全审计员", frozenset({Right.READ})))
    with pytest.raises(NotAllowed):
        service.add(reader, form())
    assert names(reader) == []


def test_what_may_be_dialled_never_travels_with_figures_or_daily_work() -> None:
    people = {"head", "head_phone", "liaison", "liaison_phone", "contacts"}

    assert {field.name for field in KIND.fields if field.private} == people
    assert KIND.field("contacts").travels is Travels.FULL
    assert KIND.field("remark").travels is Travels.NEVER


def test_every_attribute_is_a_described_field_and_a_column() -> None:
    attributes = [name for name in Partner.__dataclass_fields__ if name not in META_FIELDS]

    assert [field.name for field in KIND.fields] == attributes
    assert sorted(SHELF.table.c.keys()) == sorted([*META_FIELDS, *attributes, "sort"])
    assert len({field.label for field in KIND.fields}) == len(KIND.fields)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
PARTNERS = st.builds(
    Partner,
    uid=st.uuids(version=4),
    station=st.just("QR01"),
    number=WORDS,
    name=WORDS,
    unit_kind=st.sampled_from(UnitKind),
    contacts=st.lists(st.builds(Contact, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    compounds=st.lists(st.uuids(), max_size=2).map(tuple),
    former_names=st.lists(WORDS, max_size=2).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    head_phone=WORDS,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=PARTNERS)
def test_any_unit_reads_back_from_the_table_as_it_was(desk: Desk, one: Partner) -> None:
    fresh = desk.database.new_uid()
    values = {name: getattr(one, name) for name in Partner.__dataclass_fields__}
    one = Partner(**{**values, "uid": fresh, "number": fresh.hex})
    with desk.unit_of_work("新增", needs=Right.HANDLE) as unit:
        saved = SHELF.put(unit, one)

    with desk.reading(needs=Right.READ) as connection:
        assert SHELF.get(connection, fresh) == saved


def test_what_the_form_shows_is_what_was_entered(desk: Desk) -> None:
    assert form_of(partner(desk)) == form()


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_a_swap_of_any_two_characters_of_a_credit_code_is_found(body: str) -> None:
    """GB 32100-2015 weighs each place by another power of 3: no swap of two unlike ones passes."""
    check = credit_check_character(body)
    for place in range(16):
        for other in range(place + 1, 17):
            swapped = list(body)
            swapped[place], swapped[other] = body[other], body[place]
            unlike = body[place] != body[other]
            assert (credit_check_character("".join(swapped)) != check) == unlike
