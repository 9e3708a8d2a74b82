"""Where things lie in a checkout. Paths only."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
DEVELOPER_LOCK = ROOT / "requirements" / "dev.txt"
RUN_LOCK = ROOT / "requirements" / "run.txt"
TOUR = ROOT / "build" / "tour"
TEST_FONTS = ROOT / "build_scripts" / "fontconfig" / "fonts.conf"

ON_WINDOWS = os.name == "nt"


def venv_program(name: str, venv: Path = VENV) -> Path:
    """The path of a program inside the environment: `python`, `lint-imports` …"""
    if ON_WINDOWS:
        return venv / "Scripts" / (name + ".exe")
    return venv / "bin" / name
