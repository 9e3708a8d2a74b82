"""Where a caption may be broken: as a reader of Chinese expects it (行首行尾禁则)."""

from __future__ import annotations

import pytest

from desktop_app.printing.letters import Face

CAPTION = (
    "11月20日，“夕阳红”志愿服务队（8人）在金色家园小区为Zhang-Wei等老人理发、量血压……共服务86人次。"
)


@pytest.mark.parametrize("width", range(40, 400, 7))
def test_no_line_begins_or_ends_with_the_wrong_mark_and_none_is_too_wide(
    width: int, face: Face
) -> None:
    lines = face.lines(CAPTION, 10, width)
    assert "".join(lines) == CAPTION
    for line in lines:
        assert face.width(line, 10) <= width
    assert width < 90 or any("Zhang-Wei" in line for line in lines)
    for line in lines:
        if width >= 90:
            assert line[0] not in "，。、；：？！）》”…"
            assert line[-1] not in "（《“"


def test_line_ends_of_the_writer_are_kept_and_empty_text_has_no_line(face: Face) -> None:
    assert face.lines("一行\n又一行", 10, 200) == ("一行", "又一行")
    assert face.lines("", 10, 200) == ()
    assert face.lines("   ", 10, 200) == ()


def test_what_can_be_broken_nowhere_is_broken_anywhere(face: Face) -> None:
    lines = face.lines("A" * 80, 10, 100)
    assert "".join(lines) == "A" * 80
    assert len(lines) > 1
    assert face.lines("宽", 10, 1) == ("宽",)
