"""Photos and other files of records: encrypted one by one, named so that names say nothing.

The database knows an attachment by the SHA-256 of its content; on the disk its name is an HMAC of
that (a plain SHA-256 tells who holds a known file) and its content is encrypted. It is written
before the row that points at it commits, so a crash leaves at most a file nobody points at, which
`sweep` removes later. What a picture shows, and how large it may be, is not decided here.

The encryption is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015) over AES-256-GCM: chunks in
their order, the last one marked, each bound to the content's SHA-256, under a key made for this
one file with HKDF-SHA256 (RFC 5869). Changed, cut, reordered, exchanged: all are found out before
a byte of that chunk is handed on.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.core.clock import Millis
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.core.ids import random_bytes
from desktop_app.storage.files import (
    make_folder,
    sweep_temporaries,
    translate_os_error,
    write_atomic,
)
from desktop_app.storage.keys import DataKey

CHUNK_BYTES: Final = 256 << 10
SWEEP_AFTER_DAYS: Final = 7

_MAGIC: Final = b"JLBLOB\x00\x01"
_SALT_BYTES: Final = 32
_TAG_BYTES: Final = 16
_SHA256_BYTES: Final = 32
_NAME_LENGTH: Final = 64
_SUFFIX: Final = ".blob"
_DAY_MILLIS: Final = 24 * 60 * 60 * 1000


@dataclass(frozen=True)
class BlobRef:
    """What a record keeps of an attachment: the SHA-256 of its content, and its bytes' number."""

    sha256: bytes
    size: int


class DamagedAttachment(SafetyRefusal):
    """The stored file is not what was stored."""

    def __init__(self, sha256: bytes) -> None:
        super().__init__(
            "这个附件的文件已损坏或被人改动，没有打开；记录和其他附件都在。",
            "请从备份恢复这个附件，或重新添加一次原来的照片或文件。",
        )
        self.sha256 = sha256


class MissingAttachment(EnvironmentFault):
    """The stored file is not there."""

    def __init__(self, sha256: bytes) -> None:
        super().__init__(
            "找不到这个附件的文件；记录和其他附件都在。",
            "请从备份恢复这个附件，或重新添加一次原来的照片或文件。",
        )
        self.sha256 = sha256


class BlobStore(Protocol):
    """Where attachments lie: a folder beside SQLite, a table in PostgreSQL."""

    def put(self, content: bytes | BinaryIO) -> BlobRef:
        """Keep a content (bytes, or a stream that can seek); keeping it twice keeps it once."""
        ...

    def get(self, sha256: bytes) -> bytes:
        """The whole content. Raises `MissingAttachment` or `DamagedAttachment`."""
        ...

    def open(self, sha256: bytes) -> BinaryIO:
        """The content as a stream; like `get`, and reading raises where the damage begins."""
        ...

    def exists(self, sha256: bytes) -> bool:
        """Whether there is a file for this content; says nothing about its health."""
        ...

    def size(self, sha256: bytes) -> int | None:
        """How many bytes it takes where it lies, a little more than the content; None: missing."""
        ...

    def sweep(
        self, referenced: Collection[bytes], now: Millis, older_than_days: int = SWEEP_AFTER_DAYS
    ) -> int:
        """Remove what no record points at and is old enough; answers how many there were."""
        ...


