"""A station's file with many visits, made the shortest way there is: for benches only.

Rows go straight into the table, without audit and change log; nothing here is measured.
"""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Zone, millis
from desktop_app.core.ids import UidFactory
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits.rules.visit import Visit, VisitState
from desktop_app.ledgers.visits.store import SHELF
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import create_file
from desktop_app.storage.session import StationFacts

TODAY = date(2026, 11, 23)
NOW = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
FACTS = StationFacts(code="QR01", name="速度站", edition="station", desk="A", lineage="first")
DAYS = 3650
CATEGORIES = (
    "社会保障", "医疗保障", "民政救助", "证照代办", "党员服务", "物业纠纷", "邻里纠纷", "生活服务",
    "就业创业", "教育服务", "计生服务", "其他",
)  # fmt: skip
_SOURCES = ("walk_in",) * 16 + ("call", "call", "grid", "online")
_HANDLINGS = ("instant",) * 12 + ("advice",) * 4 + ("assisted", "assisted", "timed", "forwarded")
_OPEN_STATES = ("registered", "taken_up", "awaiting", "handed_over", "working", "answered")


class BenchKey:
    """A data key that is always the same: the file lives for minutes and holds invented people."""

    def sqlcipher_pragma(self) -> str:
        return "x'" + "5a" * 32 + "'"


@dataclass(frozen=True)
class Ledger:
    """What the benches look for in the file."""

    path: Path
    residents: list[Any]
    clerks: list[Any]

    def actor(self) -> Actor:
        return Actor(self.clerks[0], "王小燕", "窗口", frozenset(Right))


def build(path: Path, visits: int, people: int, dice: random.Random) -> Ledger:
    """An encrypted station with `visits` visits of `people` residents over ten years."""
    catalog.table_modules()
    create_file(path, BenchKey(), FACTS)
    uids = UidFactory(FixedClock(NOW))
    ledger = Ledger(path, [uids() for _ in range(people)], [uids() for _ in range(6)])
    with closing(connect_file(path, BenchKey())) as connection:
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN IMMEDIATE")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'visit'"
            " AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        _insert(connection, ledger, visits, dice)
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return ledger


def _insert(connection: Any, ledger: Ledger, visits: int, dice: random.Random) -> None:
    first = ledger.residents[0]
    template = Visit(
        uid=first, station="QR01", number="", batch=first, at=NOW, day=TODAY, limit_from=TODAY,
        state=VisitState.CLOSED, name="陈桂英", phone="13800005678", building="3", unit="2",
        room="501", matter_name="医保缴费", summary="手机上交医保总提示验证失败，请帮忙操作",
        result="已当场办结", first_clerk_name="王小燕", registered_by_name="王小燕",
    )  # fmt: skip
    row = SHELF.row(template)
    plain = {name: _plain(SHELF.table.c[name], value) for name, value in row.items()}
    names = list(plain)
    statement = f"INSERT INTO visit ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    zone, rows = Zone(), []
    uids = UidFactory(FixedClock(NOW))
    for n in range(1, visits + 1):
        day = TODAY - timedelta(days=(visits - n) * DAYS // visits)
        values = plain | _varied(n, day, zone, uids, ledger, dice)
        rows.append([values[name] for name in names])
        if len(rows) == 10_000:
            connection.executemany(statement, rows)
            rows.clear()
    connection.executemany(statement, rows)


def _plain(column: Any, value: Any) -> Any:
    from sqlalchemy.dialects import sqlite

    bind = column.type.dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    plain = bind(value) if bind else value
    return str(plain) if isinstance(plain, str) else plain


def _varied(
    n: int, day: date, zone: Zone, uids: UidFactory, ledger: Ledger, dice: random.Random
) -> dict[str, Any]:
    uid = uids().bytes
    age = (TODAY - day).days
    is_open = dice.random() < (0.3 if age < 10 else 0.002)
    clerk = dice.choice(ledger.clerks).bytes
    # A minute of its own keeps the order of every bench the same.
    at = zone.at(day, 9) + n % 28_000_000
    return {
        "uid": uid,
        "batch": uid,
        "number": f"QR01-{day.year}Z-{n:06d}",
        "created_at": at,
        "changed_at": at,
        "revision": 1,
        "at": at,
        "day": day.isoformat(),
        "limit_from": day.isoformat(),
        "resident": dice.choice(ledger.residents).bytes,
        "category": dice.choice(CATEGORIES),
        "source": dice.choice(_SOURCES),
        "handling": dice.choice(_HANDLINGS),
        "late_entry": int(dice.random() < 0.01),
        "petition": int(dice.random() < 0.01),
        "state": dice.choice(_OPEN_STATES) if is_open else "closed",
        "due": (day + timedelta(days=7)).isoformat() if is_open else None,
        "limit_days": 5 if is_open else None,
        "closed_at": None if is_open else at,
        "closed_day": None if is_open else day.isoformat(),
        "first_clerk": clerk,
        "registered_by": clerk,
    }
