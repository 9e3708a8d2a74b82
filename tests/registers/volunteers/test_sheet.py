"""Rosters of volunteers, teams and who is in them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill
from desktop_app.storage.session import Desk
from tests.registers.residents.people import ID, opened
from tests.sheets.taking import (
    all_of,
    change,
    known,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    written,
)

KIND = "volunteers"
LIN = {"姓名": "林小燕", "性别": "女", "出生日期": "1980-03-05", "联系电话": "13800001234"}


def team(desk: Desk, name: str = "近邻义诊队", founded: str = "2020-01-01") -> object:
    return take_one(desk, "teams", 队名=name, 成立日期=founded)


def test_a_row_opens_the_file_registers_the_volunteer_and_joins_the_team(desk: Desk) -> None:
    there = take_one(desk, "teams", 队名="近邻义诊队", 成立日期="2020-01-01")

    volunteer = take_one(
        desk,
        KIND,
        **LIN,
        政治面貌="群众",
        专业特长="护士、唱歌、二胡",
        注册日期="2021-01-01",
        所属队伍="近邻义诊队",
        入队日期="2021-05-01",
    )

    file = stored(desk, "residents", volunteer.resident)
    (stay,) = all_of(desk, "memberships")
    assert (file.name, file.birth) == ("林小燕", date(1980, 3, 5))
    assert volunteer.skills == (Skill.MEDICAL, Skill.ARTS, Skill.OTHER)
    assert volunteer.remark == "特长：二胡"
    assert (stay.team, stay.volunteer, stay.joined_on) == (
        there.uid,
        volunteer.uid,
        date(2021, 5, 1),
    )


def test_a_row_finds_the_file_and_fills_in_what_it_did_not_say(desk: Desk) -> None:
    file = opened(desk, "林小燕", "13800001234", workplace="医院")

    volunteer = take_one(desk, KIND, **LIN)

    now = stored(desk, "residents", file.uid)
    assert volunteer.resident == file.uid
    assert (now.birth, now.workplace) == (date(1980, 3, 5), "医院")


def test_somebody_in_the_party_is_so_in_the_file_too(desk: Desk) -> None:
    volunteer, employed = take_in(
        desk,
        KIND,
        {**LIN, "政治面貌": "党员"},
        {**LIN, "姓名": "王强", "联系电话": "13800002345", "政治面貌": "党员", "工作单位": "学校"},
    )

    assert volunteer.political is Political.MEMBER
    assert stored(desk, "residents", volunteer.resident).party is PartyKind.COMPOUND
    assert stored(desk, "residents", employed.resident).party is PartyKind.EMPLOYED


def test_nobody_becomes_a_volunteer_twice(desk: Desk) -> None:
    take_one(desk, KIND, **LIN)

    with pytest.raises(UserError, match="已经是志愿者"):
        take_one(desk, KIND, **LIN)


def test_what_a_volunteer_s_file_must_say_is_asked_for(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="性别"):
        take_one(desk, KIND, 姓名="林小燕", 联系电话="13800001234")


def test_a_volunteer_is_known_by_each_of_the_numbers(desk: Desk) -> None:
    volunteer = take_one(
        desk, KIND, **{**LIN, "出生日期": "1949-12-31"}, 身份证号=ID, 全国志愿者编号="3508020001"
    )

    assert known(desk, KIND, "number", volunteer.number) == {volunteer.number: volunteer.uid}
    assert known(desk, KIND, "national_number", "3508020001") == {"3508020001": volunteer.uid}
    assert known(desk, KIND, "id_number", ID) == {ID: volunteer.uid}


def test_a_row_may_be_a_volunteer_whose_file_is_alike(desk: Desk) -> None:
    volunteer = take_one(desk, KIND, **LIN)
    opened(desk, "王五", "13800005678")

    mine, nobody = like(desk, KIND, LIN, {"姓名": "王五", "性别": "男", "联系电话": "13800005678"})

    assert [one.uid for one in mine] == [volunteer.uid]
    assert nobody == ()


def test_a_known_row_changes_the_volunteer_and_never_the_file(desk: Desk) -> None:
    volunteer = take_one(desk, KIND, **LIN)

    change(desk, KIND, volunteer.uid, {**LIN, "文化程度": "大专"})
    with pytest.raises(UserError, match="居民档案"):
        change(desk, KIND, volunteer.uid, {**LIN, "联系电话": "13800009999"})

    assert stored(desk, KIND, volunteer.uid).education == "大专"


def test_whoever_has_joined_a_team_is_taken_back_after_leaving_it(desk: Desk) -> None:
    team(desk)
    volunteer = take_one(
        desk, KIND, **LIN, 注册日期="2021-01-01", 所属队伍="近邻义诊队", 入队日期="2021-05-01"
    )
    (stay,) = all_of(desk, "memberships")

    with pytest.raises(UserError, match="入队记录"):
        take_back(desk, KIND, volunteer)
    take_back(desk, "memberships", stay)
    take_back(desk, KIND, volunteer)

    assert stored(desk, KIND, volunteer.uid).deleted


def test_a_volunteer_is_written_with_what_the_file_says(desk: Desk) -> None:
    team(desk)
    volunteer = take_one(
        desk, KIND, **LIN, 注册日期="2021-01-01", 所属队伍="近邻义诊队", 入队日期="2021-05-01"
    )

    (row,) = written(desk, KIND, volunteer)

    assert (row["姓名"], row["性别"], row["所在队伍"]) == ("林小燕", "女", "近邻义诊队")


def test_a_team_says_in_its_own_words_what_it_is_for(desk: Desk) -> None:
    made = take_one(desk, "teams", 服务队名称="夜巡队", 服务方向="巡逻、遛狗", 成立时间="2020.1.1")

    assert made.direction == (Direction.PATROL,)
    assert (made.direction_words, made.founded_on) == ("遛狗", date(2020, 1, 1))


def test_a_stay_names_the_volunteer_by_number_or_by_a_name_only_one_has(desk: Desk) -> None:
    team(desk)
    team(desk, "夜巡队")
    volunteer = take_one(desk, KIND, **LIN, 注册日期="2021-01-01")

    by_number = take_one(
        desk, "memberships", 队伍="近邻义诊队", 志愿者编号=volunteer.number, 入队日期="2021-05-01"
    )
    over = take_one(
        desk,
        "memberships",
        队伍="夜巡队",
        姓名="林小燕",
        入队日期="2021-05-01",
        退队日期="2022-05-01",
    )

    assert by_number.volunteer == over.volunteer == volunteer.uid
    assert (over.left_on, over.open) == (date(2022, 5, 1), False)
    ((hit,),) = like(desk, "memberships", {"队伍": "夜巡队", "姓名": "林小燕"})
    assert hit.uid == over.uid
