"""Some deeds have one door in the whole program."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture import sources

# The unit of work; the steps that make and change a schema, which are no use cases; and Qt's
# atomic file, which calls its renaming a commit.
MAY_COMMIT = {
    "desktop_app/storage/session.py",
    "desktop_app/storage/migrations/runner.py",
    "desktop_app/widgets/local_settings.py",
}
MAY_WRITE_FILES = {"desktop_app/storage/files.py"}


def test_only_the_unit_of_work_commits() -> None:
    found = [
        place for place, call in _product_calls(MAY_COMMIT) if sources.called_name(call) == "commit"
    ]
    assert found == []


def test_only_storage_begins_a_transaction_by_itself() -> None:
    found = [
        place
        for place, call in _product_calls(set())
        if sources.called_name(call) == "begin" and "/storage/" not in place
    ]
    assert found == []


def test_only_storage_files_writes_files() -> None:
    found = [place for place, call in _product_calls(MAY_WRITE_FILES) if _writes_a_file(call)]
    assert found == []


def _product_calls(exempt: set[str]) -> Iterator[tuple[str, ast.Call]]:
    for path in sources.python_files("desktop_app"):
        name = sources.name_of(path)
        if name not in exempt:
            for call in sources.calls(path):
                yield f"{name}:{call.lineno}", call


def _writes_a_file(call: ast.Call) -> bool:
    name = sources.called_name(call)
    if name in {"write_text", "write_bytes"}:
        return True
    if name not in {"open", "fdopen"} or _is_inside_an_archive(call):
        return False
    words = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(
        isinstance(word, ast.Constant)
        and isinstance(word.value, str)
        and len(word.value) <= 3
        and set(word.value) & set("wax+")
        and set(word.value) <= set("rwaxbt+")
        for word in words
    )


def _is_inside_an_archive(call: ast.Call) -> bool:
    """A member of a ZIP archive is part of the archive's own file."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "archive"
