"""Reading 100,000 changes of a parcel and following their chain, beside `json.loads` alone.

Strictly: no name twice, whole numbers only, every value of its kind, in the order of the log. CPU
seconds, medians.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.bundle import lines
from desktop_app.bundle.header import Header, ParcelKind, TableFacts
from desktop_app.bundle.lines import ChangeLine
from desktop_app.core.chain import GENESIS, next_hash
from desktop_app.core.ids import Uid

DEFAULTS: dict[str, Any] = {"rounds": 5, "changes": 100_000}
MOST_TIMES_BARE = 3.0

_FIELDS = {
    "name": "陈*英", "phone": "138****5678", "day": "2026-11-23", "number": "QR01-2026A-00412",
    "category": "社会保障", "source": "walk_in", "handling": "instant", "state": "closed",
    "summary": "手机上交医保总提示验证失败，请帮忙操作", "people": 1, "limit_days": None,
}  # fmt: skip


@dataclass
class _Parcel:
    """As much of an open parcel as is read here."""

    header: Header
    raw: list[bytes]

    def tables(self) -> tuple[TableFacts, ...]:
        return self.header.tables

    def lines(self, name: str) -> Iterator[bytes]:
        return iter(self.raw)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The bound is on the median of the rounds' ratios."""
    parcel = _parcel(int(options["changes"]))

    def strictly() -> None:
        lines.check_chain(parcel.header, lines.merged(parcel))

    def bare() -> None:
        for line in parcel.raw:
            json.loads(line)

    ours, plain = [], []
    for turn in range(int(options["rounds"]) + 1):
        took, reference = _timed(strictly), _timed(bare)
        if turn:
            ours.append(took)
            plain.append(reference)
    ratio = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
    return {
        "line_bytes": len(parcel.raw[-1]),
        "strict_s": statistics.median(ours),
        "json_s": statistics.median(plain),
        "ratio": ratio,
        "bound": MOST_TIMES_BARE,
        "holds": ratio <= MOST_TIMES_BARE,
    }


def _parcel(count: int) -> _Parcel:
    head, raw = GENESIS, []
    for n in range(1, count + 1):
        digest = hashlib.sha256(b"%d" % n).digest()
        head = next_hash(head, n, digest)
        line = ChangeLine(n, digest, "visit", Uid(int=n << 64), "put", 1, 1, n, _FIELDS)
        raw.append(lines.spell(line))
    facts = (TableFacts("changes/visit", count, ""),)
    kind = ParcelKind.BUNDLE
    made = Header(kind, "QR01", "JD00", "first", 0, "0", last=count, hash_after=head, tables=facts)
    return _Parcel(made, raw)


def _timed(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
