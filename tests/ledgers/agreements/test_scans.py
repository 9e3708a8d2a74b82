"""Scanned pages: of the agreement and of each supplement, kept as attachments."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import catalog
from desktop_app.core.errors import UserError
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Right
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import MOST_SCANS, Action, Agreement
from desktop_app.ledgers.agreements.rules.scans import all_scans
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.agreements.builders import draft, signed, supplemented

KEY = DataKey(bytes(range(32)))


@pytest.fixture
def blobs(desk: Desk, tmp_path: Path) -> BlobStore:
    """Where attachments lie at a station of that sort."""
    if desk.database.dialect == "sqlite":
        return FolderBlobs(tmp_path / "attachments", KEY)
    return DatabaseBlobs(desk.database, KEY)


def sheet(text: str) -> Picture:
    return Picture(text.encode(), 1240, 1754)


def add(desk: Desk, blobs: BlobStore, one: Agreement, *texts: str, to: str = "") -> Agreement:
    pages = [sheet(text) for text in texts]
    return service.add_scans(desk, blobs, one.uid, one.revision, pages, supplement=to).value


def test_pages_belong_to_the_agreement_or_to_a_supplement(desk: Desk, blobs: BlobStore) -> None:
    done = supplemented(desk, signed(desk), venues="停车位")
    done = add(desk, blobs, done, "正文", "签字页")
    done = add(desk, blobs, done, "补充", "签字页", to="补1")

    assert (len(done.scans), len(done.supplements[0].scans)) == (2, 1), "no page twice"
    assert done.steps[-1].words == "补1 1 页"
    page = done.supplements[0].scans[0].sha256
    assert service.scan(desk, blobs, done.uid, page) == "补充".encode()
    with desk.reading(needs=Right.READ) as connection:
        kept = catalog.attached(connection)
    assert kept == {bytes.fromhex(scan.sha256) for scan in all_scans(done)}
    with pytest.raises(UserError, match="已经在这份协议里"):
        add(desk, blobs, done, "正文")
    with pytest.raises(UserError, match="没有这份补充协议"):
        add(desk, blobs, done, "别的", to="补2")


def test_a_page_is_removed_and_comes_back(desk: Desk, blobs: BlobStore) -> None:
    done = add(desk, blobs, signed(desk), "正文", "签字页")
    gone = service.remove_scan(desk, done.uid, done.revision, done.scans[0].sha256)

    assert [scan.sha256 for scan in gone.value.scans] == [done.scans[1].sha256]
    with pytest.raises(UserError, match="没有这页扫描件"):
        service.scan(desk, blobs, done.uid, done.scans[0].sha256)
    with pytest.raises(UserError, match="没有找到这页扫描件"):
        service.remove_scan(desk, done.uid, gone.value.revision, done.scans[0].sha256)
    assert gone.undo is not None
    gone.undo.call(desk)
    back = service.get(desk, done.uid)
    assert back.scans == done.scans
    assert back.steps[-1].action is Action.UNDO


def test_a_draft_has_no_pages_and_nobody_keeps_a_book(desk: Desk, blobs: BlobStore) -> None:
    with pytest.raises(UserError, match="不能“添加扫描件”"):
        add(desk, blobs, draft(desk), "正文")
    done = signed(desk)
    with pytest.raises(UserError, match=f"最多保存{MOST_SCANS}页"):
        add(desk, blobs, done, *(f"第{number}页" for number in range(MOST_SCANS + 1)))
    assert service.get(desk, done.uid).scans == ()
