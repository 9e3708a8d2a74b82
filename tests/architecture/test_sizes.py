"""A file, a function, a class stay small enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sources

OURS = ("desktop_app", "tests", "build_scripts")
FILE_LINES = 400
FUNCTION_LINES = 40
CLASS_METHODS = 20

# Each with its reason; an entry that is no longer needed fails, too.
LARGE_FILES: dict[str, str] = {
    "desktop_app/storage/migrations/m0001_foundation.py": "frozen statements, never edited",
    "desktop_app/storage/migrations/m0010_three_lists.py": "frozen statements, never edited",
}
LARGE_FUNCTIONS: dict[str, str] = {}
LARGE_CLASSES: dict[str, str] = {
    "tests/station/reporting/test_any_order.py:Years": "each thing that may happen is one",
    "tests/sync/machine.py:Exchange": "each thing that may happen is one",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_file_is_too_long_to_read() -> None:
    too_long = {
        name
        for name, path in _ours()
        if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
    }
    assert_only_known(too_long, LARGE_FILES)


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {
        f"{name}:{node.name}"
        for name, path in _ours()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, Function) and _lines(node) > FUNCTION_LINES
    }
    assert_only_known(too_long, LARGE_FUNCTIONS)


def test_no_class_does_everything() -> None:
    too_many = {
        f"{name}:{node.name}"
        for name, path in _ours()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ClassDef)
        and sum(isinstance(part, Function) for part in node.body) > CLASS_METHODS
    }
    assert_only_known(too_many, LARGE_CLASSES)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in _ours()
        if not (name.endswith("__init__.py") and path.stat().st_size == 0)
        and not ast.get_docstring(sources.tree(path))
    ]
    assert silent == []


def assert_only_known(found: set[str], known: dict[str, str]) -> None:
    beyond, settled = sorted(found - set(known)), sorted(set(known) - found)
    assert not beyond, "too large: " + ", ".join(beyond)
    assert not settled, "no longer too large, take it off the list: " + ", ".join(settled)


def _ours() -> Iterator[tuple[str, Path]]:
    for path in sources.python_files(*OURS):
        yield sources.name_of(path), path


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
