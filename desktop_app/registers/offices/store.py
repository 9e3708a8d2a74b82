"""Own keys, the street, its stations and their keys: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.clock import Millis
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.rules import StationEntry, StationKey, Street
from desktop_app.registers.offices.tables import (
    INVITATION,
    JOIN_REQUEST,
    OWN_KEY,
    OWN_STREET,
    STATION_ENTRY,
    STATION_KEY,
)
from desktop_app.storage.session import StationFacts, Unit
from desktop_app.storage.shelf import Shelf

SHELF = Shelf(KIND, STATION_ENTRY)

Connection = sa.Connection

SIGNING, OPENING, PAPER = "signing", "opening", "paper"
CURRENT, REQUESTED, ANNOUNCED, RETIRED = "current", "requested", "announced", "retired"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What this office signs and opens with.

    `announced` is the signing key that follows, from the day it is told in every bundle until a
    receipt confirms it. `older` still open what was sealed to them. `paper` is the recipient of
    the street's second key, whose secret is on paper only.
    """

    signing: SigningKey
    opening: OpeningKey
    announced: SigningKey | None = None
    older: tuple[OpeningKey, ...] = ()
    paper: str | None = None

    @property
    def openers(self) -> tuple[OpeningKey, ...]:
        """Every key that may open what is sealed to this office, the present one first."""
        return (self.opening, *self.older)

    @property
    def recipients(self) -> tuple[str, ...]:
        """What others seal to, so that this office can open it."""
        own = (self.opening.recipient,)
        return own if self.paper is None else (*own, self.paper)

    def street(self, facts: StationFacts) -> Street:
        """The street whose keys these are, as its stations come to know it."""
        return Street(facts.code, facts.name, self.recipients, self.signing.public)


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a station asked of a street; `signer` is the public key it signed with, in hex."""

    id: str
    digest: str
    signer: str
    fingerprint: str
    street: Street
    made_at: Millis
    closed_at: Millis | None = None


# --- own keys -------------------------------------------------------------------------------------


def own_keys(connection: sa.Connection) -> OwnKeys | None:
    """The keys of this office; None before it has any."""
    rows = connection.execute(
        sa.select(OWN_KEY).order_by(OWN_KEY.c.since.desc(), OWN_KEY.c.public)
    ).all()
    found = {(row.role, row.state): row for row in reversed(rows)}
    signing, opening = found.get((SIGNING, CURRENT)), found.get((OPENING, CURRENT))
    if signing is None or opening is None:
        return None
    announced, paper = found.get((SIGNING, ANNOUNCED)), found.get((PAPER, CURRENT))
    return OwnKeys(
        signing=SigningKey.from_text(signing.secret),
        opening=OpeningKey.from_text(opening.secret),
        announced=None if announced is None else SigningKey.from_text(announced.secret),
        older=tuple(
            OpeningKey.from_text(row.secret)
            for row in rows
            if row.role == OPENING and row.state == RETIRED
        ),
        paper=None if paper is None else paper.public,
    )


def own_signing_key(connection: sa.Connection, public: str) -> SigningKey | None:
    """One of our signing keys, whatever its state, by its public half in hex."""
    query = sa.select(OWN_KEY.c.secret).where(OWN_KEY.c.public == public, OWN_KEY.c.role == SIGNING)
    secret = connection.execute(query).scalar_one_or_none()
    return None if secret is None else SigningKey.from_text(secret)


def keep_signing(unit: Unit, key: SigningKey, state: str) -> None:
    """Keep a signing key; what had that state before is retired."""
    retire(unit, SIGNING, state)
    _keep(unit, key.public.hex(), SIGNING, state, key.to_text())


def keep_opening(unit: Unit, key: OpeningKey, state: str = CURRENT) -> None:
    """Keep an opening key; the current one before it still opens what was sealed to it."""
    if state == CURRENT:
        retire(unit, OPENING, state)
    _keep(unit, key.recipient, OPENING, state, key.to_text())


def keep_paper(unit: Unit, recipient: str) -> None:
    """Keep what the key on paper is sealed to; the key itself is not kept anywhere."""
    retire(unit, PAPER, CURRENT)
    _keep(unit, recipient, PAPER, CURRENT, None)


def forget_paper(unit: Unit, recipient: str) -> None:
    """Forget a paper key's recipient, because its secret is coming in."""
    unit.connection.execute(sa.delete(OWN_KEY).where(OWN_KEY.c.public == recipient))


