"""A street invites its stations and accepts what they ask.

Before it accepts, both sides read to each other by telephone a code that each works out from the
keys. What was not asked of this street, or comes too late, or with a key that is believed no more,
is refused with a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.clock import Millis
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.offices import files, store
from desktop_app.registers.offices.rules import (
    INVITATION_DAYS,
    StationEntry,
    StationKey,
    StationState,
)
from desktop_app.registers.offices.service.edition import needs_street
from desktop_app.registers.offices.service.parts import same_code
from desktop_app.storage.session import Desk, StationFacts, Unit

_DAY_MS = 24 * 60 * 60 * 1000
REPLACED = "换机后重新加入"


@dataclass(frozen=True, slots=True)
class Invited:
    """The file for the stations. `paper_key` is shown once: the street's second key, for a safe."""

    content: bytes
    fingerprint: str
    paper_key: str | None = field(repr=False)
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class RequestLook:
    """What a request says, before it is accepted.

    `known` is the station that has this code already, `replaces` whether it had another key, which
    will not be believed any more; `same_data` that this key is for the data of before, not of a new
    home; `repeated` that this very request was accepted before.
    """

    code: str
    name: str
    fingerprint: str
    known: StationEntry | None
    replaces: bool
    same_data: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The file for the station, and the station as the street now knows it."""

    content: bytes
    fingerprint: str
    station: StationEntry
    replaced: bool


def invite(desk: Desk) -> Invited:
    """Make the file with which stations ask to join; the first makes the street's keys, too."""
    with desk.unit_of_work("邀请站点", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "邀请站点")
        keys, paper_key = _street_keys(unit)
        street = keys.street(unit.station)
        expires_at = Millis(unit.now + INVITATION_DAYS * _DAY_MS)
        invitation = files.Invitation(unit.new_uid().hex, street, unit.now, expires_at)
        store.keep_invitation(unit, invitation.id, expires_at)
        unit.about(street.code, f"有效期 {INVITATION_DAYS} 天")
    content = files.spell_invitation(invitation, keys.signing)
    return Invited(content, files.street_fingerprint(street), paper_key, expires_at)


def look_at_request(desk: Desk, content: bytes) -> RequestLook:
    """What a request says and what accepting it would do; refused when it cannot be accepted."""
    asked = files.read_request(content)
    with desk.reading(needs=Right.MANAGE_STATION) as connection:
        needs_street(desk.database.station, "接收申请")
        _check_request(connection, desk.database.station, desk.database.clock.now(), asked)
        known = store.station_named(connection, asked.code)
        key = store.key_known(connection, asked.public)
        earlier = _earlier_keys(connection, asked)
    repeated = key is not None and key.request == asked.id
    return RequestLook(
        code=asked.code,
        name=asked.name,
        fingerprint=asked.fingerprint,
        known=known,
        replaces=bool(earlier),
        same_data=any(one.lineage == asked.lineage for one in earlier),
        repeated=repeated,
    )


def accept(desk: Desk, content: bytes, *, replace_pc: bool = False, expected: str = "") -> Welcomed:
    """Accept a request: the station's key is believed from now on.

    `replace_pc`: the station has another PC, whose key is not believed any more. Accepting the
    same request again gives the same answer again. `expected` is the station's 核对码 as read out.
    """
    asked = files.read_request(content)
    same_code(asked.fingerprint, expected)
    with desk.unit_of_work("接收站点申请", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "接收申请")
        keys = _check_request(unit.connection, unit.station, unit.now, asked)
        earlier = _earlier_keys(unit.connection, asked)
        if earlier and not replace_pc:
            raise _has_another_pc(asked)
        entry = _entered(unit, asked, replace_pc=replace_pc)
        if earlier:
            store.close_keys(unit, asked.code, REPLACED, revoke=False)
        _keep_asked_key(unit, asked)
        unit.about(entry.code, f"{entry.name}，{REPLACED}" if earlier else entry.name)
        welcome = files.Welcome(
            request=asked.id,
            digest=asked.digest,
            street=keys.street(unit.station),
            code=entry.code,
            name=entry.name,
            accepted_at=unit.now,
        )
    content = files.spell_welcome(welcome, keys.signing)
    return Welcomed(content, asked.fingerprint, entry, bool(earlier))


