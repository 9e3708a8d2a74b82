"""How long the month's work report takes on a hall, from the key to the PDF, beside the bare SQL.

Reading the figures, drawing the charts, setting the pages. The first one of a process reads the
library that writes PDFs, too, and is told apart. Figures in milliseconds.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.core.clock import SystemClock
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.station.papers.service import draft
from desktop_app.station.sign_in.service import open_house, sign_in
from tests.speed.halls import PASSWORD, copied
from tests.speed.period_figures import TODAY, bare_counts, timed

DEFAULTS: dict[str, Any] = {"scale": "hall", "period": "2026-10", "rounds": 9}
MOST_MS = 1000.0


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians and the longest, and whether the figure holds."""
    wanted = OpenPaper("month", period=parse_period(str(options["period"])))
    assert wanted.period is not None
    with tempfile.TemporaryDirectory() as folder:
        home = copied(str(options["scale"]), TODAY, Path(folder))
        with open_house(home, SystemClock()) as house:
            session = sign_in(house, house.operators()[0].uid, PASSWORD)
            desk = session.desk
            try:
                first = timed(lambda: draft(desk, wanted))
                times = [timed(lambda: draft(desk, wanted)) for _ in range(int(options["rounds"]))]
                with desk.reading(needs=Right.READ) as connection:
                    period = wanted.period
                    bare = [timed(lambda: bare_counts(connection, period)) for _ in times]
                paper = draft(desk, wanted)
            finally:
                session.close()
    return {
        "pages": paper.pages,
        "kilobytes": round(len(paper.pdf) / 1000),
        "first_ms": first,
        "median_ms": statistics.median(times),
        "longest_ms": max(times),
        "bare_sql_median_ms": statistics.median(bare),
        "most_ms": MOST_MS,
        "holds": max(first, *times) <= MOST_MS,
    }
