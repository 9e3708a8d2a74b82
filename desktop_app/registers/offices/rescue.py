"""The file by which a locked-out station asks its street for help, and what the street finds in it.

A station that has joined leaves a recovery code of its own beside its key slots, sealed for the
street: nobody at the station can read it, and the street cannot use it without the station's file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.bundle import strict_json
from desktop_app.bundle.faults import NoParcel, Refused
from desktop_app.bundle.keyring import OpeningKey
from desktop_app.bundle.note import open_note, seal_note
from desktop_app.core.codec import canonical
from desktop_app.core.text import clean_line

KIND = "jinlin-desk/rescue"
FORMAT = 1
LABEL = "求助文件"
_MOST_BYTES = 64 << 10
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Rescue:
    """A recovery code and whose it is; `home` is the id of the data folder."""

    recovery_code: str = field(repr=False)
    station: str
    home: str


@dataclass(frozen=True, slots=True)
class RescueRequest:
    """Who says that he is locked out, and the sealed code. Nobody has signed this."""

    station: str
    name: str
    home: str
    sealed: str


def sealed_rescue(rescue: Rescue, recipients: Sequence[str]) -> str:
    """The code as it lies beside the key slots."""
    values = {"code": rescue.recovery_code, "station": rescue.station, "home": rescue.home}
    return seal_note(canonical(values), recipients)


def spell_rescue_request(request: RescueRequest) -> bytes:
    """The file for the street."""
    document = {
        "文件": f"近邻台{LABEL}",
        "说明": f"{request.name}（{request.station}）没有人能登录了，请街道取出救援码。"
        "街道要先当面或打电话确认来人，再念给对方；救援码只能用一次。",
        "kind": KIND,
        "format": FORMAT,
        "station": {"code": request.station, "name": request.name},
        "home": request.home,
        "sealed": request.sealed,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read_rescue_request(content: bytes) -> RescueRequest:
    """The file as the street gets it. Raises `NoParcel` or `Refused`."""
    next_step = f"请检查是否选对了文件：这里要的是{LABEL}。"
    if not content or len(content) > _MOST_BYTES:
        raise NoParcel(f"这个文件不是{LABEL}", next_step)
    try:
        values = strict_json.parse_object(content.strip())
    except ValueError as error:
        raise NoParcel(f"这个文件不是完整的{LABEL}，或已损坏", next_step) from error
    if values.get("kind") != KIND:
        raise NoParcel(f"这个文件不是{LABEL}", next_step)
    station = values.get("station")
    texts = [values.get("home"), values.get("sealed")]
    texts += [station.get("code"), station.get("name")] if isinstance(station, dict) else [None]
    if values.get("format") != FORMAT or not all(isinstance(text, str) for text in texts):
        raise Refused(f"这份{LABEL}已损坏，或由别的版本的近邻台生成")
    home, sealed, code, name = (str(text) for text in texts)
    return RescueRequest(code, clean_line(name, limit=_LONGEST_NAME), home, sealed)


def opened_rescue(request: RescueRequest, keys: Sequence[OpeningKey]) -> Rescue:
    """The code in the file; refused when it was sealed for another station or data folder."""
    try:
        values = strict_json.parse_object(open_note(request.sealed, keys).encode())
        rescue = Rescue(str(values["code"]), str(values["station"]), str(values["home"]))
    except (ValueError, KeyError) as error:
        raise Refused(f"这份{LABEL}的内容不合格式") from error
    if (rescue.station, rescue.home) != (request.station, request.home):
        raise Refused(f"这份{LABEL}里的救援码是另一个站点的（{rescue.station}）")
    return rescue
