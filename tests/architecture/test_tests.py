"""The tests' own habits: each can fail, none sleeps, screens are driven as a person does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sources

Function = ast.FunctionDef | ast.AsyncFunctionDef

_CHECKING_CALLS = {"raises", "warns", "fail", "waitUntil", "waitSignal", "waitSignals"} | {
    # The drivers' own: both wait for a condition and fail when it never comes.
    "wait",
    "wait_for",
}
_CHECKING_BEGINNINGS = ("assert_", "check_", "expect_")
_ONLY_THE_DRIVER = {"keyClicks", "wait"}
_SKIPS = {"skip", "skipif", "xfail", "importorskip"}


def test_every_test_can_fail() -> None:
    cannot = []
    for path in sources.python_files("tests"):
        functions = {
            node.name: node for node in ast.walk(sources.tree(path)) if isinstance(node, Function)
        }
        checking = {name for name, node in functions.items() if _checks(node, set())}
        cannot += [
            f"{sources.name_of(path)}:{name}"
            for name, node in functions.items()
            if name.startswith("test_") and not _checks(node, checking)
        ]
    assert cannot == []


def test_no_test_sleeps() -> None:
    found = [
        _place(path, call)
        for path in sources.python_files("tests")
        for call in sources.calls(path)
        if sources.called_name(call) in {"sleep", "qSleep", "qWait"}
    ]
    assert found == []


def test_only_the_driver_touches_keys_and_no_test_waits_for_time_to_pass() -> None:
    found = [
        _place(path, call)
        for path in sources.python_files("tests")
        if "driver" not in path.parts
        for call in sources.calls(path)
        if sources.called_name(call) in _ONLY_THE_DRIVER and _is_of_qtbot(call)
    ]
    assert found == []


def test_no_test_is_skipped() -> None:
    found = [
        f"{sources.name_of(path)}:{node.lineno}"
        for path in sources.python_files("tests")
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in _SKIPS
        and ast.unparse(node.value) in {"pytest", "pytest.mark"}
    ]
    assert found == []


def _checks(node: Function, helpers: set[str]) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Assert):
            return True
        if isinstance(part, ast.Call):
            name = sources.called_name(part)
            if name in _CHECKING_CALLS | helpers or name.startswith(_CHECKING_BEGINNINGS):
                return True
    return False


def _is_of_qtbot(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("qtbot")


def _place(path: Path, call: ast.Call) -> str:
    return f"{sources.name_of(path)}:{call.lineno}"


def test_the_search_for_checks_finds_an_empty_test() -> None:
    empty, asking, through = _parsed(
        "def test_a(): f()\ndef test_b(): assert f()\ndef test_c(): helper()"
    )
    assert [_checks(node, {"helper"}) for node in (empty, asking, through)] == [False, True, True]


def _parsed(text: str) -> Iterator[Function]:
    for node in ast.parse(text).body:
        assert isinstance(node, Function)
        yield node
