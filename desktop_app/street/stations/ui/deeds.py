"""What is done with one station: renamed, merged, split, moved, revoked, taken back, reconciled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.core.wording import Term
from desktop_app.registers.offices import service as offices
from desktop_app.registers.offices.rules import StationEntry
from desktop_app.registers.offices.service import Recovered, Rescued
from desktop_app.registers.offices.written import Written, flushed
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service as inbox
from desktop_app.street.stations import service
from desktop_app.street.stations.ui import table
from desktop_app.street.stations.ui.help_sheets import RecoverSheet, RescueDone, RescueSheet
from desktop_app.street.stations.ui.joining import choose_file
from desktop_app.street.stations.ui.paper_sheet import PaperKeySheet
from desktop_app.street.stations.ui.sheets import (
    MergeSheet,
    MoveSheet,
    ReinstateSheet,
    RenameSheet,
    RevokeSheet,
    SplitSheet,
)
from desktop_app.street.stations.ui.views import StationRow
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

RESCUES = "站点的求助文件 (*.json);;所有文件 (*)"
RECONCILED = "请交给站点。站点在“上报”页导入后，两边的记录都会保留，之后再上报一次。"


class Deeds(QObject):
    """Sheets ask; the work is done off the window's thread; the page tells the window."""

    def __init__(self, desk: Desk, runner: JobRunner, page: Page) -> None:
        super().__init__(page)
        self._desk, self._runner, self._page = desk, runner, page
        self.others: Sequence[StationEntry] = ()

    @Slot(object)
    def take_up(self, wanted: tuple[StationRow, str]) -> None:
        """Somebody wants something done with a station: a (row, action) pair."""
        row, action = wanted
        entry = row.stand.entry
        {
            table.RENAME: self.rename,
            table.MERGE: self.merge,
            table.SPLIT: self.split,
            table.MOVE: self.move,
            table.REVOKE: self.revoke,
            table.REINSTATE: self.reinstate,
            table.RECONCILE: self.reconcile,
        }[action](entry)

    def rename(self, entry: StationEntry) -> None:
        sheet = RenameSheet(self._page, entry, self._desk.today)

        def work(_job: Job) -> object:
            return offices.rename(
                self._desk, entry.code, sheet.name.value(), day=sheet.day, reason=sheet.reason
            )

        self._carry_out(sheet, work, "已更名为“{}”")

    def merge(self, entry: StationEntry) -> None:
        others = [one for one in self.others if one.code != entry.code]
        sheet = MergeSheet(self._page, entry, others, self._desk.today)

        def work(_job: Job) -> object:
            return offices.merge(
                self._desk, entry.code, sheet.into, day=sheet.day, reason=sheet.reason
            )

        self._carry_out(sheet, work, "“{}”已并入")

    def split(self, entry: StationEntry) -> None:
        sheet = SplitSheet(self._page, entry, self._desk.today)

        def work(_job: Job) -> object:
            return offices.split(
                self._desk,
                entry.code,
                sheet.code.value(),
                sheet.name.value(),
                day=sheet.day,
                reason=sheet.reason,
            )

        self._carry_out(sheet, work, "已分出“{}”，等它加入")

    def move(self, entry: StationEntry) -> None:
        sheet = MoveSheet(self._page, entry, self._desk.today)

        def work(_job: Job) -> object:
            return offices.move_out(
                self._desk, entry.code, sheet.to.value(), day=sheet.day, reason=sheet.reason
            )

        self._carry_out(sheet, work, "“{}”已迁出")

    def revoke(self, entry: StationEntry) -> None:
        sheet = RevokeSheet(self._page, entry)

        def work(_job: Job) -> object:
            return offices.revoke(self._desk, entry.code, sheet.reason)

        self._carry_out(sheet, work, "已吊销“{}”的密钥")

    def reinstate(self, entry: StationEntry) -> None:
        sheet = ReinstateSheet(self._page, entry)

        def work(_job: Job) -> object:
            return offices.reinstate(self._desk, entry.code, sheet.reason)

        self._carry_out(sheet, work, "已恢复“{}”")

    # --- files ---------------------------------------------------------------------------------

    def reconcile(self, entry: StationEntry) -> None:
        """Ask where the file goes by which a station comes to one past with the street again."""
        chooser = QFileDialog(self._page, f"{Term.RECONCILE.value}文件存到哪个文件夹")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(partial(self.reconcile_into, entry))
        chooser.open()

    def reconcile_into(self, entry: StationEntry, folder: str) -> None:
        """Write it there."""

        def work(job: Job) -> Written:
            path = inbox.snapshot_for(self._desk, entry.code, Path(folder), job=job)
            return flushed([path])

        title = f"生成{Term.RECONCILE.value}文件"
        done = partial(self._reconciled, entry)
        self._page.in_background(title, work, done, quick=False)

    def _reconciled(self, entry: StationEntry, written: Written) -> None:
        said = written.words or written.fault
        words = f"{written.files[0]}\n{said}\n{RECONCILED}"
        title = f"“{entry.name}”的{Term.RECONCILE.value}文件已生成"
        tell(self._page, title, words, tone="warn" if written.fault else "ok")

    # --- help ----------------------------------------------------------------------------------

    def choose_rescue(self) -> None:
        """A station that nobody can open any more has sent a file."""
        choose_file(self._page, "选择站点的求助文件", RESCUES, self.take_rescue)

    def take_rescue(self, name: str) -> None:
        """Ask why, and show the code that opens the station."""
        path = Path(name)
        sheet = RescueSheet(self._page, path.name)

        def work(_job: Job) -> object:
            return service.rescue(self._desk, path, sheet.reason)

        def done(rescued: Rescued) -> None:
            RescueDone(self._page, rescued).open()

        sheet.carry_out(self._runner, work, done)

    def recover(self) -> None:
        """The street's home was lost; its key on paper opens what stations still send."""
        sheet = RecoverSheet(self._page)

        def work(_job: Job) -> object:
            return offices.recover_key(self._desk, sheet.key)

        sheet.carry_out(self._runner, work, self._recovered)

    def _recovered(self, recovered: Recovered) -> None:
        database = self._desk.database
        if recovered.paper_key is None:
            self._say_recovered()
            return
        sheet = PaperKeySheet(
            self._page,
            self._runner,
            recovered.paper_key,
            database.station.name,
            recovered.fingerprint,
            database.zone.local(database.clock.now()),
        )
        sheet.answered.connect(self._say_recovered)
        sheet.open()

    def _say_recovered(self, _answer: object = None) -> None:
        words = (
            "用旧密钥封好的上报包现在可以收了。"
            "街道换过电脑的，请重新生成邀请文件，让各站重新加入一次。"
        )
        tell(self._page, "备用密钥已启用", words, tone="ok")

    def _carry_out(self, sheet: FormSheet, work: Callable[[Job], object], sentence: str) -> None:
        def done(changed: Changed[StationEntry]) -> None:
            self._page.tell_changed(changed, sentence.format(changed.value.name))

        sheet.carry_out(self._runner, work, done)
