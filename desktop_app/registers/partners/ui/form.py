"""The sheet a 共建单位 is entered and changed on; its credit code is checked while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.identity import check_credit_code
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.registers.partners import service
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import (
    CODE_LIMIT,
    Contact,
    Partner,
    PartnerForm,
    SameName,
    UnitKind,
    form_of,
)
from desktop_app.registers.places import service as places
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.rows_editor import Head, RowsEditor
from desktop_app.widgets.saving_sheet import SAVE_KEYS, SavingSheet
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import CodeInput, DateInput, PhoneInput

_WIDTH, _HEIGHT = 800, 690
_KINDS = tuple(
    Choice(kind, kind.label, str(number % 10)) for number, kind in enumerate(UnitKind, start=1)
)
_RIGHT_CODE = "代码校验无误"

Compounds = Sequence[Choice]


def compounds_to_choose(desk: Desk, _job: Job) -> tuple[Choice, ...]:
    """The 小区 of today, for a worker's thread."""
    return tuple(Choice(one.uid.hex, one.name) for one in places.compounds(desk))


def code_note(typed: str) -> tuple[str, str]:
    """What is said of a credit code while it is typed: what is wrong with it, else a quiet word."""
    code = "".join(typed.split())
    if not code:
        return "", ""
    if len(code) < CODE_LIMIT:
        return "", f"已输 {len(code)} 位，共 {CODE_LIMIT} 位"
    try:
        check_credit_code(code)
    except UserError as fault:
        return fault.words, ""
    return "", _RIGHT_CODE


