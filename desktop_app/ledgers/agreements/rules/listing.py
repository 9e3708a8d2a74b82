"""What a list of agreements can be narrowed to, and what one line of it shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.ledgers.agreements.rules.agreement import (
    AgreementState,
    has_expired,
    is_expiring,
)


@dataclass(frozen=True, kw_only=True)
class AgreementFilter:
    """Narrows the list; everything given must hold.

    `search` is a number or part of the unit's or a party's name, by characters, pinyin or initials.
    `since` and `until` are the days of signing, `ended_since` and `ended_until` those of an early
    end, all included. `live` are signed, not ended or renewed, and not run out; `expiring` those of
    them that run out soon (how soon is a setting); `expired` have run out, and nobody has gone on
    with them or ended them. `renewals` go on with another. `stations` are the codes of those whose
    agreements a street looks at; none means all. With `expiring` or `expired` the list is sorted by
    what runs out first; otherwise the newest stands on top.
    """

    search: str = ""
    state: AgreementState | None = None
    partner: Uid | None = None
    since: date | None = None
    until: date | None = None
    live: bool = False
    expiring: bool = False
    expired: bool = False
    renewals: bool = False
    ended_since: date | None = None
    ended_until: date | None = None
    stations: tuple[str, ...] = ()

    @property
    def by_last_day(self) -> bool:
        return self.expiring or self.expired


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One line: enough to recognise an agreement and to take its next step."""

    uid: Uid
    revision: int
    number: str
    partner: Uid | None
    partner_name: str
    party_a: str
    party_b: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    state: AgreementState
    renewal_of: Uid | None
    renewed_by: Uid | None
    ended_on: date | None
    supplement_count: int
    scan_count: int
    station: str

    def is_expiring(self, today: date, days: int) -> bool:
        """Whether it runs out within so many days."""
        return is_expiring(self.state, self.ends_on, today, days)

    def has_expired(self, today: date) -> bool:
        """Whether it ran out, and nobody has gone on with it."""
        return has_expired(self.state, self.ends_on, today)

    def word(self, today: date, days: int) -> str:
        """The state as a list says it: 即将到期 and 已到期 are read from the days."""
        if self.has_expired(today):
            return EXPIRED
        return EXPIRING if self.is_expiring(today, days) else self.state.label


EXPIRING = "即将到期"
EXPIRED = "已到期"
LIVE = "履行中"
