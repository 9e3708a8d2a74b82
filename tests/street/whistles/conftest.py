"""A station that escalates and the street above it, both real, each put back at will."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.station.reporting.service import Reconciled, reconcile
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.service import write_receipts
from desktop_app.street.inbox.service.snapshots import snapshot_for
from desktop_app.street.whistles import service as whistles
from desktop_app.street.whistles.rules import Whistle
from tests.ledgers.requests import builders
from tests.registers.offices.enrolled import enrol
from tests.station.reporting.hall import Hall
from tests.street.inbox.conftest import Post

STATION = "QR01"
WORDS = "已协调水务所，12 月 1 日前更换水管。"


class Both(Post):
    """What people of both sides do about 吹哨."""

    def escalated(self, **more: object) -> Request:
        """A request that the station gives to its street."""
        made = builders.register(self.station, **more)
        self.clock.advance(60)
        return builders.act(self.station, made, Action.ESCALATE)

    def at_station(self, request: Request) -> Request:
        return builders.stored(self.station, request.uid)

    def says(self, request: Request, words: str = WORDS) -> Whistle:
        """The street answers."""
        self.clock.advance(60)
        return whistles.answer(self.street, STATION, request.uid, words).value

    def seen(self, request: Request) -> Whistle:
        """What the street sees of it."""
        return whistles.whistle(self.street, STATION, request.uid)

    def receipt(self) -> Path:
        """A receipt written at the street's counter, nothing having come."""
        self.clock.advance(60)
        self.made += 1
        return write_receipts(self.street, self.folder / f"receipts-{self.made}", STATION)[0]

    def meet(self) -> Reconciled:
        """重新对账."""
        self.clock.advance(60)
        return reconcile(
            self.station, snapshot_for(self.street, STATION, self.folder), scratch=self.folder
        )

    def station_hall(self) -> Hall:
        return Hall(self.station, None, None, self.clock)  # type: ignore[arg-type]

    def street_hall(self) -> Hall:
        return Hall(self.street, None, None, self.clock)  # type: ignore[arg-type]


@pytest.fixture
def both(desk: Desk, street_desk: Desk, clock: FixedClock, tmp_path: Path) -> Both:
    enrol(desk, street_desk)
    return Both(desk, street_desk, clock, tmp_path)
