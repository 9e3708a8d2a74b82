"""Parcels that nobody honest makes: any ZIP content, correctly signed and sealed.

From the inside out: `payload` is what lies under data/, `signed` adds manifest and signature,
`zipped` makes an archive of it in the one spelling that is read, `sealed` closes it. Each step
takes what the one before gave, changed as a test wants it:

    files = signed(payload(lines={"changes/visit": [...]}))
    files["data/../evil.txt"] = b""
    path.write_bytes(sealed(zipped(files)))
"""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyrage

from desktop_app.bundle.archive import Entry, end_record
from desktop_app.bundle.header import Header, TableFacts, spell_header
from desktop_app.bundle.keyring import NAMESPACE, SigningKey
from desktop_app.bundle.lines import spell
from tests.bundle.parcels import STATION_KEY, STREET_KEY, Log, header

Files = dict[str, bytes]


def payload(
    log: Log | None = None,
    *,
    lines: Mapping[str, Iterable[bytes]] | None = None,
    files: Mapping[str, bytes] | None = None,
    **changed: Any,
) -> Files:
    """What lies under data/, with a header that fits. `lines` are whole tables instead of those of
    the log, `files` are put beside them, `changed` goes into the header: `made`, a `Header`,
    replaces it whole, and `header_bytes` whatever a header would have been.
    """
    log = log or Log()
    if lines is None:
        kinds = dict.fromkeys(line.kind for line in log.changes)
        lines = {
            f"changes/{kind}": [spell(line) for line in log.changes if line.kind == kind]
            for kind in kinds
        }
    found: Files = {}
    facts = []
    for name, table in lines.items():
        rows = list(table)
        data = b"".join(row + b"\n" for row in rows)
        found[f"data/{name}.ndjson"] = data
        facts.append(TableFacts(name, len(rows), hashlib.sha256(data).hexdigest()))
    found["data/header.json"] = header_bytes(tuple(facts), log, **changed)
    return found | dict(files or {})


def header_bytes(
    facts: tuple[TableFacts, ...],
    log: Log,
    *,
    made: Header | None = None,
    values: Mapping[str, Any] | None = None,
    **changed: Any,
) -> bytes:
    """A header's bytes; `values` replaces plain values after it was spelled."""
    spelled = spell_header(made or header(facts, log, **changed))
    if values is None:
        return spelled
    return json.dumps({**json.loads(spelled), **values}, ensure_ascii=False).encode()


def manifest(files: Mapping[str, bytes]) -> bytes:
    return b"".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode() for name, data in files.items()
    )


def signed(
    content: Mapping[str, bytes],
    signer: SigningKey = STATION_KEY,
    *,
    listed: bytes | None = None,
    tags: Mapping[str, bytes] | None = None,
    tags_listed: bytes | None = None,
    namespace: str = NAMESPACE,
) -> Files:
    """A whole bag. `listed` replaces the manifest, `tags` single tag files, `tags_listed`
    the tag manifest; all of it is signed.
    """
    tag_files = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": b"Payload-Oxum: 0.0\n",
        "manifest-sha256.txt": manifest(content) if listed is None else listed,
    } | dict(tags or {})
    tag_manifest = manifest(tag_files) if tags_listed is None else tags_listed
    return {
        **content,
        **tag_files,
        "tagmanifest-sha256.txt": tag_manifest,
        "tagmanifest-sha256.txt.sig": signer.sign(tag_manifest, namespace).encode(),
    }


@dataclass(frozen=True)
class Member:
    """One file of an archive; what is not given is told truly. `hidden` lies before it, unsaid."""

    name: str
    data: bytes
    is_packed: bool = True
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    hidden: bytes = b""


def zipped(files: Mapping[str, bytes] | Iterable[Member], hidden: bytes = b"") -> bytes:
    """An archive in the one spelling, whatever the names are; a photo is stored. `hidden` lies
    before the directory.
    """
    members = (
        [Member(name, data, not name.endswith(".jpg")) for name, data in files.items()]
        if isinstance(files, Mapping)
        else files
    )
    archive = io.BytesIO()
    entries = []
    for member in members:
        archive.write(member.hidden)
        packed = member.packed
        if packed is None:
            packed = deflated(member.data) if member.is_packed else member.data
        entry = Entry(
            member.name,
            member.is_packed,
            zlib.crc32(member.data) if member.crc is None else member.crc,
            len(packed),
            len(member.data) if member.size is None else member.size,
            archive.tell(),
        )
        archive.write(entry.local + packed + entry.descriptor)
        entries.append(entry)
    archive.write(hidden)
    directory = b"".join(entry.central for entry in entries)
    end = end_record(len(entries), len(directory), archive.tell())
    return archive.getvalue() + directory + end


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def sealed(archive: bytes, *recipients: str) -> bytes:
    """The outer layer, by default to the tests' street."""
    to = [pyrage.x25519.Recipient.from_str(text) for text in recipients or (STREET_KEY.recipient,)]
    return bytes(pyrage.encrypt(archive, to))


def unsealed(data: bytes) -> bytes:
    """The archive inside a parcel that was made for the tests' street."""
    return bytes(pyrage.decrypt(data, [STREET_KEY.identity]))
