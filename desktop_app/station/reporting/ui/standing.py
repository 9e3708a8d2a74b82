"""How the station stands with its street, and the one thing to do about it: 上报."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.travel import Profile
from desktop_app.core.wording import Term, number
from desktop_app.registers.offices.ui.targets import TargetBar
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Figure, primary_button, rule
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

CONFIRMED, WAITING, SENT = "街道已确认到", "待上报", "已送达，等回执"
PHOTOS, PENDING = "照片待报", Term.PENDING.value
CARRIES = {
    Profile.STATS: "只报件数、人次等数字，不含任何人的资料。",
    Profile.WORK: "每件事的进展；姓名、电话、证件号遮挡后上报。平时用这一种。",
    Profile.FULL: "姓名、电话、证件号完整上报。要写明原因，并由另一位同事输入密码。",
}
"""What each profile carries, in a line."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the card shows, in words and numbers.

    `until` is the day up to which the street has confirmed, `since` how long ago that was; `late`
    when it is time to report. `fresh` changes were never delivered, `sent` ones have no receipt
    yet. `note` is said quietly, `warning` instead of it. `nothing` says that there is nothing to
    report, unless somebody asks for more than before; `hindrance` why nothing can be exported now.
    """

    until: str
    since: str
    late: bool
    fresh: int
    sent: int
    photos: int
    pending: int
    note: str = ""
    warning: str = ""
    nothing: str = ""
    hindrance: str = ""


class StandingFace(QWidget):
    """`report_wanted` comes when somebody wants to report; where to and what is chosen here."""

    report_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._standing: Standing | None = None
        self.confirmed = Figure(CONFIRMED, self)
        self.waiting = Figure(WAITING, self)
        self.sent = Figure(SENT, self)
        self.photos = Figure(PHOTOS, self)
        self.pending = Figure(PENDING, self)
        self.since = QLabel(self)
        self.note = QLabel(self)
        for label, role in ((self.since, "quiet"), (self.note, "warn")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.button = primary_button(Term.REPORT_UP.value, self, icon_name="upload")
        self.button.setText(f"{Term.REPORT_UP.value}  Ctrl+Enter")
        self.button.setProperty("big", True)
        self.targets = TargetBar(self)
        self.profile = ChoiceBar(
            [Choice(one, one.label) for one in (Profile.WORK, Profile.STATS, Profile.FULL)],
            self,
            value=Profile.WORK,
        )
        self.profile_field = LabelledField("内容", self.profile, self, key="N")
        self._lay_out()
        self.button.clicked.connect(self.report_wanted)
        EnterKey(self, self.button)
        self.targets.submitted.connect(self.button.click)
        self.profile.submitted.connect(self.button.click)
        self.profile.changed.connect(self._explain)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.button.click)
        self._explain()

    def show_standing(self, standing: Standing) -> None:
        """Show how things stand; the button goes where there is nothing to do or no way to."""
        tone = "warn" if standing.late else "ink"
        self.confirmed.set_number(standing.until, tone)
        self.since.setText(standing.since)
        self.waiting.set_number(f"{number(standing.fresh)} 条")
        self.sent.set_number(f"{number(standing.sent)} 条", "info")
        self.sent.setVisible(standing.sent > 0)
        self.photos.set_number(f"{number(standing.photos)} 张")
        self.pending.set_number(f"{number(standing.pending)} 条", "warn")
        self.photos.setVisible(standing.photos > 0)
        self.pending.setVisible(standing.pending > 0)
        self._standing = standing
        self._allow()
        for field in (self.targets.field, self.profile_field):
            field.setEnabled(not standing.hindrance)

    def chosen_profile(self) -> Profile:
        """What is to be carried."""
        value = self.profile.value()
        assert isinstance(value, Profile)
        return value

    def back_to_daily(self) -> None:
        """The next report is an ordinary one again."""
        self.profile.set_value(Profile.WORK)

    def take_keyboard(self) -> None:
        """To the button; where it cannot be pressed, the page looks for another place."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _explain(self) -> None:
        self.profile_field.set_hint(CARRIES[self.chosen_profile()])
        self._allow()

    def _allow(self) -> None:
        """The button, and why it cannot be pressed; the complete data can always be asked for."""
        standing = self._standing
        if standing is None:
            return
        nothing = "" if self.chosen_profile() is Profile.FULL else standing.nothing
        quiet = "\n".join(filter(None, (nothing, standing.note)))
        words = standing.hindrance or standing.warning or quiet
        set_role(self.note, "quiet" if words == quiet else "warn")
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.button.setEnabled(not (standing.hindrance or nothing))

    def _lay_out(self) -> None:
        figures = FlowLayout(gap=SPACE.huge)
        for figure in (self.confirmed, self.waiting, self.sent, self.photos, self.pending):
            figures.addWidget(figure)
        words = QVBoxLayout()
        words.setSpacing(SPACE.small)
        words.addLayout(figures)
        words.addWidget(self.since)
        words.addWidget(self.note)
        top = QHBoxLayout()
        top.setSpacing(SPACE.large)
        top.addLayout(words, 1)
        top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        choices = QHBoxLayout()
        choices.setSpacing(SPACE.huge)
        choices.addWidget(self.targets, 1)
        choices.addWidget(self.profile_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        column.setSpacing(SPACE.large)
        column.addLayout(top)
        column.addWidget(rule(self))
        column.addLayout(choices)
