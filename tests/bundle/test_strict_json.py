"""JSON from elsewhere has one meaning or is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.bundle import strict_json

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN, st.booleans())
def test_what_has_one_meaning_is_read_as_any_reader_does(value: object, ascii_only: bool) -> None:
    assert strict_json.parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":1,"c":2,"b":1}}',
        '{"a":1,"\\u0061":2}',
        '[{"a":1,"a":2}]',
        "NaN",
        "[Infinity]",
        '{"a":-Infinity}',
        "1.5",
        "1.0",
        "1e3",
        "-0.0",
        str(2**63),
        str(-(2**63) - 1),
        "9" * 5000,
        "[" * 34 + "]" * 34,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 40 + "1" + "}" * 40,
        '"\\ud800"',
        '{"\\udc00":1}',
        '["\\u0000"]',
        '"a\nb"',
        '"a\tb"',
        "01",
        "+1",
        "'a'",
        "{a:1}",
        "[1,]",
        "",
        " ",
        "1 1",
        " 1",
        "1 ",
        "1\n",
        "{} {}",
        "// x\n1",
        "\ufeff1",
    ],
)
def test_what_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which words it uses matters to nobody
        strict_json.parse(text.encode())


@pytest.mark.parametrize(
    "data", [b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', '"a"'.encode("utf-16")]
)
def test_what_is_no_utf8_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        strict_json.parse(data)


def test_an_object_is_asked_for_and_nothing_else_is_one() -> None:
    assert strict_json.parse_object(b'{"a":[1,null]}') == {"a": [1, None]}
    for other in (b"[]", b"1", b"null", b'"a"'):
        with pytest.raises(ValueError, match="not an object"):
            strict_json.parse_object(other)
