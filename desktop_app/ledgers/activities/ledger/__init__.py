"""Activities and attendance for the command line."""

from __future__ import annotations

from desktop_app.ledgers.activities.ledger.activities import ACTIVITIES
from desktop_app.ledgers.activities.ledger.attendance import ATTENDANCE_LEDGER

LEDGERS = (ACTIVITIES, ATTENDANCE_LEDGER)
