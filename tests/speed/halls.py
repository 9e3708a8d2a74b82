"""A demo home for the benches that need one: made once per folder and scale, then used again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from desktop_app.core.clock import SystemClock
from desktop_app.core.job import Job
from desktop_app.station.demo.service import make_demo

KEPT = Path(__file__).resolve().parents[2] / "build" / "bench"
SEED = 1
PASSWORD = "demo-2026"


def demo_home(scale: str, today: date) -> Path:
    """The home of that scale; opening it changes it, so benches that write copy it first."""
    path = KEPT / f"{scale}-{today:%Y%m%d}-{SEED}"
    if not (path / "home.json").exists():
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        make_demo(
            path, scale=scale, seed=SEED, today=today, job=Job("演示数据"), clock=SystemClock()
        )
    return path


def copied(scale: str, today: date, folder: Path) -> Path:
    """A copy of that home to write into."""
    target = folder / "home"
    shutil.copytree(demo_home(scale, today), target)
    return target
