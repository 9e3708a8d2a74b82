"""Keeps the counts of the street up to date: a month at a time, whoever comes first.

Counting again is nobody's deed and changes no record, so it needs no more than the right to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app import catalog
from desktop_app.core.job import Job
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.street.overview import store


def bring_up_to_date(desk: Desk, job: Job) -> int:
    """Count again whatever is stale, the latest months first; answers how many months there were.

    Every month is a transaction of its own: stopped half-way, the rest is stale still and is done
    the next time.
    """
    books = catalog.books()
    with desk.reading(needs=Right.READ) as connection:
        months = store.stale_months(connection, books)
    for done, month in enumerate(months):
        job.progress(done, len(months), f"汇总 {month}")
        with desk.database.unrecorded() as connection:
            store.count_month(connection, books, month)
    return len(months)


def freshen(desk: Desk, periods: Iterable[Period]) -> None:
    """Count again what is stale of the months of these periods, before they are read."""
    books = catalog.books()
    wanted = sorted({str(month) for period in periods for month in period.months})
    with desk.reading(needs=Right.READ) as connection:
        stale = store.stale_months(connection, books, wanted)
    for month in stale:
        with desk.database.unrecorded() as connection:
            store.count_month(connection, books, month)
