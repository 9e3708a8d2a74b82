"""Service records and certificates for the command line."""

from __future__ import annotations

from desktop_app.ledgers.service.ledger.certificates import CERTIFICATE_LEDGER
from desktop_app.ledgers.service.ledger.records import SERVICE_LEDGER

LEDGERS = (SERVICE_LEDGER, CERTIFICATE_LEDGER)