def _street_keys(unit: Unit) -> tuple[store.OwnKeys, str | None]:
    """The street's keys; when they are made now, also the secret of the one on paper."""
    keys = store.own_keys(unit.connection)
    if keys is not None:
        return keys, None
    signing, opening, paper = SigningKey.fresh(), OpeningKey.fresh(), OpeningKey.fresh()
    store.keep_signing(unit, signing, store.CURRENT)
    store.keep_opening(unit, opening)
    store.keep_paper(unit, paper.recipient)
    return store.OwnKeys(signing, opening, paper=paper.recipient), paper.to_text()


def _check_request(
    connection: store.Connection, street: StationFacts, now: Millis, asked: files.Request
) -> store.OwnKeys:
    """Refuse a request that was not asked of us, or too late; answers the street's keys."""
    keys = store.own_keys(connection)
    until = store.invitation_until(connection, asked.invitation)
    if keys is None or until is None or asked.street_signing != keys.signing.public:
        raise SafetyRefusal(
            f"这份申请不是对本街道邀请的答复（它写给 {asked.street_code}），没有接收，也没有改动。",
            "请让站点用本街道最近的邀请文件重新生成申请文件。",
        )
    if now > until:
        raise UserError(
            "这份申请答复的邀请已过期，没有接收，也没有改动。",
            "请重新生成邀请文件交给站点，让站点重新申请。",
        )
    if asked.code == street.code:
        raise UserError(
            f"申请用的编码 {asked.code} 是街道自己的编码，没有接收，也没有改动。",
            "请站点用自己的编码重新新建。",
        )
    _refuse_spent_key(store.key_known(connection, asked.public), asked)
    return keys


def _refuse_spent_key(key: StationKey | None, asked: files.Request) -> None:
    if key is None or (key.station == asked.code and key.trusted):
        return
    if key.station != asked.code:
        raise SafetyRefusal(
            f"申请 {asked.code} 用的是站点 {key.station} 的密钥，没有接收，也没有改动。",
            "一台电脑只能代表一个站点；请先打电话向两个站点问清楚。",
        )
    why = "已被吊销" if key.revoked_at is not None else "已被后来的密钥代替"
    raise SafetyRefusal(
        f"这份申请用的密钥{why}，没有接收，也没有改动。",
        "如果确实还是这台电脑，请站点用新密钥重新申请（命令行加 --new-key）。",
    )


def _earlier_keys(connection: store.Connection, asked: files.Request) -> list[StationKey]:
    """The keys of the PCs this station had before the one that asks; none when it is known."""
    if store.key_known(connection, asked.public) is not None:
        return []
    return store.keys_of(connection, asked.code)


def _has_another_pc(asked: files.Request) -> UserError:
    return UserError(
        f"{asked.code} 已有一台电脑加入过，这份申请来自另一台或用了新密钥，没有接收，也没有改动。",
        "确实换了电脑或重装了，请核对核对码后按换机接收（命令行加 --replace），原来的密钥随即作废；"
        "如果是另一个站点用错了编码，请让它改用自己的编码。",
    )


def _entered(unit: Unit, asked: files.Request, *, replace_pc: bool) -> StationEntry:
    """The station in the street's list, as one that has joined."""
    known = store.station_named(unit.connection, asked.code)
    if known is None:
        return store.SHELF.put(
            unit,
            StationEntry(
                uid=unit.new_uid(),
                station=unit.station.code,
                code=asked.code,
                name=asked.name,
                since=unit.zone.day(unit.now),
                state=StationState.JOINED,
            ),
        )
    if known.state is StationState.MERGED or (known.state.over and not replace_pc):
        raise UserError(
            f"{known.code}（{known.name}）{known.state.label}，没有接收，也没有改动。",
            "如果那是弄错了，请先恢复这个站点。",
        )
    joined = replace(known, state=StationState.JOINED, until=None, successor="", moved_to="")
    return known if joined == known else store.SHELF.put(unit, joined)


def _keep_asked_key(unit: Unit, asked: files.Request) -> None:
    key = StationKey(
        station=asked.code,
        public=asked.public,
        recipient=asked.recipient,
        lineage=asked.lineage,
        since=unit.now,
        request=asked.id,
    )
    known = store.key_known(unit.connection, asked.public)
    if known is None:
        store.keep_key(unit, key)
    elif known.request != asked.id:
        store.renew_key(unit, replace(key, since=known.since, used_at=known.used_at))