class PartnerSheet(SavingSheet):
    """A new unit, or `partner` whole as `service.for_editing` gave it."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        partner: Partner | None,
        compounds: Compounds,
        name: str = "",
    ) -> None:
        title = "新增共建单位" if partner is None else "修改共建单位"
        text = "" if partner is None else f"{partner.number}　改了名称，原来的名称记入曾用名。"
        super().__init__(parent, title, text, "保存")
        self._desk, self._partner, self._compounds = desk, partner, compounds
        self._doubted = ""
        form = PartnerForm(name=name) if partner is None else form_of(partner)
        # Which areas it serves may be some that are closed since: they are kept as they are.
        offered = {choice.value for choice in compounds}
        self._kept = tuple(uid for uid in form.compounds if uid.hex not in offered)
        area = ScrollPage(self)
        area.body.setSpacing(SPACE.medium)
        # The scrolling area would cut the frames of fields that touch its edge.
        area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        for row, shares in self._rows(form):
            area.body.addLayout(field_row(row, shares))
        area.body.addStretch(1)
        self.body.addWidget(area, 1)
        self._size(parent)
        self.fields["credit_code"].editor.changed.connect(self._check_code)  # type: ignore[attr-defined]
        self.fields["name"].editor.changed.connect(self._name_changed)  # type: ignore[attr-defined]
        self.wire(self.body, one_by_one=True)
        self._check_code()

    def save(self) -> Changed[Partner]:
        form, partner = self._form(), self._partner
        sure = bool(self._doubted) and self._doubted == form.name
        try:
            if partner is None:
                return service.add(self._desk, form, same_name=sure)
            uid, revision = partner.uid, partner.revision
            return service.change(self._desk, uid, revision, form, same_name=sure)
        except SameName:
            self._doubted = form.name
            self.button("yes").setText(f"是另一个单位，保存  {SAVE_KEYS}")
            raise

    # --- what stands in it ---------------------------------------------------------------------

    def _rows(self, form: PartnerForm) -> list[tuple[list[QWidget], tuple[int, ...]]]:
        line, phone = self._line, self._phone
        return [
            (
                [line("name", form.name, "M", needed=True), line("short_name", form.short_name)],
                (5, 3),
            ),
            ([self._kind(form)], ()),
            (
                [self._code(form), line("party_organisation", form.party_organisation, "Z")],
                (4, 5),
            ),
            ([line("liaison", form.liaison, "L"), phone("liaison_phone", form.liaison_phone)], ()),
            ([line("head", form.head), phone("head_phone", form.head_phone)], ()),
            ([self._contacts(form)], ()),
            ([line("address", form.address), self._since(form)], (5, 3)),
            (
                [self._words("specialities", form.specialities, "能做什么、有什么场地和专业人员")],
                (),
            ),
            ([self._areas(form)], ()),
            (
                [
                    line("former_names", "、".join(form.former_names)),
                    line("remark", form.remark),
                ],
                (),
            ),
        ]

    def _take(
        self, name: str, editor: QWidget, key: str = "", label: str = "", *, needed: bool = False
    ) -> LabelledField:
        words = label or KIND.field(name).label
        return self.add_field(
            name, LabelledField(words, editor, self, key=key, optional=not needed)
        )

    def _line(self, name: str, value: str, key: str = "", *, needed: bool = False) -> LabelledField:
        hints = {"former_names": "几个的用顿号隔开", "remark": "只在站内看，不上报"}
        editor = LineInput(self, placeholder=hints.get(name, ""))
        editor.set_value(value)
        return self._take(name, editor, key, needed=needed)

    def _phone(self, name: str, value: str) -> LabelledField:
        editor = PhoneInput(parent=self)
        editor.set_value(value)
        return self._take(name, editor)

    def _words(self, name: str, value: str, hint: str) -> LabelledField:
        editor = TextInput(self, placeholder=hint)
        editor.set_value(value)
        return self._take(name, editor)

    def _kind(self, form: PartnerForm) -> LabelledField:
        value = None if self._partner is None else form.unit_kind
        return self._take("unit_kind", ChoiceBar(_KINDS, self, value=value), "K", needed=True)

    def _code(self, form: PartnerForm) -> LabelledField:
        editor = CodeInput(parent=self, placeholder="18 位")
        editor.set_value(form.credit_code)
        return self._take("credit_code", editor, "C")

    def _since(self, form: PartnerForm) -> LabelledField:
        editor = DateInput(self._today, self)
        editor.set_day(form.since)
        return self._take("since", editor)

    def _areas(self, form: PartnerForm) -> LabelledField:
        editor = TickBar(self._compounds, self)
        editor.set_value([uid.hex for uid in form.compounds])
        field = self._take("compounds", editor, label="愿意服务的小区（一个不选就是都可以）")
        field.setVisible(bool(self._compounds))
        return field

    def _contacts(self, form: PartnerForm) -> LabelledField:
        heads = (Head("姓名", 2), Head("职务", 2), Head("电话", 3))
        editor = RowsEditor("其他联系人", heads, self)
        editor.set_value([(one.name, one.post, one.phone) for one in form.contacts])
        return self._take("contacts", editor)

    # --- what is said and taken ----------------------------------------------------------------

    @Slot()
    def _check_code(self) -> None:
        field = self.fields["credit_code"]
        assert isinstance(field.editor, CodeInput)
        wrong, quiet = code_note(field.editor.code())
        field.set_hint(quiet)
        if wrong:
            field.set_problem(wrong)

    @Slot()
    def _name_changed(self) -> None:
        self._doubted = ""
        self.button("yes").setText(f"保存  {SAVE_KEYS}")

    def _form(self) -> PartnerForm:
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            editor: Any = field.editor
            if isinstance(editor, DateInput):
                if problem := editor.problem():
                    raise UserError(problem, field=name)
                values[name] = editor.day()
            else:
                values[name] = editor.value()
        kind = values["unit_kind"]
        if kind is None:
            raise UserError("还没有选单位类别。", "请选一项，不清楚的选“其他”。", field="unit_kind")
        chosen = [parse_uid(str(one)) for one in values["compounds"]]
        values["compounds"] = (*self._kept, *(uid for uid in chosen if isinstance(uid, Uid)))
        values["contacts"] = tuple(Contact(*cells[:3]) for cells in values["contacts"])
        values["former_names"] = tuple(
            part.strip()
            for part in values["former_names"].replace("，", "、").split("、")
            if part.strip()
        )
        return PartnerForm(**values)

    def _today(self) -> Any:
        return self._desk.today

    def _size(self, parent: QWidget) -> None:
        share = theme_of().metrics.body / 14
        room = parent.window().size()
        self.resize(
            min(round(_WIDTH * share), room.width() - 2 * SPACE.wide),
            min(round(_HEIGHT * share), room.height() - 2 * SPACE.wide),
        )
