"""A station asks to join a street, and takes the answer.

A file that was changed, is meant for somebody else, answers another request or comes too late is
refused with a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.offices import files, store
from desktop_app.registers.offices.rules import Street
from desktop_app.registers.offices.service.edition import needs_station
from desktop_app.registers.offices.service.parts import same_code
from desktop_app.registers.offices.service.rescuing import deposit_rescue
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.slot_keeper import SlotKeeper


@dataclass(frozen=True, slots=True)
class Requested:
    """The file for the street. `street_fingerprint` is compared with the street's screen first,
    `fingerprint` when the street is about to accept."""

    content: bytes
    fingerprint: str
    street: Street
    street_fingerprint: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The station belongs to `street`, which calls it `name`; `rescue`: a code was left for it."""

    street: Street
    name: str
    fingerprint: str
    moved_from: Street | None
    rescue: bool


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


def join(desk: Desk, content: bytes, keeper: SlotKeeper | None = None) -> Joined:
    """Take the street's answer: from now on this station reports to it.

    With `keeper` a rescue code is left for the street, too (see `deposit_rescue`).

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
    return Joined(street, welcome.name, asked.fingerprint, moved, _rescue_left(desk, keeper))


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


def _rescue_left(desk: Desk, keeper: SlotKeeper | None) -> bool:
    """Leave a rescue code; the station has joined all the same when its disk refuses that."""
    if keeper is None:
        return False
    try:
        deposit_rescue(desk, keeper)
    except EnvironmentFault:
        return False
    return True


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
