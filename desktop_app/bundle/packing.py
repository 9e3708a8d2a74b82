"""Making a parcel: tables and files in, one sealed file out, in one pass and without plain text
on any disk. The same content always makes the same bag; only its seal differs each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from desktop_app.bundle import bag, datapackage, seal
from desktop_app.bundle.archive import ArchiveWriter
from desktop_app.bundle.datapackage import Column, Resource, columns_of
from desktop_app.bundle.faults import BadContent, Unwritable
from desktop_app.bundle.hashing import HashThread, LaterHash
from desktop_app.bundle.header import HEADER_NAME, Header, TableFacts, parse_header, spell_header
from desktop_app.bundle.keyring import NAMESPACE, SigningKey
from desktop_app.bundle.limits import LIMITS
from desktop_app.core.job import Job

_PIECE = 1 << 16
_TELL = 1 << 20


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table: `name` (`changes/visit`) and its lines without their ends, in order.

    `inside` describes what `fields` may hold; `columns` only has to be given for a table that this
    format does not know. A table without lines leaves no file behind.
    """

    name: str
    lines: Iterable[bytes]
    inside: Sequence[Column] = ()
    columns: Sequence[Column] = ()


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file under data/: its path there, and how it is opened. `sha256`, if given, must fit.

    `size` (bytes) is for progress only. Photos are stored as they are, other files are deflated.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int = 0
    sha256: str | None = None
    is_packed: bool = False

    @classmethod
    def photo(cls, sha256: str, opened: Callable[[], BinaryIO], size: int = 0) -> FileSource:
        return cls(f"{bag.DATA}photos/{sha256}.jpg", opened, size, sha256)

    @classmethod
    def json(cls, name: str, data: bytes) -> FileSource:
        """`name` as `OpenParcel.json` takes it: `receipt` for data/receipt.json."""
        return cls(f"{bag.DATA}{name}.json", lambda: BytesIO(data), len(data), is_packed=True)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: the sealed file's SHA-256 and size, and the header inside it."""

    sha256: str
    size: int
    header: Header


@dataclass
class _Bag:
    """The bag while it is made. `hashes` are those of files under data/, in their order; `listed`
    what a file's hash must be.
    """

    thread: HashThread
    archive: ArchiveWriter = field(default_factory=ArchiveWriter)
    hashes: dict[str, LaterHash] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    size: int = 0
    header: Header | None = None


def seal_parcel(
    target: BinaryIO,
    tables: Iterable[TableSource],
    files: Iterable[FileSource],
    header_of: Callable[[tuple[TableFacts, ...]], Header],
    signer: SigningKey,
    recipients: Sequence[str],
    job: Job | None = None,
) -> Sealed:
    """Write a parcel to `target`, which is only written to, never sought in.

    `header_of` is asked when all tables are written and must put the facts it is given into the
    header. Raises `Unwritable` for what no reader would take, `UserError` for a wrong recipient,
    `Cancelled`, and whatever the sources or the target raise.
    """
    with HashThread() as thread:
        made = _Bag(thread)
        pieces = _told(_bag(made, tables, files, header_of, signer), job)
        sha256, size = seal.seal(pieces, target, recipients, thread)
    assert made.header is not None
    return Sealed(sha256, size, made.header)


def _told(pieces: Iterator[bytes], job: Job | None) -> Iterator[bytes]:
    done = told = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if job is not None and done - told >= _TELL:
            told = done
            job.progress(done)


def _bag(
    made: _Bag,
    tables: Iterable[TableSource],
    files: Iterable[FileSource],
    header_of: Callable[[tuple[TableFacts, ...]], Header],
    signer: SigningKey,
) -> Iterator[bytes]:
    for table in tables:
        yield from _table(made, table)
    for file in files:
        yield from _file(made, file)
    facts = tuple(TableFacts(each.table, each.rows, each.sha256) for each in made.resources)
    made.header = header = _checked_header(header_of(facts), facts)
    yield from _data(made, HEADER_NAME, spell_header(header))
    if made.resources:
        described = datapackage.spell_datapackage(made.resources)
        yield from _data(made, datapackage.NAME, described)
    yield from _tag_files(made, header, signer)
    yield from made.archive.close()


