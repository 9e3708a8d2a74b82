"""The one list of what the house holds: every register and ledger, by folder.

Adding a ledger is one new folder, one migration and one line here.
"""

from __future__ import annotations

import importlib
from types import ModuleType

FOLDERS: tuple[str, ...] = (
    "desktop_app.registers.people",
    "desktop_app.registers.places",
    "desktop_app.registers.matters",
    "desktop_app.registers.working_days",
    "desktop_app.registers.residents",
    "desktop_app.ledgers.visits",
)


def table_modules() -> list[ModuleType]:
    """Every `tables.py`, imported: after this the storage metadata is whole."""
    return [importlib.import_module(f"{folder}.tables") for folder in FOLDERS]
