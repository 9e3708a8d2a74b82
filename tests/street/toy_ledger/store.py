"""Rows of lost things."""

from __future__ import annotations

from desktop_app.storage.shelf import Shelf
from tests.street.toy_ledger.record import KIND
from tests.street.toy_ledger.tables import LOST_THING

SHELF = Shelf(KIND, LOST_THING)