def _checked_header(header: Header, facts: tuple[TableFacts, ...]) -> Header:
    if header.tables != facts:
        raise ValueError("the header must say what was written")
    try:
        if parse_header(spell_header(header)) != header:
            raise ValueError("the header does not read back as it was written")
    except BadContent as error:
        raise Unwritable("包头里有不允许的内容。", "请检查机构代码和名称。") from error
    return header


def _tag_files(made: _Bag, header: Header, signer: SigningKey) -> Iterator[bytes]:
    day = datetime.fromtimestamp(max(0, header.made_at) // 1000, UTC).date().isoformat()
    hashes = {name: digest.hexdigest() for name, digest in made.hashes.items()}
    if any(hashes[name] != sha256 for name, sha256 in made.listed.items()):
        raise Unwritable("要写入的文件与登记的校验值不符。", "请先运行一次检查，再重新导出。")
    contents = {
        bag.BAGIT: bag.DECLARATION,
        bag.BAG_INFO: bag.bag_info(day, made.size, len(made.hashes), header.sender, header.format),
        bag.MANIFEST: bag.manifest_text(hashes),
    }
    tags = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    contents[bag.TAG_MANIFEST] = bag.manifest_text(tags)
    signature = signer.sign(contents[bag.TAG_MANIFEST], NAMESPACE)
    contents[bag.SIGNATURE] = signature.encode()
    for name, data in contents.items():
        yield from made.archive.add(name, [data], is_packed=True)


def _table(made: _Bag, table: TableSource) -> Iterator[bytes]:
    pieces = _Lines(table.lines)
    if not pieces.has_any:
        return
    name = f"{bag.DATA}{table.name}.ndjson"
    size = made.size
    yield from _added(made, name, iter(pieces), is_packed=True)
    made.resources.append(
        Resource(
            table.name,
            pieces.rows,
            made.size - size,
            made.hashes[name].hexdigest(),
            table.columns or columns_of(table.name),
            table.inside,
        )
    )


def _file(made: _Bag, file: FileSource) -> Iterator[bytes]:
    with file.open() as stream:
        pieces = iter(lambda: stream.read(_PIECE), b"")
        yield from _added(made, file.name, pieces, is_packed=file.is_packed)
    if file.sha256 is not None:
        made.listed[file.name] = file.sha256


def _data(made: _Bag, name: str, data: bytes) -> Iterator[bytes]:
    yield from _added(made, name, [data], is_packed=True)


def _added(made: _Bag, name: str, pieces: Iterable[bytes], *, is_packed: bool) -> Iterator[bytes]:
    if name in made.hashes:
        raise ValueError(f"twice in one parcel: {name}")
    if len(made.hashes) >= bag.MOST_FILES:
        raise Unwritable("要写入的文件太多，一个文件装不下。", "请分成几次导出。")
    digest = made.hashes[name] = made.thread.sha256()
    size = packed = 0

    def hashed() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece

    for out in made.archive.add(name, hashed(), is_packed=is_packed):
        packed += len(out)
        yield out
    if size > LIMITS.free_size and size > packed * LIMITS.ratio:
        raise Unwritable("要写入的内容重复太多，收件方会当作异常文件拒收。", "请联系维护人员。")
    digest.hand_over()
    made.size += size


class _Lines:
    """Lines put together into pieces of the size that is best to pack, and counted."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._first = next(self._lines, None)
        self.rows = 0

    @property
    def has_any(self) -> bool:
        return self._first is not None

    def __iter__(self) -> Iterator[bytes]:
        assert self._first is not None
        ready, size = [self._first, b""], len(self._first)
        longest = size
        for line in self._lines:
            ready[-1] = line
            ready.append(b"")
            size += len(line) + 1
            longest = max(longest, len(line))
            if size >= _PIECE:
                yield self._joined(ready, longest)
                ready, size = [b""], 0
        if len(ready) > 1:
            yield self._joined(ready, longest)

    def _joined(self, ready: list[bytes], longest: int) -> bytes:
        if longest > LIMITS.line:
            raise Unwritable(
                "有一条记录太长（超过 1 MB），写不进文件。", "请检查是否误贴了大段内容。"
            )
        self.rows += len(ready) - 1
        return b"\n".join(ready)
