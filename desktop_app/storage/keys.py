"""The data key of a home, the slots that open it, and hashes of PINs and old passwords.

One random key (`DataKey`) encrypts everything of a home; `KeySlots` is the clear-text file beside
the database that holds this key once per operator and once per recovery code, each time locked by
something only that person knows. Nothing secret leaves this module except inside a `DataKey`.

Built from: Argon2id (RFC 9106), AES-256-GCM (NIST SP 800-38D), HKDF-SHA256 (RFC 5869). Passwords
are compared in Unicode form NFKC (NIST SP 800-63B, 5.1.1.2), so that a full-width letter typed
through an input method is the same letter.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NoReturn

from argon2.exceptions import HashingError, InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret, hash_secret_raw, verify_secret
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.core.ids import Uid, random_bytes
from desktop_app.storage import recovery_code
from desktop_app.storage.files import write_atomic
from desktop_app.storage.key_file import (
    OPERATOR,
    RECOVERY,
    RESCUE,
    KdfCost,
    Slot,
    SlotFile,
    load_slot_file,
    pack_slot_file,
)

__all__ = [
    "QUICK_COST",
    "DataKey",
    "KdfCost",
    "KeySlots",
    "Slot",
    "hash_password",
    "hash_pin",
    "verify_password",
    "verify_pin",
]

KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12

# OWASP's smallest recommended Argon2id setting: some 40 ms, for what lies inside the encrypted
# database anyway and must answer while somebody waits at the desk.
QUICK_COST: Final = KdfCost(memory_kib=19 * 1024, passes=2, lanes=1)

_WRONG_PASSWORD = (
    "密码不对，没有登录，数据没有改动。",
    "请检查大写锁定和输入法后再试；忘记密码请找管理账号的同事重设，或用恢复码。",
)


class DataKey:
    """The 32 random bytes under which a home lies; printing it shows nothing."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes")
        self._secret = secret

    @classmethod
    def fresh(cls) -> DataKey:
        return cls(random_bytes(KEY_BYTES))

    def sqlcipher_pragma(self) -> str:
        """`x'…'`: the raw key as SQLCipher's `PRAGMA key` takes it, inside double quotes."""
        return f"x'{self._secret.hex()}'"

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, from which neither this key nor another's can be found."""
        return _hkdf(self._secret, b"", f"jinlin-desk/v1/{purpose}")

    def wrapped_by(self, wrapping: bytes, nonce: bytes, context: bytes) -> bytes:
        """This key encrypted under another one; `context` must be the same at unwrapping."""
        return AESGCM(wrapping).encrypt(nonce, self._secret, context)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataKey) and hmac.compare_digest(self._secret, other._secret)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "DataKey(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a data key is not for storing")


