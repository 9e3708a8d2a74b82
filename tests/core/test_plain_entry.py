"""What somebody wrote in a file is read for what it says, and every slip of it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import Choice, Field, FieldKind
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build, read
from desktop_app.core.plain_entry import given as really_given

TODAY = date(2026, 11, 23)
_COLOURS = (Choice("red", "红"), Choice("blue", "蓝"))
_PART = Form((Field("name", "姓名"), Field("phone", "电话")), required=frozenset({"name"}))


def _number_of(lookup: Lookup, text: str) -> int:
    known: dict[str, int] = lookup.once("numbers", dict)
    if text not in known:
        raise UserError("没有找到。")
    return known[text]


FORM = Form(
    (
        Field("name", "名称"),
        Field("count", "数量", FieldKind.NUMBER),
        Field("open", "开放", FieldKind.FLAG),
        Field("day", "日期", FieldKind.DAY),
        Field("at", "时间", FieldKind.MOMENT),
        Field("colour", "颜色", FieldKind.CHOICE, choices=_COLOURS),
        Field("colours", "几种颜色", FieldKind.CHOICES, choices=_COLOURS),
        Field("agent", "代办人", FieldKind.LIST),
        Field("people", "代表", FieldKind.LIST),
        Field("above", "上级", FieldKind.REFERENCE),
    ),
    required=frozenset({"name"}),
    groups={"agent": Group(_PART), "people": Group(_PART, many=True, single="name")},
    finders={"above": _number_of},
    aliases={"叫什么": "name"},
    not_here={"编号": "编号由程序写。"},
)


def reading(plain: Any) -> dict[str, Any]:
    return read(FORM, plain, Lookup([("一", 1), ("二", 2)]), TODAY)


def wrong_fields(plain: Any) -> list[str | None]:
    with pytest.raises(InvalidInput) as caught:
        reading(plain)
    return [problem.field for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("plain", "values"),
    [
        ({"name": "甲"}, {"name": "甲"}),
        ({"叫什么": 3}, {"name": "3"}),
        ({" 名称\u200b": "甲"}, {"name": "甲"}),
        ({"name": "甲", "数量": "－３"}, {"name": "甲", "count": -3}),
        ({"name": "甲", "开放": "是"}, {"name": "甲", "open": True}),
        ({"name": "甲", "open": False}, {"name": "甲", "open": False}),
        ({"name": "甲", "day": 20261120}, {"name": "甲", "day": date(2026, 11, 20)}),
        ({"name": "甲", "at": "2026/11/20 9:30"}, None),
        (
            {"name": "甲", "at": "2026/11/20 09:30"},
            {"name": "甲", "at": datetime(2026, 11, 20, 9, 30)},
        ),
        ({"name": "甲", "颜色": "蓝"}, {"name": "甲", "colour": "blue"}),
        ({"name": "甲", "几种颜色": "红、blue"}, {"name": "甲", "colours": ["red", "blue"]}),
        ({"name": "甲", "people": "乙"}, {"name": "甲", "people": [{"name": "乙"}]}),
        (
            {"name": "甲", "people": ["乙", {"姓名": "丙", "电话": None}]},
            {"name": "甲", "people": [{"name": "乙"}, {"name": "丙"}]},
        ),
        ({"name": "甲", "上级": " 二 "}, {"name": "甲", "above": 2}),
        ({"name": "甲", "day": None}, {"name": "甲", "day": None}),
    ],
)
def test_a_value_is_read_as_it_is_meant(plain: Any, values: dict[str, Any] | None) -> None:
    if values is None:
        assert wrong_fields(plain) == ["at"]
    else:
        assert reading(plain) == values


@pytest.mark.parametrize(
    ("plain", "fields"),
    [
        ({}, ["name"]),
        ({"name": None}, ["name"]),
        ({"name": ["甲"]}, ["name"]),
        ({"name": "甲", "名称": "乙"}, ["name"]),
        ({"name": "甲", "count": True}, ["count"]),
        ({"name": "甲", "count": 2.0}, ["count"]),
        ({"name": "甲", "count": 10**10}, ["count"]),
        ({"name": "甲", "open": "也许"}, ["open"]),
        ({"name": "甲", "day": "2026-02-30"}, ["day"]),
        ({"name": "甲", "day": "1" * 1000}, ["day"]),
        ({"name": "甲", "colour": "绿"}, ["colour"]),
        ({"name": "甲", "colours": 3}, ["colours"]),
        ({"name": "甲", "agent": "乙"}, ["agent"]),
        ({"name": "甲", "agent": {"电话": "1"}}, ["agent"]),
        ({"name": "甲", "agent": [{"姓名": "乙"}]}, ["agent"]),
        ({"name": "甲", "above": "三"}, ["above"]),
        ({"name": "甲", "编号": 1, "colour": "绿", "day": "?"}, ["编号", "colour", "day"]),
        ([], [None]),
        ("甲", [None]),
    ],
)
def test_every_slip_is_named(plain: Any, fields: list[str | None]) -> None:
    assert wrong_fields(plain) == fields


def test_a_name_nobody_knows_is_not_repeated_when_it_may_be_somebody_s() -> None:
    with pytest.raises(InvalidInput) as caught:
        reading({"name": "甲", "陈桂英13800005678": 1, "颜 色": 1})

    telephone, colour = caught.value.problems
    assert "陈桂英" not in telephone.words
    assert telephone.field is None
    assert "是不是“颜色”？" in colour.words


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([field.label for field in FORM.fields]) | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_whatever_is_written_is_read_or_told(plain: Any) -> None:
    try:
        values = reading(plain)
    except InvalidInput as wrong:
        told = len(wrong.problems)
    else:
        told = len(set(values) & {field.name for field in FORM.fields})
    assert told > 0


@dataclass(frozen=True)
class _Thing:
    name: str
    day: date | None = None
    count: int = 1


def test_null_is_nothing_for_a_new_record_and_the_default_for_a_change() -> None:
    values = {"name": "甲", "count": None}
    assert really_given(values) == {"name": "甲"}
    assert build(_Thing, values) == _Thing("甲")
    assert altered(_Thing("乙", TODAY, 5), {"count": None, "day": None}) == {
        "count": 1,
        "day": None,
    }


def test_what_has_no_default_cannot_be_emptied() -> None:
    with pytest.raises(UserError) as caught:
        altered(_Thing("甲"), {"name": None})

    assert caught.value.field == "name"
