"""Seals or opens in a process of its own and prints by how many bytes its memory grew at most.

    python -m tests.bundle.memory_child seal|open FOLDER

`FOLDER/parcel.jlb` is written or read; `FOLDER/key.txt` holds the opening key.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.bundle import lines
from desktop_app.bundle.header import Header, ParcelKind
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.lines import ChangeLine
from desktop_app.bundle.parcel import FileSource, Limits, TableSource, open_parcel, seal_parcel
from desktop_app.core.chain import GENESIS, next_hash
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid

CHANGES = 100_000
PHOTOS = 60
PHOTO_BYTES = 500_000


def main(verb: str, folder: Path) -> None:
    key = OpeningKey.from_text((folder / "key.txt").read_text())
    small = folder / "small.jlb"
    # Once on a small scale, so that what is loaded late is not counted.
    _seal(small, key, 10, 1)
    _open(small, key, folder)
    parcel = folder / "parcel.jlb"
    work: Callable[[], None] = (
        (lambda: _seal(parcel, key, CHANGES, PHOTOS))
        if verb == "seal"
        else (lambda: _open(parcel, key, folder))
    )
    Path("/proc/self/clear_refs").write_text("5")
    before = _memory("VmRSS")
    try:
        work()
    except Fault as fault:
        sys.stdout.write(f"{fault.sentence}\n")
    sys.stdout.write(f"{_memory('VmHWM') - before}\n")


def _seal(path: Path, key: OpeningKey, changes: int, photos: int) -> None:
    last = GENESIS

    def spelled() -> Iterator[bytes]:
        nonlocal last
        for n in range(1, changes + 1):
            digest = hashlib.sha256(b"%d" % n).digest()
            last = next_hash(last, n, digest)
            fields = {"name": "陈*英", "summary": f"手机上交医保总提示验证失败 {n}", "people": 1}
            line = ChangeLine(n, digest, "visit", Uid(int=n), "put", 1, 1, n, fields)
            yield lines.spell(line)

    files = (FileSource.photo(sha256, opened) for sha256, opened in map(_photo, range(photos)))
    with path.open("wb") as target:
        seal_parcel(
            target,
            [TableSource("changes/visit", spelled())],
            files,
            lambda facts: Header(
                ParcelKind.BUNDLE, "QR01", "JD00", "first", 0, "0", last=changes, hash_after=last,
                tables=facts,
            ),
            SigningKey.fresh(),
            [key.recipient],
        )  # fmt: skip


def _photo(number: int) -> tuple[str, Callable[[], io.BytesIO]]:
    def data() -> bytes:
        return hashlib.shake_128(b"%d" % number).digest(PHOTO_BYTES)

    return hashlib.sha256(data()).hexdigest(), lambda: io.BytesIO(data())


def _open(path: Path, key: OpeningKey, folder: Path) -> None:
    # Nothing is refused for the ratio here, so that what is unpacked has to be bounded itself.
    with open_parcel(path, [key], folder, Limits(ratio=1 << 30)) as parcel:
        lines.check_chain(parcel.header, lines.merged(parcel))
        for name in parcel.photo_names():
            with parcel.photo(name) as photo:
                while photo.read(1 << 16):
                    pass


def _memory(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    match = re.search(rf"{name}:\s+(\d+) kB", status)
    assert match is not None
    return int(match[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
