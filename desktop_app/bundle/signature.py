"""SSHSIG: detached signatures with Ed25519 keys as `ssh-keygen -Y sign` makes them.

Format: openssh-portable, PROTOCOL.sshsig. The namespace ties a signature to one purpose, so that
what was signed for one thing can never be passed off as another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_app.bundle.faults import Refused

KEY_TYPE = b"ssh-ed25519"
KEY_BYTES = 32

_MAGIC = b"SSHSIG"
_VERSION = 1
_HASH = b"sha512"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_WIDTH = 70
_LONGEST = 4096
_ARMOR = re.compile(rf"{_BEGIN}\n([A-Za-z0-9+/=\n]+)\n{_END}\n")


class NotSigned(Refused):
    """The signature is missing, malformed, made for another purpose, or does not fit."""

    def __init__(self) -> None:
        super().__init__("这个文件的签名无效，不能确认是谁发来的")


def public_blob(public: bytes) -> bytes:
    """An Ed25519 public key as OpenSSH spells it inside its files."""
    return _string(KEY_TYPE) + _string(public)


def armored(public: bytes, sign: Callable[[bytes], bytes], data: bytes, namespace: str) -> str:
    """The signature over `data`; `sign` makes the raw Ed25519 signature of what it is given."""
    raw = sign(_signed(data, namespace.encode()))
    blob = (
        _MAGIC
        + struct.pack(">I", _VERSION)
        + _string(public_blob(public))
        + _string(namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(_string(KEY_TYPE) + _string(raw))
    )
    return _armor(blob)


def verify(signature: str, data: bytes, namespace: str) -> bytes:
    """The public key whose valid signature over `data` this is; `NotSigned` otherwise.

    Whether that key is trusted is another question, which this module cannot answer.
    """
    blob = _unarmored(signature)
    public, raw = _parts(blob, namespace.encode())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(raw, _signed(data, namespace.encode()))
    except (InvalidSignature, ValueError) as error:
        raise NotSigned from error
    return public


def _signed(data: bytes, namespace: bytes) -> bytes:
    digest = hashlib.sha512(data).digest()
    return _MAGIC + _string(namespace) + _string(b"") + _string(_HASH) + _string(digest)


def _armor(blob: bytes) -> str:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def _unarmored(signature: str) -> bytes:
    match = _ARMOR.fullmatch(signature) if len(signature) <= _LONGEST else None
    if match is None:
        raise NotSigned
    try:
        blob = base64.b64decode(match[1].replace("\n", ""), validate=True)
    except binascii.Error as error:
        raise NotSigned from error
    # One spelling only: no bit of the armor may be changed unnoticed.
    if _armor(blob) != signature:
        raise NotSigned
    return blob


def _parts(blob: bytes, namespace: bytes) -> tuple[bytes, bytes]:
    """Public key and raw signature of a blob that says exactly what ours say."""
    try:
        reader = _Reader(blob)
        reader.expect(_MAGIC + struct.pack(">I", _VERSION))
        key = _Reader(reader.string())
        for expected in (namespace, b"", _HASH):
            reader.expect(_string(expected))
        inner = _Reader(reader.string())
        for part in (key, inner):
            part.expect(_string(KEY_TYPE))
        public, raw = key.string(), inner.string()
        for part in (reader, key, inner):
            part.expect_end()
    except (struct.error, EOFError) as error:
        raise NotSigned from error
    return public, raw


class _Reader:
    """Walks over a blob of length-prefixed strings."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self._at = 0

    def take(self, count: int) -> bytes:
        piece = self._blob[self._at : self._at + count]
        if len(piece) != count:
            raise EOFError
        self._at += count
        return piece

    def string(self) -> bytes:
        (length,) = struct.unpack(">I", self.take(4))
        return self.take(length)

    def expect(self, expected: bytes) -> None:
        if self.take(len(expected)) != expected:
            raise EOFError

    def expect_end(self) -> None:
        if self._at != len(self._blob):
            raise EOFError


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value
