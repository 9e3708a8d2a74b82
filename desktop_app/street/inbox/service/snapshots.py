"""重新对账: what the street holds of a station goes back to it.

The parcel has every entry of the received log, bare, and the rows as the street has them: with the
fields that came and no others, and said of each row in which profile it came. What is parked goes
back as it came. Nothing changes at the street by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from desktop_app import __version__
from desktop_app.bundle.header import Header, ParcelKind
from desktop_app.bundle.label import file_name
from desktop_app.bundle.lines import (
    CHANGES,
    COUNTS,
    CURRENT,
    ChangeLine,
    CountLine,
    CurrentLine,
    spell,
    spell_count,
    spell_current,
)
from desktop_app.bundle.parcel import TableSource, seal_parcel
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store as offices
from desktop_app.storage.files import make_folder, write_atomic
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.forms import MASKED
from desktop_app.street.inbox.rules.parking import ParkedRecord
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.service.ground import Ground, ground
from desktop_app.street.inbox.service.preparing import LINE_EXTRA
from desktop_app.street.inbox.service.receipts import recipient_of
from desktop_app.street.inbox.service.senders import our_keys
from desktop_app.street.inbox.store import aside, log
from desktop_app.street.inbox.store.rows import Kept

DEED = "生成对账文件"


def snapshot_for(desk: Desk, code: str, folder: Path, *, job: Job | None = None) -> Path:
    """Write the 对账 file of a station into `folder`; answers where.

    Raises `UserError` when nothing ever came from there, `EnvironmentFault` when it cannot be
    written.
    """
    on = ground(desk)
    with desk.unit_of_work(DEED, needs=Right.MANAGE_STATION) as unit:
        our_keys(unit.connection, unit.station)
        standing = log.standing(unit.connection, code)
        if not standing.applied:
            raise UserError(
                f"还没有收到过站点 {code} 的上报包，没有什么可以对账。",
                "请核对站点编码；新站点直接上报就行。",
                field="code",
            )
        if not any(key.trusted for key in offices.keys_of(unit.connection, code)):
            raise UserError(
                f"站点 {code} 的密钥已经吊销，没有生成对账文件：它只有吊销了的那台电脑打得开。",
                "请先让站点用现在的电脑重新加入，再生成。",
                field="code",
            )
        unit.about(code, f"到第 {standing.applied} 号变更")
    return _write(on, code, folder, job or Job(DEED))


def _write(on: Ground, code: str, folder: Path, job: Job) -> Path:
    make_folder(folder, what=DEED)
    with on.desk.reading(needs=Right.MANAGE_STATION) as connection:
        log.hold_still(connection)
        keys = our_keys(connection, on.database.station)
        standing, key = log.standing(connection, code), recipient_of(connection, code)
        header = _header(on, standing)
        path = folder / file_name(ParcelKind.SNAPSHOT, code, 1, standing.applied)

        def pour(target: BinaryIO) -> None:
            seal_parcel(
                target,
                _tables(on, connection, code),
                (),
                lambda facts: replace(header, tables=facts),
                keys.signing,
                [key.recipient],
                job,
            )

        write_atomic(path, pour, what=DEED)
    return path


def _header(on: Ground, standing: Standing) -> Header:
    facts = on.database.station
    return Header(
        kind=ParcelKind.SNAPSHOT,
        sender=facts.code,
        sender_name=facts.name,
        recipient=standing.station,
        lineage=standing.lineage,
        made_at=on.database.clock.now(),
        program=__version__,
        profile=standing.profile,
        projection=standing.projection,
        first=1,
        last=standing.applied,
        hash_after=standing.hash,
    )


def _tables(on: Ground, connection: Any, code: str) -> Iterator[TableSource]:
    kinds = log.kinds(connection, code)
    for kind in kinds:
        yield TableSource(f"{CHANGES}{kind}", map(spell, _entries(connection, code, kind)))
    parked: dict[str, list[ParkedRecord]] = {}
    for one in aside.parked(connection, code):
        if one.fields:
            parked.setdefault(one.kind, []).append(one)
    forms = log.Forms(connection)
    for kind in kinds:
        lines = _current(connection, code, on.kept.get(kind), parked.get(kind, []), forms)
        yield TableSource(f"{CURRENT}{kind}", map(spell_current, lines))
    counts = [CountLine(*one) for one in aside.withheld_counts(connection, code)]
    yield TableSource(COUNTS, map(spell_count, counts))


def _entries(connection: Any, code: str, kind: str) -> Iterator[ChangeLine]:
    for row in log.entries(connection, code, kind):
        yield ChangeLine(
            row["n"], bytes(row["digest"]), kind, row["uid"], row["op"],
            row["revision"], row["version"], row["at"],
        )  # fmt: skip


def _current(
    connection: Any,
    code: str,
    kept: Kept | None,
    parked: Iterable[ParkedRecord],
    forms: log.Forms,
) -> Iterator[CurrentLine]:
    waiting = {one.uid: one for one in parked}
    if kept is not None:
        for values in kept.of_station(connection, code):
            yield from _lines(
                connection, code, kept, {u: v for u, v in values.items() if u not in waiting}, forms
            )
    for one in waiting.values():
        yield CurrentLine(
            one.kind, one.uid, one.revision, one.version, one.at, dict(one.fields),
            {"profile": one.profile},
        )  # fmt: skip


def _lines(
    connection: Any, code: str, kept: Kept, values: Mapping[Uid, Any], forms: log.Forms
) -> Iterator[CurrentLine]:
    kind = kept.kind
    newest = log.newest(connection, code, kind.name, values)
    beyond = aside.extras(connection, kind.name, values)
    for uid, value in values.items():
        entry = newest.get(uid)
        if entry is None or entry["form"] is None:
            continue
        form = forms.of(entry["form"])
        plain = kind.to_plain(value)
        more = dict(beyond.get(uid, {}))
        said = more.pop(LINE_EXTRA, {})
        fields = {**{name: plain[name] for name in form.fields}, **more}
        masked = sorted(name for name, how in form.fields.items() if how == MASKED)
        yield CurrentLine(
            kind.name, uid, value.revision, kind.version, value.changed_at, fields,
            {**said, "profile": form.profile, "masked": masked},
        )  # fmt: skip
