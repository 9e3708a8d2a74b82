"""Which visit a row is already, which it may be, and whose file its visitor has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.paper_numbers import is_number_of_others
from desktop_app.ledgers.visits import store
from desktop_app.registers.residents.sheet import files_of
from desktop_app.sheets.columns import known_by
from desktop_app.sheets.spec import Connection, Like
from desktop_app.sheets.spec import Values as Cells

# --- what a row is --------------------------------------------------------------------------------


def known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    """Visits by their own number, or by the number another platform or an old ledger gave them."""
    find = known_by(store.SHELF)
    outside = find(
        connection, "external_number", [one for one in texts if is_number_of_others(one)]
    )
    return outside if name != "number" else {**outside, **find(connection, name, texts)}


def joined(connection: Connection, rows: Sequence[Cells]) -> list[Cells]:
    """The rows with the file of whom exactly one person is."""
    asked = [
        (str(row.get("id_number") or ""), str(row.get("name") or ""), [str(row.get("phone") or "")])
        for row in rows
    ]
    return [
        row if uid is None or "resident" in row else {**row, "resident": uid.hex}
        for row, uid in zip(rows, files_of(connection, asked), strict=True)
    ]


def like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    texts_of_days = [str(row["at"])[:10] if "at" in row else "" for row in rows]
    known = {text: date.fromisoformat(text) for text in set(texts_of_days) if text}
    same: dict[tuple[date | None, str, str], list[tuple[str, Uid]]] = {}
    columns = ("day", "name", "matter_name", "summary", "number", "uid")
    for day, name, matter, summary, number, uid in store.SHELF.parts(
        connection, columns, "day", known.values()
    ):
        for words in {_plain(matter), _plain(summary)} - {""}:
            same.setdefault((day, name, words), []).append((number, uid))
    if not same:
        return [()] * len(rows)
    found = []
    for row, day in zip(rows, map(known.get, texts_of_days), strict=True):
        name = str(row.get("name") or "")
        texts = {_plain(str(row.get(key) or "")) for key in ("matter_name", "summary")} - {""}
        hits = {uid: number for text in texts for number, uid in same.get((day, name, text), ())}
        found.append(
            tuple(Like(f"{number} {name}".strip(), (_SAME,), uid) for uid, number in hits.items())
        )
    return found


_SAME = "同一天、同一人、同一件事"
_MARKS = re.compile(r"[\s，。、,.；;：:！!？?]+")


def _plain(text: str) -> str:
    return _MARKS.sub("", text)