def promote(unit: Unit, public: str) -> None:
    """Sign with this key of ours from now on; the one before is retired."""
    retire(unit, SIGNING, CURRENT)
    unit.connection.execute(
        sa.update(OWN_KEY).where(OWN_KEY.c.public == public).values(state=CURRENT, until=None)
    )


def retire(unit: Unit, role: str, state: str) -> None:
    """Stop using whatever key has this role and state."""
    unit.connection.execute(
        sa.update(OWN_KEY)
        .where(OWN_KEY.c.role == role, OWN_KEY.c.state == state)
        .values(state=RETIRED, until=unit.now)
    )


def _keep(unit: Unit, public: str, role: str, state: str, secret: str | None) -> None:
    values = {"public": public, "role": role, "state": state, "secret": secret}
    unit.connection.execute(sa.insert(OWN_KEY), {**values, "since": unit.now})


# --- at a station: its street ---------------------------------------------------------------------


def our_street(connection: sa.Connection) -> Street | None:
    """The street this station belongs to; None before it has joined one."""
    query = sa.select(OWN_STREET).where(OWN_STREET.c.left_at.is_(None))
    row = connection.execute(query).first()
    if row is None:
        return None
    return Street(
        code=row.code,
        name=row.name,
        recipients=tuple(row.recipients),
        signing=bytes(row.signing),
        joined_at=Millis(row.joined_at),
    )


def belong_to(unit: Unit, street: Street) -> None:
    """Belong to a street from now on, and to no other."""
    unit.connection.execute(
        sa.update(OWN_STREET).where(OWN_STREET.c.left_at.is_(None)).values(left_at=unit.now)
    )
    unit.connection.execute(sa.delete(OWN_STREET).where(OWN_STREET.c.signing == street.signing))
    unit.connection.execute(
        sa.insert(OWN_STREET),
        {
            "signing": street.signing,
            "code": street.code,
            "name": street.name,
            "recipients": list(street.recipients),
            "joined_at": unit.now,
        },
    )


def keep_request(unit: Unit, request: JoinRequest) -> None:
    """Keep what was asked; an earlier request that is still open may not be answered any more."""
    unit.connection.execute(
        sa.update(JOIN_REQUEST).where(JOIN_REQUEST.c.closed_at.is_(None)).values(closed_at=unit.now)
    )
    street = request.street
    unit.connection.execute(
        sa.insert(JOIN_REQUEST),
        {
            "id": request.id,
            "digest": request.digest,
            "signer": request.signer,
            "fingerprint": request.fingerprint,
            "street_code": street.code,
            "street_name": street.name,
            "street_signing": street.signing,
            "street_recipients": list(street.recipients),
            "made_at": request.made_at,
        },
    )


def open_request(connection: sa.Connection) -> JoinRequest | None:
    """What this station has asked and no street has answered yet."""
    query = sa.select(JOIN_REQUEST.c.id).where(JOIN_REQUEST.c.closed_at.is_(None))
    found = connection.execute(query.order_by(JOIN_REQUEST.c.made_at.desc())).scalars().first()
    return None if found is None else request_of(connection, found)


def request_of(connection: sa.Connection, request: str) -> JoinRequest | None:
    """What this station asked under that id; None when it never did."""
    query = sa.select(JOIN_REQUEST).where(JOIN_REQUEST.c.id == request)
    row = connection.execute(query).first()
    if row is None:
        return None
    return JoinRequest(
        id=row.id,
        digest=row.digest,
        signer=row.signer,
        fingerprint=row.fingerprint,
        street=Street(
            code=row.street_code,
            name=row.street_name,
            recipients=tuple(row.street_recipients),
            signing=bytes(row.street_signing),
        ),
        made_at=Millis(row.made_at),
        closed_at=None if row.closed_at is None else Millis(row.closed_at),
    )


def close_request(unit: Unit, request: str) -> None:
    """Say that a request has been answered."""
    unit.connection.execute(
        sa.update(JOIN_REQUEST).where(JOIN_REQUEST.c.id == request).values(closed_at=unit.now)
    )


# --- at the street: its stations and their keys ---------------------------------------------------


def keep_invitation(unit: Unit, invitation: str, expires_at: Millis) -> None:
    """Keep that an invitation was made."""
    values = {"id": invitation, "made_at": unit.now, "expires_at": expires_at}
    unit.connection.execute(sa.insert(INVITATION), values)


def invitation_until(connection: sa.Connection, invitation: str) -> Millis | None:
    """When an invitation of ours ends; None when we never made it."""
    query = sa.select(INVITATION.c.expires_at).where(INVITATION.c.id == invitation)
    return connection.execute(query).scalar_one_or_none()