@dataclass(frozen=True)
class KeySlots:
    """Who can open a home. A value: each change answers a new one, which `save` puts on disk.

    Removing an operator's slot ends his access to this home, not to backups made before, which
    still open with the old slots: the screen that disables somebody must say so.
    """

    file: SlotFile

    @classmethod
    def create(cls, home_id: Uid, data_key: DataKey) -> KeySlots:
        """The slots of a new home: none yet."""
        return cls(SlotFile(home_id, _key_check(data_key), ()))

    @classmethod
    def load(cls, path: Path, home_id: Uid | None = None) -> KeySlots:
        """Read `keyslots.json`; with `home_id` it must be that home's.

        Raises `SafetyRefusal` when it is missing, damaged, foreign or newer than this program.
        """
        return cls(load_slot_file(path, home_id))

    def save(self, path: Path) -> None:
        """Put the slots on disk, wholly or not at all. Raises `EnvironmentFault`."""
        write_atomic(path, pack_slot_file(self.file), what="保存密钥文件")

    @property
    def home_id(self) -> Uid:
        return self.file.home_id

    @property
    def operators(self) -> tuple[Slot, ...]:
        """The operators' slots in the order they were added; `slot_id` is the uid's hex."""
        return tuple(slot for slot in self.file.slots if slot.kind == OPERATOR)

    @property
    def has_recovery(self) -> bool:
        return any(slot.slot_id == RECOVERY for slot in self.file.slots)

    def operator(self, operator_uid: Uid) -> Slot | None:
        return next((slot for slot in self.operators if slot.slot_id == operator_uid.hex), None)

    def with_operator(
        self,
        operator_uid: Uid,
        name: str,
        password: str,
        data_key: DataKey,
        cost: KdfCost | None = None,
    ) -> KeySlots:
        """Give an operator a slot, or a new password in place of the old one."""
        self._check_key(data_key)
        empty = Slot(
            kind=OPERATOR,
            slot_id=operator_uid.hex,
            name=name,
            cost=cost or KdfCost(),
            salt=random_bytes(_SALT_BYTES),
            nonce=random_bytes(_NONCE_BYTES),
            wrapped=b"",
        )
        return self._put(self._filled(empty, _from_password(password, empty), data_key))

    def without_operator(self, operator_uid: Uid) -> KeySlots:
        """Take an operator's slot away. Refused when no slot would remain to open the home."""
        kept = tuple(
            slot
            for slot in self.file.slots
            if slot.kind != OPERATOR or slot.slot_id != operator_uid.hex
        )
        if not kept:
            raise SafetyRefusal(
                "这是最后一把密钥，没有删除：删掉以后谁也打不开这些数据。",
                "请先给另一位操作员开通账号，或先生成恢复码。",
            )
        return KeySlots(replace(self.file, slots=kept))

    def renamed(self, operator_uid: Uid, name: str) -> KeySlots:
        """Change the name the sign-in screen shows; needs no password."""
        slots = tuple(
            replace(slot, name=name)
            if slot.kind == OPERATOR and slot.slot_id == operator_uid.hex
            else slot
            for slot in self.file.slots
        )
        return KeySlots(replace(self.file, slots=slots))

    def unlock(self, operator_uid: Uid, password: str) -> DataKey:
        """The data key, for the right password. Raises `SafetyRefusal`.

        Slow on purpose (about 0.2 s at the default cost); `lockout` counts the failures.
        """
        slot = self.operator(operator_uid)
        if slot is None:
            raise SafetyRefusal(
                "这位操作员不能登录这台电脑上的数据，没有改动任何内容。",
                "请换一个账号，或请管理账号的同事重新开通。",
            )
        data_key = self._opened(slot, _from_password(password, slot))
        if data_key is None:
            raise SafetyRefusal(*_WRONG_PASSWORD, field="password")
        return data_key

    def new_recovery_code(self, data_key: DataKey) -> tuple[KeySlots, str]:
        """Make a recovery code, shown this once; the code made before opens nothing any more."""
        slot, code = self._slot_of_code(RECOVERY, data_key)
        return self._put(slot), code

    def with_rescue(self, data_key: DataKey, seal: Callable[[str], str]) -> KeySlots:
        """Let the street help when nobody here knows a password any more.

        A recovery code of its own, known to nobody: `seal` closes it so that only the street can
        read it, and so closed it lies beside its slot. Replaces the one made before.
        """
        slot, code = self._slot_of_code(RESCUE, data_key)
        return self._put(replace(slot, sealed=seal(code)))

    def without_rescue(self, code: str) -> KeySlots:
        """Without the slot of the street's code when this is that code: it is good for once."""
        secret = recovery_code.read(code)
        kept = tuple(
            slot
            for slot in self.file.slots
            if slot.slot_id != RESCUE or self._opened(slot, _from_recovery(secret, slot)) is None
        )
        return KeySlots(replace(self.file, slots=kept))

    def unlock_with_recovery(self, code: str) -> DataKey:
        """The data key, for the code from the sealed envelope.

        Raises `UserError` that names the mistyped group, `SafetyRefusal` for another home's or
        an older code.
        """
        secret = recovery_code.read(code)
        for slot in self.file.slots:
            if slot.kind == RECOVERY:
                data_key = self._opened(slot, _from_recovery(secret, slot))
                if data_key is not None:
                    return data_key
        raise SafetyRefusal(
            "这个恢复码打不开这里的数据，没有改动任何内容。",
            "它可能属于另一个站，或已被后来生成的恢复码代替；请找最近一次密封的那一份。",
            field="recovery_code",
        )

    def _slot_of_code(self, slot_id: str, data_key: DataKey) -> tuple[Slot, str]:
        self._check_key(data_key)
        secret = random_bytes(recovery_code.SECRET_BYTES)
        empty = Slot(
            kind=RECOVERY,
            slot_id=slot_id,
            name="",
            cost=None,
            salt=random_bytes(_SALT_BYTES),
            nonce=random_bytes(_NONCE_BYTES),
            wrapped=b"",
        )
        filled = self._filled(empty, _from_recovery(secret, empty), data_key)
        return filled, recovery_code.show(secret)

    def _put(self, new: Slot) -> KeySlots:
        """With `new` in the place of the slot it replaces, or at the end."""
        same = [slot.slot_id == new.slot_id for slot in self.file.slots]
        slots = (
            tuple(
                new if replaced else slot
                for slot, replaced in zip(self.file.slots, same, strict=True)
            )
            if any(same)
            else (*self.file.slots, new)
        )
        return KeySlots(replace(self.file, slots=slots))

    def _filled(self, empty: Slot, wrapping: bytes, data_key: DataKey) -> Slot:
        context = self.file.context(empty)
        return replace(empty, wrapped=data_key.wrapped_by(wrapping, empty.nonce, context))

    def _opened(self, slot: Slot, wrapping: bytes) -> DataKey | None:
        try:
            secret = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, self.file.context(slot))
        except InvalidTag:
            return None
        data_key = DataKey(secret)
        self._check_key(data_key)
        return data_key

    def _check_key(self, data_key: DataKey) -> None:
        if not hmac.compare_digest(_key_check(data_key), self.file.key_check):
            raise SafetyRefusal(
                "密钥文件 keyslots.json 与这把密钥不属于同一份数据，没有改动任何内容。",
                "请用“恢复备份”取回成套的数据库和密钥文件。",
            )


