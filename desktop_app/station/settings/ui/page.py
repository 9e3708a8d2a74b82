"""The section 站点 (街道 at a street): what is printed on slips, and how the counter behaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop_app.core import settings as known
from desktop_app.core.errors import Fault
from desktop_app.core.settings import Setting
from desktop_app.station.settings import service
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, ScrollPage, focus_order
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput

Groups = tuple[tuple[str, tuple[Setting[Any], ...]], ...]

GROUPS: Groups = (
    (
        "印在单据上",
        (
            known.ISSUER,
            known.CONTROLLER,
            known.SERVICE_PHONE,
            known.ADDRESS,
            known.OPENING_HOURS,
            known.FANG_FACE,
            known.TITLE_FACE,
        ),
    ),
    (
        "前台、安全、上报与三单",
        (
            known.MASK_TODAY,
            known.LOCK_AFTER_MINUTES,
            known.PASSWORD_DAYS,
            known.REPORT_REMIND_DAYS,
            known.LIST_NAMES,
        ),
    ),
    (
        "志愿服务证明",
        (
            known.CERTIFICATE_ISSUER_KIND,
            known.CERTIFICATE_ISSUER,
            known.CERTIFICATE_HEAD,
            known.CERTIFICATE_PHONE,
        ),
    ),
)
STREET_GROUPS: Groups = (
    ("印在报表上", (known.ISSUER, known.FANG_FACE, known.TITLE_FACE)),
    ("收件与站点", (known.INBOX_FOLDER, known.STATION_REMIND_DAYS)),
    ("安全", (known.LOCK_AFTER_MINUTES, known.PASSWORD_DAYS)),
)

FORM_WIDTH = 560
NUMBER_EMS = 8


class StationSection(Page):
    """Each value is saved when its field is left; the strip offers to take it back."""

    kinds = frozenset({service.KIND})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._fields: dict[str, LabelledField] = {}
        self._flags: dict[str, QCheckBox] = {}
        self._shown: dict[str, object] = {}
        self._whose = QLabel(self)
        self._whose.setProperty("role", "quiet")
        self._whose.setTextFormat(Qt.TextFormat.PlainText)
        at_street = desk.database.station.is_street
        self._groups = STREET_GROUPS if at_street else GROUPS
        cards = [self._card(title, settings, self) for title, settings in self._groups]
        scroll = ScrollPage(self)
        scroll.body.setSpacing(SPACE.medium)
        scroll.body.addWidget(self._whose)
        scroll.body.addWidget(Columns([[card] for card in cards], self, most=FORM_WIDTH))
        scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        focus_order([*self._fields.values(), *self._flags.values()])

    def load(self) -> None:
        whose = service.facts(self._desk)
        series = "" if whose.is_street else f"　本库编号序列 {whose.desk_letter}"
        self._whose.setText(f"{whose.name}　编码 {whose.code}{series}")
        values = service.read(self._desk)
        for _, settings in self._groups:
            for setting in settings:
                self._show(setting, values[setting])

    def _card(self, title: str, settings: tuple[Setting[Any], ...], parent: QWidget) -> Card:
        card = Card(title, parent)
        for setting in settings:
            card.body.addWidget(self._editor(setting, card))
        return card

    def _editor(self, setting: Setting[Any], parent: QWidget) -> QWidget:
        if isinstance(setting.default, bool):
            flag = QCheckBox(setting.label, parent)
            flag.setToolTip(setting.hint)
            flag.clicked.connect(partial(self._save, setting, flag.isChecked))
            self._flags[setting.key] = flag
            return flag
        if setting.choices:
            return self._choice(setting, parent)
        editor: LineInput
        if isinstance(setting.default, int):
            editor = NumberInput(parent, least=setting.low or 0, most=setting.high or 999)
            editor.setMaximumWidth(NUMBER_EMS * theme_of().metrics.body)
        else:
            editor = LineInput(parent)
        field = LabelledField(
            setting.label, editor, parent, optional=setting.default == "", hint=setting.hint
        )
        editor.editingFinished.connect(partial(self._save, setting, partial(_value, editor)))
        self._fields[setting.key] = field
        return field

    def _choice(self, setting: Setting[Any], parent: QWidget) -> QWidget:
        bar = ChoiceBar([Choice(value, str(value)) for value in setting.choices], parent)
        field = LabelledField(setting.label, bar, parent, hint=setting.hint)
        bar.changed.connect(partial(self._save, setting, bar.value))
        self._fields[setting.key] = field
        return field

    def _show(self, setting: Setting[Any], value: object) -> None:
        self._shown[setting.key] = value
        if isinstance(value, bool):
            self._flags[setting.key].setChecked(value)
            return
        editor = self._fields[setting.key].editor
        assert isinstance(editor, LineInput | ChoiceBar)
        editor.set_value(str(value))

    @Slot()
    def _save(self, setting: Setting[Any], read: Callable[[], object]) -> None:
        field = self._fields.get(setting.key)
        if field is not None and isinstance(field.editor, NumberInput) and field.editor.problem():
            field.set_problem(field.editor.problem())
            return
        value = read()
        if value is None or value == self._shown.get(setting.key):
            return
        try:
            changed = service.write(self._desk, setting, value)
        except Fault as fault:
            if field is None:
                self.say_fault(fault)
                self.load()
            else:
                field.set_problem(fault.words)
            return
        self._shown[setting.key] = changed.value
        self.tell_changed(changed, f"已保存“{setting.label}”")


def _value(editor: LineInput) -> object:
    return editor.number() if isinstance(editor, NumberInput) else editor.value()
