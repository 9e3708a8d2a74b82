"""Reads the audit trail and checks both chains from the first entry to the head."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from desktop_app.core.chain import (
    AUDIT_CHAIN,
    CHANGE_CHAIN,
    GENESIS,
    audit_digest,
    change_digest,
    next_hash,
)
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.storage.tables import AUDIT, CHAIN_HEAD, CHANGE

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail: who did what to which record (by number), and when."""

    n: int
    at: Millis
    actor: Uid | None
    actor_name: str
    action: str
    subject: str
    detail: str


def entries(
    connection: sa.Connection,
    *,
    since: Millis | None = None,
    until: Millis | None = None,
    subject: str | None = None,
    before: int | None = None,
    limit: int = 200,
) -> list[AuditEntry]:
    """The latest entries first; `before` is the number of the last one already seen."""
    query = sa.select(AUDIT).order_by(AUDIT.c.n.desc()).limit(limit)
    if since is not None:
        query = query.where(AUDIT.c.at >= since)
    if until is not None:
        query = query.where(AUDIT.c.at < until)
    if subject is not None:
        query = query.where(AUDIT.c.subject == subject)
    if before is not None:
        query = query.where(AUDIT.c.n < before)
    return [_entry(row) for row in connection.execute(query)]


def latest_moment(connection: sa.Connection, look_back: int) -> Millis | None:
    """The latest time among the last `look_back` entries, by the wall clock of then."""
    last = sa.select(AUDIT.c.at).order_by(AUDIT.c.n.desc()).limit(look_back).subquery()
    found = connection.execute(sa.select(sa.func.max(last.c.at))).scalar()
    return None if found is None else Millis(found)


def last_entry(connection: sa.Connection, *, leaving_out: Sequence[str]) -> int:
    """The number of the last entry whose action is none of these; 0 when there is none."""
    query = (
        sa.select(AUDIT.c.n)
        .where(AUDIT.c.action.not_in(leaving_out))
        .order_by(AUDIT.c.n.desc())
        .limit(1)
    )
    return int(connection.execute(query).scalar() or 0)


Tell = Callable[[int], None]


def check_audit(connection: sa.Connection, tell: Tell | None = None) -> list[str]:
    """Recompute the audit chain; each problem is a sentence that names the entry."""
    return _check(connection, AUDIT_CHAIN, AUDIT, _audit_row_digest, "审计记录", tell)


def check_changes(connection: sa.Connection, tell: Tell | None = None) -> list[str]:
    """Recompute the change chain; an entry whose payload was dropped is checked by its digest."""
    return _check(connection, CHANGE_CHAIN, CHANGE, _change_row_digest, "变更记录", tell)


def _check(
    connection: sa.Connection,
    chain: str,
    source: sa.Table,
    digest_of: Callable[[sa.Row[tuple[object, ...]]], bytes],
    label: str,
    tell: Tell | None,
) -> list[str]:
    expected, head = 1, GENESIS
    for row in _in_order(connection, source):
        if row.n != expected:
            return [f"{label}第 {expected} 条不见了。"]
        head = next_hash(head, row.n, digest_of(row))
        if head != bytes(row.hash):
            return [f"{label}第 {row.n} 条被改动过，与链上的摘要不符。"]
        expected += 1
        if tell is not None and expected % CHUNK == 0:
            tell(expected)
    stored = connection.execute(sa.select(CHAIN_HEAD).where(CHAIN_HEAD.c.name == chain)).one()
    if stored.n != expected - 1 or bytes(stored.hash) != head:
        return [f"{label}末尾缺少 {stored.n - expected + 1} 条。"]
    return []


def _in_order(connection: sa.Connection, source: sa.Table) -> Iterator[sa.Row[tuple[object, ...]]]:
    last = 0
    query = (
        sa.select(source).where(source.c.n > sa.bindparam("last")).order_by(source.c.n).limit(CHUNK)
    )
    while rows := connection.execute(query, {"last": last}).all():
        yield from rows
        last = rows[-1].n


def _audit_row_digest(row: sa.Row[tuple[object, ...]]) -> bytes:
    return audit_digest(
        {
            "at": row.at,
            "actor": row.actor.hex if row.actor else None,
            "actor_name": row.actor_name,
            "action": row.action,
            "subject": row.subject,
            "detail": row.detail,
        }
    )


def _change_row_digest(row: sa.Row[tuple[object, ...]]) -> bytes:
    if row.payload is None:
        return bytes(row.digest)
    return change_digest(
        bytes(row.salt),
        {
            "kind": row.kind,
            "uid": row.uid.hex,
            "op": row.op,
            "revision": row.revision,
            "version": row.version,
            "at": row.at,
            "fields": json.loads(row.payload),
        },
    )


def _entry(row: sa.Row[tuple[object, ...]]) -> AuditEntry:
    return AuditEntry(
        row.n, Millis(row.at), row.actor, row.actor_name, row.action, row.subject, row.detail
    )
