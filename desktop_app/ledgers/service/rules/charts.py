"""The charts of voluntary service from what was counted, with the rows behind each part. Pure."""

from __future__ import annotations

from desktop_app.core.chart import ring
from desktop_app.core.figures import Counts
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn, Rows
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source

SERVICE = "service"
"""What the charts lead to the rows of."""


def by_source(period: Period, counts: Counts) -> Drawn:
    """How the time became known: 签到, 补录, 导入."""
    title = "志愿服务时长来源"
    parts = [(source.label, counts[source.value]) for source in Source]
    targets = {
        (title, source.label): Rows(
            SERVICE,
            ServiceFilter(
                since=period.first,
                until=period.last,
                state=ServiceState.CONFIRMED,
                source=source,
            ),
        )
        for source in Source
    }
    return Drawn("service_by_source", ring(title, parts, "人次"), targets)
