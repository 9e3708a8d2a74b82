"""What of the service given is shown beside members and volunteers, which a register does not know.

`station/volunteering` knows it from the ledgers of posts and of service, and hands it in: it makes
its own of the panes and pages here and gives each a `Serving` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from desktop_app.core.ids import Uid
from desktop_app.storage.session import Desk


class Serving(Protocol):
    """Asked in a worker's thread. Where `knows` is False nothing is asked and no column shown."""

    knows: bool

    def hours(
        self, desk: Desk, team: Uid, volunteers: Sequence[Uid], first: date, last: date
    ) -> Mapping[Uid, str]:
        """The confirmed service for that team in these days, both included, as screens write it
        (12小时30分); who is left out has none."""
        ...

    def on_duty(self, desk: Desk, volunteers: Sequence[Uid]) -> Mapping[Uid, str]:
        """Who of them is serving this moment, and where or what in a few words."""
        ...


class NothingKnown:
    """Nobody counts service here."""

    knows = False

    def hours(
        self, _desk: Desk, _team: Uid, _volunteers: Sequence[Uid], _first: date, _last: date
    ) -> Mapping[Uid, str]:
        return {}

    def on_duty(self, _desk: Desk, _volunteers: Sequence[Uid]) -> Mapping[Uid, str]:
        return {}