class FolderBlobs:
    """Attachments as encrypted files in one folder, which is made when it is missing."""

    def __init__(self, folder: Path, data_key: DataKey) -> None:
        self._folder = folder
        self._name_key = data_key.derive("attachment names")
        self._content_key = data_key.derive("attachment contents")

    def put(self, content: bytes | BinaryIO) -> BlobRef:
        source: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
        start = source.tell()
        reference = reference_of(source)
        source.seek(start)
        path = self.path_of(reference.sha256)
        if self.exists(reference.sha256) and self.is_healthy(reference.sha256):
            # A new row is about to point here: a sweep must see it as young.
            self._touch(path)
            return reference
        if not self._folder.is_dir():
            make_folder(self._folder, what="保存附件")

        def pour(target: BinaryIO) -> None:
            seal(source, target, self._content_key, reference)

        write_atomic(path, pour, what="保存附件")
        return reference

    def get(self, sha256: bytes) -> bytes:
        with self.open(sha256) as stream:
            return stream.read()

    def open(self, sha256: bytes) -> BinaryIO:
        try:
            sealed = self.path_of(sha256).open("rb")
        except FileNotFoundError as error:
            raise MissingAttachment(sha256) from error
        except OSError as error:
            raise translate_os_error(error, "打开附件") from error
        return cast(BinaryIO, io.BufferedReader(UnsealedStream(sealed, self._content_key, sha256)))

    def exists(self, sha256: bytes) -> bool:
        return os.path.exists(self.path_of(sha256))

    def size(self, sha256: bytes) -> int | None:
        try:
            return self.path_of(sha256).stat().st_size
        except FileNotFoundError:
            return None
        except OSError as error:
            raise translate_os_error(error, "打开附件") from error

    def is_healthy(self, sha256: bytes) -> bool:
        """Read the whole stored file; False when it is missing or damaged."""
        try:
            with self.open(sha256) as stream:
                while stream.read(CHUNK_BYTES):
                    pass
        except (DamagedAttachment, MissingAttachment):
            return False
        return True

    def path_of(self, sha256: bytes) -> Path:
        """Where a content lies or would lie."""
        if len(sha256) != _SHA256_BYTES:
            raise ValueError("an attachment is named by 32 bytes")
        name = hmac.digest(self._name_key, sha256, "sha256").hex()
        return self._folder / f"{name}{_SUFFIX}"

    def paths(self) -> Iterator[Path]:
        """Every stored file, in no order; a backup copies them by name, each once."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.suffix == _SUFFIX and len(path.stem) == _NAME_LENGTH:
                    yield path

    def sweep(
        self, referenced: Collection[bytes], now: Millis, older_than_days: int = SWEEP_AFTER_DAYS
    ) -> int:
        """Remove what no record points at; see `BlobStore`.

        Age is the file's own date against `now`; a file from the future is kept. Seven days leave
        room for every form that is still open. Run it when the home is opened, not while somebody
        adds attachments: a very old file could be put to use again at that very moment.
        """
        kept = {self.path_of(sha256).name for sha256 in referenced}
        removed = 0
        try:
            for path in list(self.paths()):
                age = now - path.stat().st_mtime_ns // 1_000_000
                if path.name not in kept and age > older_than_days * _DAY_MILLIS:
                    path.unlink()
                    removed += 1
        except OSError as error:
            raise translate_os_error(error, "清理没有用到的附件") from error
        sweep_temporaries(self._folder)
        return removed

    @staticmethod
    def _touch(path: Path) -> None:
        try:
            os.utime(path)
        except OSError as error:
            raise translate_os_error(error, "保存附件") from error


def reference_of(source: BinaryIO) -> BlobRef:
    """How the rest of a stream will be known; reads it to its end."""
    digest = hashlib.sha256()
    size = 0
    while piece := source.read(CHUNK_BYTES):
        digest.update(piece)
        size += len(piece)
    return BlobRef(digest.digest(), size)


def seal(source: BinaryIO, target: BinaryIO, key: bytes, reference: BlobRef) -> None:
    """Write the encrypted form of `source`, whose content `reference` must name.

    Form: magic, 32 bytes of salt, then chunks of up to 256 KiB, each followed by its 16-byte tag.
    """
    salt = random_bytes(_SALT_BYTES)
    target.write(_MAGIC + salt)
    cipher = _cipher(key, salt)
    digest = hashlib.sha256()
    index = 0
    chunk = _read_fully(source, CHUNK_BYTES)
    while True:
        following = _read_fully(source, CHUNK_BYTES)
        last = not following
        digest.update(chunk)
        target.write(cipher.encrypt(_nonce(index, last), chunk, _context(reference.sha256)))
        if last:
            break
        chunk = following
        index += 1
    if digest.digest() != reference.sha256:
        raise EnvironmentFault(
            "附件在保存时被别的程序改动了，没有保存；原来的数据没有丢。", "请再添加一次。"
        )


class UnsealedStream(io.RawIOBase):
    """Reads what `seal` wrote, chunk by chunk; closes the stream it reads from.

    Raises `DamagedAttachment` before it hands on a byte of a chunk that is not as it was written.
    """

    def __init__(self, sealed: BinaryIO, key: bytes, sha256: bytes) -> None:
        super().__init__()
        self._sealed = sealed
        self._sha256 = sha256
        self._digest = hashlib.sha256()
        self._index = 0
        self._ended = False
        self._clear = memoryview(b"")
        header = self._read(len(_MAGIC) + _SALT_BYTES)
        if len(header) != len(_MAGIC) + _SALT_BYTES or not header.startswith(_MAGIC):
            sealed.close()
            raise DamagedAttachment(sha256)
        self._cipher = _cipher(key, header[len(_MAGIC) :])
        self._ahead = self._read(CHUNK_BYTES + _TAG_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._clear and not self._ended:
            self._clear = memoryview(self._next_chunk())
        count = min(len(buffer), len(self._clear))
        buffer[:count] = self._clear[:count]
        self._clear = self._clear[count:]
        return count

    def close(self) -> None:
        if not self.closed:
            self._sealed.close()
        super().close()

    def _next_chunk(self) -> bytes:
        sealed_chunk, self._ahead = self._ahead, self._read(CHUNK_BYTES + _TAG_BYTES)
        last = not self._ahead
        try:
            chunk = self._cipher.decrypt(
                _nonce(self._index, last), sealed_chunk, _context(self._sha256)
            )
        except InvalidTag as error:
            raise DamagedAttachment(self._sha256) from error
        self._index += 1
        self._digest.update(chunk)
        if last and self._digest.digest() != self._sha256:
            raise DamagedAttachment(self._sha256)
        # Only now: a reader that ignores the damage must not be told that all is read.
        self._ended = last
        return chunk

    def _read(self, count: int) -> bytes:
        try:
            return _read_fully(self._sealed, count)
        except OSError as error:
            raise translate_os_error(error, "读取附件") from error


def _read_fully(source: BinaryIO, count: int) -> bytes:
    """`count` bytes, fewer only at the end: a raw stream may answer in smaller pieces."""
    pieces = []
    while count and (piece := source.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"jinlin-desk/v1/attachment")
    return AESGCM(derived.derive(key))


def _nonce(index: int, last: bool) -> bytes:
    """Never the same twice under one file's key: the chunk's number, and whether it is the last."""
    return index.to_bytes(11) + bytes([last])


def _context(sha256: bytes) -> bytes:
    return _MAGIC + sha256
