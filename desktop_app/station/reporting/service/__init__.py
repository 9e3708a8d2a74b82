"""上报: everything a screen or the command line asks for.

`export` and `send` go up, `take_receipt` comes down, `reconcile` brings home and street together
after a restore, `pending` tells what is then to be filled in, `tidy` drops what is kept twice. How
the station stands is in `service.state`.
"""

from desktop_app.station.reporting.rules.answers import Answer, Answered, ParkedHere, Taken
from desktop_app.station.reporting.rules.meeting import Conflict, Reconciled, Renumbered
from desktop_app.station.reporting.rules.reports import (
    Export,
    Exported,
    Phase,
    ReportingState,
    Second,
    SentFile,
)
from desktop_app.station.reporting.service.exporting import delivered, export, send
from desktop_app.station.reporting.service.filling_in import PendingRecord, pending, settle
from desktop_app.station.reporting.service.looking import Looked, verify
from desktop_app.station.reporting.service.receipts import take_receipt
from desktop_app.station.reporting.service.reconciling import reconcile
from desktop_app.station.reporting.service.second import prove_second
from desktop_app.station.reporting.service.tidying import Tidied, tidy

__all__ = [
    "Answer",
    "Answered",
    "Conflict",
    "Export",
    "Exported",
    "Looked",
    "ParkedHere",
    "PendingRecord",
    "Phase",
    "Reconciled",
    "Renumbered",
    "ReportingState",
    "Second",
    "SentFile",
    "Taken",
    "Tidied",
    "delivered",
    "export",
    "pending",
    "prove_second",
    "reconcile",
    "send",
    "settle",
    "take_receipt",
    "tidy",
    "verify",
]
