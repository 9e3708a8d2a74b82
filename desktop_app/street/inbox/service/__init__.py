"""The use cases of the inbox: taking in, answering, giving back, looking."""

from __future__ import annotations

from desktop_app.street.inbox.service.history import history, send_back
from desktop_app.street.inbox.service.parking import ParkedLine, Retried, parked, retry_parked
from desktop_app.street.inbox.service.receipts import OUR_WORDS
from desktop_app.street.inbox.service.receipts import write_all as write_receipts
from desktop_app.street.inbox.service.reports import StationReport, reports
from desktop_app.street.inbox.service.snapshots import snapshot_for
from desktop_app.street.inbox.service.taking import is_parcel, take_in, take_in_folder
from desktop_app.street.inbox.service.verifying import verify
from desktop_app.street.inbox.service.watching import (
    WHAT,
    Look,
    Print,
    look,
    never_taken,
    watch,
    watched_folder,
)
from desktop_app.street.inbox.store.files import TakenFile

__all__ = [
    "OUR_WORDS",
    "WHAT",
    "Look",
    "ParkedLine",
    "Print",
    "Retried",
    "StationReport",
    "TakenFile",
    "history",
    "is_parcel",
    "look",
    "never_taken",
    "parked",
    "reports",
    "retry_parked",
    "send_back",
    "snapshot_for",
    "take_in",
    "take_in_folder",
    "verify",
    "watch",
    "watched_folder",
    "write_receipts",
]
