"""The section 备份: the last one, another one now, and a look at the data's health."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.settings import BACKUP_FOLDER, BACKUP_KEEP, Setting
from desktop_app.core.wording import list_moment
from desktop_app.station.backups import service
from desktop_app.station.data_check.service import CheckLine, check
from desktop_app.station.settings import service as settings_service
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.backup import BackupFile
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, ScrollPage, focus_order, plain_button, primary_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput

NONE_YET = "还没有备份。关闭窗口时会自动做第一份。"
HOW_OFTEN = "每天第一次打开和每次关闭时自动备份，先读回核对，再清理更早的。"
HOW_TO_RESTORE = (
    "要用备份恢复：在新电脑（或换一个空文件夹）第一次打开近邻台时，选“从备份恢复”。"
    "备份里的账号和密码是备份那一刻的，停用的账号在旧备份里仍可登录。"
)


class BackupsSection(Page):
    """Backs up on request and shows what there is; the daily ones need nobody."""

    kinds = frozenset({"settings"})

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._session = session
        self.now = primary_button("备份到…", self, icon_name="hard-drive")
        self.health = plain_button("检查数据", self, icon_name="shield-check")
        self.list = LineList("备份", self)
        self._last = QLabel(self)
        self._last.setWordWrap(True)
        self.folder, self.keep = (
            LineInput(self),
            NumberInput(self, least=BACKUP_KEEP.low or 1, most=BACKUP_KEEP.high or 99),
        )
        self._lay_out()
        self.now.clicked.connect(self._ask_where)
        self.health.clicked.connect(self._check)
        self.folder.editingFinished.connect(self._save_folder)
        self.keep.editingFinished.connect(self._save_keep)

    def load(self) -> None:
        settings = settings_service.read(self._session.desk)
        self.folder.set_value(settings[BACKUP_FOLDER])
        self.keep.set_number(settings[BACKUP_KEEP])
        self.in_background("读取备份列表", self._read, self._show)

    def _read(self, _job: Job) -> list[BackupFile]:
        return service.kept(self._session.house.home)

    def _show(self, backups: list[BackupFile]) -> None:
        zone = self._session.database.zone
        today = self._session.desk.today
        items = []
        for backup in backups:
            when = list_moment(Millis(backup.taken), zone, today=today)
            items.append(
                LineItem(
                    backup.path.name,
                    when,
                    detail=backup.path.name,
                    end=_size(backup.size),
                )
            )
        self.list.set_items(items)
        self.list.setVisible(bool(items))
        self.list.setFixedHeight(len(items) * theme_of().metrics.two_line_row + SPACE.hair)
        self._last.setText(f"最近一次：{items[0].title}，已读回核对。" if items else NONE_YET)

    @Slot()
    def _ask_where(self) -> None:
        chooser = QFileDialog(self, "备份到哪个文件夹")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.back_up_to)
        chooser.open()

    @Slot(str)
    def back_up_to(self, folder: str) -> None:
        """Make one backup in that folder, off the window's thread."""
        self.now.setEnabled(False)
        self.in_background(
            "备份", partial(self._make, Path(folder)), self._made, self._not_made, quick=False
        )

    def _make(self, folder: Path, _job: Job) -> BackupFile:
        return service.back_up(self._session.desk, self._session.house.home, folder)

    def _made(self, backup: BackupFile) -> None:
        self.now.setEnabled(True)
        tell(
            self,
            "备份完成",
            f"{backup.path}\n共 {_size(backup.size)}，已从磁盘读回核对，可以拔出。",
            tone="ok",
        )
        self.tell_changed(Changed(frozenset(), (), backup), "已备份")

    def _not_made(self, fault: Fault) -> None:
        self.now.setEnabled(True)
        self.say_fault(fault)

    @Slot()
    def _check(self) -> None:
        self.health.setEnabled(False)
        self.in_background("检查数据", self._look, self._checked, self._not_checked, quick=False)

    def _look(self, job: Job) -> list[CheckLine]:
        return check(self._session, job)

    def _checked(self, lines: list[CheckLine]) -> None:
        self.health.setEnabled(True)
        wrong = [line for line in lines if not line.ok]
        words = "\n".join(f"{line.name}：{line.words}" for line in wrong or lines)
        title = "数据有问题" if wrong else "数据完好"
        tell(self, title, words, tone="late" if wrong else "ok")

    def _not_checked(self, fault: Fault) -> None:
        self.health.setEnabled(True)
        self.say_fault(fault)

    @Slot()
    def _save_folder(self) -> None:
        self._save(BACKUP_FOLDER, self.folder.value())

    @Slot()
    def _save_keep(self) -> None:
        number = self.keep.number()
        if number is not None:
            self._save(BACKUP_KEEP, number)

    def _save(self, setting: Setting[Any], value: object) -> None:
        desk = self._session.desk
        if settings_service.read(desk)[setting] == value:
            return
        try:
            changed = settings_service.write(desk, setting, value)
        except Fault as fault:
            self.say_fault(fault)
            return
        self.tell_changed(changed, f"已保存“{setting.label}”")

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        columns = Columns([[self._made_ones()], [self._rules()]], self, shares=(3, 2), most=600)
        scroll.body.addWidget(columns)
        scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        focus_order([self.now, self.health, self.list, self.folder, self.keep])

    def _made_ones(self) -> Card:
        card = Card("备份", self)
        buttons = FlowLayout(gap=SPACE.small)
        buttons.addWidget(self.now)
        buttons.addWidget(self.health)
        card.body.addWidget(self._last)
        card.body.addLayout(buttons)
        card.add_list(self.list)
        return card

    def _rules(self) -> Card:
        card = Card("自动备份", self)
        self.keep.setMaximumWidth(8 * theme_of().metrics.body)
        folder = LabelledField(
            BACKUP_FOLDER.label, self.folder, card, optional=True, hint=BACKUP_FOLDER.hint
        )
        keep = LabelledField(BACKUP_KEEP.label, self.keep, card)
        for words in (HOW_OFTEN, HOW_TO_RESTORE):
            label = QLabel(words, self)
            label.setProperty("role", "small")
            label.setWordWrap(True)
            card.body.addWidget(label)
            if words == HOW_OFTEN:
                card.body.addWidget(folder)
                card.body.addWidget(keep)
        return card


def _size(count: int) -> str:
    return f"{count / (1 << 20):.1f} MB"
