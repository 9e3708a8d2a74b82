"""The project's own files, as the tests of its habits read them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from build_scripts.ground.places import ROOT

_NOT_OURS = {"build", "dist", "__pycache__"}
_TEXT = {".py", ".md", ".toml", ".txt", ".json", ".csv", ".svg", ".qss", ".spec", ".conf", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the checkout but those a build, an environment or a cache left there."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _NOT_OURS and _is_kept(name)]
        found += [Path(folder) / name for name in names if not name.endswith(".pyc")]
    return tuple(sorted(found))


def _is_kept(folder: str) -> bool:
    return not folder.startswith(".") or folder == ".ci"


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> Iterator[Path]:
    for path in files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders:
            yield path


_OF_OTHERS = ROOT / "tests" / "sheets" / "saved_by_libreoffice"
"""Files that another program wrote, in encodings of its own."""


def text_files() -> Iterator[tuple[Path, str]]:
    for path in files():
        if path.suffix in _TEXT and path.parent != _OF_OTHERS:
            yield path, path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `commit` for `session.connection.commit()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