def hash_pin(pin: str, cost: KdfCost = QUICK_COST) -> str:
    """A PIN for switching operators, as it may lie in the encrypted database."""
    return _hash(pin, cost)


def verify_pin(pin: str, hashed: str) -> bool:
    """Whether this is the PIN; False also for a hash that is none."""
    return _verify(pin, hashed)


def hash_password(password: str, cost: KdfCost = QUICK_COST) -> str:
    """A password that may not be used again soon, for the history in the encrypted database."""
    return _hash(password, cost)


def verify_password(password: str, hashed: str) -> bool:
    """Whether this is that old password; False also for a hash that is none."""
    return _verify(password, hashed)


def _hash(secret: str, cost: KdfCost) -> str:
    try:
        return hash_secret(
            _typed(secret),
            random_bytes(_SALT_BYTES),
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        ).decode()
    except HashingError as error:
        raise _out_of_memory() from error


def _verify(secret: str, hashed: str) -> bool:
    try:
        return verify_secret(hashed.encode(), _typed(secret), Type.ID)
    except (VerificationError, InvalidHashError):
        return False


def _typed(secret: str) -> bytes:
    return unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")


def _from_password(password: str, slot: Slot) -> bytes:
    cost = slot.cost or KdfCost()
    try:
        return hash_secret_raw(
            _typed(password),
            slot.salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise _out_of_memory() from error


def _from_recovery(secret: bytes, slot: Slot) -> bytes:
    # 136 random bits need no slow hash: nobody can try them out.
    return _hkdf(secret, slot.salt, "jinlin-desk/v1/recovery slot")


def _key_check(data_key: DataKey) -> bytes:
    """Tells two data keys apart without revealing either; lies in the clear."""
    return data_key.derive("key check")[:16]


def _hkdf(secret: bytes, salt: bytes, info: str) -> bytes:
    options: dict[str, Any] = {"length": KEY_BYTES, "salt": salt, "info": info.encode()}
    return HKDF(algorithm=SHA256(), **options).derive(secret)


def _out_of_memory() -> EnvironmentFault:
    return EnvironmentFault(
        "电脑内存不足，无法核对密码，没有改动任何内容。", "请关闭别的程序后再试。"
    )