def station_named(connection: sa.Connection, code: str) -> StationEntry | None:
    """The station of that code, whatever became of it."""
    query = sa.select(STATION_ENTRY).where(STATION_ENTRY.c.code == code)
    row = connection.execute(query).mappings().first()
    return None if row is None else SHELF.value(row)


def stations(connection: sa.Connection) -> list[StationEntry]:
    """Every station the street has or had, by code."""
    query = sa.select(STATION_ENTRY).order_by(STATION_ENTRY.c.code)
    return SHELF.values(connection.execute(query).mappings())


def keys_of(connection: sa.Connection, code: str) -> list[StationKey]:
    """The keys of a station, the oldest first."""
    return [key for key in all_keys(connection) if key.station == code]


def all_keys(connection: sa.Connection) -> list[StationKey]:
    """The keys of all stations, the oldest first."""
    query = sa.select(STATION_KEY).order_by(STATION_KEY.c.n, STATION_KEY.c.public)
    return [_key(row) for row in connection.execute(query)]


def key_known(connection: sa.Connection, public: bytes) -> StationKey | None:
    """A key of whatever station, believed or not."""
    row = connection.execute(sa.select(STATION_KEY).where(STATION_KEY.c.public == public)).first()
    return None if row is None else _key(row)


def trusted(connection: sa.Connection, code: str, signer: bytes) -> StationKey | None:
    """The key `signer` when what it signs for station `code` is believed: it is the station's own
    (in use, or announced by the one in use), no other took its place and nobody revoked it."""
    key = key_known(connection, signer)
    return key if key is not None and key.station == code and key.trusted else None


def keep_key(unit: Unit, key: StationKey) -> None:
    """Keep a key of a station, as the last that came to be believed."""
    unit.connection.execute(sa.insert(STATION_KEY), {**asdict(key), "n": _next_n(unit)})


def renew_key(unit: Unit, key: StationKey) -> None:
    """Keep what changed of a key that is known, as the last that came to be believed."""
    values = {**asdict(key), "n": _next_n(unit)}
    unit.connection.execute(
        sa.update(STATION_KEY).where(STATION_KEY.c.public == key.public).values(values)
    )


def note_announced_key(unit: Unit, announced_by: StationKey, public: bytes) -> StationKey | None:
    """Keep the key that a station announces in what the key `announced_by` signed.

    Both are believed until the new one is first used. Answers the new key, None when it was known
    already: a bundle tells it again and again.
    """
    if key_known(unit.connection, public) is not None:
        return None
    key = StationKey(
        station=announced_by.station,
        public=public,
        recipient=announced_by.recipient,
        lineage=announced_by.lineage,
        since=unit.now,
    )
    keep_key(unit, key)
    return key


def note_use(unit: Unit, used: StationKey) -> None:
    """Put down that something signed by a believed key has arrived.

    Keys that came before it have had their time when it is used the first time.
    """
    if used.used_at is not None:
        return
    mine = STATION_KEY.c.public == used.public
    unit.connection.execute(sa.update(STATION_KEY).where(mine).values(used_at=unit.now))
    unit.connection.execute(
        sa.update(STATION_KEY)
        .where(
            STATION_KEY.c.station == used.station,
            sa.not_(mine),
            STATION_KEY.c.n < used.n,
            STATION_KEY.c.until.is_(None),
        )
        .values(until=unit.now)
    )


def close_keys(unit: Unit, code: str, reason: str, *, revoke: bool) -> int:
    """Stop believing every key of a station that is believed; answers how many there were.

    `revoke`: the keys may be in wrong hands; else another key simply takes their place.
    """
    values = {"revoked_at" if revoke else "until": unit.now, "reason": reason}
    done = unit.connection.execute(
        sa.update(STATION_KEY)
        .where(
            STATION_KEY.c.station == code,
            STATION_KEY.c.revoked_at.is_(None),
            *(() if revoke else (STATION_KEY.c.until.is_(None),)),
        )
        .values(values)
    )
    return done.rowcount


def _next_n(unit: Unit) -> int:
    query = sa.select(sa.func.coalesce(sa.func.max(STATION_KEY.c.n), 0) + 1)
    return int(unit.connection.execute(query).scalar_one())


def _key(row: sa.Row[tuple[object, ...]]) -> StationKey:
    values = dict(row._mapping)
    return StationKey(**{**values, "public": bytes(values["public"])})
