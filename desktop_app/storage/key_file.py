"""`keyslots.json` as it lies on disk: clear text, checked against damage, never secret by itself.

The form only, in plain Python; what opens a slot is `keys`' business. The checksum's rule must
stay the same in every later format, so that a damaged file is never taken for a newer one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.storage.os_errors import translate_os_error

FORMAT: Final = 1
OPERATOR: Final = "operator"
RECOVERY: Final = "recovery"
RESCUE: Final = "rescue"
"""The id of the recovery slot whose code is sealed for the street."""

# Bounds of what a slot may ask for: a file somebody changed must not stop the PC for an hour.
_MAX_MEMORY_KIB: Final = 1 << 20
_MAX_PASSES: Final = 16
_MAX_LANES: Final = 8
_MAX_FILE_BYTES: Final = 4 << 20

_FROM_BACKUP = (
    "请不要删除数据文件夹：每一份备份（默认在数据文件夹的 backups 里）都带有一份 keyslots.json，"
    "用“恢复备份”即可取回。"
)


@dataclass(frozen=True)
class KdfCost:
    """What one guess at a password costs, by Argon2id (RFC 9106).

    The default, 64 MiB and 3 passes, is the RFC's second recommended option with one lane, because
    old PCs have few cores; about 0.2 s.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


@dataclass(frozen=True)
class Slot:
    """The data key, locked once. `cost` is None where no password is behind it; `sealed` is what
    opens the slot, closed for somebody elsewhere."""

    kind: str
    slot_id: str
    name: str
    cost: KdfCost | None
    salt: bytes
    nonce: bytes
    wrapped: bytes
    sealed: str = ""


@dataclass(frozen=True)
class SlotFile:
    """All that `keyslots.json` says."""

    home_id: Uid
    key_check: bytes
    slots: tuple[Slot, ...]

    @property
    def rescue(self) -> str | None:
        """The street's code as it was sealed for the street; None when there is none."""
        return next((slot.sealed for slot in self.slots if slot.slot_id == RESCUE), None)

    def context(self, slot: Slot) -> bytes:
        """What a slot's lock is bound to: it opens nothing in another place, home or role."""
        return json.dumps(
            ["jinlin-desk keyslots", FORMAT, self.home_id.hex, slot.kind, slot.slot_id]
        ).encode()


def pack_slot_file(file: SlotFile) -> bytes:
    """The bytes of `keyslots.json`."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "home_id": file.home_id.hex,
        "key_check": file.key_check.hex(),
        "slots": [_pack_slot(slot) for slot in file.slots],
    }
    document["checksum"] = _checksum(document)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def load_slot_file(path: Path, home_id: Uid | None) -> SlotFile:
    """Read and check the file. Raises `SafetyRefusal`, or `EnvironmentFault` from the disk."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SafetyRefusal(
            "找不到密钥文件 keyslots.json，数据库还在，但现在打不开。", _FROM_BACKUP
        ) from error
    except OSError as error:
        raise translate_os_error(error, "读取密钥文件") from error
    file = _parse(raw)
    if home_id is not None and file.home_id != home_id:
        raise SafetyRefusal(
            "密钥文件 keyslots.json 是另一个站的，没有打开，数据没有改动。", _FROM_BACKUP
        )
    return file


def _parse(raw: bytes) -> SlotFile:
    document = _document(raw)
    written_format = _take(document, "format", lambda value: isinstance(value, int))
    if written_format > FORMAT:
        raise SafetyRefusal(
            "密钥文件是更新版本的近邻台写的，这个版本看不懂，没有打开，数据没有改动。",
            "请安装新版本的近邻台后再打开。",
        )
    if written_format < FORMAT or len(raw) > _MAX_FILE_BYTES:
        raise _damaged()
    slots = tuple(_unpack_slot(slot) for slot in _take(document, "slots", _is_list))
    if len({slot.slot_id for slot in slots}) != len(slots):
        raise _damaged()
    return SlotFile(
        home_id=Uid(bytes=_bytes(document, "home_id", 16)),
        key_check=_bytes(document, "key_check", 16),
        slots=slots,
    )


def _document(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise _damaged() from error
    if not isinstance(document, dict):
        raise _damaged()
    if document.pop("checksum", None) != _checksum(document):
        raise _damaged()
    return document


def _checksum(document: dict[str, Any]) -> str:
    canonical = json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _pack_slot(slot: Slot) -> dict[str, Any]:
    packed: dict[str, Any] = {"kind": slot.kind, "id": slot.slot_id, "name": slot.name}
    if slot.cost is not None:
        packed["argon2id"] = {
            "memory_kib": slot.cost.memory_kib,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
        }
    for name in ("salt", "nonce", "wrapped"):
        packed[name] = getattr(slot, name).hex()
    if slot.sealed:
        packed["sealed"] = slot.sealed
    return packed


def _unpack_slot(packed: Any) -> Slot:
    if not isinstance(packed, dict):
        raise _damaged()
    kind = _take(packed, "kind", lambda value: value in (OPERATOR, RECOVERY))
    cost = _unpack_cost(_take(packed, "argon2id", _is_dict)) if kind == OPERATOR else None
    return Slot(
        kind=kind,
        slot_id=_take(packed, "id", _is_text),
        name=_take(packed, "name", _is_text),
        cost=cost,
        salt=_bytes(packed, "salt", 16),
        nonce=_bytes(packed, "nonce", 12),
        wrapped=_bytes(packed, "wrapped", 48),
        sealed=_take({"sealed": "", **packed}, "sealed", _is_text),
    )


def _unpack_cost(packed: dict[str, Any]) -> KdfCost:
    def number(name: str, largest: int) -> int:
        value = _take(packed, name, lambda value: isinstance(value, int) and value <= largest)
        return int(value)

    cost = KdfCost(
        memory_kib=number("memory_kib", _MAX_MEMORY_KIB),
        passes=number("passes", _MAX_PASSES),
        lanes=number("lanes", _MAX_LANES),
    )
    # Argon2 itself refuses less (RFC 9106, 3.1).
    if cost.passes < 1 or cost.lanes < 1 or cost.memory_kib < 8 * cost.lanes:
        raise _damaged()
    return cost


def _take(document: dict[str, Any], name: str, is_right: Callable[[Any], bool]) -> Any:
    value = document.get(name)
    if not is_right(value):
        raise _damaged()
    return value


def _bytes(document: dict[str, Any], name: str, length: int) -> bytes:
    text = _take(document, name, _is_text)
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise _damaged() from error
    if len(value) != length:
        raise _damaged()
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


def _damaged() -> SafetyRefusal:
    return SafetyRefusal(
        "密钥文件 keyslots.json 已损坏，数据库还在，但现在打不开；近邻台没有改动任何内容。",
        _FROM_BACKUP,
    )
