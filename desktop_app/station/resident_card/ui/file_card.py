"""The left side of a resident's page: the file, masked; each private part shows for ten seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.masking import mask_address
from desktop_app.core.wording import paper_day
from desktop_app.registers.residents.rules import PartyKind, Phone, Resident
from desktop_app.registers.residents.ui.box import about
from desktop_app.station.resident_card.service import ResidentView
from desktop_app.station.resident_card.ui.masked_row import MaskedRow
from desktop_app.widgets.forms import Card, rule
from desktop_app.widgets.tokens import SPACE

COVERED = "******"
_ROWS = (
    ("about", "性别 年龄"),
    ("birth", "出生日期"),
    ("phones", "联系电话"),
    ("id_number", "证件号码"),
    ("room", "住址"),
    ("address_note", "地址补充"),
    ("kind", "人员类别"),
    ("party", "党员类别"),
    ("guardian", "监护人"),
    ("special_groups", "关爱对象"),
    ("consent", "告知与同意"),
    ("remark", "备注"),
    ("times", "来访"),
)
"""In the order one asks for them; where a name is that of a field, it is what `reveal` takes."""

_REVEALED_FIRST = ("phones", "room", "id_number")


class FileCard(Card):
    """`reveal_wanted` carries the name of the field that is to be shown in full."""

    reveal_wanted = Signal(object)

    def __init__(self, parent: QWidget, *, may_reveal: bool) -> None:
        super().__init__("档案", parent)
        self._may_reveal = may_reveal
        self.rows = {name: MaskedRow(name, word, self) for name, word in _ROWS}
        self.body.setSpacing(SPACE.hair)
        for name, row in self.rows.items():
            if name in ("kind", "consent"):
                self.body.addSpacing(SPACE.hair)
                self.body.addWidget(rule(self))
                self.body.addSpacing(SPACE.hair)
            self.body.addWidget(row)
            row.wanted.connect(self.reveal_wanted)
            row.hide()
        self.body.addStretch(1)
        self._home = ""

    def show_view(self, view: ResidentView, today: date) -> None:
        """Show a file; what was revealed of the one before is covered."""
        resident = view.card.resident
        line = view.card.line
        self._home = line.address
        told: Mapping[str, str] = {
            "about": about(line, today),
            "phones": "\n".join(phone_words(phone) for phone in resident.phones),
            "id_number": _id_words(resident),
            "room": mask_address(line.address),
            "address_note": resident.address_note,
            "kind": resident.kind.label,
            "party": _party_words(resident, view.branch),
            "consent": _consent_words(resident),
            "times": f"共 {line.times} 次" if line.times else "",
        }
        for name, row in self.rows.items():
            if name in view.card.hidden:
                row.show_value("", masked=False)
                continue
            masked = name in view.card.masked or (name == "room" and told["room"] != line.address)
            words = told.get(name) or (COVERED if masked else "")
            row.show_value(words, masked=masked and self._may_reveal)

    def reveal(self, name: str, words: str) -> None:
        """Show the whole of one field; a door with the whole address it belongs to."""
        whole = self._home if name == "room" else words
        if name == "birth" and whole:
            whole = paper_day(date.fromisoformat(whole))
        self.rows[name].reveal(whole.replace("、", "\n") if name == "phones" else whole)

    def cover(self) -> None:
        """Cover everything at once."""
        for row in self.rows.values():
            row.mask()

    @Slot()
    def reveal_focused(self) -> None:
        """R: the field with the keyboard, else the one most often wanted that is masked."""
        wanted = [self.rows[name] for name in _REVEALED_FIRST]
        wanted += [row for row in self.rows.values() if row not in wanted]
        offered = [row for row in wanted if row.isVisible() and not row.button.isHidden()]
        focused = [row for row in offered if row.button is QApplication.focusWidget()]
        for row in (*focused, *(row for row in offered if not row.is_revealed)):
            row.toggle()
            return


def phone_words(phone: Phone) -> str:
    """A number and whose it is."""
    return f"{phone.number}（{phone.whose}）" if phone.whose else phone.number


def _id_words(resident: Resident) -> str:
    if resident.id_kind is None:
        return ""
    return f"{resident.id_kind.label}\n{resident.id_number}"


def _party_words(resident: Resident, branch: str) -> str:
    told = [resident.party.label]
    if resident.party is PartyKind.NONE:
        return told[0]
    told += [branch, resident.workplace]
    if resident.flow_from or resident.flow_to:
        told.append(f"{resident.flow_from or '本地'} → {resident.flow_to or '本地'}")
    return "\n".join(filter(None, told))


def _consent_words(resident: Resident) -> str:
    consent = resident.consent
    if consent is None:
        return "还没有记录"
    told = (consent.basis.label, paper_day(consent.day), consent.by, consent.note)
    return " ".join(filter(None, told))
