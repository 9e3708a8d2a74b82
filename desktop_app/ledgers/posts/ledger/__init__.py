"""Posts, claims and shifts for the command line."""

from __future__ import annotations

from desktop_app.ledgers.posts.ledger.claims import CLAIM_LEDGER
from desktop_app.ledgers.posts.ledger.posts import POST_LEDGER
from desktop_app.ledgers.posts.ledger.shifts import SHIFT_LEDGER

LEDGERS = (POST_LEDGER, CLAIM_LEDGER, SHIFT_LEDGER)
