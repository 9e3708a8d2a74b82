"""The photos of a 上报: those that the street has not confirmed, in parts that fit on any stick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app import catalog
from desktop_app.core.travel import Profile
from desktop_app.station.reporting.store import Connection, memory
from desktop_app.storage.attachments import (
    CHUNK_BYTES,
    BlobStore,
    DamagedAttachment,
    MissingAttachment,
)
from desktop_app.storage.session import Database

PART_BYTES = 1_900_000_000
"""A parcel stays under 2 GB, with room for names and hashes."""

PART_PHOTOS = 15_000


@dataclass(frozen=True, slots=True)
class Part:
    """One photo parcel: its place among `of`, and the SHA-256 of what it carries."""

    number: int
    of: int
    photos: tuple[bytes, ...]


def waiting(connection: Connection, profile: Profile = Profile.WORK) -> set[bytes]:
    """The photos that bundles of this profile point at and the street is not known to hold."""
    found = catalog.travelling_attachments(connection, profile=profile)
    return found - memory.confirmed_photos(connection)


def only_at_the_street(connection: Connection) -> set[bytes]:
    """The photos of records that the street gave back: it has them, if anybody has."""
    return memory.only_there(connection)


def photo_parts(
    connection: Connection, database: Database, profile: Profile, part_bytes: int
) -> list[Part]:
    """Those that are here and whole, in parts; for the others there is the data check.

    Each is read to its end before: a damaged one must not keep the others from the street.
    """
    found = sorted(waiting(connection, profile))
    if not found:
        return []
    groups = list(_grouped(found, database.blobs, part_bytes))
    return [Part(number, len(groups), group) for number, group in enumerate(groups, start=1)]


def _grouped(found: list[bytes], blobs: BlobStore, part_bytes: int) -> Iterator[tuple[bytes, ...]]:
    group: list[bytes] = []
    filled = 0
    for sha256 in found:
        size = _size(blobs, sha256)
        if size is None:
            continue
        if group and (filled + size > part_bytes or len(group) == PART_PHOTOS):
            yield tuple(group)
            group, filled = [], 0
        group.append(sha256)
        filled += size
    if group:
        yield tuple(group)


def _size(blobs: BlobStore, sha256: bytes) -> int | None:
    """The bytes of a photo; None when it is not there as it was stored."""
    size = 0
    try:
        with blobs.open(sha256) as stream:
            while piece := stream.read(CHUNK_BYTES):
                size += len(piece)
    except (DamagedAttachment, MissingAttachment):
        return None
    return size
