"""The bag (BagIt, RFC 8493): which files there are, their hashes, and one signature over all.

The signature covers tagmanifest-sha256.txt, that one covers manifest-sha256.txt, and that one
covers every file under data/. Any file that is in none of them is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from collections.abc import Mapping

from desktop_app.bundle import signature
from desktop_app.bundle.archive import Entry, expect_crc, unpacked
from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.keyring import NAMESPACE
from desktop_app.bundle.scratch import Scratch

DATA = "data/"
BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = TAG_MANIFEST + ".sig"
TAG_FILES = (BAGIT, BAG_INFO, MANIFEST)

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

MOST_FILES = 20_000
"""Files of a bag, so that neither list nor directory outgrows the memory."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
LARGEST_TAG_FILE = 8 << 20


def manifest_text(hashes: Mapping[str, str]) -> bytes:
    """Hashes by path, as `sha256sum -c` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in hashes.items()).encode()


def read_manifest(data: bytes, name: str) -> dict[str, str]:
    """Hashes by path. Raises `BadContent` for any other spelling and for a path named twice."""
    hashes: dict[str, str] = {}
    if data.count(b"\n") > MOST_FILES:
        raise BadContent(name)
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadContent(name) from error
    if lines.pop() != "":
        raise BadContent(name)
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or match[2] in hashes:
            raise BadContent(name)
        hashes[match[2]] = match[1]
    return hashes


def bag_info(day: str, size: int, files: int, office: str, form: int) -> bytes:
    """What a person who opened the bag by hand reads first. `day` is ISO, `size` in bytes."""
    return (
        f"Bagging-Date: {day}\nPayload-Oxum: {size}.{files}\n"
        f"Internal-Sender-Identifier: {office}\nInternal-Sender-Description: jinlin parcel {form}\n"
    ).encode()


def open_bag(archive: Scratch, entries: Mapping[str, Entry]) -> tuple[bytes, dict[str, str]]:
    """The signer's public key, and the signed hash of every file under data/.

    Checks signature, tag files, and that the archive holds exactly the files of the manifest; the
    files under data/ themselves are still to be hashed. Raises `Refused`.
    """
    for name in (*TAG_FILES, TAG_MANIFEST, SIGNATURE):
        if name not in entries:
            raise BadContent(f"缺少 {name}")
    tags = read_small(archive, entries[TAG_MANIFEST], LARGEST_TAG_FILE)
    signed = read_small(archive, entries[SIGNATURE], LARGEST_TAG_FILE)
    signer = signature.verify(signed.decode("latin-1"), tags, NAMESPACE)
    hashes = read_manifest(tags, TAG_MANIFEST)
    if set(hashes) != set(TAG_FILES):
        raise BadContent(TAG_MANIFEST)
    contents = {
        name: read_small(archive, entries[name], LARGEST_TAG_FILE, hashes[name])
        for name in TAG_FILES
    }
    if contents[BAGIT] != DECLARATION:
        raise BadContent(BAGIT)
    manifest = read_manifest(contents[MANIFEST], MANIFEST)
    _check_names(entries, manifest)
    return signer, manifest


def _check_names(entries: Mapping[str, Entry], manifest: Mapping[str, str]) -> None:
    found = set(entries) - set(TAG_FILES) - {TAG_MANIFEST, SIGNATURE}
    if found - set(manifest):
        raise BadContent("有清单以外的文件")
    if set(manifest) - found:
        raise BadContent("清单上的文件不全")
    if any(not name.startswith(DATA) for name in manifest):
        raise BadContent("文件名不允许")


def read_small(archive: Scratch, entry: Entry, most: int, digest: str | None = None) -> bytes:
    """A whole file that has at most `most` bytes; with `digest` its hash must be that one."""
    if entry.size > most:
        raise BadContent(f"{entry.name} 太大")
    data = b"".join(unpacked(archive, entry))
    expect_crc(entry, zlib.crc32(data))
    if digest is not None:
        expect_hash(hashlib.sha256(data).hexdigest(), digest, entry.name)
    return data


def expect_hash(found: str, listed: str, name: str) -> None:
    """Raises `Refused` when a file's hash is not the one that the manifest lists."""
    if not hmac.compare_digest(found, listed):
        raise Refused(f"文件里的 {name} 与清单上的校验值不符")
