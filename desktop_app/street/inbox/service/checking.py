"""Whether what stations sent still lies as it came: part of the data check of a street."""

from __future__ import annotations

from desktop_app import catalog
from desktop_app.core.chain import GENESIS, next_hash
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.store import checking, log


def check_received(desk: Desk, job: Job) -> list[str]:
    """Follow every station's chain from its first change, and compare its rows with their log.

    Each problem is a sentence. Raises `Cancelled` when `job` is stopped.
    """
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        log.hold_still(connection)
        standings = log.standings(connection)
        problems = []
        for place, standing in enumerate(standings):
            job.progress(place, len(standings), standing.name)
            problems += _chain(connection, standing)
        for shelf in catalog.travelling().values():
            count = checking.count_differing(connection, shelf, desk.database.station.code)
            if count:
                problems.append(f"各站的{shelf.kind.label}有 {count} 条与收到的变更不一致。")
    return problems


def _chain(connection: log.Connection, standing: Standing) -> list[str]:
    expected, head = 1, GENESIS
    for n, digest, kept in checking.in_order(connection, standing.station):
        if n != expected:
            return [f"“{standing.name}”的第 {expected} 号变更不见了。"]
        head = next_hash(head, n, digest)
        if head != kept:
            return [f"“{standing.name}”的第 {n} 号变更被改动过，与链上的摘要不符。"]
        expected += 1
    if (expected - 1, head) != (standing.applied, standing.hash):
        return [f"“{standing.name}”的收件记录与它的进度对不上。"]
    return []
