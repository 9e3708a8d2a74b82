"""Where to go in the window, said without knowing it: pages emit a route, the shell opens it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.ids import Uid


@dataclass(frozen=True, slots=True)
class Open:
    """Open the page of one record, by its kind's name and uid."""

    kind: str
    uid: Uid


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Open one of the rail's pages by its name, optionally with words for its search box.

    `wanted` is the filter of the page's ledger its list is to be narrowed to: the rows behind a
    figure. From there one comes back to where one was.
    """

    page: str
    search: str = ""
    wanted: object | None = None


Route = Open | OpenPage
