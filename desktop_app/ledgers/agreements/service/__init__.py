"""What is done with agreements: draft, sign, supplement, renew, end, look at them.

Every function takes a desk first and opens one unit of work or one reading.
"""

from __future__ import annotations

from desktop_app.ledgers.agreements.service.drafting import (
    change,
    discard,
    draft,
    draft_in,
    form_for,
    renew,
)
from desktop_app.ledgers.agreements.service.handling import (
    change_contacts,
    end,
    sign,
    supplement,
)
from desktop_app.ledgers.agreements.service.intake import (
    ScansTaken,
    take_in_scans,
)
from desktop_app.ledgers.agreements.service.pictures import add_scans, remove_scan, scan
from desktop_app.ledgers.agreements.service.reading import (
    History,
    figures_between,
    for_editing,
    get,
    history,
    of_partner,
    page,
    read_out,
    remind_days,
    terms_at,
)

__all__ = [
    "History",
    "ScansTaken",
    "add_scans",
    "change",
    "change_contacts",
    "discard",
    "draft",
    "draft_in",
    "end",
    "figures_between",
    "for_editing",
    "form_for",
    "get",
    "history",
    "of_partner",
    "page",
    "read_out",
    "remind_days",
    "remove_scan",
    "renew",
    "scan",
    "sign",
    "supplement",
    "take_in_scans",
    "terms_at",
]
