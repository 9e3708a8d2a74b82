"""What a period comes to: its report, the same split up, its charts written down. Without Qt."""

from __future__ import annotations

from desktop_app.station.period_figures.service.breakdown import breakdown
from desktop_app.station.period_figures.service.report import (
    FOR_WHO_MANAGES,
    period_report,
    save_picture,
)

__all__ = ["FOR_WHO_MANAGES", "breakdown", "period_report", "save_picture"]
