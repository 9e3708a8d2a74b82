"""Nothing is done for anybody without asking whether he may: every use case names a right.

Rights are checked where a unit of work or a reading is opened, and nowhere else. So each public
function of a service that comes near the data must open one, itself or through another function of
the same file. A function that only builds a value, or calls another service, comes near nothing;
one that is handed an open unit of work is part of a use case whose right was checked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture import sources

_DOORS = {"unit_of_work", "reading"}
_BACK_DOOR = "unrecorded"
_DATA = {"store", "SHELF"}
_OPENED_BY_THE_CALLER = {"unit", "connection", "lookup"}
# What the program does to derived columns on its own: nobody's deed, and nothing is shown.
_THE_PROGRAM_S_OWN = {"desktop_app/registers/residents/service.py:rebuild_keys"}


def test_every_public_service_function_names_a_right() -> None:
    nameless = [
        f"{sources.name_of(path)}:{name}"
        for path in sources.python_files("desktop_app")
        if {"service", "ledger", "register"} & {path.stem, path.parent.name}
        and {"registers", "ledgers"} & set(path.parts)
        for name in functions_without_a_right(sources.tree(path))
    ]
    assert set(nameless) - _THE_PROGRAM_S_OWN == set()


def test_a_function_that_opens_no_door_is_found() -> None:
    tree = ast.parse(
        """
def named(desk):
    with desk.reading(needs=Right.READ) as connection: return connection
def passes_on(desk): return _inner(desk)
def _inner(desk):
    with desk.unit_of_work("登记", needs=Right.REGISTER): pass
def without(desk): return store.everybody(desk.database)
def empty(desk):
    with desk.unit_of_work("登记", needs=None): pass
def by_the_back_door(desk):
    with desk.database.unrecorded() as connection: connection.execute(DELETE)
def builds_a_value(desk): return Matter(uid=desk.database.new_uid())
def calls_another(desk): return residents.find(desk)
def part_of_another(unit): return store.SHELF.put(unit, 1)
"""
    )
    assert functions_without_a_right(tree) == ["without", "empty", "by_the_back_door"]


def functions_without_a_right(tree: ast.Module) -> list[str]:
    """Public functions that come near the data and name no right on any way they call."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    naming = {name for name, node in functions.items() if _names_a_right(node)}
    while True:
        more = {
            name
            for name, node in functions.items()
            if name not in naming and naming & set(_called(node))
        }
        if not more:
            break
        naming |= more
    return [
        name
        for name, node in functions.items()
        if not name.startswith("_")
        and name not in naming
        and not {argument.arg for argument in node.args.args[:1]} & _OPENED_BY_THE_CALLER
        and any(_near_the_data(functions[step]) for step in _reached(name, functions))
    ]


def _reached(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The function and every one of the same file that it calls, directly or not."""
    found, waiting = {name}, [name]
    while waiting:
        for called in _called(functions[waiting.pop()]):
            if called in functions and called not in found:
                found.add(called)
                waiting.append(called)
    return found


def _near_the_data(function: ast.FunctionDef) -> bool:
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return bool(names & _DATA or {*_called(function)} & {*_DOORS, _BACK_DOOR})


def _names_a_right(function: ast.FunctionDef) -> bool:
    return any(
        sources.called_name(call) in _DOORS
        and any(
            keyword.arg == "needs" and not isinstance(keyword.value, ast.Constant)
            for keyword in call.keywords
        )
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
    )


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            yield sources.called_name(call)
