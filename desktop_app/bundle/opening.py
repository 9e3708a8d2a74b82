"""Opening a parcel: everything is looked through before anything of it is handed out.

The order: open the seal into a sealed scratch file, check the archive's directory, the signature,
the manifest, the header's age, then every file's hash and every table's lines. Only then is there
an `OpenParcel`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from desktop_app.bundle import bag, seal, strict_json
from desktop_app.bundle.archive import Entry, expect_crc, read_directory, unpacked
from desktop_app.bundle.faults import BadContent, NoParcel, Refused, reading_failed
from desktop_app.bundle.hashing import HashThread, LaterHash
from desktop_app.bundle.header import HEADER_NAME, Header, TableFacts, parse_header
from desktop_app.bundle.keyring import OpeningKey
from desktop_app.bundle.limits import LIMITS, Limits
from desktop_app.bundle.scratch import Scratch
from desktop_app.core.codec import Plain
from desktop_app.core.job import Job

_PHOTOS, _PHOTO_END = f"{bag.DATA}photos/", ".jpg"
_TABLE_END = ".ndjson"
_LATE = 32


class OpenParcel:
    """A parcel that was found sound. `signer` is the public key that signed it; whether that is
    the key of whom the header names is for the caller to know. `sha256` is that of the sealed file.
    """

    def __init__(
        self,
        scratch: Scratch,
        entries: Mapping[str, Entry],
        header: Header,
        signer: bytes,
        sha256: str,
        limits: Limits,
    ) -> None:
        self._scratch = scratch
        self._entries = entries
        self._limits = limits
        self.header = header
        self.signer = signer
        self.sha256 = sha256

    def tables(self) -> tuple[TableFacts, ...]:
        """The tables there are, in the order they were written."""
        return self.header.tables

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a table, without their ends. Several tables may be read in turns."""
        rest = b""
        for piece in unpacked(self._scratch, self._entries[_table_path(name)]):
            lines = piece.split(b"\n")
            lines[0] = rest + lines[0]
            rest = lines.pop()
            yield from lines

    def photo_names(self) -> tuple[str, ...]:
        """The SHA-256 of every photo."""
        return tuple(
            name.removeprefix(_PHOTOS).removesuffix(_PHOTO_END)
            for name in self._entries
            if name.startswith(_PHOTOS)
        )

    def photo(self, sha256: str) -> BinaryIO:
        """A photo's bytes; `KeyError` when there is none of that hash."""
        entry = self._entries[f"{_PHOTOS}{sha256}{_PHOTO_END}"]
        return self._scratch.window(entry.data_at, entry.size)

    def json(self, name: str) -> Plain:
        """The content of data/<name>.json. Raises `BadContent` when it is missing or none."""
        entry = self._entries.get(f"{bag.DATA}{name}.json")
        if entry is None:
            raise BadContent(f"缺少 {name}.json")
        try:
            data = bag.read_small(self._scratch, entry, self._limits.json)
            return strict_json.parse(data.removesuffix(b"\n"))
        except ValueError as error:
            raise BadContent(f"{name}.json") from error

    def close(self) -> None:
        """The scratch file is gone; nothing more can be read."""
        self._scratch.close()

    def __enter__(self) -> OpenParcel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_parcel(
    path: Path,
    keys: Sequence[OpeningKey],
    scratch_folder: Path,
    limits: Limits = LIMITS,
    job: Job | None = None,
) -> OpenParcel:
    """The parcel at `path`, opened with whichever of `keys` fits; to be used in a `with`.

    `scratch_folder` exists and has room for the plain content. Raises `NoParcel` (a `UserError`)
    when it is none, `Refused` (a `SafetyRefusal`) when it may not be used, `EnvironmentFault` when
    it cannot be read, `Cancelled`.
    """
    scratch = Scratch(scratch_folder)
    try:
        return _opened(path, keys, scratch, limits, job or Job("打开文件"))
    except BaseException:
        scratch.close()
        raise


def _opened(
    path: Path, keys: Sequence[OpeningKey], scratch: Scratch, limits: Limits, job: Job
) -> OpenParcel:
    if path.is_dir():
        raise NoParcel("这是一个文件夹，不是文件")
    with HashThread() as thread:
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                on_read: Callable[[int], None] = lambda done: job.progress(done, 2 * size)  # noqa: E731
                sha256 = seal.unseal(file, scratch, limits.archive, keys, on_read, thread)
        except OSError as error:
            raise reading_failed() from error
        scratch.finish()
        return look_through(scratch, sha256, thread, limits, _second_half(job, size))


