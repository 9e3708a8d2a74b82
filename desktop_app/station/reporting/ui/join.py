"""Joining a street: three steps on one screen, which may be done on three different days."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.wording import Term
from desktop_app.registers.offices.ui.check_code import CheckCode
from desktop_app.registers.offices.ui.targets import TargetBar
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, ScrollPage, focus_order, plain_button, primary_button
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

TITLE = "接入街道"
WHY = "接入以后，台账由这一页加密上报给街道。三步可以分几天做，中途关机不影响。"
LEAD_ONLY = "本站还没有接入街道，要由站长在这一页接入。登记和办理不受影响。"
INVITE = "导入街道的邀请文件"
INVITE_HOW = "向街道要邀请文件 street.json，用 U 盘带回或从共享文件夹取，选中它或拖到这一页。"
ASK = "保存申请文件，交给街道"
ASK_HOW = "核对一致后，把本站的申请文件存到 U 盘或共享文件夹，送到街道。"
ASK_CODE = "送到后街道会打来电话，请把本站的核对码念给对方，对方核对一致才会接收。"
WELCOME = "导入街道发回的接收文件"
WELCOME_HOW = "街道接收后会发回 welcome.json，选中它或拖到这一页，接入就完成了。"
CALL = "拨打街道的公开电话（不要用文件里或来人给的号码），请对方念街道的核对码，逐组对照。"
AGREED, DIFFERS = "核对一致", "对不上"
DIFFERS_TITLE = "核对码对不上，不要继续"
DIFFERS_WORDS = (
    "这份邀请文件可能拿错了，也可能被人换过。导入的邀请已作废，本站数据没有任何改动。\n"
    "请街道重新导出一份，由认识的人用自己的 U 盘当面交来，再从第 1 步做起；"
    "还是对不上，请先不要接入，报告站长和街道负责人。"
)
BESIDE = "为什么要打电话"
BESIDE_WORDS = (
    "文件在路上可能被换掉。双方屏幕上的核对码由密钥算出，不写在文件里，换过的文件一定对不上。",
    "对不上时不要继续：请街道重新导出，由认识的人当面交来，再核对一次。"
    "还是对不上，就先不要接入，报告站长和街道负责人。",
    "接入以前，登记、办理、打印都照常。本站数据不会因为接入而改动。",
)
_WIDEST_EMS = 46


@dataclass(frozen=True, slots=True)
class Joining:
    """How far joining has come.

    `street` is the one of the invitation that was imported and `street_code` its 核对码; `agreed`
    when both were found to be the same. `own_code` is the station's own, `saved` says where and
    when its request was put.
    """

    street: str = ""
    street_code: str = ""
    agreed: bool = False
    own_code: str = ""
    saved: str = ""

    @property
    def step(self) -> int:
        """Which step is to be done now: 1, 2 or 3."""
        if not self.agreed:
            return 1
        return 3 if self.saved else 2


class JoinStep(Card):
    """One step: its number, what it is about, how it is done, and its one button."""

    def __init__(self, number: int, title: str, how: str, verb: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.number = number
        self._badge = QLabel(self)
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = QLabel(title, self)
        self.title.setProperty("role", "section")
        self.how = QLabel(how, self)
        self.told = QLabel(self)
        for label in (self.title, self.how, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.told.setProperty("role", "ok")
        self.button = primary_button(verb, self)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(SPACE.medium)
        self._lay_out()

    def stand(self, now: int, told: str = "") -> None:
        """The step that is to be done `now` has the accent; `told` is what came of this one."""
        done, later = self.number < now, self.number > now
        side = theme_of().metrics.icon + 8
        if done:
            ratio = self.devicePixelRatioF()
            self._badge.setPixmap(pixmap("circle-check", "ok", side, ratio))
        else:
            self._badge.setText(str(self.number))
        set_role(self._badge, "" if done else "badge-later" if later else "badge")
        self._badge.setFixedSize(side, side)
        set_role(self.title, "section-quiet" if later else "section")
        set_role(self.how, "quiet" if later else "")
        self.how.setVisible(not done)
        set_role(self.button, "primary" if not later else "")
        self.button.setVisible(not done)
        self.button.setEnabled(not later)
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE.small)
        words.addWidget(self.title)
        words.addWidget(self.how)
        words.addWidget(self.told)
        words.addLayout(self.inside)
        self.line = FlowLayout(gap=SPACE.small)
        self.line.addWidget(self.button)
        words.addLayout(self.line)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        self.body.addLayout(across)


class JoinPane(ScrollPage):
    """`invitation_wanted`, `request_wanted` and `welcome_wanted` are the buttons of the steps.

    `agreed` and `differs` are what came of comparing the street's 核对码; `again` starts anew.
    """

    invitation_wanted = Signal()
    agreed = Signal()
    differs = Signal()
    request_wanted = Signal()
    welcome_wanted = Signal()
    again = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.invite = JoinStep(1, INVITE, INVITE_HOW, "选择邀请文件…", self)
        self.ask = JoinStep(2, ASK, ASK_HOW, "保存申请文件", self)
        self.welcome = JoinStep(3, WELCOME, WELCOME_HOW, "选择接收文件…", self)
        self.street_code, self.own_code = CheckCode(self.invite), CheckCode(self.ask)
        self.call, self.read_out = _words(CALL, self.invite), _words(ASK_CODE, self.ask)
        self.agree = primary_button(AGREED, self.invite)
        self.differ = plain_button(DIFFERS, self.invite)
        self.targets = TargetBar(self.ask)
        self.save_again = plain_button("再存一份", self.ask)
        self.restart = plain_button("换一份邀请文件，从第 1 步重来", self)
        self.restart.setProperty("role", "plain")
        self._step = 0
        self._lay_out()
        self._connect()

    @property
    def step(self) -> int:
        """The step that is to be done now."""
        return self._step

    def show_joining(self, joining: Joining, *, may_save_again: bool = False) -> None:
        """Show how far it has come; the request may be saved again while it is still at hand."""
        self._step = joining.step
        comparing = bool(joining.street_code) and not joining.agreed
        street = f"{joining.street}，{Term.CHECK_CODE.value}已核对一致。"
        self.invite.stand(self._step, street if joining.agreed else "")
        self.ask.stand(self._step, joining.saved)
        self.welcome.stand(self._step)
        self.street_code.show_code(joining.street_code)
        if comparing:
            self.invite.title.setText(f"与{joining.street}核对")
        else:
            self.invite.title.setText(INVITE)
        for widget in (self.street_code, self.call, self.agree, self.differ):
            widget.setVisible(comparing)
        self.invite.button.setVisible(self._step == 1 and not comparing)
        self.invite.how.setVisible(self._step == 1 and not comparing)
        self.own_code.show_code(joining.own_code)
        asked = bool(joining.own_code) and joining.agreed
        for other in (self.own_code, self.read_out):
            other.setVisible(asked)
        self.targets.setVisible(self._step == 2)
        self.save_again.setVisible(self._step == 3 and may_save_again)
        self.restart.setVisible(bool(joining.street_code))

    def take_keyboard(self) -> None:
        """To what is to be done now."""
        steps = {1: self.invite.button, 2: self.ask.button, 3: self.welcome.button}
        place: QWidget = steps.get(self._step, self.invite.button)
        if self._step == 1 and not place.isVisibleTo(self):
            # Whoever presses Enter without having compared must not have agreed.
            place = self.street_code
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.invite.inside.addWidget(self.call)
        self.invite.inside.addWidget(self.street_code, 0, Qt.AlignmentFlag.AlignLeft)
        self.invite.line.addWidget(self.agree)
        self.invite.line.addWidget(self.differ)
        self.ask.inside.addWidget(self.read_out)
        self.ask.inside.addWidget(self.own_code, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask.inside.addWidget(self.targets)
        self.ask.line.addWidget(self.save_again)
        why = _words(WHY, self)
        why.setProperty("role", "quiet")
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.restart)
        line.addStretch(1)
        steps: list[QWidget] = [self.invite, self.ask, self.welcome, foot]
        most = _WIDEST_EMS * theme_of().metrics.body
        self.body.addWidget(why)
        self.body.addWidget(Columns([steps, [self._beside()]], self, shares=(2, 1), most=most))
        self.body.addStretch(1)
        focus_order(
            [
                self.invite.button,
                self.street_code,
                self.agree,
                self.differ,
                self.own_code,
                self.targets,
                self.ask.button,
                self.save_again,
                self.welcome.button,
                self.restart,
            ]
        )

    def _beside(self) -> Card:
        card = Card(BESIDE, self)
        for text in BESIDE_WORDS:
            card.body.addWidget(_words(text, card))
        return card

    def _connect(self) -> None:
        EnterKey(
            self,
            self.invite.button,
            self.agree,
            self.differ,
            self.ask.button,
            self.save_again,
            self.welcome.button,
            self.restart,
        )
        self.invite.button.clicked.connect(self.invitation_wanted)
        self.agree.clicked.connect(self.agreed)
        self.differ.clicked.connect(self.differs)
        self.ask.button.clicked.connect(self.request_wanted)
        self.targets.submitted.connect(self.request_wanted)
        self.save_again.clicked.connect(self.request_wanted)
        self.welcome.button.clicked.connect(self.welcome_wanted)
        self.restart.clicked.connect(self.again)


def _words(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
