"""The volunteers of a demo station: who they are, what they do, what they are given for it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.station.demo.comrades import Comrades
from desktop_app.station.demo.confirmations import Confirmations
from desktop_app.station.demo.enrolling import Enrolling
from desktop_app.station.demo.helpers import Helpers
from desktop_app.station.demo.manning import Manning
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Home, Person
from desktop_app.station.demo.proofs import Giver, Proofs
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.service_pen import ServicePen
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.teams import Teams
from desktop_app.station.demo.turnouts import Turnouts
from desktop_app.station.demo.words import Sayings

_CERTIFICATES = 0.15
"""How many there are for each volunteer."""


class Helping:
    """All of it; `set_out` is called once, before the first day."""

    def __init__(self, stage: Stage, scale: Scale, homes: Sequence[Home], giver: Giver) -> None:
        helpers = Helpers(stage, Sayings("volunteer_words.csv"), giver.issuer.name)
        self._helpers = helpers
        teams = Teams(helpers, tuple(homes), scale.teams)
        enrolling = Enrolling(helpers, teams, scale.volunteers)
        pen = ServicePen(helpers)
        confirming = Confirmations(pen)
        self._parts = (
            teams,
            enrolling,
            Turnouts(pen, confirming, teams, homes, scale.services),
            manning := Manning(helpers, pen, confirming, scale.volunteers),
            proofs := Proofs(helpers, giver, round(scale.volunteers * _CERTIFICATES)),
            comrades := Comrades(helpers, enrolling, Names(stage.dice), scale.reports),
        )
        self._pen, self._manning, self._proofs = pen, manning, proofs
        self._comrades = comrades

    def set_out(self, pool: Sequence[Person]) -> None:
        """Put everything that will be on the agenda; `pool` grows with whom the station knows."""
        self._helpers.pool = pool
        for part in self._parts:
            part.set_out()

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are by now."""
        return {
            "volunteers": len(self._helpers.everybody),
            "teams": len(self._helpers.troops),
            "posts": self._manning.posts,
            "shifts": self._manning.shifts,
            "services": self._pen.records,
            "certificates": self._proofs.certificates,
            "party_reports": self._comrades.reports,
        }