def _second_half(job: Job, size: int) -> Callable[[int], None]:
    return lambda done: job.progress(min(size + done, 2 * size), 2 * size)


def look_through(
    scratch: Scratch,
    sha256: str,
    thread: HashThread,
    limits: Limits = LIMITS,
    on_checked: Callable[[int], None] = lambda done: None,
) -> OpenParcel:
    """The parcel whose plain archive lies in `scratch`. Raises `Refused`."""
    entries = read_directory(scratch, limits.files)
    _refuse_bombs(entries, limits)
    signer, manifest = bag.open_bag(scratch, entries)
    if HEADER_NAME not in manifest:
        raise BadContent("缺少包头")
    data = bag.read_small(scratch, entries[HEADER_NAME], limits.json, manifest[HEADER_NAME])
    header = parse_header(data)
    _check_tables(entries, header)
    checks = _Checks(scratch, header, limits, thread)
    done = 0
    for name, digest in manifest.items():
        checks.check(entries[name], digest)
        done += entries[name].packed
        on_checked(done)
    checks.settle(0)
    return OpenParcel(scratch, entries, header, signer, sha256, limits)


def _refuse_bombs(entries: Mapping[str, Entry], limits: Limits) -> None:
    """What says of itself that it unpacks to too much; what it says is held to while unpacking."""
    if sum(entry.size for entry in entries.values()) > limits.unpacked:
        raise Refused("这个文件解开后大得不正常")
    for entry in entries.values():
        if entry.size > limits.free_size and entry.size > entry.packed * limits.ratio:
            raise Refused("这个文件解开后大得不正常")


def _check_tables(entries: Mapping[str, Entry], header: Header) -> None:
    """The header's tables are the files that are there, no more and no fewer."""
    written = {name for name in entries if name.endswith(_TABLE_END)}
    if written != {_table_path(table.name) for table in header.tables}:
        raise BadContent("包头所列的表与文件不符")


class _Checks:
    """Looks through every file under data/; hashes are compared a little later."""

    def __init__(
        self, scratch: Scratch, header: Header, limits: Limits, thread: HashThread
    ) -> None:
        self._scratch = scratch
        self._limits = limits
        self._thread = thread
        self._tables = {_table_path(table.name): table for table in header.tables}
        self._open: deque[tuple[LaterHash, str, Entry]] = deque()

    def check(self, entry: Entry, listed: str) -> None:
        digest = self._thread.sha256(with_crc=True)
        pieces = self._hashed(entry, digest)
        table = self._tables.get(entry.name)
        if table is not None:
            rows = _count_lines(pieces, entry.name, self._limits.line)
            if (rows, listed) != (table.rows, table.sha256):
                raise BadContent(f"{table.name} 的行数或校验值与包头不符")
        else:
            _check_photo(entry, listed)
            for _ in pieces:
                pass
        digest.hand_over()
        self._open.append((digest, listed, entry))
        self.settle(_LATE)

    def settle(self, most: int) -> None:
        """Compare until at most `most` files are open."""
        while len(self._open) > most:
            digest, listed, entry = self._open.popleft()
            bag.expect_hash(digest.hexdigest(), listed, entry.name)
            expect_crc(entry, digest.crc())

    def _hashed(self, entry: Entry, digest: LaterHash) -> Iterator[bytes]:
        for piece in unpacked(self._scratch, entry):
            digest.update(piece)
            yield piece


def _check_photo(entry: Entry, listed: str) -> None:
    if not entry.name.startswith(_PHOTOS):
        return
    if entry.name != f"{_PHOTOS}{listed}{_PHOTO_END}":
        raise Refused("文件里有一张照片的名称与内容的校验值不符")
    if entry.is_packed:
        raise BadContent("照片被压缩过")


def _count_lines(pieces: Iterator[bytes], name: str, longest: int) -> int:
    """How many lines there are; none longer than `longest`, the last one ended."""
    rows = open_bytes = 0
    for piece in pieces:
        first = piece.find(b"\n")
        if open_bytes + (len(piece) if first < 0 else first) > longest:
            raise BadContent(f"{name} 有一行太长")
        if first < 0:
            open_bytes += len(piece)
        else:
            open_bytes = len(piece) - 1 - piece.rfind(b"\n")
            rows += piece.count(b"\n")
    if open_bytes:
        raise BadContent(f"{name} 的最后一行不完整")
    return rows


def _table_path(name: str) -> str:
    return f"{bag.DATA}{name}{_TABLE_END}"
