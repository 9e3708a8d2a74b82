"""Opening a parcel: everything is looked through before anything of it is handed out.

The order: open the seal into a sealed scratch file, check the archive's directory, the signature,
the manifest, the header's age, then every file's hash and every table's lines. Only then is there
an `OpenParcel`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from desktop_app.bundle import bag, seal, strict_json
from desktop_app.bundle.archive import Entry, read_directory, unpacked
from desktop_app.bundle.faults import BadContent, NoParcel, Refused, reading_failed
from desktop_app.bundle.header import HEADER_NAME, Header, TableFacts, parse_header
from desktop_app.bundle.keyring import OpeningKey
from desktop_app.bundle.limits import LIMITS, Limits
from desktop_app.bundle.scratch import Scratch
from desktop_app.core.codec import Plain
from desktop_app.core.job import Job

_PHOTOS, _PHOTO_END = f"{bag.DATA}photos/", ".jpg"
_TABLE_END = ".ndjson"


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

    def photo_size(self, sha256: str) -> int:
        return self._entries[f"{_PHOTOS}{sha256}{_PHOTO_END}"].size

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
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
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            target = _Bounded(scratch, limits.archive)
            sha256 = seal.unseal(file, target, keys, lambda done: job.progress(done, 2 * size))
    except OSError as error:
        if isinstance(error, IsADirectoryError):
            raise NoParcel("这是一个文件夹，不是文件") from error
        raise reading_failed() from error
    scratch.finish()
    entries = read_directory(scratch, limits.files)
    _refuse_bombs(entries, limits)
    signer, manifest = bag.open_bag(scratch, entries)
    if HEADER_NAME not in manifest:
        raise BadContent("缺少包头")
    data = bag.read_small(scratch, entries[HEADER_NAME], limits.json, manifest[HEADER_NAME])
    header = parse_header(data)
    _check_tables(entries, header)
    done = size
    for name, digest in manifest.items():
        _check_file(scratch, entries[name], digest, header, limits)
        done += entries[name].packed
        job.progress(min(done, 2 * size), 2 * size)
    return OpenParcel(scratch, entries, header, signer, sha256, limits)


class _Bounded:
    """A scratch file that takes so much and no more."""

    def __init__(self, scratch: Scratch, most: int) -> None:
        self._scratch = scratch
        self._most = most

    def write(self, data: bytes) -> int:
        if self._scratch.size + len(data) > self._most:
            raise Refused("这个文件太大，不可能是正常的上报包")
        return self._scratch.write(data)


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


def _check_file(
    scratch: Scratch, entry: Entry, digest: str, header: Header, limits: Limits
) -> None:
    pieces = bag.checked(scratch, entry, digest)
    if entry.name.endswith(_TABLE_END):
        facts = next(each for each in header.tables if _table_path(each.name) == entry.name)
        rows = _count_lines(pieces, entry.name, limits.line)
        if (rows, digest) != (facts.rows, facts.sha256):
            raise BadContent(f"{facts.name} 的行数或校验值与包头不符")
        return
    if entry.name.startswith(_PHOTOS):
        if entry.name != f"{_PHOTOS}{digest}{_PHOTO_END}":
            raise Refused("文件里有一张照片的名称与内容的校验值不符")
        if entry.is_packed:
            raise BadContent("照片被压缩过")
    for _ in pieces:
        pass


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
