"""The sheet a 报到 is entered and changed on; what was half filled comes back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.route import Open
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.entry import AlreadyReported, form_of
from desktop_app.ledgers.party.rules.member import MemberForm, PartyMember
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers.ui.kept_sheet import KeptSheet, Left, draft_name
from desktop_app.registers.volunteers.ui.resident_input import ResidentInput
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.value_inputs import DateInput, PhoneInput

DRAFT = "party"
_WIDTH, _HEIGHT = 800, 600


class PartySheet(KeptSheet):
    """A new 报到, or `member` whole as `service.for_editing` gave it; `who` is whose."""

    def __init__(
        self, page: Page, desk: Desk, member: PartyMember | None, who: Card | None, left: Left
    ) -> None:
        title = "登记在职党员报到" if member is None else "修改报到"
        told = ""
        if member is not None:
            told = "　".join(filter(None, (who.line.name if who else "", member.number)))
        about = who.resident.uid if who is not None else None
        uid = about if member is None else member.uid
        super().__init__(page, desk, title, told, draft=draft_name(DRAFT, uid))
        self._member = member
        self._lay_out()
        self._fill(MemberForm(reported_on=desk.today) if member is None else form_of(member))
        if member is None and who is not None:
            self.resident.set_value(who.resident.uid.hex)
        self.size_to(_WIDTH, _HEIGHT)
        self.begin_with(left, 0 if member is None else member.revision)

    def save(self) -> Changed[PartyMember]:
        form, member = self._form(), self._member
        if member is None:
            try:
                return self.saved(service.report(self._desk, form))
            except AlreadyReported as fault:
                self._show_known(fault.other, fault.number)
                raise
        return self.saved(service.change(self._desk, member.uid, member.revision, form))

    # --- what stands in it ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        if self._member is None:
            self.resident = ResidentInput(self._desk, self._page, self)
            self.resident.chosen.connect(self._person_chosen)
            self.add_row([self._take("resident", self.resident, "R", "是哪位居民", needed=True)])
            self._known: Uid | None = None
            self.open_known = plain_button("打开那一条", self, icon_name="arrow-right")
            self.open_known.clicked.connect(self._open_known)
            self.open_known.hide()
            self.area.body.addWidget(self.open_known, 0, Qt.AlignmentFlag.AlignLeft)
        reported = DateInput(self._today, self)
        self.add_row(
            [
                self._line("unit", "反馈表送到这个单位", "D", needed=True),
                self._take("reported_on", reported, "B", needed=True),
            ],
            (3, 2),
        )
        self.add_row(
            [
                self._line("unit_liaison", "单位里管双报到的人", "L"),
                self._take("unit_phone", PhoneInput(parent=self)),
            ],
            (3, 2),
        )
        self.add_row([self._line("branch", "如：栖溪供电所党支部", "Z")])
        self.add_row(
            [
                self._words("specialities", "会什么、能帮什么", "T"),
                self._words("wishes", "愿意做的岗位和时间", "Y"),
            ]
        )
        self.add_row([self._line("remark", "只在站内看，不上报")])

    def _fill(self, form: MemberForm) -> None:
        self.put_typed(
            {
                "unit": form.unit,
                "reported_on": form.reported_on.isoformat() if form.reported_on else "",
                "unit_liaison": form.unit_liaison,
                "unit_phone": form.unit_phone,
                "branch": form.branch,
                "specialities": form.specialities,
                "wishes": form.wishes,
                "remark": form.remark,
            }
        )

    def _take(
        self, name: str, editor: QWidget, key: str = "", label: str = "", *, needed: bool = False
    ) -> LabelledField:
        words = label or KIND.field(name).label
        return self.add_field(
            name, LabelledField(words, editor, self, key=key, optional=not needed)
        )

    def _line(self, name: str, hint: str, key: str = "", *, needed: bool = False) -> LabelledField:
        return self._take(name, LineInput(self, placeholder=hint), key, needed=needed)

    def _words(self, name: str, hint: str, key: str) -> LabelledField:
        return self._take(name, TextInput(self, placeholder=hint), key)

    def _today(self) -> Any:
        return self._desk.today

    # --- what follows of who it is, and what is taken ------------------------------------------

    @Slot(object)
    def _person_chosen(self, card: Card | None) -> None:
        """The workplace is in the file: it is proposed. Whoever cannot report is told at once."""
        self.open_known.hide()
        kind = PartyKind.EMPLOYED if card is None else card.resident.party
        self.fields["resident"].set_hint(
            ""
            if kind is PartyKind.EMPLOYED
            else f"档案里的党员管理类别是“{kind.label}”，不是“{PartyKind.EMPLOYED.label}”，"
            "还不能登记报到。请先到居民档案里改好，这里填的内容会留着。"
        )
        if card is None:
            return
        unit: Any = self.fields["unit"].editor if "unit" in self.fields else None
        if unit is not None and not unit.value():
            unit.set_value(card.resident.workplace)

    def _show_known(self, other: Uid, number: str) -> None:
        """Somebody has reported already: the way there stands below the sentence."""
        self._known = other
        self.open_known.setText(f"打开 {number}")
        self.open_known.show()

    @Slot()
    def _open_known(self) -> None:
        """What was typed waits; the other one comes."""
        if self._known is not None:
            other = self._known
            self.reject()
            self._page.go(Open(KIND.name, other))

    def _form(self) -> MemberForm:
        values = self.typed()
        whose = values.get("resident")
        member = self._member
        resident = member.resident if member is not None else parse_uid(whose) if whose else None
        return MemberForm(
            resident=resident,
            unit=values["unit"],
            unit_liaison=values["unit_liaison"],
            unit_phone=values["unit_phone"],
            branch=values["branch"],
            reported_on=self.day_in("reported_on"),
            specialities=values["specialities"],
            wishes=values["wishes"],
            remark=values["remark"],
        )
