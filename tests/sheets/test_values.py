"""Cells of the other kinds: names, texts, numbers, lengths of time, years, choices."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Choice
from desktop_app.sheets.spec import Cell, CellKind, Column
from desktop_app.sheets.values import Age, Context, reader_of, year_of
from tests.sheets.gallery import TODAY

_CONTEXT = Context(TODAY, 2023)
_CHOICES = (Choice("mobile", "流动人口"), Choice("resident", "居民"), Choice("other", "其他"))


def _column(kind: CellKind) -> Column:
    return Column(
        name="x", label="人员类别", kind=kind, choices=_CHOICES, synonyms=(("本地", "resident"),)
    )


def _read(kind: CellKind, cell: Cell, label: str = "") -> Plain:
    return reader_of(_column(kind), _CONTEXT, label)(cell)


def _refusal(kind: CellKind, cell: Cell, label: str = "") -> str:
    with pytest.raises(UserError) as caught:
        _read(kind, cell, label)
    assert caught.value.next_step
    return caught.value.sentence


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张  三", "张三"),
        ("李　四", "李四"),
        ("欧阳 修", "欧阳修"),
        ("买买提•阿不都", "买买提·阿不都"),
        ("Ｊｏｈｎ", "Ｊｏｈｎ"),
        ("邱\u200b䶮", "邱䶮"),
        ("John  Smith", "John Smith"),
    ],
)
def test_a_name_is_kept_as_its_owner_writes_it(cell: str, name: str) -> None:
    assert _read(CellKind.NAME, cell) == name


def test_a_number_in_the_column_of_names_is_refused() -> None:
    assert "数字" in _refusal(CellKind.NAME, 13800001234.0)


@pytest.mark.parametrize("kind", list(CellKind))
@pytest.mark.parametrize("cell", ["", "  ", "\u3000", None, "/", "—", "--"])
def test_an_empty_cell_and_a_stroke_say_nothing(kind: CellKind, cell: Cell) -> None:
    assert _read(kind, cell) is None


@pytest.mark.parametrize("kind", list(CellKind))
@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_a_formula_is_no_content_of_any_kind(kind: CellKind, cell: str) -> None:
    assert "公式错误" in _refusal(kind, cell)


@pytest.mark.parametrize(
    "kind", [CellKind.PHONE, CellKind.IDENTITY, CellKind.DAY, CellKind.NUMBER, CellKind.CODE]
)
def test_none_and_unknown_are_empty_where_only_numbers_can_stand(kind: CellKind) -> None:
    for word in ("无", "不详", "未知"):
        assert _read(kind, word) is None
    assert _read(CellKind.TEXT, "无") == "无"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("反映\x00路灯\u202e不亮", "反映路灯不亮"),
        (" ３栋 ", "３栋"),
        (3.0, "3"),
        (3.25, "3.25"),
        (True, "是"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 9, 30), "2024-03-05 09:30"),
        (time(9, 30), "09:30"),
        (timedelta(hours=26), "26:00"),
        ("字" * 32_767, "字" * 32_767),
    ],
)
def test_a_line_is_the_text_one_sees(cell: Cell, text: str) -> None:
    assert _read(CellKind.LINE, cell) == text


def test_lines_stay_apart_in_a_text_and_become_one_in_a_line() -> None:
    assert _read(CellKind.TEXT, "路灯不亮\r\n请修 \n") == "路灯不亮\n请修"
    assert _read(CellKind.LINE, "路灯不亮\r\n请修") == "路灯不亮 请修"


def test_a_long_number_in_a_column_of_text_is_known_to_be_damaged() -> None:
    assert "改坏了" in _refusal(CellKind.LINE, 3.508021990010112e17)


def test_an_address_is_half_width_and_no_date() -> None:
    assert _read(CellKind.ADDRESS, "华莲小区３－２－５０１") == "华莲小区3-2-501"
    assert _read(CellKind.ADDRESS, 501.0) == "501"
    assert "改成了日期" in _refusal(CellKind.ADDRESS, date(2024, 3, 2))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3, 3),
        (3.0, 3),
        ("3人", 3),
        ("３", 3),
        ("三人", 3),
        ("两户", 2),
        ("十二", 12),
        ("二十三人", 23),
        ("1,234", 1234),
        ("12人次", 12),
        ("３.０", 3),
        (" 3 ", 3),
        ("0", 0),
    ],
)
def test_a_whole_number_is_read_with_what_it_counts(cell: Cell, number: int) -> None:
    assert _read(CellKind.NUMBER, cell) == number


@pytest.mark.parametrize(
    "cell", [3.5, "约30", "3-5人", "3.25", "若干", True, date(2024, 3, 5), 1e13]
)
def test_what_is_no_whole_number_is_refused(cell: Cell) -> None:
    assert "整数" in _refusal(CellKind.NUMBER, cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("2小时", 120),
        (1.5, 90),
        (2, 120),
        ("90分钟", 90),
        ("2:30", 150),
        ("2小时30分", 150),
        ("半小时", 30),
        ("1个半小时", 90),
        ("一个半小时", 90),
        ("2小时半", 150),
        ("2.5h", 150),
        (time(2, 30), 150),
        (timedelta(hours=26), 1560),
        ("１.５小时", 90),
        ("3", 180),
    ],
)
def test_a_length_of_time_is_in_minutes(cell: Cell, minutes: int) -> None:
    assert _read(CellKind.MINUTES, cell, "服务时长") == minutes


def test_the_heading_tells_the_unit_and_without_one_much_is_doubtful() -> None:
    assert _read(CellKind.MINUTES, 90, "时长（分钟）") == 90
    assert _read(CellKind.MINUTES, 120, "累计小时") == 7200
    assert "分不清" in _refusal(CellKind.MINUTES, 90, "服务时长")
    assert "不是时长" in _refusal(CellKind.MINUTES, "上午", "服务时长")


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1952, 1952),
        (1952.0, 1952),
        ("1952年", 1952),
        ("1952.3", 1952),
        ("1952-03-05", 1952),
        ("19520305", 1952),
        (date(1952, 3, 5), 1952),
        ("72岁", 1951),
        (72.0, 1951),
        ("７２", 1951),
        ("72周岁", 1951),
    ],
)
def test_a_year_of_birth_is_told_or_follows_from_the_age(cell: Cell, year: int) -> None:
    assert _read(CellKind.YEAR, cell, "年龄") == year


def test_an_age_needs_a_year_and_a_short_year_of_birth_is_no_age() -> None:
    assert year_of("72岁", Context(TODAY)) == Age(72)
    assert "没有写全" in _refusal(CellKind.YEAR, "52", "出生年")
    assert "没有人" in _refusal(CellKind.YEAR, 720, "年龄")


@pytest.mark.parametrize(
    ("cell", "gender"),
    [
        ("男", "1"),
        ("女", "2"),
        (" 女 ", "2"),
        ("男性", "1"),
        ("M", "1"),
        ("f", "2"),
        (1.0, "1"),
        ("2", "2"),
        ("２", "2"),
        ("未知", "0"),
    ],
)
def test_gender_is_as_the_standard_counts_it(cell: Cell, gender: str) -> None:
    assert _read(CellKind.GENDER, cell) == gender
    assert "男或女" in _refusal(CellKind.GENDER, "中")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("居民", "resident"),
        ("resident", "resident"),
        ("本地", "resident"),
        ("流动", "mobile"),
        ("流动 人口", "mobile"),
        ("1.居民", "resident"),
        ("其 他", "other"),
    ],
)
def test_a_choice_is_found_by_value_word_synonym_or_its_beginning(cell: str, value: str) -> None:
    assert _read(CellKind.CHOICE, cell) == value


def test_a_choice_that_is_none_is_refused_with_those_there_are() -> None:
    assert "流动人口、居民、其他" in _refusal(CellKind.CHOICE, "外星人")
    assert _read(CellKind.CHOICES, "流动人口、居民，居民") == ["mobile", "resident"]
    assert _read(CellKind.CHOICES, "无") is None
    assert _refusal(CellKind.CHOICES, "居民、外星人")


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("１", True),
        (1.0, True),
        (True, True),
        ("Y", True),
        ("否", False),
        ("×", False),
        ("无", False),
        (0, False),
        (False, False),
        ("没有", False),
    ],
)
def test_yes_and_no_in_their_many_ways(cell: Cell, flag: bool) -> None:
    assert _read(CellKind.FLAG, cell) is flag
    assert _refusal(CellKind.FLAG, "不清楚")


def test_the_rule_of_the_ledger_has_the_last_word() -> None:
    def short(text: str) -> str:
        if len(text) > 3:
            raise UserError("太长。", "请改短。")
        return text.upper()

    read = reader_of(Column(name="x", label="x", check=short), _CONTEXT)
    assert read("abc") == "ABC"
    assert read("") is None
    with pytest.raises(UserError, match="太长"):
        read("abcd")


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)


@given(cell=_CELLS, kind=st.sampled_from(list(CellKind)))
def test_whatever_a_cell_holds_it_is_read_or_refused_in_words(cell: Cell, kind: CellKind) -> None:
    try:
        plain = _read(kind, cell)
    except UserError as problem:
        plain = None if problem.sentence and problem.sentence.endswith("。") else object()
    assert plain is None or isinstance(plain, (str, int, bool, list))
