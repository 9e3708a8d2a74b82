"""The starter answers on a bare machine: old syntax, standard library, nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.ground.places import ROOT

BARE = [ROOT / "build_scripts" / "dev.py", *sorted((ROOT / "build_scripts/ground").glob("*.py"))]


@pytest.mark.parametrize("path", BARE, ids=lambda path: path.name)
def test_the_starter_keeps_to_the_syntax_of_python_3_9(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
    assert ast.get_docstring(module)


@pytest.mark.parametrize("path", BARE, ids=lambda path: path.name)
def test_the_starter_imports_only_the_standard_library_and_itself(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert imported <= {*sys.stdlib_module_names, "build_scripts"}


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_the_starter_tells_its_verbs_when_it_does_not_know_one(arguments: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-I", str(ROOT / "build_scripts/dev.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert all(verb in answer.stdout for verb in ("run", "test", "lint", "check", "bench", "build"))
