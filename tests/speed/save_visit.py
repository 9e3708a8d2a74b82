"""How long a visit of a known resident takes to save, beside the same rows by hand-written SQL.

Both write into one file over connections with the same settings (WAL, synchronous=FULL), turn by
turn: the visit, its audit entry, its change-log entry, both chain heads, the number's counter and
when the resident was last seen. Figures in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_app.core.clock import SystemClock
from desktop_app.core.handling import Handling
from desktop_app.core.ids import UidFactory, random_bytes
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.registers.matters.rules import Matter
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.speed.ledger import BenchKey, Ledger, build

DEFAULTS: dict[str, Any] = {"visits": 100_000, "rounds": 400}
MOST_TIMES_BY_HAND = 3.0
MOST_P95_MS = 20.0

_TABLES = ("visit", "audit", "change")
_COUNT = (
    "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name)"
    " DO UPDATE SET value = counter.value + 1 RETURNING value"
)
_SEEN = (
    "INSERT INTO seen (resident, last_at, times) VALUES (?, ?, 1) ON CONFLICT (resident)"
    " DO UPDATE SET last_at = max(last_at, excluded.last_at), times = times + 1"
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of both, their ratio, and whether the figures hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        ledger = build(path, int(options["visits"]), 2000, random.Random(7))
        database = open_file(path, BenchKey(), SystemClock())
        desk = Desk(database, ledger.actor())
        with closing(connect_file(path, BenchKey())) as bare:
            ours, by_hand = _measure(desk, bare, ledger, int(options["rounds"]))
        database.close()
    return _figures(ours, by_hand)


def _measure(desk: Desk, bare: Any, ledger: Ledger, rounds: int) -> tuple[list[float], list[float]]:
    form = a_form(desk, ledger)
    for _ in range(20):
        service.register(desk, form)
    rows = _rows_of_last(bare)
    ours, by_hand = [], []
    for _ in range(rounds):
        ours.append(_timed(lambda: service.register(desk, form)))
        prepared = _prepared(rows, bare)
        by_hand.append(_timed(lambda: _write_by_hand(bare, prepared, form)))  # noqa: B023
    return ours, by_hand


def a_form(desk: Desk, ledger: Ledger) -> VisitForm:
    matter = Matter(
        uid=desk.database.new_uid(), station="QR01", code="YB01", category="医疗保障",
        name="医保缴费", handling=Handling.INSTANT,
    )  # fmt: skip
    return VisitForm(
        resident=ledger.residents[0], name="陈桂英", phone="13800005678", birth_year=1952,
        building="3", unit="2", room="501",
        matters=(MatterEntry(matter=matter, summary="手机上交医保总提示验证失败，请帮忙操作"),),
    )  # fmt: skip


def _timed(call: Any) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _rows_of_last(bare: Any) -> dict[str, dict[str, Any]]:
    """What one registration wrote, as the DB-API reads it."""
    rows = {}
    for table in _TABLES:
        order = "created_at DESC, number" if table == "visit" else "n"
        found = bare.execute(f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT 1")
        names = [column[0] for column in found.description]
        rows[table] = dict(zip(names, found.fetchone(), strict=True))
    return rows


_uids = UidFactory(SystemClock())


def _prepared(rows: dict[str, dict[str, Any]], bare: Any) -> dict[str, Any]:
    """The next rows by hand, everything computed beforehand: only writing is measured."""
    uid, now = _uids().bytes, SystemClock().now()
    heads = dict(bare.execute("SELECT name, n FROM chain_head").fetchall())
    value = bare.execute("SELECT max(value) FROM counter").fetchone()[0] + 1
    number = f"{rows['visit']['number'][:-5]}{value:05d}"
    moved = {
        "visit": {"uid": uid, "batch": uid, "number": number, "at": now, "created_at": now,
                  "changed_at": now, "closed_at": now},
        "audit": {"n": heads["audit"] + 1, "at": now, "subject": number, "hash": random_bytes(32)},
        "change": {"n": heads["changes"] + 1, "at": now, "uid": uid, "salt": random_bytes(16),
                   "digest": random_bytes(32), "hash": random_bytes(32)},
    }  # fmt: skip
    return {table: {**rows[table], **moved[table]} for table in _TABLES}


def _write_by_hand(bare: Any, prepared: dict[str, Any], form: VisitForm) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(_COUNT, (f"{prepared['visit']['number'][5:10]}",)).fetchone()
    for table in _TABLES:
        row = prepared[table]
        bare.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )
    assert form.resident is not None
    bare.execute(_SEEN, (form.resident.bytes, prepared["visit"]["at"]))
    for name, table in (("audit", "audit"), ("changes", "change")):
        bare.execute(
            "UPDATE chain_head SET n = ?, hash = ? WHERE name = ?",
            (prepared[table]["n"], prepared[table]["hash"], name),
        )
    bare.execute("COMMIT")


def _figures(ours: list[float], by_hand: list[float]) -> dict[str, Any]:
    median, reference = statistics.median(ours), statistics.median(by_hand)
    p95 = statistics.quantiles(ours, n=20)[-1]
    return {
        "median_ms": round(median, 3),
        "p95_ms": round(p95, 3),
        "reference": "the same rows by hand-written SQL in one commit",
        "reference_median_ms": round(reference, 3),
        "reference_p95_ms": round(statistics.quantiles(by_hand, n=20)[-1], 3),
        "ratio": round(median / reference, 2),
        "most_ratio": MOST_TIMES_BY_HAND,
        "most_p95_ms": MOST_P95_MS,
        "holds": median <= MOST_TIMES_BY_HAND * reference and p95 <= MOST_P95_MS,
    }
