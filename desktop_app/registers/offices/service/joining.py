"""How a station joins a street: invite, request, accept, join; a file each, and a 核对码.

The street and the station compare the code of the keys by telephone. A file that was changed, is
meant for somebody else, answers another request or comes too late is refused with a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    Street,
)
from desktop_app.registers.offices.service.edition import needs_station, needs_street
from desktop_app.registers.offices.service.parts import same_code
from desktop_app.storage.session import Desk, StationFacts, Unit

_DAY_MS = 24 * 60 * 60 * 1000
REPLACED = "换机后重新加入"


@dataclass(frozen=True, slots=True)
class Invited:
    """The file for the stations. `paper_key` is shown once: the street's second key, for a safe."""

    content: bytes
    fingerprint: str
    paper_key: str | None
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class Requested:
    """The file for the street. `street_fingerprint` is compared with the street's screen first,
    `fingerprint` when the street is about to accept."""

    content: bytes
    fingerprint: str
    street: Street
    street_fingerprint: str


@dataclass(frozen=True, slots=True)
class RequestLook:
    """What a request says, before it is accepted.

    `known` is the station that has this code already, `replaces` whether it has another key that
    is believed; `repeated` that this very request was accepted before.
    """

    code: str
    name: str
    fingerprint: str
    known: StationEntry | None
    replaces: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The file for the station, and the station as the street now knows it."""

    content: bytes
    fingerprint: str
    station: StationEntry
    replaced: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """The station belongs to `street`, which calls it `name`."""

    street: Street
    name: str
    fingerprint: str
    moved_from: Street | None


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


def request(
    desk: Desk, invitation: bytes, *, move: bool = False, new_key: bool = False, expected: str = ""
) -> Requested:
    """Ask to join the street that made the invitation.

    `move`: this station belongs to another street and goes over to this one. `new_key`: sign with
    a fresh key, because the street does not believe the present one any more. `expected` is the
    street's 核对码 as read out; raises `SafetyRefusal` when it is another.
    """
    asked = files.read_invitation(invitation)
    code = files.street_fingerprint(asked.street)
    same_code(code, expected)
    with desk.unit_of_work("申请加入街道", needs=Right.MANAGE_STATION) as unit:
        needs_station(unit.station, "申请加入街道")
        _check_invitation(unit, asked, move=move)
        signing, opening = _station_keys(unit, new_key=new_key)
        draft = _request(unit, asked, signing, opening)
        content = files.spell_request(draft, signing)
        kept = store.JoinRequest(
            id=draft.id,
            digest=files.digest_of(content),
            signer=signing.public.hex(),
            fingerprint=draft.fingerprint,
            street=asked.street,
            made_at=unit.now,
        )
        store.keep_request(unit, kept)
        unit.about(asked.street.code, asked.street.name)
    return Requested(content, draft.fingerprint, asked.street, code)


def look_at_request(desk: Desk, content: bytes) -> RequestLook:
    """What a request says and what accepting it would do; refused when it cannot be accepted."""
    asked = files.read_request(content)
    with desk.reading(needs=Right.MANAGE_STATION) as connection:
        needs_street(desk.database.station, "接收申请")
        _check_request(connection, desk.database.station, desk.database.clock.now(), asked)
        known = store.station_named(connection, asked.code)
        key = store.key_known(connection, asked.public)
        others = _other_keys(connection, asked)
    repeated = key is not None and key.request == asked.id
    return RequestLook(asked.code, asked.name, asked.fingerprint, known, bool(others), repeated)


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
        others = _other_keys(unit.connection, asked)
        if others and not replace_pc:
            raise _has_another_pc(asked)
        entry = _entered(unit, asked, replace_pc=replace_pc)
        if others:
            store.close_keys(unit, asked.code, REPLACED, revoke=False)
        _keep_asked_key(unit, asked)
        unit.about(entry.code, f"{entry.name}，{REPLACED}" if others else entry.name)
        welcome = files.Welcome(
            request=asked.id,
            digest=asked.digest,
            street=keys.street(unit.station),
            code=entry.code,
            name=entry.name,
            accepted_at=unit.now,
        )
    content = files.spell_welcome(welcome, keys.signing)
    return Welcomed(content, asked.fingerprint, entry, bool(others))


def join(desk: Desk, content: bytes) -> Joined:
    """Take the street's answer: from now on this station reports to it.

    Raises `SafetyRefusal` for an answer to another station's request, or to one that this station
    has asked anew since.
    """
    welcome = files.read_welcome(content)
    with desk.unit_of_work("加入街道", needs=Right.MANAGE_STATION) as unit:
        needs_station(unit.station, "加入街道")
        asked = _answered(unit, welcome)
        before = store.our_street(unit.connection)
        store.promote(unit, asked.signer)
        store.belong_to(unit, welcome.street)
        store.close_request(unit, asked.id)
        street = store.our_street(unit.connection)
        assert street is not None
        unit.about(street.code, street.name)
    moved = before if before is not None and before.signing != street.signing else None
    return Joined(street, welcome.name, asked.fingerprint, moved)


# --- at the station -------------------------------------------------------------------------------


def _check_invitation(unit: Unit, asked: files.Invitation, *, move: bool) -> None:
    if unit.now > asked.expires_at:
        raise UserError(
            "这份邀请文件已过期，没有生成申请，也没有改动。",
            "请先看本机的日期对不对；日期没错，请街道重新生成一份邀请文件。",
        )
    if asked.street.code == unit.station.code:
        raise UserError(
            f"街道的编码和本站的编码都是 {unit.station.code}，没有生成申请，也没有改动。",
            "请问街道要本站的编码；编码不能改，只能用对的编码重新新建站点。",
        )
    present = store.our_street(unit.connection)
    if present is not None and present.signing != asked.street.signing and not move:
        raise UserError(
            f"本站已加入“{present.name}”，这份邀请来自“{asked.street.name}”，没有改动。",
            "如果本站确实改由这个街道管，请加 --move 再做一次；街道换了电脑后重新邀请的也这样做。",
        )


def _station_keys(unit: Unit, *, new_key: bool) -> tuple[SigningKey, OpeningKey]:
    keys = store.own_keys(unit.connection)
    if keys is None:
        signing, opening = SigningKey.fresh(), OpeningKey.fresh()
        store.keep_signing(unit, signing, store.CURRENT)
        store.keep_opening(unit, opening)
        return signing, opening
    if not new_key:
        return keys.signing, keys.opening
    signing = SigningKey.fresh()
    store.keep_signing(unit, signing, store.REQUESTED)
    return signing, keys.opening


def _request(
    unit: Unit, asked: files.Invitation, signing: SigningKey, opening: OpeningKey
) -> files.Request:
    return files.Request(
        id=unit.new_uid().hex,
        invitation=asked.id,
        street_code=asked.street.code,
        street_signing=asked.street.signing,
        code=unit.station.code,
        name=unit.station.name,
        public=signing.public,
        recipient=opening.recipient,
        lineage=unit.station.lineage,
        made_at=unit.now,
    )


def _answered(unit: Unit, welcome: files.Welcome) -> store.JoinRequest:
    """The request of ours that this is the answer to."""
    asked = store.request_of(unit.connection, welcome.request)
    if asked is None or welcome.code != unit.station.code:
        raise SafetyRefusal(
            f"这份接收文件答复的不是本站的申请（它是给 {welcome.code} 的），没有加入，也没有改动。",
            "请检查是否拿错了文件；如果本机重装过，请重新生成申请文件交给街道。",
        )
    if asked.digest != welcome.digest or asked.street.signing != welcome.street.signing:
        raise SafetyRefusal(
            "这份接收文件和本站的申请对不上，没有加入，也没有改动。",
            "请不要使用它，并打电话告诉街道；需要时重新生成申请文件。",
        )
    if asked.closed_at is not None:
        present = store.our_street(unit.connection)
        if present is not None and present.signing == welcome.street.signing:
            raise UserError(
                f"本站已加入“{present.name}”，这份接收文件不用再收，没有改动。",
                "可以直接上报。",
            )
        raise SafetyRefusal(
            "这份接收文件答复的是一份已作废的申请，没有加入，也没有改动。",
            "请用街道对最近一份申请文件的答复。",
        )
    return asked


# --- at the street --------------------------------------------------------------------------------


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
            f"申请 {asked.code} 用的是站点 {key.station} 的钥匙，没有接收，也没有改动。",
            "一台电脑只能代表一个站点；请先打电话向两个站点问清楚。",
        )
    why = "已被吊销" if key.revoked_at is not None else "已被后来的钥匙代替"
    raise SafetyRefusal(
        f"这份申请用的钥匙{why}，没有接收，也没有改动。",
        "如果确实还是这台电脑，请站点加 --new-key 重新生成申请文件。",
    )


def _other_keys(connection: store.Connection, asked: files.Request) -> list[StationKey]:
    """The keys of this station that are believed and would not be any more."""
    return [
        key
        for key in store.keys_of(connection, asked.code)
        if key.trusted and key.public != asked.public
    ]


def _has_another_pc(asked: files.Request) -> UserError:
    return UserError(
        f"{asked.code} 已有一台电脑在上报，这份申请来自另一台，没有接收，也没有改动。",
        "确实换了电脑或重装了，请核对核对码后加 --replace 再接收，原来那台从此不能上报；"
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
            "如果那是弄错了，请先用 street reinstate 恢复这个站点。",
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
