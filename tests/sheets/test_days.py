"""Days and times of day as old ledgers write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.sheets.days import DayHabit, clock_of, day_of, moment_of, moment_words
from desktop_app.sheets.spec import Cell
from tests.sheets.gallery import TODAY

_IN_2023 = DayHabit(TODAY, 2023)
_NO_YEAR = DayHabit(TODAY)
_BIRTH = DayHabit(TODAY, 2023, birth=True)
_FULL_WIDTH = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


def _moment(cell: Cell, habit: DayHabit = _IN_2023) -> str:
    found = moment_of(cell, habit)
    assert found is not None
    return moment_words(found)


def _refusal(cell: Cell, habit: DayHabit = _IN_2023) -> str:
    with pytest.raises(UserError) as caught:
        moment_of(cell, habit)
    return caught.value.words


HABITS = """
{y}-{m}-{d}
{y}.{m}.{d}
{y}/{m}/{d}
{y}年{m}月{d}日
{y}年{m}月{d}号
{y}年{m}月{d}
{y}-{m:02}-{d:02}
{y}.{m:02}.{d:02}
{y}{m:02}{d:02}
{y} . {m} . {d}
 {y}年 {m}月 {d}日
{y}-{m}-{d}（星期三）
{y}年{m}月{d}日 周五
{y}-{m:02}-{d:02} 00:00:00
{y}\\{m}\\{d}
{y} {m} {d}
{y}.{m}.{d}.
""".strip("\n").split("\n")
_DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))


@given(day=_DAYS, habit=st.sampled_from(HABITS))
def test_a_day_is_itself_in_every_habit_of_writing_it(day: date, habit: str) -> None:
    written = habit.format(y=day.year, m=day.month, d=day.day)
    for text in (written, written.translate(_FULL_WIDTH)):
        assert day_of(text, _NO_YEAR) == day.isoformat()


@given(day=st.dates(date(1960, 1, 1), date(2060, 1, 1)))
def test_a_day_is_itself_as_a_date_and_as_a_serial_number(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert day_of(day, _NO_YEAR) == day.isoformat()
    for cell in (serial, float(serial), str(serial), f"{serial}.0"):
        assert day_of(cell, _NO_YEAR) == day.isoformat()


@given(day=_DAYS, minutes=st.integers(1, 24 * 60 - 1))
def test_a_serial_number_with_a_fraction_tells_the_minute(day: date, minutes: int) -> None:
    cell = (day - date(1899, 12, 30)).days + minutes / 1440
    if cell >= 20_000:
        told = f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}"
        assert _moment(cell) == told


@given(day=st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_a_day_without_a_year_is_in_the_year_of_the_title(day: date) -> None:
    for habit in ("{m}月{d}日", "{m}月{d}号", "{m}.{d}", "{m}-{d}", "{m}/{d}"):
        text = habit.format(m=day.month, d=day.day)
        assert day_of(text, _IN_2023) == day.isoformat()
        assert "没有年份" in _refusal(text, _NO_YEAR)


@given(text=st.text(alphabet="0123456789年月日.-/: 上下午点至星期一", max_size=20))
def test_whatever_stands_there_is_a_day_or_is_refused_in_words(text: str) -> None:
    try:
        found = day_of(text, _IN_2023)
    except UserError as problem:
        found = None if problem.sentence and problem.next_step else "no words"
    assert found is None or 1900 <= date.fromisoformat(found).year <= 2199


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2024-03-05 09:30:00", "2024-03-05T09:30"),
        ("2024-03-05T09:30", "2024-03-05T09:30"),
        ("2024年3月5日上午9点半", "2024-03-05T09:30"),
        ("2024.3.5 下午3:30", "2024-03-05T15:30"),
        ("2024.3.5午前9时", "2024-03-05T09:00"),
        ("2024.3.5午后2时15分", "2024-03-05T14:15"),
        ("2024/3/5 9：30", "2024-03-05T09:30"),
        ("2024-03-05 9:30 PM", "2024-03-05T21:30"),
        ("2024-03-05 12:10 AM", "2024-03-05T00:10"),
        ("3月5日14时", "2023-03-05T14:00"),
        ("2024.3.5上午", "2024-03-05"),
        ("2024.3.5下午", "2024-03-05"),
        (datetime(2024, 3, 5, 9, 30), "2024-03-05T09:30"),
        (datetime(2024, 3, 5), "2024-03-05"),
    ],
)
def test_a_day_may_have_a_time_of_day(cell: Cell, told: str) -> None:
    assert _moment(cell) == told


@pytest.mark.parametrize(
    "text",
    [
        "2024.3.5-3.8",
        "2024.3.5-2024.3.8",
        "2024.3.5至2024.3.8",
        "3月5日-8日",
        "3月5日至8日",
        "3月5日、6日",
        "2024.3.5、2024.3.6",
        "2024.3.5,2024.3.6",
        "2024.3.5 2024.3.6",
        "2024/3/5~3/8",
        "2024年3月5日—3月8日",
    ],
)
def test_two_days_in_one_cell_are_refused(text: str) -> None:
    assert "两个日期" in _refusal(text)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("2024.2.30", "没有这一天"),
        ("2023年2月29日", "没有这一天"),
        ("2024.13.5", "没有这一天"),
        ("2024.3", "只有年或年月"),
        ("2024年3月", "只有年或年月"),
        (2024.11, "只有年或年月"),
        (2024, "只有年或年月"),
        ("3/5/2024", "不是日期"),
        ("春节前", "不是日期"),
        ("昨天", "不是日期"),
        (13800001234.0, "不是日期"),
        (7, "不是日期"),
        (time(9, 30), "没有日期"),
        (timedelta(hours=9), "没有日期"),
        (date(1899, 12, 31), "不可能"),
        ("2024.3.5 张三", "几点几分"),
    ],
)
def test_what_is_no_day_is_refused_in_words(cell: Cell, word: str) -> None:
    assert word in _refusal(cell)


def test_a_number_such_as_3_1_may_have_been_3_10_and_is_refused() -> None:
    for lossy in (3.1, 3.2, 3.3, 12.1):
        assert "末尾的0" in _refusal(lossy)
    assert _moment(3.15) == "2023-03-15"
    assert _moment(3.5) == "2023-03-05"
    assert _moment(3.05) == "2023-03-05"
    assert _moment("3.1") == "2023-03-01"
    assert _moment("3.10") == "2023-03-10"


def test_a_year_of_two_digits_is_of_this_century_for_what_happened_but_never_for_a_birth() -> None:
    assert _moment("24.3.5") == "2024-03-05"
    assert _moment("24年3月5日") == "2024-03-05"
    assert "两位" in _refusal("52.3.5")
    assert "两位" in _refusal("24.3.5", _BIRTH)
    assert "两位" in _refusal("52.3.5", _BIRTH)


@pytest.mark.parametrize("cell", ["", "  ", None])
def test_an_empty_cell_tells_no_day(cell: Cell) -> None:
    assert day_of(cell, _IN_2023) is None


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_is_itself_in_every_habit_of_writing_it(hour: int, minute: int) -> None:
    told = f"{hour:02}:{minute:02}"
    half = "上午" if hour < 12 else "下午"
    written: list[Cell] = [
        f"{hour}:{minute:02}",
        f"{hour}：{minute:02}",
        f"{hour:02}:{minute:02}:00",
        f"{hour}点{minute}分",
        f"{hour}时{minute:02}分",
        time(hour, minute),
        timedelta(hours=hour, minutes=minute),
        (hour * 60 + minute) / 1440,
        datetime(1899, 12, 31, hour, minute),
        f"{half}{hour}:{minute:02}",
    ]
    for cell in written:
        assert clock_of(cell) == told, cell


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("9:30-10:30", "两个时间"),
        ("9点至10点", "两个时间"),
        ("25:00", "不是几点几分"),
        ("上午", "不是几点几分"),
        (9.3, "不是几点几分"),
        (True, "不是几点几分"),
        (date(2024, 3, 5), "不是几点几分"),
    ],
)
def test_what_is_no_time_is_refused_in_words(cell: Cell, word: str) -> None:
    with pytest.raises(UserError) as caught:
        clock_of(cell)
    assert word in caught.value.sentence
