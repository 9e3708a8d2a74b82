"""The sheet a volunteer is registered and changed on (志愿者登记表).

Name, birth, telephone and guardian are the resident's file: it is found first, or made from here.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.photos import Photo
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.registers.residents.rules import age_on
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.rules.entry import AlreadyVolunteer, SameVolunteer, form_of
from desktop_app.registers.volunteers.rules.volunteer import (
    ADULT_AGE,
    GuardianConsent,
    Insurance,
    Volunteer,
    VolunteerForm,
)
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill
from desktop_app.registers.volunteers.service.papers import paper_from
from desktop_app.registers.volunteers.ui.kept_sheet import KeptSheet, Left, draft_name
from desktop_app.registers.volunteers.ui.looks import chosen
from desktop_app.registers.volunteers.ui.resident_input import ResidentInput
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import plain_button, rule
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.picture_input import PictureInput
from desktop_app.widgets.saving_sheet import SAVE_KEYS
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.value_inputs import CodeInput, DateInput, PhoneInput

DRAFT = "volunteer"
_WIDTH, _HEIGHT = 900, 700
_EDUCATION = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")
_AGREES = "yes"
_POLITICAL = tuple(
    Choice(one.value, one.label, str(number)) for number, one in enumerate(Political, start=1)
)


class VolunteerSheet(KeptSheet):
    """A new volunteer, or `volunteer` whole as `service.for_editing` gave it; `who` is the person,
    for a new one whom the form begins with, if anybody."""

    not_kept = frozenset({"consent_photo"})

    def __init__(
        self, page: Page, desk: Desk, volunteer: Volunteer | None, who: Card | None, left: Left
    ) -> None:
        title = "登记志愿者" if volunteer is None else "修改志愿者"
        told = "" if volunteer is None or who is None else f"{who.line.name}　{volunteer.number}"
        about = who.resident.uid if who is not None else None
        uid = about if volunteer is None else volunteer.uid
        super().__init__(page, desk, title, told, draft=draft_name(DRAFT, uid))
        self._volunteer, self._who = volunteer, who
        self._doubted = ""
        self._photo: Photo | None = None
        form = VolunteerForm() if volunteer is None else form_of(volunteer)
        self._lay_out(form)
        self._fill(form)
        self.size_to(_WIDTH, _HEIGHT)
        self.begin_with(left, 0 if volunteer is None else volunteer.revision)
        self._show_consent()

    def save(self) -> Changed[Volunteer]:
        form, volunteer = self._form(), self._volunteer
        try:
            if volunteer is not None:
                uid, revision = volunteer.uid, volunteer.revision
                return self.saved(service.change(self._desk, uid, revision, form))
            whose = "" if form.resident is None else form.resident.hex
            sure = bool(self._doubted) and self._doubted == whose
            return self.saved(service.add(self._desk, form, same_person=sure))
        except AlreadyVolunteer as fault:
            self._show_known(fault.other, fault.number)
            raise
        except SameVolunteer as fault:
            self._show_known(fault.other, fault.number)
            self._doubted = "" if form.resident is None else form.resident.hex
            self.button("yes").setText(f"确实是两个人，保存  {SAVE_KEYS}")
            raise

    # --- what stands in it ---------------------------------------------------------------------

    def _lay_out(self, form: VolunteerForm) -> None:
        if self._volunteer is None:
            self.resident = ResidentInput(self._desk, self._page, self)
            self.resident.chosen.connect(self._person_chosen)
            self.add_row([self._take("resident", self.resident, "R", "是哪位居民", needed=True)])
            self._known: Uid | None = None
            self.open_known = plain_button("打开那一条", self, icon_name="arrow-right")
            self.open_known.clicked.connect(self._open_known)
            self.open_known.hide()
            self.area.body.addWidget(self.open_known, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row([self._take("political", ChoiceBar(_POLITICAL, self), "P", needed=True)])
        self.add_row([self._ticks("skills", Skill, "J")])
        self.add_row([self._ticks("directions", Direction, "Y")])
        times = self._line("times_words", "如：周末上午、工作日晚上", "T")
        if self._desk.actor.may(Right.SENSITIVE):
            health = self._line("health_note", "不适合做什么，只写安排服务用得着的")
            self.add_row([times, health])
        else:
            self.add_row([times])
        self._consent_row = self.add_row(
            [
                self._day("guardian_consent", "监护人同意日期", "G"),
                self._line("consent_by", "", label="同意的监护人"),
                self._line("consent_relation", "如：母亲", label="与本人的关系"),
                self._take("consent_photo", PictureInput(self), label="签字的同意书"),
            ],
            (3, 2, 2, 4),
        )
        self.area.body.addWidget(rule(self.area))
        self._more_rows()

    def _more_rows(self) -> None:
        education = SuggestInput(self)
        education.set_offers((one, "") for one in _EDUCATION)
        number = CodeInput(parent=self, placeholder="全国志愿服务信息系统里的编号")
        self.add_row(
            [
                self._take("national_number", number, "C"),
                self._line("ethnicity", "如：汉族"),
                self._take("education", education),
                self._day("registered_on", "注册日期", "D"),
            ],
            (4, 2, 2, 3),
        )
        self.add_row(
            [
                self._line("emergency_name", "", "L"),
                self._take("emergency_phone", PhoneInput(parent=self)),
            ]
        )
        self.add_row(
            [
                self._line("insurance", "如：志愿者意外险", "X", label="保险名称"),
                self._line("policy", "", label="保单号"),
                self._day("insured_until", "保到哪天"),
            ],
            (3, 3, 2),
        )
        agrees = TickBar((Choice(_AGREES, "本人同意公示服务记录（姓名和时长）"),), self)
        self.add_row(
            [
                self._take("disclose", agrees, label="公示"),
                self._line("remark", "只在站内看，不上报", "B"),
            ],
            (2, 3),
        )

    def _fill(self, form: VolunteerForm) -> None:
        agreed, insured = form.guardian_consent, form.insurance
        self._photo = None if agreed is None else agreed.photo
        values: dict[str, Any] = {
            "political": form.political.value,
            "skills": [one.value for one in form.skills],
            "directions": [one.value for one in form.directions],
            "times_words": form.times_words,
            "health_note": form.health_note,
            "guardian_consent": _iso(agreed and agreed.day),
            "consent_by": agreed.by if agreed else "",
            "consent_relation": agreed.relation if agreed else "",
            "national_number": form.national_number,
            "ethnicity": form.ethnicity,
            "education": form.education,
            "registered_on": _iso(form.registered_on or self._desk.today),
            "emergency_name": form.emergency_name,
            "emergency_phone": form.emergency_phone,
            "insurance": insured.name if insured else "",
            "policy": insured.policy if insured else "",
            "insured_until": _iso(insured and insured.until),
            "disclose": [_AGREES] if form.disclose else [],
            "remark": form.remark,
        }
        self.put_typed(values)
        if self._volunteer is None and self._who is not None:
            self.resident.set_value(self._who.resident.uid.hex)
        if self._photo is not None:
            self.fields["consent_photo"].set_hint("已有一张；选了新的就换掉原来的。")

    def _take(
        self, name: str, editor: QWidget, key: str = "", label: str = "", *, needed: bool = False
    ) -> LabelledField:
        words = label or KIND.field(name).label
        return self.add_field(
            name, LabelledField(words, editor, self, key=key, optional=not needed)
        )

    def _line(self, name: str, hint: str, key: str = "", label: str = "") -> LabelledField:
        return self._take(name, LineInput(self, placeholder=hint), key, label)

    def _day(self, name: str, label: str, key: str = "") -> LabelledField:
        return self._take(name, DateInput(self._today, self), key, label)

    def _ticks(self, name: str, kind: type[Skill] | type[Direction], key: str) -> LabelledField:
        choices = [Choice(one.value, one.label) for one in kind]
        return self._take(name, TickBar(choices, self), key)

    def _today(self) -> Any:
        return self._desk.today

    # --- what follows of who it is -------------------------------------------------------------

    @Slot(object)
    def _person_chosen(self, card: Card | None) -> None:
        """The guardian of a minor is in the file: it is proposed."""
        self._who = card
        self._doubted = ""
        self.open_known.hide()
        self.button("yes").setText(f"保存  {SAVE_KEYS}")
        guardian = None if card is None else card.resident.guardian
        by: Any = self.fields["consent_by"].editor
        if self._minor() and guardian is not None and not by.value():
            by.set_value(guardian.name)
            relation: Any = self.fields["consent_relation"].editor
            relation.set_value(guardian.relation)
        self._show_consent()

    def _minor(self) -> bool:
        birth = None if self._who is None else self._who.line.birth
        return birth is not None and age_on(birth, self._desk.today) < ADULT_AGE

    def _show_consent(self) -> None:
        """Only a minor needs the guardian's word; what was once written stays to be seen."""
        minor = self._minor()
        there: Any = self.fields["guardian_consent"].editor
        self._consent_row.setVisible(minor or bool(there.value()))
        for name in ("guardian_consent", "consent_by"):
            self.fields[name].set_optional(not minor)

    def _show_known(self, other: Uid, number: str) -> None:
        """Somebody is a volunteer already: the way there stands below the sentence."""
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

    # --- what is taken -------------------------------------------------------------------------

    def _form(self) -> VolunteerForm:
        values: dict[str, Any] = self.typed()
        base = VolunteerForm() if self._volunteer is None else form_of(self._volunteer)
        return VolunteerForm(
            resident=self._resident(values, base),
            national_number=values["national_number"],
            ethnicity=values["ethnicity"],
            political=(*chosen(Political, [values["political"]]), Political.MASSES)[0],
            education=values["education"],
            skills=chosen(Skill, values["skills"]),
            directions=chosen(Direction, values["directions"]),
            times_words=values["times_words"],
            health_note=values.get("health_note", base.health_note),
            emergency_name=values["emergency_name"],
            emergency_phone=values["emergency_phone"],
            guardian_consent=self._consent(values, base.guardian_consent),
            insurance=Insurance(
                values["insurance"], values["policy"], self.day_in("insured_until")
            ),
            registered_on=self.day_in("registered_on"),
            disclose=_AGREES in values["disclose"],
            remark=values["remark"],
        )

    def _resident(self, values: dict[str, Any], base: VolunteerForm) -> Uid | None:
        if self._volunteer is not None:
            return base.resident
        return parse_uid(str(values["resident"])) if values["resident"] else None

    def _consent(
        self, values: dict[str, Any], before: GuardianConsent | None
    ) -> GuardianConsent | None:
        day = self.day_in("guardian_consent")
        source: Any = self.fields["consent_photo"].editor
        picked = source.value()
        if day is None:
            if picked is None:
                return None
            raise UserError(
                "选了同意书的照片，还没有写监护人同意的日期。",
                "请写上同意书签字的那一天。",
                field="guardian_consent",
            )
        if not values["consent_by"]:
            raise UserError("还没有写是哪位监护人同意的。", "请写上姓名。", field="consent_by")
        if picked is not None:
            self._photo = paper_from(self._desk, self._desk.database.blobs, picked)
            source.set_value(None)
        words = "" if before is None else before.words
        return GuardianConsent(
            day, values["consent_by"], values["consent_relation"], words, self._photo
        )


def _iso(day: Any) -> str:
    return "" if day is None else day.isoformat()
