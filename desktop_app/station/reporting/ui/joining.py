"""Joining a street, step by step: what the buttons of the pane do, behind the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.job import Job
from desktop_app.core.wording import list_moment
from desktop_app.registers.offices import files
from desktop_app.registers.offices import service as offices
from desktop_app.registers.offices.files import Invitation
from desktop_app.registers.offices.rules import Street
from desktop_app.registers.offices.service import Asked, Joined, Requested
from desktop_app.registers.offices.ui.targets import Target
from desktop_app.station.reporting.ui.files import PAPER
from desktop_app.station.reporting.ui.join import DIFFERS_TITLE, DIFFERS_WORDS, Joining, JoinPane
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.delivery import pull_words
from desktop_app.storage.files import write_atomic
from desktop_app.storage.os_errors import translate_os_error
from desktop_app.storage.session import Desk
from desktop_app.storage.slot_keeper import SlotKeeper
from desktop_app.widgets.dialogs import Answer, ask, tell
from desktop_app.widgets.page import Page

READING, WRITING = "读取文件", "保存申请文件"
_FILTER = f"近邻台文件 (*{PAPER})"


class Joiner(QObject):
    """`joined` carries a `Joined` when the station belongs to the street."""

    joined = Signal(object)

    def __init__(self, session: Session, desk: Desk, page: Page, pane: JoinPane) -> None:
        super().__init__(page)
        self._desk, self._page, self._pane = desk, page, pane
        self._keeper = session.keeper
        self._street: Street | None = None
        self._content = b""
        self._invited: Invitation | None = None
        self._requested: Requested | None = None
        self._joining = Joining()
        self.new_key = False
        pane.invitation_wanted.connect(partial(self._choose, "选择街道的邀请文件"))
        pane.welcome_wanted.connect(partial(self._choose, "选择街道发回的接收文件"))
        pane.agreed.connect(self.agree)
        pane.differs.connect(self.differ)
        pane.request_wanted.connect(self._save)
        pane.again.connect(self.start_anew)

    def resume(self, street: Street | None, asked: Asked | None) -> None:
        """Go on where it was left: the street the station belongs to now, and what it has asked."""
        self._street = street
        if self._invited is None and asked is not None:
            self._show(
                Joining(
                    asked.street.name,
                    asked.street_fingerprint,
                    agreed=True,
                    own_code=asked.fingerprint,
                    saved=f"{self._when(asked.made_at)} 已生成申请文件，等街道接收。",
                )
            )
        elif self._invited is None:
            self._show(Joining())

    @Slot()
    def start_anew(self) -> None:
        """Back to the first step. A request that was made stays good until another is made."""
        self._invited = self._requested = None
        self._content = b""
        self._show(Joining())
        self._pane.take_keyboard()

    # --- the steps -----------------------------------------------------------------------------

    def take(self, path: Path) -> None:
        """A file of the street: the one that the present step waits for."""
        if self._pane.step == 3:
            work = partial(_join, self._desk, self._keeper, path)
            self._page.in_background("加入街道", work, self._welcomed)
        else:
            self._page.in_background("读取邀请文件", partial(_invitation, path), self._look)

    def _look(self, found: tuple[bytes, Invitation]) -> None:
        self._content, self._invited = found
        self._requested = None
        street = self._invited.street
        self._show(Joining(street.name, files.street_fingerprint(street)))
        self._pane.take_keyboard()

    @Slot()
    def agree(self) -> None:
        """Both have read the same digits: make the request."""
        assert self._invited is not None
        new, now = self._invited.street, self._street
        if now is None or now.signing == new.signing:
            self._ask_street(move=False)
            return
        sheet = ask(
            self._page,
            f"改由“{new.name}”管理？",
            f"本站现在属于“{now.name}”。接入新街道以后，上报都交给新街道；"
            f"已经报给“{now.name}”的仍留在那里。请先确认上级已有通知。",
            (
                Answer("no", "不改", is_escape=True),
                Answer("yes", "改由新街道管理", role="danger"),
            ),
            tone="warn",
        )
        sheet.answered.connect(self._move)

    @Slot(object)
    def _move(self, answer: str) -> None:
        if answer == "yes":
            self._ask_street(move=True)

    @Slot()
    def differ(self) -> None:
        """The digits are not the same: nothing of the file is kept."""
        self.start_anew()
        tell(self._page, DIFFERS_TITLE, DIFFERS_WORDS, tone="late")

    def _ask_street(self, *, move: bool) -> None:
        code = self._joining.street_code
        work = partial(_request, self._desk, self._content, move, self.new_key, code)
        self._page.in_background("生成申请文件", work, self._asked)

    def _asked(self, requested: Requested) -> None:
        self._requested = requested
        street, code = requested.street.name, requested.street_fingerprint
        self._show(Joining(street, code, agreed=True, own_code=requested.fingerprint))
        self._pane.take_keyboard()

    @Slot()
    def _save(self) -> None:
        target = self._pane.targets.target()
        if target is not None:
            self.save_to(target)
            return
        chooser = QFileDialog(self._page, "申请文件存到哪个文件夹", _documents())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.save_in)
        chooser.open()

    @Slot(str)
    def save_in(self, folder: str) -> None:
        """Write the request into that folder."""
        self.save_to(Target(Path(folder)))

    def save_to(self, target: Target) -> None:
        """Write the request there, read back."""
        if self._requested is not None:
            name = f"station-{self._desk.database.station.code}{PAPER}"
            work = partial(_write_request, self._requested.content, target, name)
            self._page.in_background(WRITING, work, self._saved)

    def _saved(self, words: str) -> None:
        now = self._joining
        self._show(Joining(now.street, now.street_code, True, now.own_code, saved=words))
        self._pane.take_keyboard()

    def _welcomed(self, joined: Joined) -> None:
        self._invited = self._requested = None
        self.joined.emit(joined)

    def _choose(self, title: str) -> None:
        chooser = QFileDialog(self._page, title, _documents(), _FILTER)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        self.take(Path(file))

    def _show(self, joining: Joining) -> None:
        self._joining = joining
        self._pane.show_joining(joining, may_save_again=self._requested is not None)

    def _when(self, at: Millis) -> str:
        return list_moment(at, self._desk.database.zone, today=self._desk.today)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


# --- in the worker's thread ---------------------------------------------------------------------


def _content(path: Path) -> bytes:
    """A small file, whole; of a large one no more than shows that it is none of ours."""
    try:
        with path.open("rb") as file:
            return file.read(files.MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise UserError("这是一个文件夹，没有导入。", "请打开它，选里面的文件。") from error
    except OSError as error:
        raise translate_os_error(error, READING) from error


def _invitation(path: Path, _job: Job) -> tuple[bytes, Invitation]:
    content = _content(path)
    return content, files.read_invitation(content)


def _request(
    desk: Desk, content: bytes, move: bool, new_key: bool, code: str, _job: Job
) -> Requested:
    return offices.request(desk, content, move=move, new_key=new_key, expected=code)


def _write_request(content: bytes, target: Target, name: str, _job: Job) -> str:
    write_atomic(target.folder / name, content, mode=0o644, what=WRITING)
    words = pull_words(target.folder, removable=target.drive is not None)
    return f"{name} {target.after('已存到')}。{words}"


def _join(desk: Desk, keeper: SlotKeeper, path: Path, _job: Job) -> Joined:
    return offices.join(desk, _content(path), keeper)
