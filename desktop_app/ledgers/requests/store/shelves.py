"""The shelves of requests and their evaluations: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from desktop_app.ledgers.requests.record import EVALUATIONS, KIND
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.tables import REQUEST, REQUEST_EVALUATION
from desktop_app.storage.shelf import Shelf

Connection = sa.Connection
Query = sa.Select[Any]


class _RequestShelf(Shelf[Request]):
    def derived(self, value: Request) -> Mapping[str, Any]:
        return {
            "assignee_uid": value.assignee.uid if value.assignee else None,
            "photo_count": len(value.photos),
        }


SHELF = _RequestShelf(KIND, REQUEST)
EVALUATION_SHELF = Shelf(EVALUATIONS, REQUEST_EVALUATION)
