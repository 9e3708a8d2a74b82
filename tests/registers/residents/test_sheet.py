"""Rosters of residents: what a row opens, whom it is known as, how it is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.identity import Gender
from desktop_app.core.rights import Right
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import store
from desktop_app.registers.residents.rules import ConsentBasis, PartyKind, Phone, SpecialGroup
from desktop_app.storage.session import Desk
from tests.registers.residents.people import ID, opened
from tests.sheets.taking import (
    change,
    known,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    values,
    written,
)

KIND = "residents"


def compound(desk: Desk, name: str = "金色家园") -> object:
    return places.add(desk, kind=PlaceKind.COMPOUND, name=name).value.uid


def test_a_row_of_a_roster_opens_a_file(desk: Desk) -> None:
    there = compound(desk)

    made = take_one(
        desk,
        KIND,
        姓名="陈桂英",
        性别="女",
        手机号="138 0000 5678、0597-2212345（女儿）",
        家庭住址="金色家园3-2-501",
        党员管理类别="退休",
        特殊群体="独居、低保",
        告知依据="已告知",
        告知日期="2026.3.5",
    )

    assert (made.name, made.gender, made.party) == ("陈桂英", Gender.FEMALE, PartyKind.RETIRED)
    assert made.phones == (Phone("13800005678"), Phone("0597-2212345", "女儿"))
    assert (made.compound, made.building, made.unit, made.room) == (there, "3", "2", "501")
    assert made.special_groups == (SpecialGroup.LIVING_ALONE, SpecialGroup.MINIMUM_LIVING)
    assert made.consent is not None
    assert made.consent.basis is ConsentBasis.TOLD_AND_AGREED


@pytest.mark.parametrize(
    ("address", "door", "note"),
    [
        ("金色家园 3栋2单元501室", ("3", "2", "501"), ""),
        ("3栋2单元501", ("3", "2", "501"), ""),
        ("金色家园3栋", ("3", "", ""), ""),
        ("东城街道金色家园3-2-501", ("3", "2", "501"), "东城街道金色家园3-2-501"),
        ("金色家园菜市场旁边", ("", "", ""), "金色家园菜市场旁边"),
        ("石埕巷12号", ("", "", ""), "石埕巷12号"),
        ("13800005678", ("", "", ""), "13800005678"),
    ],
)
def test_an_address_is_taken_apart_where_it_can_be_and_kept_where_not(
    desk: Desk, address: str, door: tuple[str, str, str], note: str
) -> None:
    compound(desk)

    made = take_one(desk, KIND, 姓名="陈桂英", 住址=address)

    assert (made.building, made.unit, made.room) == door
    assert made.address_note == note


def test_a_compound_that_nobody_has_entered_stays_as_words(desk: Desk) -> None:
    made = take_one(desk, KIND, 姓名="陈桂英", 小区="幸福里", 楼栋="3", 门牌="501")

    assert (made.compound, made.building, made.room) == (None, "3", "501")
    assert made.address_note == "幸福里"


def test_a_guardian_is_put_together_from_three_columns(desk: Desk) -> None:
    made = take_one(
        desk, KIND, 姓名="李小宝", 出生日期="2018年3月5日", 监护人="李强", 监护人电话="13800001234"
    )

    assert made.birth == date(2018, 3, 5)
    assert (made.guardian.name, made.guardian.phone) == ("李强", "13800001234")


def test_two_people_of_one_cell_become_two_files(desk: Desk) -> None:
    made = take_in(desk, KIND, {"姓名": "张三、李四", "小区": "金色家园"})

    assert [one.name for one in made] == ["张三", "李四"]


def test_what_is_not_in_order_is_told_without_writing(desk: Desk) -> None:
    spec_values = values(KIND, {"姓名": "李小宝", "出生日期": "2018-03-05"})

    with pytest.raises(InvalidInput) as refused:
        take_in(desk, KIND, {"姓名": "李小宝", "出生日期": "2018-03-05"})

    assert spec_values == [{"name": "李小宝", "birth": "2018-03-05"}]
    assert "监护人" in refused.value.sentence or refused.value.problems


def test_a_file_is_known_by_its_number_and_by_its_identity(desk: Desk) -> None:
    file = opened(desk, "陈桂英", id_number=ID)

    assert known(desk, KIND, "number", file.number.lower()) == {file.number.lower(): file.uid}
    assert known(desk, KIND, "id_number", ID, "350802195001011234") == {ID: file.uid}


def test_a_row_may_be_a_file_for_the_reasons_the_register_knows(desk: Desk) -> None:
    file = opened(desk, "陈桂英", "13800005678")

    by_phone, nobody = like(
        desk,
        KIND,
        {"姓名": "陈桂音", "电话": "13800005678"},
        {"姓名": "王五", "电话": "13800001234"},
    )

    assert [one.uid for one in by_phone] == [file.uid]
    assert by_phone[0].reasons == ("电话相同，姓名相近",)
    assert nobody == ()


def test_a_known_row_changes_what_it_says_otherwise_and_nothing_else(desk: Desk) -> None:
    file = opened(desk, "陈桂英", "13800005678", workplace="纺织厂")

    same = change(desk, KIND, file.uid, {"姓名": "陈桂英", "电话": "13800005678"})
    assert same.revision == file.revision

    change(desk, KIND, file.uid, {"姓名": "陈桂英", "工作单位": "学校"})
    after = stored(desk, KIND, file.uid)
    assert (after.workplace, after.phones) == ("学校", file.phones)


def test_an_address_that_is_so_already_changes_nothing(desk: Desk) -> None:
    compound(desk)
    made = take_one(desk, KIND, 姓名="陈桂英", 住址="金色家园3-2-501")

    same = change(desk, KIND, made.uid, {"姓名": "陈桂英", "住址": "金色家园3栋2单元501室"})

    assert same.revision == made.revision


def test_what_is_written_says_names_and_numbers_as_text(desk: Desk) -> None:
    compound(desk)
    made = take_one(desk, KIND, 姓名="陈桂英", 电话="13800005678", 住址="金色家园3-2-501")

    (row,) = written(desk, KIND, made)

    assert row["小区"] == "金色家园"
    assert (row["楼栋"], row["联系电话"], row["性别"]) == ("3", "13800005678", "未知")


def test_a_new_file_can_be_taken_back_until_somebody_was_seen(desk: Desk) -> None:
    file = take_one(desk, KIND, 姓名="陈桂英")
    other = take_one(desk, KIND, 姓名="王五")
    with desk.unit_of_work("测试", needs=Right.REGISTER) as unit:
        store.mark_seen(unit, other.uid, unit.now)

    take_back(desk, KIND, file)
    with pytest.raises(UserError, match="来访记录"):
        take_back(desk, KIND, other)

    assert stored(desk, KIND, file.uid).deleted
    assert not stored(desk, KIND, other.uid).deleted
