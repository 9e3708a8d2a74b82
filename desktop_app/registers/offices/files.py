"""The three files by which a station joins a street: invitation, request, welcome.

JSON that a person can read, signed (SSHSIG) over its canonical form without the signature, by the
key of whoever sends it. Nothing in them is secret. What makes them safe is that both sides compare
a 核对码 by telephone: it is worked out from the keys by each side and stands in no file.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.bundle import strict_json
from desktop_app.bundle.faults import NoParcel, Refused
from desktop_app.bundle.keyring import SigningKey, fingerprint, public_key, recipient
from desktop_app.bundle.signature import verify
from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.errors import UserError
from desktop_app.registers.offices.rules import Street, checked_code, checked_name

NAMESPACE = "jinlin-desk.enrolment.v1"
FORMAT = 1
MOST_BYTES = 64 << 10

_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LINEAGE_LIMIT = 64


class Paper(StrEnum):
    """Which of the files it is; the value stands in it."""

    INVITATION = "jinlin-desk/invitation"
    REQUEST = "jinlin-desk/request"
    WELCOME = "jinlin-desk/welcome"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Paper.INVITATION: "邀请文件",
    Paper.REQUEST: "申请文件",
    Paper.WELCOME: "接收文件",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """A street asks its stations to join; until `expires_at` by the street's clock."""

    id: str
    street: Street
    made_at: Millis
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class Request:
    """A station asks to join the street whose key is `street_signing`, as invited."""

    id: str
    invitation: str
    street_code: str
    street_signing: bytes
    code: str
    name: str
    public: bytes
    recipient: str
    lineage: str
    made_at: Millis
    digest: str = ""

    @property
    def fingerprint(self) -> str:
        """The 核对码 that station and street read to each other before the street accepts."""
        return fingerprint(
            b"station",
            self.code.encode(),
            self.public,
            self.recipient.encode(),
            self.lineage.encode(),
            bytes.fromhex(self.id),
            self.street_signing,
        )


@dataclass(frozen=True, slots=True)
class Welcome:
    """A street has accepted the request with this id and digest."""

    request: str
    digest: str
    street: Street
    code: str
    name: str
    accepted_at: Millis


def street_fingerprint(street: Street) -> str:
    """The 核对码 of a street: the same as long as its code and keys are."""
    return fingerprint(
        b"street",
        street.code.encode(),
        street.signing,
        *(one.encode() for one in street.recipients),
    )


# --- writing --------------------------------------------------------------------------------------


def spell_invitation(invitation: Invitation, key: SigningKey) -> bytes:
    """The file `street.json`."""
    street = invitation.street
    return _signed(
        Paper.INVITATION,
        f"{street.name}（{street.code}）请所属站点加入。站点收到后生成申请文件交回，"
        "并打电话核对双方屏幕上的核对码；核对码不写在文件里。",
        {
            "id": invitation.id,
            "street": _plain_street(street),
            "made_at": invitation.made_at,
            "expires_at": invitation.expires_at,
        },
        key,
    )


def spell_request(request: Request, key: SigningKey) -> bytes:
    """The file `station.json`."""
    return _signed(
        Paper.REQUEST,
        f"{request.name}（{request.code}）申请加入街道 {request.street_code}。"
        "街道收下之前，请打电话核对双方屏幕上的核对码；核对码不写在文件里。",
        {
            "id": request.id,
            "invitation": request.invitation,
            "street": {"code": request.street_code, "signing": request.street_signing.hex()},
            "station": {
                "code": request.code,
                "name": request.name,
                "signing": request.public.hex(),
                "recipient": request.recipient,
                "lineage": request.lineage,
            },
            "made_at": request.made_at,
        },
        key,
    )


def spell_welcome(welcome: Welcome, key: SigningKey) -> bytes:
    """The file `welcome.json`."""
    street = welcome.street
    return _signed(
        Paper.WELCOME,
        f"{street.name}（{street.code}）已接收 {welcome.name}（{welcome.code}）的申请。"
        "请在站点收下这份文件，之后即可上报。",
        {
            "request": welcome.request,
            "digest": welcome.digest,
            "street": _plain_street(street),
            "station": {"code": welcome.code, "name": welcome.name},
            "accepted_at": welcome.accepted_at,
        },
        key,
    )


def _signed(paper: Paper, about: str, values: Mapping[str, Any], key: SigningKey) -> bytes:
    document = {
        "文件": f"近邻台{paper.label}",
        "说明": about,
        "kind": paper.value,
        "format": FORMAT,
        **values,
    }
    document["signature"] = key.sign(canonical(document).encode(), NAMESPACE)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _plain_street(street: Street) -> dict[str, Any]:
    return {
        "code": street.code,
        "name": street.name,
        "signing": street.signing.hex(),
        "recipients": list(street.recipients),
    }


# --- reading --------------------------------------------------------------------------------------


def read_invitation(content: bytes) -> Invitation:
    """An invitation, signed by the street it names.

    Raises `UserError` for another file, `SafetyRefusal` for one that was changed or is newer than
    this program.
    """
    values, signer, _ = _read(Paper.INVITATION, content)
    with _Strict(Paper.INVITATION):
        invitation = Invitation(
            id=_text(values, "id", _ID),
            street=_street(values["street"]),
            made_at=_moment(values, "made_at"),
            expires_at=_moment(values, "expires_at"),
        )
    _signed_by(invitation.street.signing, signer, Paper.INVITATION)
    return invitation


