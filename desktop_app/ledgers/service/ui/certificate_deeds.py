"""What is done with certificates from a row and from their page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import CERTIFICATES
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateAction
from desktop_app.ledgers.service.ui import sheets
from desktop_app.ledgers.service.ui.looks import OTHER, PAPER, PRINT, VOLUNTEER
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

Done = Callable[[Changed[Any], str], None]
_A = CertificateAction


@dataclass(frozen=True, slots=True)
class Which:
    """A certificate as seen, whose it is, and the other one that it names."""

    uid: Uid
    revision: int
    volunteer: Uid
    number: str
    name: str
    other: Uid | None

    @property
    def words(self) -> str:
        return "　".join(filter(None, (self.name, self.number)))

    @property
    def seen(self) -> tuple[Uid, int]:
        return self.uid, self.revision


def apply(page: Page, desk: Desk, done: Done, volunteer: Uid | None = None) -> None:
    """申请: the certificate is shown whole then, to be verified."""
    sheet = sheets.ApplySheet(page, desk, volunteer)

    def taken(changed: Changed[Certificate]) -> None:
        done(changed, f"已受理证明申请 {changed.value.number}")
        page.go(Open(CERTIFICATES.name, changed.value.uid))

    sheet.taken.connect(taken)
    sheet.open()


def take_up(page: Page, desk: Desk, deed: str, which: Which, done: Done) -> None:
    """Do one of `CERTIFICATE_DEEDS`, asking first for what it needs."""
    if deed == VOLUNTEER:
        page.go(Open(VOLUNTEERS.name, which.volunteer))
    elif deed == OTHER and which.other is not None:
        page.go(Open(CERTIFICATES.name, which.other))
    elif deed == PRINT:
        page.go(OpenPaper(PAPER, about=which.uid))
    elif deed == _A.PUBLICISE:
        sheet = sheets.PublicSheet(page, desk, which.seen, which.words)
        _open(sheet, f"已公示证明 {which.number}", done)
    elif deed == _A.COLLECT:
        taken = sheets.CollectSheet(page, desk, which.seen, (which.words, which.name))
        _open(taken, f"已记领取：{which.number}", done)
    elif deed == _A.VOID:
        _void(page, desk, which, done)
    else:
        _step(page, desk, deed, which, done)


def _step(page: Page, desk: Desk, deed: str, which: Which, done: Done) -> None:
    """At once; the undo strip is the way back."""
    calls: dict[str, tuple[Callable[..., Changed[Certificate]], str]] = {
        _A.VERIFY: (service.verify, "核验"),
        _A.ISSUE: (service.issue, "出具"),
        _A.ARCHIVE: (service.archive, "归档"),
        _A.REISSUE: (service.reissue, "补发"),
    }
    if deed not in calls:
        return
    use, verb = calls[deed]
    try:
        changed = use(desk, *which.seen)
    except Fault as fault:
        tell_fault(page, f"没有{verb}", fault)
        return
    if deed == _A.REISSUE:
        made = changed.value
        done(changed, f"已受理补发 {made.number}，代替 {which.number}")
        page.go(Open(CERTIFICATES.name, made.uid))
    else:
        done(changed, f"已{verb}证明 {which.number}")


def _void(page: Page, desk: Desk, which: Which, done: Done) -> None:
    told = f"{which.words}\n作废后编号不再使用，已给出去的纸请收回；要再给一份的用“补发”。"
    asked = ("作废的原因", "如：时长有误，须更正")
    call = partial(service.void_certificate, desk, *which.seen)
    sheet = sheets.ReasonSheet(page, desk, "作废", told, asked, call)
    _open(sheet, f"已作废证明 {which.number}", done)


def _open(sheet: SavingSheet, sentence: str, done: Done) -> None:
    sheet.taken.connect(lambda changed: done(changed, sentence))
    sheet.open()
