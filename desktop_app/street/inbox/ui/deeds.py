"""What is done with one file or station: sent back, reconciled; and all receipts once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.wording import Term, number
from desktop_app.registers.offices.written import Written, flushed
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.ui import work
from desktop_app.street.inbox.ui.choosing import ask_for_folder
from desktop_app.street.inbox.ui.receipt_bar import ReceiptBar
from desktop_app.street.inbox.ui.strip import Told
from desktop_app.street.inbox.ui.views import RETURNED, FileView, span_words
from desktop_app.widgets.dialogs import ask_reason
from desktop_app.widgets.page import Page

BACK_TITLE = "退回这个上报包？"
BACK_WORDS = "退回不会撤销已收下的记录。原因写进给站点的回执，站点在自己的台账里改好后再上报。"
RECONCILED = "请交给站点。站点在“上报”页导入后，两边的记录都会保留，之后再上报一次。"


class Deeds(QObject):
    """`told` carries a `Told` for the strip, `sent_back` the file as it stands now."""

    told = Signal(object)
    sent_back = Signal(object)
    begun = Signal(object)

    def __init__(self, desk: Desk, page: Page, bar: ReceiptBar) -> None:
        super().__init__(page)
        self._desk, self._page, self._bar = desk, page, bar
        self._wanted: Callable[[Path], None] | None = None

    def send_back(self, view: FileView) -> None:
        """Ask why, and write the station a receipt that says so."""
        if not view.may_be_sent_back:
            return
        whose = f"{view.station_name} {span_words(view.first, view.last)}".strip()
        sheet = ask_reason(
            self._page, BACK_TITLE, f"{whose}。{BACK_WORDS}", label="退回的原因", verb="退回"
        )
        sheet.given.connect(partial(self._send_back, view))

    def reconcile(self, station: str, name: str) -> None:
        """Write the file by which a station comes to one past with the street again."""
        title = f"生成“{name}”的{Term.RECONCILE.value}文件"
        self._with_folder(title, partial(self._reconcile, station, name))

    def save_receipts(self) -> None:
        """A receipt for every station, once more."""
        self._with_folder("保存全部回执", self._save_receipts)

    def choose(self, folder: str) -> None:
        """This folder was chosen for what somebody is about to do."""
        wanted, self._wanted = self._wanted, None
        self._bar.set_folder(Path(folder), choose=not self._bar.is_beside)
        if wanted is not None:
            wanted(Path(folder))

    def _with_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Where receipts go goes this, too; otherwise it is asked for."""
        place = self._bar.place()
        if place is not None:
            then(place)
            return
        self._wanted = then
        ask_for_folder(self._page, title, self.choose, self._bar.folder)

    def _send_back(self, view: FileView, reason: str) -> None:
        # Beside the bundle, when that is where receipts go; a file of the history came from a
        # place that may not be there any more.
        beside = view.receipt.parent if view.receipt is not None else None
        place = self._bar.place() or beside
        if place is None:
            self._wanted = partial(self._send_back_to, view, reason)
            ask_for_folder(self._page, "退回的回执写到哪里", self.choose, self._bar.folder)
            return
        self._send_back_to(view, reason, place)

    def _send_back_to(self, view: FileView, reason: str, folder: Path) -> None:
        uid = view.uid
        assert uid is not None

        def work_(_job: Job) -> Written:
            return flushed([service.send_back(self._desk, uid, reason, folder)])

        def done(written: Written) -> None:
            self.sent_back.emit(replace(view, chip=RETURNED, returned=reason))
            self._tell("已退回", written, "请把这份回执交给站点。")

        self._page.in_background("退回", work_, done, self._failed)

    def _reconcile(self, station: str, name: str, folder: Path) -> None:
        def work_(job: Job) -> Written:
            return flushed([service.snapshot_for(self._desk, station, folder, job=job)])

        def done(written: Written) -> None:
            self._tell(f"“{name}”的{Term.RECONCILE.value}文件已生成", written, RECONCILED)

        title = f"生成{Term.RECONCILE.value}文件"
        ticket = self._page.in_background(title, work_, done, self._failed, quick=False)
        self.begun.emit(ticket)

    def _save_receipts(self, folder: Path) -> None:
        def done(written: Written) -> None:
            count = number(len(written.files))
            self._tell(f"已保存 {count} 份回执", written, "请交给各站点。")

        job = partial(work.save_receipts, self._desk, folder)
        ticket = self._page.in_background("保存全部回执", job, done, self._failed, quick=False)
        self.begun.emit(ticket)

    def _tell(self, headline: str, written: Written, step: str) -> None:
        names = written.files[0].name if len(written.files) == 1 else ""
        where = str(written.files[0].parent) if written.files else ""
        said = [part for part in (f"{names}　{where}".strip(), written.words) if part]
        if written.fault:
            self.told.emit(Told("warn", headline, (*said, written.fault)))
        else:
            self.told.emit(Told("ok", headline, (*said, step)))

    def _failed(self, fault: Fault) -> None:
        self.told.emit(Told("warn", "没有完成", (fault.sentence, fault.next_step)))
