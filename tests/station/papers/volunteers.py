"""Volunteers with hours, a certificate and a 报到, for papers; ids and names are fictional."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.core.identity import IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.route import OpenPaper
from desktop_app.core.settings import ISSUER
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import MemberForm
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service.rules.certificate import Certificate
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers import service as register
from desktop_app.station.papers import service
from desktop_app.station.settings import service as settings
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import seat
from tests.ledgers.service.builders import ID_NUMBER, at, entitle, form
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound
from tests.registers.volunteers.helpers import form as volunteer_form
from tests.registers.volunteers.helpers import joined, person, team, volunteer

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 22)


def served(desk: Desk, who: Uid, days: int = 1, **more: object) -> None:
    """Two hours and five minutes of so many evenings, confirmed."""
    for back in range(days):
        day = date(2026, 11, 20) - timedelta(days=back)
        entry = replace(form(who, at(19, 0, day), at(21, 5, day)), **more)  # type: ignore[arg-type]
        record = ledger.enter(desk, entry).value
        ledger.confirm(desk, record.uid, record.revision)


def issued(desk: Desk, who: Uid, purpose: str = "升学") -> Certificate:
    """A certificate of these weeks by a body that is entitled, verified by somebody else."""
    entitle(desk)
    asked = ledger.apply(desk, who, FIRST, LAST, purpose).value
    checked = ledger.verify(seat(desk, "林志强"), asked.uid, asked.revision).value
    return ledger.issue(desk, asked.uid, checked.revision).value


def paper_of(desk: Desk, kind: str) -> OpenPaper | None:
    """One paper of that kind with everything it is about; None for a kind of others."""
    if kind in ("duty", "service-record", "volunteers"):
        return OpenPaper(kind)
    if kind == "roster":
        there = team(desk, "欧阳里银龄志愿服务队")
        joined(desk, there, volunteer(desk, "欧阳静怡", "13811110001"))
        return OpenPaper(kind, about=there.uid)
    if kind in ("volunteer-certificate", "volunteer-summary"):
        name, phone = ("欧阳望舒", "13811110002")
        if kind == "volunteer-summary":
            name, phone = ("欧阳春和", "13811110003")
        ids = {"id_kind": IdKind.RESIDENT_ID_CARD, "id_number": ID_NUMBER, "birth": None}
        more = ids if kind == "volunteer-certificate" else {}
        file = person(desk, name, phone, **more)
        one = register.add(desk, volunteer_form(file, registered_on=FIRST)).value
        served(desk, one.uid, 3)
        about = issued(desk, one.uid).uid if more else one.uid
        return OpenPaper(kind, about=about)
    if kind == "party-feedback":
        file = person(
            desk, "欧阳景行", "13811110004", party=PartyKind.EMPLOYED, workplace="栖溪供电所"
        )
        entry = MemberForm(resident=file.uid, reported_on=date(2026, 3, 1))
        return OpenPaper(kind, about=party.report(desk, entry).value.uid)
    return None


# --- read -----------------------------------------------------------------------------------------

PHONE = "13800005678"


@pytest.fixture
def office(desk: Desk, blobs: FolderBlobs) -> Desk:
    """A desk that keeps pictures and has a name to sign with."""
    desk.database.keep_attachments_in(blobs)
    settings.write(desk, ISSUER, "青榕社区居民委员会")
    return desk


def drawn(desk: Desk, kind: str, about: Uid | None = None, **wanted: object) -> Reading:
    """One paper, sound by all programs that know nothing of us; no telephone is on it."""
    drafted = service.draft(desk, OpenPaper(kind, about, **wanted))  # type: ignore[arg-type]
    reading = assert_sound(drafted.pdf)
    assert_lines_break_well(reading)
    assert drafted.missing == ()
    assert PHONE not in said(reading)
    return reading


def said(reading: Reading) -> str:
    """The text as it was drawn, cell by cell, without anything that only spaces it out."""
    return re.sub(r"\s", "", reading.drawn)


def has(reading: Reading, *texts: str) -> None:
    whole = said(reading)
    for text in texts:
        assert re.sub(r"\s", "", text) in whole, text
