"""`demo` and `open --demo`: a home of invented people, and one to be thrown away."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from desktop_app.cli.main import run
from desktop_app.core.clock import FixedClock
from tests.cli.running import Commands


@pytest.mark.slow
def test_a_demo_is_made_once_a_day_and_never_over_anything(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    opened: list[tuple[Path, int]] = []

    def open_window(home: Path) -> int:
        opened.append((home, (home / "home.json").stat().st_mtime_ns))
        return 0

    said = []
    for _ in range(2):
        world = Commands(tmp_path, clock).world()
        world.open_window = open_window
        assert run(["open", "--demo"], world) == 0
        assert isinstance(world.err, io.StringIO)
        said.append(world.err.getvalue())
    home = opened[0][0]
    demo = Commands(home, clock, {"JINLIN_PASSWORD": "demo-2026"})

    assert opened[0] == opened[1]
    assert home.is_relative_to(tmp_path / "cache")
    assert ("正在准备" in said[0], said[1]) == (True, "")
    assert demo.ask("list", "visits", "--limit", "1")["total"] == "1000+"
    assert demo.ask("check")["ok"] is True
    over = demo.run("demo", "--home", str(home))
    assert over.status == 3
    assert demo.ask("check")["ok"] is True


def test_a_demo_needs_to_be_told_where(tmp_path: Path, clock: FixedClock) -> None:
    world = Commands(tmp_path, clock).world()
    world.environment = {}

    assert run(["demo"], world) == 2
