"""Tables and bars on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.cli.console import Console, bar
from desktop_app.cli.layout import aligned, padded, shortened, table, width, wrapped
from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Progress
from tests.cli.running import Commands, Terminal

TEXTS = st.text(st.sampled_from("ab 陈桂英，。〇·\u0301\u200b\n"), max_size=60)


def test_a_wide_character_is_two_columns_and_a_mark_none() -> None:
    assert [width(text) for text in ("", "ab", "陈桂英", "a陈", "e\u0301", "阿·米")] == [
        0, 2, 6, 3, 1, 5,
    ]  # fmt: skip


def test_columns_stand_below_each_other() -> None:
    told = table(["编号", "姓名"], [["1", "陈桂英"], ["22222", "a"]])

    assert told.splitlines() == ["编号   姓名", "─────  ──────", "1      陈桂英", "22222  a"]


def test_a_cell_is_one_line_and_never_too_wide() -> None:
    assert shortened("楼道\n灯不亮\0", 40) == "楼道 灯不亮"
    assert shortened("陈桂英陈桂英", 7) == "陈桂英…"
    assert shortened("陈桂英陈桂英", 8) == "陈桂英…"


@settings(max_examples=80)
@given(TEXTS, st.integers(8, 40))
def test_no_wrapped_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns)

    # A mark of punctuation may hang over, because no line begins with one.
    assert all(
        width(line.rstrip("，。")) <= columns for line in lines if " " in line or width(line)
    )
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_meanings_stand_in_one_column() -> None:
    short, long, below = aligned([("--as NAME", "谁"), ("--a-very-long-option NAME", "什么")], 14)

    assert short == "  --as NAME     谁"
    assert long == "  --a-very-long-option NAME"
    assert below == f"  {padded('', 14)}什么"


def test_a_bar_tells_count_and_time_left() -> None:
    assert bar(Progress(0, 4), 0.0) == f"[{'░' * 24}] 0/4 "
    assert bar(Progress(1, 4, "备份"), 30.0).endswith("1/4 备份 还要约 2 分钟")
    assert bar(Progress(3, 4), 30.0) == f"[{'█' * 18}{'░' * 6}] 3/4  还要约 10 秒"
    assert bar(Progress(7, None, "件"), 9.0) == "已做 7 件"


def test_a_bar_is_for_terminals_and_leaves_no_trace(tmp_path: Path, clock: FixedClock) -> None:
    for err, drawn in ((Terminal, True), (io.StringIO, False)):
        commands = Commands(tmp_path, clock, err=err)
        world = commands.world()
        console = Console(world, as_json=False)
        console.job("检查").progress(1, 2)
        console.answer({}, "好")
        assert isinstance(world.err, io.StringIO)
        told = world.err.getvalue()
        assert bool(told) is drawn
        if drawn:
            assert told.endswith("\r")
            assert told.rstrip("\r").rpartition("\r")[2].strip() == ""


def test_a_command_answers_once(clock: FixedClock, tmp_path: Path) -> None:
    console = Console(Commands(tmp_path, clock).world(), as_json=True)
    console.answer({"a": 1}, "")

    with pytest.raises(RuntimeError):
        console.answer({"b": 1}, "")
