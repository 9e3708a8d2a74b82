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
    """Open one of the rail's pages by its name, optionally with words for its search box."""

    page: str
    search: str = ""


Route = Open | OpenPage
