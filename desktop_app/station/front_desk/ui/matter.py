"""With what somebody came and how it goes; shows only what the matter and the handling ask for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.handling import Handling
from desktop_app.station.front_desk.rules.text import MatterText
from desktop_app.station.front_desk.ui.matter_bar import MatterBar
from desktop_app.station.front_desk.ui.report_row import ReportRow
from desktop_app.station.front_desk.ui.summary import SummaryInput
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import field_row
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput

PETITION = (
    "信访事项这里只记一次“已告知渠道”，不记姓名和内容。"
    "请告知来访人：可到信访窗口、信访网上平台或拨打 12345 反映。"
)
_HANDLINGS = tuple(
    Choice(handling.value, handling.label, str(number))
    for number, handling in enumerate(Handling, start=1)
)


class MatterPane(QWidget):
    """`changed` follows every edit, `finished` is Enter on the last field."""

    changed = Signal()
    finished = Signal()

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_hand = False
        self._showing = False
        self.matters = MatterBar(over, self)
        self.report = ReportRow(self)
        self._petition = QLabel(PETITION, self)
        self._petition.setProperty("role", "quiet")
        self._petition.setWordWrap(True)
        self._make_fields()
        self._lay_out()
        self._connect()
        self._follow()

    @property
    def is_petition(self) -> bool:
        """信访渠道告知: nothing of the content may be written down."""
        matter = self.matters.matter
        return matter is not None and matter.petition

    @property
    def fields(self) -> dict[str, LabelledField]:
        """The field that shows what is wrong with an attribute of a matter."""
        bar = self.matters.field
        return {
            **dict.fromkeys(("matters", "matter", "matter_name", "category"), bar),
            **dict.fromkeys(("summary", "result"), self.summary_field),
            "handling": self.handling_field,
            **dict.fromkeys(("handed_to", "external_number"), self.handed_to_field),
            "limit_days": self.limit_field,
            "report_to": self.report.whom_field,
            "report_phone": self.report.phone_field,
        }

    def text(self) -> MatterText:
        """The matter as typed."""
        return MatterText(
            matter=self.matters.value(),
            summary=self.summary.toPlainText(),
            handling=str(self.handling.value() or "") if self._by_hand else "",
            handed_to=self.handed_to.text(),
            limit_days=self.limit.text(),
            report_to=self.report.whom.text(),
            report_phone=self.report.phone.text(),
        )

    def show_text(self, text: MatterText) -> None:
        """Show a matter as it was typed."""
        self._showing = True
        self._by_hand = bool(text.handling)
        self.matters.set_value(text.matter)
        self.handling.set_value(text.handling or self._default_handling())
        self.summary.set_value(text.summary)
        self.handed_to.set_value(text.handed_to)
        self.limit.set_value(text.limit_days)
        self.report.show_text(text.report_to, text.report_phone)
        self._showing = False
        self._follow()

    def _make_fields(self) -> None:
        self.summary = SummaryInput(self)
        self.summary_field = LabelledField("事由", self.summary, self, key="Y", optional=True)
        self.handling = ChoiceBar(_HANDLINGS, self, value=Handling.INSTANT.value)
        self.handling_field = LabelledField("办理", self.handling, self, key="B")
        self.handed_to = LineInput(self, placeholder="单位、部门或人员")
        self.handed_to_field = LabelledField(
            "交办去向", self.handed_to, self, key="J", optional=True
        )
        self.limit = NumberInput(self, least=0, most=365)
        self.limit_field = LabelledField(
            "本站时限（工作日）", self.limit, self, key="T", optional=True
        )
        self.limit_field.setMaximumWidth(16 * theme_of().metrics.body)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.matters)
        column.addWidget(self._petition)
        column.addWidget(self.report)
        column.addWidget(self.summary_field)
        column.addWidget(self.handling_field)
        after = field_row((self.handed_to_field, self.limit_field), (3, 2))
        after.addStretch(0)
        column.addLayout(after)

    def _connect(self) -> None:
        self.matters.changed.connect(self._matter_changed)
        self.matters.submitted.connect(self._after_matter)
        self.handling.changed.connect(self._handling_changed)
        self.summary.submitted.connect(self.handling.setFocus)
        self.handling.submitted.connect(self._after_handling)
        self.handed_to.submitted.connect(self.finished)
        self.limit.submitted.connect(self.finished)
        self.report.finished.connect(self.summary.setFocus)
        for editor in (self.summary, self.handed_to, self.limit, self.report):
            editor.changed.connect(self.changed)

    @Slot()
    def _matter_changed(self) -> None:
        if self._showing:
            return
        if not self._by_hand:
            self._showing = True
            self.handling.set_value(self._default_handling())
            self._showing = False
        self._follow()
        self.changed.emit()

    @Slot()
    def _handling_changed(self) -> None:
        if self._showing:
            return
        self._by_hand = True
        self._follow()
        self.changed.emit()

    @Slot()
    def _after_matter(self) -> None:
        if self.is_petition:
            self.finished.emit()
        else:
            self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _after_handling(self) -> None:
        following = [one for one in (self.handed_to_field, self.limit_field) if not one.isHidden()]
        if following:
            following[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finished.emit()

    def _default_handling(self) -> str:
        matter = self.matters.matter
        return (matter.handling if matter else Handling.INSTANT).value

    def _follow(self) -> None:
        """Show what this matter and this handling ask for, and nothing else."""
        matter, petition = self.matters.matter, self.is_petition
        handling = self.handling.value()
        self._petition.setVisible(petition)
        self.summary_field.setVisible(not petition)
        self.handling_field.setVisible(not petition)
        self.handed_to_field.setVisible(not petition and handling == Handling.FORWARDED.value)
        timed = handling in (Handling.TIMED.value, Handling.FORWARDED.value)
        self.limit_field.setVisible(not petition and timed)
        self.report.setVisible(not petition and matter is not None and matter.urgent)
        days = matter.station_days if matter else 0
        self.limit.setPlaceholderText(str(days) if days else "不设")
