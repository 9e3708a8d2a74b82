"""收件: files are taken in one by one; a refused one does not stop the others.

A file is looked through to its end, its signer and chain are checked and its rows are made before
the database is asked for anything; then one transaction has the whole effect, or none. What became
of a file is put down with it, and answered by a receipt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.bundle.faults import NoParcel
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.label import SUFFIX
from desktop_app.bundle.parcel import OpenParcel, open_parcel
from desktop_app.core.errors import EnvironmentFault, ExitStatus, Fault
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service import bundles, photos, receipts
from desktop_app.street.inbox.service.coming import Coming, Found
from desktop_app.street.inbox.service.ground import Ground, ground
from desktop_app.street.inbox.service.history import put_down
from desktop_app.street.inbox.service.senders import our_keys, sender_of
from desktop_app.street.inbox.store import files
from desktop_app.street.overview.service import bring_up_to_date

OnEach = Callable[[Verdict], None]

DEED = "收件"
_PIECE = 1 << 20


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    receipts_in: Path | None = None,
    *,
    job: Job | None = None,
    on_each: OnEach | None = None,
    scratch: Path | None = None,
) -> list[Verdict]:
    """Take in files that stations sent, in whatever order; answers each file's verdict, in theirs.

    Receipts go to the folder `receipts_in`, or beside the file. `on_each` hears a verdict as soon
    as it stands. Raises `UserError` when this is no street, `EnvironmentFault` when the database
    fails, and `Cancelled` between two files or in one, of which nothing is left then.
    """
    job = job or Job(DEED)
    work = _Taking(ground(desk, scratch), receipts_in, job, on_each)
    found = {verdict.path: verdict for verdict in work.all_of(paths)}
    if any(verdict.outcome.taken for verdict in found.values()):
        # Now, while somebody waits for it anyway, and not when the figures are next looked at; who
        # stops here has taken everything in all the same.
        with suppress(Cancelled):
            bring_up_to_date(desk, job)
    return [found[path] for path in dict.fromkeys(paths)]


def take_in_folder(
    desk: Desk,
    folder: Path,
    receipts_in: Path | None = None,
    *,
    job: Job | None = None,
    on_each: OnEach | None = None,
    scratch: Path | None = None,
) -> list[Verdict]:
    """Take in whatever lies in a folder and was not taken in before; see `take_in`."""
    with desk.reading(needs=Right.RECEIVE) as connection:
        settled = files.settled(connection)
    fresh = [
        path
        for path in sorted(folder.iterdir())
        if is_parcel(path.name) and sha256_of(path) not in settled
    ]
    return take_in(desk, fresh, receipts_in, job=job, on_each=on_each, scratch=scratch)


def is_parcel(name: str) -> bool:
    """Whether a file may be a station's, by its name; what the street wrote itself is not."""
    return name.lower().endswith(SUFFIX) and not name.startswith(receipts.OUR_WORDS)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; empty when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


class _Taking:
    """One drop of files."""

    def __init__(
        self, on: Ground, receipts_in: Path | None, job: Job, on_each: OnEach | None
    ) -> None:
        self._on = on
        self._receipts_in = receipts_in
        self._job = job
        self._on_each = on_each
        with on.desk.reading(needs=Right.RECEIVE) as connection:
            self._keys = our_keys(connection, on.database.station)

    def all_of(self, paths: Sequence[Path]) -> Iterator[Verdict]:
        """Each file once. One that came too early waits until nothing before it is left."""
        waiting = sorted(dict.fromkeys(paths), key=_in_order)
        done = 0
        while waiting:
            early, taken = [], False
            for path in waiting:
                self._job.progress(done, len(paths), path.name)
                verdict = self._one(path, may_wait=len(waiting) > 1)
                if verdict is None:
                    early.append(path)
                    continue
                done += 1
                taken |= verdict.outcome in (Outcome.APPLIED, Outcome.PARKED)
                yield self._told(verdict)
            if not taken:
                for path in early:
                    verdict = self._one(path, may_wait=False)
                    assert verdict is not None
                    yield self._told(verdict)
                return
            waiting = early

    def _told(self, verdict: Verdict) -> Verdict:
        if self._on_each is not None:
            self._on_each(verdict)
        return verdict

    def _one(self, path: Path, *, may_wait: bool) -> Verdict | None:
        """One file; None when it may fit after others of the same drop."""
        try:
            parcel = open_parcel(path, self._keys.openers, self._on.scratch, job=self._inner())
        except Fault as fault:
            return self._refused(path, fault)
        with parcel:
            try:
                return self._opened(parcel, path, may_wait)
            except _Refused as refused:
                return self._refused(path, refused.fault, parcel)

    def _inner(self) -> Job:
        """Stops when we are to stop; how far one file is says nobody."""
        return _Part(self._job)

    def _opened(self, parcel: OpenParcel, path: Path, may_wait: bool) -> Verdict | None:
        take = {ParcelKind.BUNDLE: bundles.take, ParcelKind.PHOTOS: photos.take}
        way = take.get(parcel.header.kind)
        try:
            with self._on.desk.reading(needs=Right.RECEIVE) as connection:
                station = self._on.database.station.code
                sender = sender_of(connection, parcel.header, parcel.signer, station)
            if way is None:
                raise NoParcel("这是街道发给站点的回执或对账文件，不是站点的上报包")
            coming = Coming(self._on, parcel, sender, path, self._job)
            found = way(coming, may_wait)
        except Fault as fault:
            if isinstance(fault, EnvironmentFault):
                raise
            raise _Refused(fault) from fault
        return None if found is None else self._with_receipt(found)

    def _with_receipt(self, found: Found) -> Verdict:
        verdict = found.verdict
        folder = self._receipts_in or verdict.path.parent
        try:
            written = receipts.write(self._on, found.answer, self._keys, folder)
        except EnvironmentFault as fault:
            return replace(verdict, next_step=f"回执没有写成：{fault.words}")
        return replace(verdict, receipt_path=written)

    def _refused(self, path: Path, fault: Fault, parcel: OpenParcel | None = None) -> Verdict:
        """Put down that a file was refused: in an audit entry, and in the history.

        One that could not be read says nothing of what is in it: by no content it is known again,
        so that it is taken in hand once more when the disk is.
        """
        with self._on.desk.unit_of_work(DEED, needs=Right.RECEIVE) as unit:
            verdict = Verdict(
                uid=unit.new_uid(),
                path=path,
                outcome=Outcome.REFUSED,
                sentence=fault.sentence,
                next_step=fault.next_step,
                exit_status=ExitStatus(fault.exit_status),
            )
            if isinstance(fault, EnvironmentFault):
                sha256 = ""
            else:
                sha256 = sha256_of(path) if parcel is None else parcel.sha256
            put_down(unit, verdict, sha256=sha256)
        return verdict


class _Refused(Exception):
    """Carries a fault that concerns one file past those that concern all of them."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


class _Part(Job):
    """A job within another: it stops with it and says nothing."""

    def __init__(self, whole: Job) -> None:
        super().__init__(whole.title)
        self._whole = whole

    def check(self) -> None:
        self._whole.check()


def _in_order(path: Path) -> tuple[bool, str]:
    """By station and number, as the names say; photos after all bundles. Only a guess that saves
    opening a file twice."""
    return "照片" in path.name, path.name