def read_request(content: bytes) -> Request:
    """A request, signed by the key it asks to have accepted. Raises as `read_invitation`."""
    values, signer, digest = _read(Paper.REQUEST, content)
    with _Strict(Paper.REQUEST):
        street, station = values["street"], values["station"]
        lineage = station["lineage"]
        if type(lineage) is not str or not 0 < len(lineage) <= _LINEAGE_LIMIT:
            raise ValueError("lineage")
        request = Request(
            id=_text(values, "id", _ID),
            invitation=_text(values, "invitation", _ID),
            street_code=_code(street["code"]),
            street_signing=public_key(street["signing"]),
            code=_code(station["code"]),
            name=_name(station["name"]),
            public=public_key(station["signing"]),
            recipient=recipient(station["recipient"]),
            lineage=lineage,
            made_at=_moment(values, "made_at"),
            digest=digest,
        )
    _signed_by(request.public, signer, Paper.REQUEST)
    return request


def read_welcome(content: bytes) -> Welcome:
    """A welcome, signed by the street it names. Raises as `read_invitation`."""
    values, signer, _ = _read(Paper.WELCOME, content)
    with _Strict(Paper.WELCOME):
        welcome = Welcome(
            request=_text(values, "request", _ID),
            digest=_text(values, "digest", _DIGEST),
            street=_street(values["street"]),
            code=_code(values["station"]["code"]),
            name=_name(values["station"]["name"]),
            accepted_at=_moment(values, "accepted_at"),
        )
    _signed_by(welcome.street.signing, signer, Paper.WELCOME)
    return welcome


def digest_of(content: bytes) -> str:
    """What a welcome names a request by: the hash of what was signed, not of how it is laid out."""
    document = strict_json.parse_object(_bare(content))
    del document["signature"]
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _read(paper: Paper, content: bytes) -> tuple[dict[str, Any], bytes, str]:
    """What the file says, who signed it, and its digest."""
    document = _document(paper, content)
    _refuse_other_papers(paper, document.get("kind"))
    written = document.get("format")
    if type(written) is int and written > FORMAT:
        raise Refused(
            f"这份{paper.label}由更新版本的近邻台生成，本版本读不懂", "请先升级本机的近邻台。"
        )
    signature = document.pop("signature", None)
    if written != FORMAT or type(signature) is not str:
        raise _changed(paper)
    signed = canonical(document).encode()
    signer = verify(signature, signed, NAMESPACE)
    return document, signer, hashlib.sha256(signed).hexdigest()


def _document(paper: Paper, content: bytes) -> dict[str, Any]:
    next_step = f"请检查是否选对了文件：这里要的是{paper.label}。"
    if not content:
        raise NoParcel("这个文件是空的", next_step)
    if len(content) > MOST_BYTES:
        raise NoParcel(f"这个文件太大，不是{paper.label}", next_step)
    try:
        return strict_json.parse_object(_bare(content))
    except ValueError as error:
        raise NoParcel(f"这个文件不是完整的{paper.label}，或已损坏", next_step) from error


def _bare(content: bytes) -> bytes:
    """Without what an editor may have put around the document when somebody looked at it."""
    return content.removeprefix(codecs.BOM_UTF8).strip()


def _refuse_other_papers(paper: Paper, kind: object) -> None:
    if kind == paper.value:
        return
    for other in Paper:
        if kind == other.value:
            raise NoParcel(
                f"这是一份{other.label}，这里要的是{paper.label}", "请检查是否选对了文件。"
            )
    raise NoParcel(f"这个文件不是{paper.label}", "请检查是否选对了文件。")


def _signed_by(named: bytes, signer: bytes, paper: Paper) -> None:
    if named != signer:
        raise _changed(paper)


def _changed(paper: Paper) -> Refused:
    return Refused(f"这份{paper.label}已损坏，或者被人改动过")


class _Strict:
    """Turns whatever a signed file says wrongly into one refusal: its writer is not our program."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if isinstance(error, (ValueError, KeyError, TypeError, UserError)):
            raise _changed(self._paper) from error


def _street(values: Mapping[str, Any]) -> Street:
    recipients = values["recipients"]
    if type(recipients) is not list or not 1 <= len(recipients) <= 4:
        raise ValueError("recipients")
    return Street(
        code=_code(values["code"]),
        name=_name(values["name"]),
        recipients=tuple(recipient(one) for one in recipients),
        signing=public_key(values["signing"]),
    )


def _text(values: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = values[name]
    if type(value) is not str or not pattern.fullmatch(value):
        raise ValueError(name)
    return value


def _moment(values: Mapping[str, Any], name: str) -> Millis:
    value = values[name]
    if type(value) is not int or value < 0:
        raise TypeError(name)
    return Millis(value)


def _code(value: object) -> str:
    if type(value) is not str or checked_code(value) != value:
        raise ValueError("code")
    return value


def _name(value: object) -> str:
    if type(value) is not str or checked_name(value) != value:
        raise ValueError("name")
    return value
