"""The door to the files that travel with the program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.resources import resource_bytes, resource_files, resource_path, resource_text


def test_the_frozen_program_looks_into_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "help").mkdir(parents=True)
    (tmp_path / "resources" / "help" / "a.txt").write_text("登记", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_text("help", "a.txt") == "登记"
    assert resource_files("help", ".txt") == (resource_path("help", "a.txt"),)


def test_a_missing_file_is_told_in_words_and_names_it() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        resource_bytes("icons", "no-such-icon.svg")
    assert "icons/no-such-icon.svg" in caught.value.sentence
    assert caught.value.next_step


def test_the_source_tree_has_the_style_sheet() -> None:
    assert "QPushButton" in resource_text("styles", "base.qss")
