"""The scanned pages of an agreement: kept as attachments, named in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement
from desktop_app.ledgers.agreements.rules.scans import all_scans, with_scans, without_scan
from desktop_app.ledgers.agreements.rules.steps import refuse_unless
from desktop_app.ledgers.agreements.service.parts import back, moment, seen
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk


def add_scans(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    revision: int,
    pages: Sequence[Picture],
    *,
    supplement: str = "",
) -> Changed[Agreement]:
    """Add scanned pages of the agreement, or of the supplement of that number (补1)."""
    with desk.reading(needs=Right.HANDLE) as connection:
        # Before megabytes are written for nothing.
        refuse_unless(store.SHELF.need(connection, uid), Action.ADD_SCAN)
    scans = keep(blobs, pages, [""] * len(pages))
    return _changed(
        desk,
        uid,
        revision,
        Action.ADD_SCAN,
        lambda before, now: with_scans(before, supplement, scans, now),
    )


def remove_scan(desk: Desk, uid: Uid, revision: int, sha256: str) -> Changed[Agreement]:
    """Take a page out; its content stays for a week, so that it can come back."""
    return _changed(
        desk,
        uid,
        revision,
        Action.REMOVE_SCAN,
        lambda before, now: without_scan(before, sha256, now),
    )


def scan(desk: Desk, blobs: BlobStore, uid: Uid, sha256: str) -> bytes:
    """The JPEG of one page. Raises `MissingAttachment` or `DamagedAttachment`."""
    with desk.reading(needs=Right.READ) as connection:
        agreement = store.SHELF.need(connection, uid)
    if sha256 not in {one.sha256 for one in all_scans(agreement)}:
        raise UserError("这份协议没有这页扫描件，它可能已被移除。", "请刷新后再试。", field="scans")
    return blobs.get(bytes.fromhex(sha256))


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: Action,
    make: Callable[[Agreement, Moment], Agreement],
) -> Changed[Agreement]:
    with desk.unit_of_work(f"共建协议：{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(before, moment(unit)))
        unit.about(saved.number, saved.steps[-1].words)
    undo = Undo(f"撤销{action.label}", back([(before, saved)]))
    return changed(KIND.name, uid, saved, undo=undo)
