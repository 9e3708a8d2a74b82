"""The ground a fresh machine gets: a fitting Python, and an environment true to its lock."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from build_scripts.ground import environment, interpreter, system
from build_scripts.ground.places import ROOT, venv_program


@pytest.fixture(scope="module")
def python() -> interpreter.Interpreter:
    return interpreter.find()


@pytest.fixture
def empty_lock(tmp_path: Path) -> Path:
    lock = tmp_path / "dev.txt"
    lock.write_text("# nothing\n", encoding="utf-8")
    return lock


def _stamp(venv: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((venv / ".ground.json").read_text(encoding="utf-8"))
    return found


def test_the_python_found_is_one_the_wheels_are_made_for(python: interpreter.Interpreter) -> None:
    assert interpreter.OLDEST <= python.version[:2] <= interpreter.NEWEST
    assert not Path(python.path).is_relative_to(ROOT / ".venv")


def test_what_is_no_python_is_passed_over(tmp_path: Path) -> None:
    liar = tmp_path / "python3.13"
    liar.write_text("#!/bin/sh\necho no such version\n", encoding="utf-8")
    liar.chmod(0o755)
    assert interpreter._ask([str(liar)]) is None
    assert interpreter._ask([str(tmp_path / "absent")]) is None
    assert interpreter._ask([sys.executable]) is not None


@pytest.mark.slow
def test_an_environment_is_made_once_and_again_when_half_made_or_moved(
    python: interpreter.Interpreter, empty_lock: Path, tmp_path: Path
) -> None:
    venv = tmp_path / "venv"
    mark = venv / "mark"
    venv.mkdir()
    mark.touch()
    made = environment.provide(python, venv, empty_lock)
    assert made == venv_program("python", venv)
    assert not mark.exists(), "without its stamp an environment is half-made"

    mark.touch()
    environment.provide(python, venv, empty_lock)
    assert mark.exists(), "a whole environment is left as it is"

    empty_lock.write_text("# nothing, said otherwise\n", encoding="utf-8")
    before = _stamp(venv)["lock"]
    environment.provide(python, venv, empty_lock)
    assert mark.exists(), "a changed lock is installed on top"
    assert _stamp(venv)["lock"] != before

    moved = tmp_path / "elsewhere"
    shutil.move(venv, moved)
    environment.provide(python, moved, empty_lock)
    assert not (moved / "mark").exists(), "a moved environment still points at its old place"
    assert _stamp(moved)["path"] == str(moved)


def test_readers_of_our_files_are_asked_for_by_their_packages_when_a_machine_has_none(
    python: interpreter.Interpreter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = system.Needs(pdf_readers=True, parcel_readers=True)
    readers = {"poppler-utils", "qpdf", "age", "openssh-client", "unzip"}
    assert not readers & set(system._missing_packages(python, needs))
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = system._missing_packages(python, needs)
    assert readers <= set(missing)
    assert len(missing) == len(set(missing))
