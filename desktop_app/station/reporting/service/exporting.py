"""上报: one press makes a sealed file of all that the street has not confirmed, and delivers it.

The file is made whole in the home's outbox first, then put on record, then delivered. A crash
leaves nothing, or a whole file nobody knows of that the next export removes, or one that is on
record and can be delivered again. What was sent before and never confirmed is simply sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from desktop_app import __version__, catalog
from desktop_app.bundle.header import Header, ParcelKind, TableFacts
from desktop_app.bundle.label import SUFFIX, file_name
from desktop_app.bundle.parcel import FileSource, Sealed, TableSource, seal_parcel
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.job import Job
from desktop_app.core.rights import Actor, Right
from desktop_app.core.travel import Profile, Projection, fingerprint, projection, wider
from desktop_app.station.reporting.rules.reports import (
    Export,
    Exported,
    Second,
    SentFile,
    checked_reason,
)
from desktop_app.station.reporting.rules.words import must_reconcile
from desktop_app.station.reporting.service.contents import Stretch, tables
from desktop_app.station.reporting.service.describing import inside
from desktop_app.station.reporting.service.parties import Parties, parties
from desktop_app.station.reporting.service.pictures import PART_BYTES, Part, photo_parts
from desktop_app.station.reporting.service.second import may_answer
from desktop_app.station.reporting.store import Connection, log, memory
from desktop_app.storage.delivery import deliver
from desktop_app.storage.file_locks import FileLock
from desktop_app.storage.files import make_folder, remove_file, sweep_temporaries, write_atomic
from desktop_app.storage.session import Database, Desk

WHAT = "导出上报包"


@dataclass(frozen=True, slots=True)
class _Order:
    """What one export is to carry, and everything it is sealed with."""

    connection: Connection
    database: Database
    parties: Parties
    stretch: Stretch
    profile: Profile
    projection: Projection
    again: Mapping[str, int]
    outbox: Path
    job: Job

    def header(self, kind: ParcelKind, facts: tuple[TableFacts, ...], part: Part) -> Header:
        station, announced = self.database.station, self.parties.keys.announced
        return Header(
            kind=kind,
            sender=station.code,
            sender_name=station.name,
            recipient=self.parties.street.code,
            lineage=station.lineage,
            made_at=self.database.clock.now(),
            program=__version__,
            profile=self.profile.value,
            projection=fingerprint(self.projection),
            first=self.stretch.first,
            last=self.stretch.last,
            hash_before=self.stretch.before.hash,
            hash_after=self.stretch.after.hash,
            tables=facts,
            part=part.number,
            parts=part.of,
            next_key=None if announced is None else announced.public.hex(),
        )


def export(
    desk: Desk,
    folder: Path | None,
    *,
    outbox: Path,
    profile: Profile = Profile.WORK,
    reason: str = "",
    second: Second | None = None,
    job: Job | None = None,
    part_bytes: int = PART_BYTES,
) -> Exported:
    """Seal everything the street has not confirmed into `outbox`, and deliver it to `folder`.

    Without a folder it stays in the outbox (已导出) until `send` delivers it. The complete profile
    needs a reason and a second person. Raises `SafetyRefusal` when 重新对账 must come first, and
    what `storage.delivery` raises: then the export is on record and can be delivered again.
    """
    desk.actor.require(Right.EXPORT)
    said = checked_reason(profile, reason, second, desk.actor.uid)
    work = job or Job("上报")
    make_folder(outbox, what=WHAT)
    with _alone(outbox):
        sweep_temporaries(outbox)
        with desk.reading(needs=Right.EXPORT) as connection:
            log.hold_still(connection)
            if profile is Profile.FULL:
                _check_second(connection, second)
            made = _seal_all(_order(desk, connection, profile, outbox, work), part_bytes)
        made = _answered_for(made, desk.actor, said, second)
        _put_on_record(desk, made)
        _clear_outbox(desk, outbox)
    if folder is None:
        return Exported(made, tuple(outbox / one.name for one in made.files))
    return send(desk, made, folder, outbox=outbox, job=work)


def _answered_for(made: Export, by: Actor, reason: str, second: Second | None) -> Export:
    """The export with the people who answer for it."""
    return replace(
        made,
        made_by=by.uid,
        made_by_name=by.name,
        reason=reason,
        second=None if second is None else second.uid,
        second_name="" if second is None else second.name,
    )


def send(
    desk: Desk, export: Export, folder: Path, *, outbox: Path, job: Job | None = None
) -> Exported:
    """Deliver an export that is on record to `folder`, read back and compared (已送达).

    Raises `UserError` when its files are no longer in the outbox.
    """
    desk.actor.require(Right.EXPORT)
    sources = [outbox / one.name for one in export.files]
    if any(not source.is_file() for source in sources):
        raise UserError(
            "这次上报的文件已经不在本机的待送文件夹里了，没有送出，数据都在。", "请重新上报一次。"
        )
    work = job or Job("送出")
    with desk.reading(needs=Right.EXPORT) as connection:
        if memory.latest_named(connection, export.files[0].name) != export.uid:
            raise UserError(
                "这次上报之后又导出过一次同样的内容，没有送出旧的，数据都在。",
                "请送出最近的那一次。",
            )
    paths = tuple(deliver(source, folder, work).path for source in sources)
    return Exported(delivered(desk, export, folder), paths)


def delivered(desk: Desk, export: Export, folder: Path) -> Export:
    """Put on record that the files of an export lie whole in `folder`."""
    with desk.unit_of_work("送出上报包", needs=Right.EXPORT) as unit:
        unit.about(export.files[0].name, str(folder))
        memory.mark_delivered(unit.connection, export.uid, unit.now, str(folder)[:500])
        now = unit.now
    return replace(export, delivered_at=now, delivered_to=str(folder)[:500])


@contextmanager
def _alone(outbox: Path) -> Iterator[None]:
    """Let nobody else export from this home meanwhile."""
    with FileLock(outbox / "export.lock") as lock:
        if not lock.acquire_patiently():
            raise EnvironmentFault(
                "本机正在进行另一次上报，这次没有导出，数据都在。", "请等它结束后再上报。"
            )
        yield


def _check_second(connection: Connection, second: Second | None) -> None:
    """The second person must be somebody who may answer for the station at this moment."""
    if second is None or not may_answer(connection, second.uid):
        raise SafetyRefusal(
            "第二个人没有“维护站点”的权限，没有导出，数据都在。",
            "请站长或社区管理员来确认。",
            field="second",
        )


def _order(desk: Desk, connection: Connection, profile: Profile, outbox: Path, job: Job) -> _Order:
    known = memory.standing(connection)
    if known.ahead is not None:
        raise SafetyRefusal(*must_reconcile(known.ahead, log.head(connection).n))
    travels = projection([shelf.kind for shelf in catalog.travelling().values()], profile)
    stretch = Stretch(log.Place(known.confirmed, known.hash), log.head(connection))
    return _Order(
        connection=connection,
        database=desk.database,
        parties=parties(connection, desk.database.station),
        stretch=stretch,
        profile=profile,
        projection=travels,
        again=_told_narrowly(connection, travels, known, stretch.last),
        outbox=outbox,
        job=job,
    )


def _told_narrowly(
    connection: Connection, travels: Projection, known: memory.Standing, last: int
) -> dict[str, int]:
    """Up to which change the street may know the rows of a kind by less than travels now.

    What was sent and not confirmed counts, too: the street may have it and not look at it again.
    """
    told = [(known.projection, known.confirmed)]
    told += [
        (made.projection, made.last)
        for made in memory.unconfirmed(connection, last)
        if log.place_at(connection, made.last) == log.Place(made.last, made.hash)
    ]
    found: dict[str, int] = {}
    for before, upto in told:
        for kind in wider(travels, dict(before)) if upto else ():
            found[kind] = max(found.get(kind, 0), upto)
    return found


def _seal_all(order: _Order, part_bytes: int) -> Export:
    """The bundle and its photo parcels, whole files in the outbox."""
    station, stretch = order.database.station, order.stretch
    bundle, facts = _seal(order, ParcelKind.BUNDLE, Part(1, 1, ()), _sources(order))
    files, photos = [bundle], 0
    if order.profile is not Profile.STATS:
        parts = photo_parts(order.connection, order.database, order.profile, part_bytes)
        for part in parts:
            sent, _ = _seal(order, ParcelKind.PHOTOS, part, ())
            files.append(sent)
            photos += len(part.photos)
    return Export(
        uid=order.database.new_uid(),
        made_at=order.database.clock.now(),
        made_by=None,
        made_by_name="",
        profile=order.profile,
        lineage=station.lineage,
        first=stretch.first,
        last=stretch.last,
        hash=stretch.after.hash,
        projection=order.projection,
        counts={table.name: table.rows for table in facts},
        photos=photos,
        files=tuple(files),
        size=sum(file.size for file in files),
        sha256=bundle.sha256,
    )


def _sources(order: _Order) -> Iterator[TableSource]:
    described = inside(order.projection)
    for name, lines in tables(order.connection, order.stretch, order.profile, order.again):
        kind = name.rpartition("/")[2]
        yield TableSource(name, lines, described.get(kind, ()))


def _seal(
    order: _Order, kind: ParcelKind, part: Part, sources: Iterable[TableSource]
) -> tuple[SentFile, tuple[TableFacts, ...]]:
    stretch = order.stretch
    name = file_name(kind, order.database.station.code, stretch.first, stretch.last, part.number)
    sealed: list[Sealed] = []

    def pour(target: BinaryIO) -> None:
        sealed.append(
            seal_parcel(
                target,
                sources,
                (_photo(order.database, one) for one in part.photos),
                lambda facts: order.header(kind, facts, part),
                order.parties.keys.signing,
                order.parties.street.recipients,
                order.job,
            )
        )

    write_atomic(order.outbox / name, pour, what=WHAT)
    made = sealed[0]
    return SentFile(name, made.size, made.sha256), made.header.tables


def _photo(database: Database, sha256: bytes) -> FileSource:
    return FileSource.photo(sha256.hex(), lambda: database.blobs.open(sha256))


def _put_on_record(desk: Desk, made: Export) -> None:
    with desk.unit_of_work("上报", needs=Right.EXPORT) as unit:
        words = [made.profile.label, f"变更 {made.first} 到 {made.last}"]
        if made.changes == 0:
            words[1] = "没有新的变更"
        if made.photos:
            words.append(f"照片 {made.photos} 张")
        if made.second_name:
            words.append(f"经{made.second_name}同意")
        unit.about(made.files[0].name, "，".join(words))
        memory.add_export(unit.connection, made)


def _clear_outbox(desk: Desk, outbox: Path) -> None:
    """Remove what no export on record still needs: crashed attempts, and what was confirmed."""
    with desk.reading(needs=Right.EXPORT) as connection:
        needed = {
            file.name
            for made in memory.exports(connection)
            if made.confirmed_at is None and made.lineage == desk.database.station.lineage
            for file in made.files
        }
    for path in sorted(outbox.glob(f"*{SUFFIX}")):
        if path.name not in needed:
            remove_file(path, what=WHAT)
