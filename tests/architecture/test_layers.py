"""The contracts of pyproject.toml catch what they are written against.

A small house with every room is built in a temporary folder, with the project's own contracts; then
one wrong import at a time is put in, and the contract that is meant must break.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from build_scripts.ground.places import ROOT, venv_program

LAYERS = [
    "rules", "fields", "record", "tables", "store", "search", "figures", "service",
    "merge", "sheet", "report", "ledger",
]  # fmt: skip
FOLDERS = ["ledgers/visits", "ledgers/requests"] + [
    f"registers/{name}" for name in ("residents", "partners", "volunteers", "places", "people")
]
ROOMS = [
    "__main__", "catalog", "core/clock", "storage/keys", "storage/session", "bundle/seal",
    "printing/page", "sheets/reader", "widgets/form", "station/front_desk/service",
    "station/front_desk/ui/page", "street/inbox/service", "shell/app", "shell/settings/service",
    "shell/settings/ui/page", "cli/main",
    *(f"{folder}/{layer}" for folder in FOLDERS for layer in LAYERS),
    *(f"{folder}/ui/page" for folder in FOLDERS),
]  # fmt: skip
ALLOWED = {
    "ledgers/visits/tables": "import sqlalchemy",
    "ledgers/visits/store": "import sqlalchemy\nfrom desktop_app.ledgers.visits import tables",
    "ledgers/visits/service": "from desktop_app.ledgers.visits import store",
    "ledgers/visits/ui/page": "import PySide6.QtCore\nfrom desktop_app.widgets import form",
    "registers/residents/service": "from desktop_app.registers.places import service",
    "registers/volunteers/service": "from desktop_app.registers.residents import service",
    "storage/session": "import sqlalchemy, sqlcipher3",
    "storage/keys": "import argon2, cryptography.hazmat",
    "bundle/seal": "import cryptography.hazmat, pyrage",
    "widgets/form": "from PySide6 import QtWidgets",
    "shell/app": "import PySide6\nfrom desktop_app.ledgers.visits.ui import page",
}
WRONG = [
    ("core/clock", "from desktop_app.storage import keys", "The packages point one way"),
    ("printing/page", "from desktop_app.sheets import reader", "The packages point one way"),
    ("cli/main", "from desktop_app.shell import app", "The packages point one way"),
    ("outhouse/shed", "", "The packages point one way"),
    ("ledgers/visits/service", "from desktop_app.ledgers.requests import rules", "Ledgers do not"),
    (
        "registers/places/rules",
        "from desktop_app.registers.residents import rules",
        "Residents and",
    ),
    (
        "registers/residents/rules",
        "from desktop_app.registers.volunteers import rules",
        "Residents and",
    ),
    ("ledgers/visits/rules", "from desktop_app.ledgers.visits import store", "Inside a ledger"),
    (
        "station/front_desk/service",
        "from desktop_app.station.front_desk.ui import page",
        "Inside a",
    ),
    ("ledgers/visits/ui/page", "from desktop_app.ledgers.visits import store", "Screens receive"),
    ("ledgers/visits/service", "import PySide6.QtCore", "Only ui, widgets, shell"),
    ("shell/settings/service", "import PySide6.QtCore", "Only ui, widgets, shell"),
    ("ledgers/visits/service", "from desktop_app.widgets import form", "Nothing but screens"),
    ("catalog", "from desktop_app.ledgers.visits.ui import page", "Nothing but screens"),
    ("ledgers/visits/service", "import sqlalchemy", "SQLAlchemy only"),
    ("registers/people/store", "import sqlcipher3", "SQLAlchemy only"),
    ("storage/session", "import cryptography.hazmat", "Crypto libraries only"),
    ("storage/keys", "import pyrage", "What travels is sealed"),
    ("street/inbox/service", "import pyrage", "What travels is sealed"),
    ("bundle/seal", "from desktop_app.storage import keys", "The packages point one way"),
    ("sheets/reader", "import reportlab.pdfgen", "The PDF writer only"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        _write(tmp_path, room, ALLOWED.get(room, ""))
    return tmp_path


def test_a_house_in_order_keeps_every_contract(house: Path) -> None:
    assert _broken(house) == []


@pytest.mark.parametrize(("room", "line", "contract"), WRONG)
def test_a_wrong_import_breaks_its_contract(
    house: Path, room: str, line: str, contract: str
) -> None:
    _write(house, room, f"{ALLOWED.get(room, '')}\n{line}\n")
    assert any(sentence.startswith(contract) for sentence in _broken(house))


def _write(house: Path, room: str, text: str) -> None:
    path = house / "desktop_app" / f"{room}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in [path.parent, *path.parent.parents]:
        if folder == house:
            break
        (folder / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def _broken(house: Path) -> list[str]:
    answer = subprocess.run(
        [venv_program("lint-imports"), "--no-cache", "--no-logo"],
        cwd=house,
        env={"NO_COLOR": "1", "COLUMNS": "300", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts" in answer.stdout, answer.stdout + answer.stderr
    return [line for line in answer.stdout.splitlines() if "BROKEN" in line]
