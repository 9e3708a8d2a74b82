"""Hash chains over the audit and the change log, pure: what is hashed, in which order.

Changes are chained over digests salted per change, so that a bundle may carry a digest beside the
fields its profile lets through, and the digest betrays nothing about the others:
`d = SHA-256(salt ‖ canonical change)`, `h = SHA-256(h_before ‖ n ‖ d)`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from desktop_app.core.codec import Plain, canonical, quoted, spelled

AUDIT_CHAIN = "audit"
CHANGE_CHAIN = "changes"
GENESIS = bytes(32)
SALT_BYTES = 16

PUT, DELETE = "put", "delete"
"""What a change does to its record: saves it, or leaves a tombstone."""
WITHHELD = "withheld"
"""What a parcel says of a put of a record that never leaves the station: it is counted only."""


def change_digest(salt: bytes, change: Mapping[str, Plain]) -> bytes:
    """The salted digest of one change: kind, uid, op, revision, version, at and its fields."""
    return digest_of(salt, canonical(change))


def digest_of(salt: bytes, content: str) -> bytes:
    """The salted digest of a change that is already spelled out."""
    return hashlib.sha256(salt + content.encode()).digest()


def change_text(
    *, kind: str, uid: str, op: str, revision: int, version: int, at: int, payload: str
) -> str:
    """What `canonical` makes of a change whose fields it has spelled before, as `payload`."""
    return (
        f'{{"at":{at},"fields":{payload},"kind":{quoted(kind)},"op":{quoted(op)},'
        f'"revision":{revision},"uid":{quoted(uid)},"version":{version}}}'
    )


def next_hash(before: bytes, n: int, digest: bytes) -> bytes:
    """The chain's hash after entry number `n`."""
    return hashlib.sha256(before + n.to_bytes(8, "big") + digest).digest()


_AUDITED = ("action", "actor", "actor_name", "at", "detail", "subject")


def audit_digest(entry: Mapping[str, object]) -> bytes:
    """The digest of one audit entry: at, actor, actor_name, action, subject, detail."""
    return hashlib.sha256(spelled(entry, _AUDITED).encode()).digest()
