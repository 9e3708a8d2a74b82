"""The figures of a whole street: kept counted, told, split up, written down. Without Qt."""

from __future__ import annotations

from desktop_app.street.overview.service.breakdown import breakdown
from desktop_app.street.overview.service.keeping import bring_up_to_date
from desktop_app.street.overview.service.report import street_report
from desktop_app.street.overview.service.saving import save_table

__all__ = ["breakdown", "bring_up_to_date", "save_table", "street_report"]
