"""The charts of requests from what was counted, each with the rows behind its parts. Pure.

What stands in no list (信访渠道告知) stands in no bar either: a bar leads to exactly its rows.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.chart import bars, ring
from desktop_app.core.figures import Counts
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn, Rows
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import RequestKind

NAME = "requests"
"""What the charts lead to the rows of."""


def by_kind(period: Period, counts: Counts) -> Drawn:
    """诉求, 点单 and 微心愿 of a period."""
    title = "诉求类型"
    within = RequestFilter(since=period.first, until=period.last)
    times = {
        RequestKind.APPEAL: counts["appeals"] - counts["petitions"],
        RequestKind.ORDER: counts["orders"],
        RequestKind.WISH: counts["wishes"],
    }
    targets = {(title, kind.label): Rows(NAME, replace(within, kind=kind)) for kind in times}
    parts = [(kind.label, count) for kind, count in times.items()]
    return Drawn("requests.by_kind", bars(title, parts, "件"), targets)


def in_time(period: Period, counts: Counts) -> Drawn:
    """按时 and 超时 of what was closed and had a limit of the station's own."""
    title = "诉求按时与超时办结"
    parts = [("按时办结", counts["on_time"]), ("超时办结", counts["late"])]
    ended = RequestFilter(in_time=True, closed_since=period.first, closed_until=period.last)
    targets = {
        (title, parts[0][0]): Rows(NAME, ended),
        (title, parts[1][0]): Rows(NAME, replace(ended, in_time=False)),
    }
    return Drawn("requests.in_time", ring(title, parts, "件", "只算设有本站时限的。"), targets)
