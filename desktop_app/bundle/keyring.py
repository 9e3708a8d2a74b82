"""The two kinds of keys an office has: one that signs, one that opens; and how keys are compared.

Keys are kept by whoever uses them (in the encrypted home); here they are only made, spelled and
read. No `repr` shows a secret.
"""

from __future__ import annotations

import base64
import hashlib
import re

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.bundle import signature
from desktop_app.core.errors import UserError
from desktop_app.core.ids import random_bytes

NAMESPACE = "jinlin-desk.parcel.v1"
"""What a signature of a parcel is for; other signatures of the program have names of their own."""

NO_KEY_FITS = "No matching keys"
"""What age's library says, among other words, when none of the keys it was given opens a file."""

SEED_BYTES = 32
_DIGITS = 20
_GROUP = 4
_PRINCIPAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAMESPACE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class SigningKey:
    """An Ed25519 key: what its owner signs with."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def fresh(cls) -> SigningKey:
        return cls(random_bytes(SEED_BYTES))

    @classmethod
    def from_text(cls, text: str) -> SigningKey:
        """The key that `to_text` spelled. Raises `UserError` for anything else."""
        return cls(_from_hex(text, SEED_BYTES))

    def to_text(self) -> str:
        """The seed in hexadecimal: the whole secret, for the encrypted home only."""
        return self._key.private_bytes_raw().hex()

    def sign(self, data: bytes, namespace: str = NAMESPACE) -> str:
        """An armored SSHSIG, as `ssh-keygen -Y verify` takes it."""
        return signature.armored(self.public, self._key.sign, data, namespace)

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.hex()})"


class OpeningKey:
    """An age X25519 key: what is sealed to its `recipient`, only its owner opens."""

    __slots__ = ("identity", "recipient")

    def __init__(self, identity: pyrage.x25519.Identity) -> None:
        self.identity = identity
        self.recipient: str = str(identity.to_public())

    @classmethod
    def fresh(cls) -> OpeningKey:
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> OpeningKey:
        """The key that `to_text` spelled, or a person copied from paper with blanks in between.

        Raises `UserError` for anything else.
        """
        try:
            return cls(pyrage.x25519.Identity.from_str("".join(text.split()).upper()))
        except pyrage.IdentityError as error:
            raise UserError(
                "密钥抄写有误，校验不通过。", "请对照原件逐段核对后重新输入。"
            ) from error

    def to_text(self) -> str:
        """`AGE-SECRET-KEY-1…`: the whole secret, for the encrypted home or for paper in a safe."""
        return str(self.identity)

    def __repr__(self) -> str:
        return f"OpeningKey(recipient={self.recipient})"


def public_key(text: str) -> bytes:
    """A public signing key from hexadecimal. Raises `UserError` when it is none."""
    public = _from_hex(text, signature.KEY_BYTES)
    Ed25519PublicKey.from_public_bytes(public)
    return public


def recipient(text: str) -> str:
    """An `age1…` recipient that is one. Raises `UserError` when it is none."""
    read_recipient(text)
    return text


def read_recipient(text: str) -> pyrage.x25519.Recipient:
    """The library's recipient. Raises `UserError` when the text is none."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise UserError("对方的加密公钥不正确。", "请让对方重新生成登记文件。") from error


def public_line(public: bytes, principal: str, namespace: str = NAMESPACE) -> str:
    """One line of OpenSSH's `allowed_signers`: who may sign, with what, for which purpose.

    `principal` is an office's code: Latin letters, digits, `.`, `_`, `-`; anything else is a
    `ValueError`, for it could say more than one thing in such a file.
    """
    if not _PRINCIPAL.fullmatch(principal) or not _NAMESPACE.fullmatch(namespace):
        raise ValueError("neither principal nor namespace may need quoting")
    key = base64.b64encode(signature.public_blob(public)).decode()
    return f'{principal} namespaces="{namespace}" {signature.KEY_TYPE.decode()} {key}'


def fingerprint(*parts: bytes) -> str:
    """Twenty digits in five groups that two people compare by telephone (66 bits)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    digits = f"{int.from_bytes(digest.digest(), 'big') % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def _from_hex(text: str, count: int) -> bytes:
    if not re.fullmatch(rf"[0-9a-f]{{{2 * count}}}", text):
        raise UserError("密钥不正确。", "请检查来源文件是否完整。")
    return bytes.fromhex(text)
