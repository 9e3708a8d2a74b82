"""How the section says when a place or a link was there."""

from __future__ import annotations

from datetime import date

from desktop_app.core.wording import paper_day


def edge(since: date | None, until: date | None) -> str:
    """The last day, or the first one while there is no last, as narrow rows have room for one.

    Where it came from is no news any more once it is known when it ended.
    """
    if until is not None:
        return f"{paper_day(until)}止"
    return "" if since is None else f"{paper_day(since)}起"
