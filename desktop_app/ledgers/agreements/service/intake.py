"""Scanned pages as they come: the good ones are kept, each refusal is told by name.

How files become pictures is for `printing.photo_intake`.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource, Picture
from desktop_app.ledgers.agreements.rules.agreement import MOST_SCANS, Action, Agreement
from desktop_app.ledgers.agreements.rules.scans import all_scans
from desktop_app.ledgers.agreements.rules.steps import refuse_unless
from desktop_app.ledgers.agreements.service.pictures import add_scans
from desktop_app.ledgers.agreements.service.reading import get
from desktop_app.printing.photo_intake import PicturesTaken, Room, bring_in
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.session import Desk

ScansTaken = PicturesTaken[Agreement]


def take_in_scans(
    desk: Desk, uid: Uid, sources: Sequence[PhotoSource], job: Job, *, supplement: str = ""
) -> ScansTaken:
    """Add pages to an agreement, or to its supplement of that number; those that cannot be used
    are told, the others are kept. Raises `UserError` while it is a draft."""
    agreement = get(desk, uid)
    refuse_unless(agreement, Action.ADD_SCAN)
    room = Room(
        {scan.sha256 for scan in all_scans(agreement)},
        MOST_SCANS,
        full=f"一份协议最多保存{MOST_SCANS}页扫描件，没有加入。请只留下正文和签字页。",
        known="这一页已经在这份协议里，没有再加一次。",
    )

    def add(pages: Sequence[Picture]) -> Changed[Agreement]:
        revision = get(desk, uid).revision
        return add_scans(desk, desk.database.blobs, uid, revision, pages, supplement=supplement)

    return bring_in(sources, room, translate_os_error, job, add)
