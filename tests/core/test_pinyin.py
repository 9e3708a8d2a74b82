"""One box finds a person by any part of the name, by pinyin, door, phone or card."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import surnames
from desktop_app.core.errors import UserError
from desktop_app.core.pinyin import (
    MOST_VARIANTS,
    door_keys,
    id_keys,
    name_keys,
    phone_keys,
    query_tokens,
    sort_key,
)
from desktop_app.core.text import clean_name

COMMON = "张王李刘陈杨黄赵吴周单曾仇区解查盖朴翟覃乐缪员重长行朝娜明华丽芳军国栋吕绿"
NAMES = st.one_of(
    st.text(COMMON, min_size=1, max_size=5),
    st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), min_size=1, max_size=6),
    st.text(st.characters(categories=["L", "M", "Zs"]), min_size=1, max_size=20),
    st.builds("·".join, st.lists(st.text(COMMON, min_size=1, max_size=4), min_size=2, max_size=3)),
)


def finds(query: str, name: str) -> bool:
    """Whether the box, asked for `query`, lists the person: every token begins some key."""
    tokens = query_tokens(query)
    keys = name_keys(name)
    return bool(tokens) and all(any(key.startswith(token) for key in keys) for token in tokens)


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (
            "张小明",
            ["张", "张小", "小明", "明", "zhangxiaoming", "zhangx", "zxm", "ZXM", "z", "ｚｘｍ"],
        ),
        ("单田芳", ["shantianfang", "stf", "dantianfang", "dtf", "田芳"]),
        ("仇英", ["qiuying", "qy", "chouying", "cy"]),
        ("曾国藩", ["zengguofan", "zgf", "cengguo"]),
        ("区寄", ["ouji", "quji"]),
        ("解缙", ["xiejin", "jiejin"]),
        ("查良镛", ["zhaliangyong", "chaliang"]),
        ("朴树", ["piaoshu", "pushu"]),
        ("乐正", ["yuezheng", "lezheng"]),
        ("覃小芳", ["qxf", "txf"]),
        ("阚清子", ["kanqingzi", "kqz"]),
        ("万俟卨", ["moqi", "mqx", "wanqi"]),
        ("尉迟恭", ["yuchigong", "ycg", "weichi"]),
        ("长孙无忌", ["zhangsunwuji", "zswj", "changsun"]),
        ("欧阳长乐", ["ouyangchangle", "oycl", "ouyangchangyue"]),
        ("吕绿", ["lv", "lvlv", "lü"]),
        (
            "买买提·吐尔逊",
            ["maimaiti", "mmttex", "tuerxun", "tex", "吐尔逊", "买买提.吐尔逊", "提吐"],
        ),
        ("王Tony", ["wangtony", "tony", "王tony"]),
        ("Anna Maria Smith", ["anna", "smith", "maria smith", "ams", "annamaria"]),
        ("José Müller", ["jose", "josé", "muller"]),
        ("Nguyễn Đức Anh", ["nguyen", "duc anh"]),
        ("Jean-Luc O'Neil", ["jean-luc", "jeanluc", "luc", "oneil", "o'neil"]),
        ("张𠮷明", ["张𠮷", "𠮷", "zhangming", "zm"]),
        ("\ue863\ue863", ["\ue863"]),
        ("བོད་ལྗོངས", ["བོད"]),
    ],
)
def test_a_person_is_found_by(name: str, queries: list[str]) -> None:
    assert [query for query in queries if not finds(query, name)] == []


@pytest.mark.parametrize(
    ("name", "query"),
    [("张小明", "zm"), ("张小明", "小张"), ("李四", "lisi3"), ("张小明", "张 四"), ("王五", "")],
)
def test_a_person_is_not_found_by_something_else(name: str, query: str) -> None:
    assert not finds(query, name)


@given(NAMES)
def test_a_person_is_found_by_her_own_name(text: str) -> None:
    try:
        name = clean_name(text)
    except UserError:
        return
    assert finds(name, name) or not query_tokens(name)


@given(NAMES)
def test_a_plain_name_is_found_from_any_of_its_characters_on(name: str) -> None:
    if all("\u4e00" <= character <= "\u9fff" for character in name):
        assert all(finds(name[start:], name) for start in range(len(name)))


@given(st.text(max_size=80))
def test_no_text_breaks_keys_or_queries(text: str) -> None:
    name_keys(text), sort_key(text)
    tokens = query_tokens(text)
    assert all(token and not token.isspace() for token in tokens)
    assert not any("\x00" <= token[0] < "\x20" for token in tokens)
    door_keys(text, text, text), phone_keys(text), id_keys(text)


@given(st.text("乐长行重朝晟茜单曾", min_size=1, max_size=12))
def test_many_polyphones_cannot_multiply_the_keys(name: str) -> None:
    keys = name_keys(name)
    assert len(keys) <= len(name) + 2 * MOST_VARIANTS


def test_a_name_of_sixty_polyphones_is_answered_at_once() -> None:
    name_keys("乐")
    begin = time.perf_counter()
    assert "le" * 60 in name_keys("乐" * 60)
    assert time.perf_counter() - begin < 0.05


def test_an_ordinary_name_costs_five_keys() -> None:
    assert name_keys("张小明") == {"张小明", "小明", "明", "zhangxiaoming", "zxm"}


@pytest.mark.parametrize(
    ("name", "starts"),
    [("单田芳", "shan"), ("曾国藩", "zeng"), ("尉迟恭", "yu"), ("万俟卨", "mo"), ("Tom", "tom")],
)
def test_a_name_is_sorted_by_the_reading_of_its_surname(name: str, starts: str) -> None:
    assert sort_key(name).startswith(starts)


def test_names_are_ordered_as_in_a_paper_register() -> None:
    register = ["阿强", "曹操", "李白", "李白华", "李明", "林一", "万俟卨", "单一"]
    register += ["Smith Anna", "曾一", "张一", "张子", "章二", "\uf8ff明"]
    shuffled = register[::2] + register[1::2]
    assert sorted(shuffled, key=sort_key) == register


def test_one_surname_stands_together_between_its_homophones() -> None:
    names = [surname + given for surname, given in product("张章", "一华子")]
    ordered = sorted(names, key=lambda name: sort_key(name).encode("utf-8"))
    changes = sum(one[0] != other[0] for one, other in pairwise(ordered))
    assert changes == 1


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("zsf 501", ("zsf", "501")),
        ("ZSF501", ("zsf", "501")),
        ("张三501", ("张三", "501")),
        ("张三，501", ("张三", "501")),
        ("3-2-501", ("3-2-501",)),
        ("３－２－５０１", ("3-2-501",)),
        ("3栋2单元501", ("3-2-501",)),
        ("3栋2单元501室", ("3-2-501",)),
        ("三栋二单元501室", ("3-2-501",)),
        ("十二栋501", ("12-501",)),
        ("3号楼2-501", ("3-2-501",)),
        ("3#501", ("3-501",)),
        ("A座1203", ("a-1203",)),
        ("3栋", ("3",)),
        ("青榕雅苑3栋2单元501", ("青榕雅苑", "3-2-501")),
        ("张国栋", ("张国栋",)),
        ("王一栋", ("王一栋",)),
        ("138 0000 1234", ("13800001234",)),
        ("+86 138-0000-1234", ("13800001234",)),
        ("0597-2212345", ("05972212345",)),
        ("400-123-4567", ("4001234567",)),
        ("123X", ("123x",)),
        ("xi'an", ("xian",)),
        ("lü nü", ("lv", "nv")),
        ("  ", ()),
        ("·", ()),
    ],
)
def test_the_box_takes_apart_what_was_typed(typed: str, tokens: tuple[str, ...]) -> None:
    assert query_tokens(typed) == tokens


def test_a_huge_paste_into_the_box_is_answered_at_once() -> None:
    begin = time.perf_counter()
    tokens = query_tokens("张三 501 " * 4_000_000)
    assert time.perf_counter() - begin < 0.5
    assert tokens[:2] == ("张三", "501")
    assert len(tokens) <= 3


@pytest.mark.parametrize(
    ("door", "typed"),
    [
        (("3栋", "2单元", "501室"), ["3-2-501", "3栋2单元501", "3栋501", "2-501", "501", "3-2"]),
        (("3", "2", "501"), ["3-2-501", "3号楼2单元501室", "501"]),
        (("三", "二", "501"), ["3-2-501"]),
        (("A座", "", "1203"), ["A座1203", "a-1203", "1203"]),
        (("12号楼", "", ""), ["12号楼"]),
    ],
)
def test_a_door_is_found_however_it_is_written(
    door: tuple[str, str, str], typed: list[str]
) -> None:
    keys = door_keys(*door)
    for text in typed:
        (token,) = query_tokens(text)
        assert any(key.startswith(token) for key in keys), text


def test_a_place_without_a_door_has_no_door_keys() -> None:
    assert door_keys("", "", "") == frozenset()


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("13800001234", {"13800001234", "1234"}),
        ("0597-2212345", {"05972212345", "2212345", "2345"}),
        ("0597-2212345-801", {"05972212345", "2212345", "2345"}),
        ("2212345", {"2212345", "2345"}),
        ("+85261234567", {"85261234567", "4567"}),
        ("400-123-4567", {"4001234567", "4567"}),
        ("", set()),
    ],
)
def test_a_phone_is_found_by_its_last_four_and_by_all_of_it(number: str, keys: set[str]) -> None:
    assert phone_keys(number) == keys


def test_of_a_card_only_the_last_four_are_a_key() -> None:
    assert id_keys("11010519491231002X") == {"002x"}
    assert id_keys("") == frozenset()


def test_no_surname_or_character_is_listed_twice() -> None:
    for table in (surnames._SINGLE, surnames._COMPOUND, surnames._GIVEN):
        listed = [entry.split()[0] for entry in table.replace("\n", "|").split("|") if entry]
        assert len(listed) == len(set(listed))
    assert all(len(name) == len(readings) == 2 for name, readings in surnames.COMPOUND.items())


def test_readings_are_plain_lower_case_letters() -> None:
    tables = (surnames.SINGLE, surnames.COMPOUND, surnames.GIVEN)
    readings = [reading for table in tables for found in table.values() for reading in found]
    assert all(
        reading.isascii() and reading.isalpha() and reading.islower() for reading in readings
    )


def test_keys_of_a_name_take_under_60_microseconds() -> None:
    names = ["".join(parts) for parts in product("张王李单曾", "小国乐", "明芳华")]
    for name in names:
        name_keys(name)
    rounds = []
    for _ in range(5):
        begin = time.perf_counter()
        for name in names:
            name_keys(name)
        rounds.append((time.perf_counter() - begin) / len(names))
    assert min(rounds) < 60e-6


def test_asking_loads_no_dictionary() -> None:
    script = (
        "import sys; from desktop_app.core.pinyin import query_tokens; "
        "query_tokens('张三 zs 3栋501'); sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
