"""Whose work we ship is said, and under which licence."""

from __future__ import annotations

import re

from build_scripts.ground.places import ROOT, RUN_LOCK

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
TEXTS = ROOT / "resources" / "licences"


def test_the_notice_names_every_package_of_the_frozen_program() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", RUN_LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert "sqlalchemy" in locked
    words = set(re.findall(r"[a-z0-9-]+", NOTICE.lower()))
    assert set(locked) - words == set()


def test_every_licence_text_is_there_and_belongs_to_something() -> None:
    named = set(re.findall(r"[\w./-]+\.txt", NOTICE)) - {"requirements/run.txt"}
    missing = {name for name in named if not (TEXTS / name).is_file()}
    idle = {path.name for path in TEXTS.iterdir()} - named
    assert (missing, idle) == (set(), set())


def test_the_project_itself_is_under_the_apache_licence() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
