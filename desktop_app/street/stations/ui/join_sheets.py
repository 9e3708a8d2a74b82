"""The sheets of joining: where the invitation goes, who asks, and what to do with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from desktop_app.core.wording import Term, list_day
from desktop_app.registers.offices.service import RequestLook
from desktop_app.registers.offices.ui.check_code import CheckCode
from desktop_app.registers.offices.ui.targets import TargetBar
from desktop_app.street.stations.service import InvitationSaved, WelcomeSaved
from desktop_app.widgets.dialogs import UNDERSTOOD, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE

INVITE_WORDS = (
    "邀请文件不含秘密，可以交给所有要加入的站点，也可以放在共享文件夹。"
    "站点用它生成申请文件送回来，您接收以后，它就能上报了。"
)
READ_OUT = "站点会打电话来核对。请把下面的街道核对码念给对方，由对方逐组对照："
CALL = (
    "请打站点的公开电话（不要用文件里或来人给的号码），请对方念它屏幕上的核对码，"
    "与下面逐组对照，一致才能接收："
)
REPLACES = (
    "这个编码已经有一台电脑加入过。接收后，原来那台电脑做的上报包一律拒收。"
    "请先问清楚：是换了电脑、重装了，还是另一个站点用错了编码。"
)
REPEATED = "这份申请以前接收过，再接收一次只会再写一份接收文件。"
NO_FOLDER = "请先选好存到哪里。"


class _SavingSheet(FormSheet):
    """A sheet that writes a file to where its bar says; asks for a folder when it must."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        *,
        label: str,
        folder: Path | None = None,
        fields: Mapping[str, LabelledField] | None = None,
    ) -> None:
        super().__init__(parent, title, text, fields or {}, verb)
        self.targets = TargetBar(self)
        self.targets.field.set_label(label)
        self.targets.set_folder(folder, choose=folder is not None)
        self.body.addWidget(self.targets)
        self.targets.submitted.connect(self.press_primary)

    @property
    def folder(self) -> Path:
        """Where the file goes."""
        target = self.targets.target()
        assert target is not None, "checked before"
        return target.folder

    def check(self) -> Mapping[str, str]:
        if self.targets.target() is None:
            self._ask_folder()
            return {"": NO_FOLDER}
        return super().check()

    def _ask_folder(self) -> None:
        chooser = QFileDialog(self, "存到哪个文件夹")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.choose)
        chooser.open()

    @Slot(str)
    def choose(self, folder: str) -> None:
        """This folder was chosen: do it there."""
        self.targets.set_folder(Path(folder), choose=True)
        self.press_primary()


class InviteSheet(_SavingSheet):
    """Where the invitation is to be saved."""

    def __init__(self, parent: QWidget) -> None:
        title = f"生成{Term.INVITATION.value}"
        super().__init__(parent, title, INVITE_WORDS, "保存", label="存到")


class RequestSheet(_SavingSheet):
    """Who asks to join; `differs` comes when the codes are not the same."""

    differs = Signal()

    def __init__(self, parent: QWidget, look: RequestLook, folder: Path) -> None:
        self.look = look
        self._typed = LineInput(chinese=False)
        typed = LabelledField(
            f"对方念的{Term.CHECK_CODE.value}",
            self._typed,
            parent,
            key="K",
            hint="边听边输入，程序会逐位比对；20 位数字，空格不用输。",
        )
        super().__init__(
            parent,
            f"接收“{look.name}”（{look.code}）",
            _about(look),
            "核对一致，接收",
            label=f"{Term.WELCOME.value}存到",
            folder=folder,
            fields={"expect": typed},
        )
        call = QLabel(CALL, self)
        call.setTextFormat(Qt.TextFormat.PlainText)
        call.setWordWrap(True)
        self.code = CheckCode(self)
        self.code.show_code(look.fingerprint)
        wrong = plain_button("对不上", self, icon_name="x")
        compared = QHBoxLayout()
        compared.setSpacing(SPACE.medium)
        compared.addWidget(self.code)
        compared.addWidget(wrong, 0, Qt.AlignmentFlag.AlignBottom)
        compared.addStretch(1)
        self.body.insertWidget(0, call)
        self.body.insertLayout(1, compared)
        wrong.clicked.connect(self._differ)

    @property
    def typed_code(self) -> str:
        """What the other side read out."""
        return self._typed.value()

    def check(self) -> Mapping[str, str]:
        if not self.typed_code:
            return {"expect": "请输入对方念的核对码：电话核对过，才知道文件没有被换过。"}
        return super().check()

    @Slot()
    def _differ(self) -> None:
        self.reject()
        self.differs.emit()


class InvitationDone(Sheet):
    """The invitation lies there; the street's code stands ready to be read out."""

    def __init__(self, parent: QWidget, saved: InvitationSaved, expires: date, today: date) -> None:
        path = saved.written.files[0]
        until = list_day(expires, today=today)
        said = saved.written.words or saved.written.fault
        text = f"{path}\n{said}\n有效期到{until}；过期了再生成一份就行。"
        tone = "warn" if saved.written.fault else "ok"
        super().__init__(parent, f"{Term.INVITATION.value}已保存", text, (UNDERSTOOD,), tone)
        read_out = QLabel(READ_OUT, self)
        read_out.setWordWrap(True)
        self.code = CheckCode(self)
        self.code.show_code(saved.fingerprint)
        self.body.addWidget(read_out)
        self.body.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeft)


class WelcomeDone(Sheet):
    """The station has joined; its file is to be handed over."""

    def __init__(self, parent: QWidget, saved: WelcomeSaved) -> None:
        path = saved.written.files[0]
        said = saved.written.words or saved.written.fault
        replaced = "原来那台电脑的密钥已换下。\n" if saved.replaced else ""
        text = f"{replaced}{path}\n{said}\n请交给站点，它导入后就能上报。"
        tone = "warn" if saved.written.fault else "ok"
        title = f"“{saved.station.name}”已加入，{Term.WELCOME.value}已保存"
        super().__init__(parent, title, text, (UNDERSTOOD,), tone)


def _about(look: RequestLook) -> str:
    said = []
    if look.known is not None and look.known.name != look.name:
        said.append(f"清单里 {look.code} 叫“{look.known.name}”，申请里叫“{look.name}”。")
    if look.repeated:
        said.append(REPEATED)
    elif look.replaces:
        said.append(REPLACES)
    elif look.known is None:
        said.append("清单里还没有这个站点，接收后会加进清单。")
    return "\n".join(said)
