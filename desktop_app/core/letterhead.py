"""Who a paper is from, who makes it and when: what every report is given beside its own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from desktop_app.core.clock import Millis

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`issuer` signs (落款单位, a setting; the station's name where none is set).

    `made_at` is the moment the paper is made, in the station's zone; `operator` makes it. `mark` is
    empty or what is written on a further copy (补打).
    """

    station: str
    issuer: str
    made_at: datetime
    operator: str
    phone: str = ""
    address: str = ""
    hours: str = ""
    controller: str = ""
    mark: str = ""

    @property
    def signed_by(self) -> str:
        """Who signs."""
        return self.issuer or self.station

    @property
    def day(self) -> date:
        """The day the paper is made."""
        return self.made_at.date()

    def local(self, at: Millis) -> datetime:
        """A point in time as the station's clock showed it."""
        return (_EPOCH + timedelta(milliseconds=at)).astimezone(self.made_at.tzinfo)
