"""The sheet of volunteers: a row finds or opens the resident's file, then the volunteer is
registered, and joins the team the roster names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain, decode
from desktop_app.core.day_text import LATEST
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.registers.places.sheet import place_names
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.residents.sheet import FORM as RESIDENT_FORM
from desktop_app.registers.residents.sheet import (
    drafts,
    found_or_opened,
    kept_files,
    people_like,
    refuse_other_person,
    with_ids,
)
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.register import VOLUNTEERS_LEDGER, find_team
from desktop_app.registers.volunteers.rules.volunteer import FORM_FIELDS, Volunteer, VolunteerForm
from desktop_app.registers.volunteers.rules.words import PARTY, Direction, Political, Skill
from desktop_app.registers.volunteers.sheet.columns import (
    COLUMNS,
    DIRECTION_WORDS,
    PERSON,
    SKILL_WORDS,
    TEAM,
)
from desktop_app.sheets.columns import (
    chosen,
    differing,
    joined_parts,
    known_by,
    noted,
)
from desktop_app.sheets.spec import Connection, Like, Several, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_GROUPS = {
    "guardian": ("name", "relation", "phone"),
    "guardian_consent": ("day", "by", "relation", "words"),
    "insurance": ("name", "policy", "until"),
}
_OF_FILE = (*(name for name in PERSON if "guardian" not in name), "guardian")
_JOINED_ON = Field("joined_on", "入队日期", FieldKind.DAY)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = dict(cells)
    values.pop("number", None)
    for group, parts in _GROUPS.items():
        joined_parts(values, group, {f"{group}_{part}": part for part in parts})
    for name, label, enum, words in (
        ("skills", "特长", Skill, SKILL_WORDS),
        ("directions", "服务意向", Direction, DIRECTION_WORDS),
    ):
        if name in values:
            found, others = chosen(str(values.pop(name)), choices_of(enum), words)
            if others:
                found = list(dict.fromkeys([*found, enum.OTHER.value]))
            values[name] = found
            noted(values, label, others)
    return values


def _find_teams(lookup: Lookup, text: str) -> tuple[Uid, ...]:
    """One team, or several with 、 between them."""
    parts = [part for part in re.split(r"[、，,；;/\n]+", text) if part.strip()]
    return tuple(find_team(lookup, part.strip()) for part in parts)


assert VOLUNTEERS_LEDGER.adding is not None
_ADDING = VOLUNTEERS_LEDGER.adding
_OWN = tuple(name for name in FORM_FIELDS if name != "resident")
_FORM = replace(
    _ADDING.form,
    fields=(
        *(field for field in RESIDENT_FORM.fields if field.name in _OF_FILE),
        *(KIND.field(name) for name in _OWN),
        TEAM,
        _JOINED_ON,
    ),
    required=frozenset({"name"}),
    groups={**RESIDENT_FORM.groups, **_ADDING.form.groups},
    finders={**RESIDENT_FORM.finders, "team": _find_teams},
    aliases={},
    not_here={},
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    told = given(values)
    teams, joined_on = told.pop("team", ()), told.pop("joined_on", None)
    person = {name: told.pop(name) for name in _OF_FILE if name in told}
    told.setdefault("political", Political.MASSES)
    if told["political"] in PARTY and person.get("party") in (None, PartyKind.NONE):
        # The roster says that somebody is in the party, and not of what kind.
        person["party"] = PartyKind.EMPLOYED if person.get("workplace") else PartyKind.COMPOUND
    file = found_or_opened(unit, person)
    form = decode(VolunteerForm, {**told, "resident": file.uid})
    volunteer = service.add_in(unit, form, same_person=True)
    for team in teams:
        service.join_in(unit, team, volunteer.uid, joined_on or volunteer.registered_on)
    return [volunteer]


# --- changing -------------------------------------------------------------------------------------


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    told = given(values)
    teams = told.pop("team", ())
    told.pop("joined_on", None)
    person = {name: told.pop(name) for name in _OF_FILE if name in told}
    with desk.reading(needs=Right.READ) as connection:
        volunteer = store.SHELF.need(connection, uid)
        refuse_other_person(connection, volunteer.resident, person)
        stays = store.memberships_of(connection, uid)
    if set(teams) - {stay.team for stay in stays if stay.open}:
        raise UserError(
            "这名志愿者还不在表里写的队伍里，没有改动。", "请在队伍里添加队员。", field="team"
        )
    changes = differing(volunteer, told)
    assert VOLUNTEERS_LEDGER.changing is not None
    if not changes:
        return volunteer
    return VOLUNTEERS_LEDGER.changing.save(desk, uid, revision, changes)


# --- who a row is ---------------------------------------------------------------------------------


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    if name != "id_number":
        return known_by(store.SHELF)(connection, name, texts)
    files = with_ids(connection, texts)
    volunteers = {
        one.resident: one.uid
        for one in store.of_residents(connection, list(files.values()))
        if one.listed
    }
    return {text: volunteers[file] for text, file in files.items() if file in volunteers}


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    """Volunteers whose file may be the person's."""
    people = people_like(connection, drafts(connection, [_person_of(row) for row in rows]))
    files = list({file.uid for found in people for file, _ in found})
    volunteers = {one.resident: one for one in store.of_residents(connection, files) if one.listed}
    return [
        tuple(
            Like(f"{volunteers[file.uid].number} {file.name}", why, volunteers[file.uid].uid)
            for file, why in found
            if file.uid in volunteers
        )
        for found in people
    ]


def _person_of(row: Cells) -> dict[str, Plain]:
    return {name: row[name] for name in PERSON if name in row}


def _told(connection: Connection, zone: Zone, records: Sequence[Volunteer]) -> list[Told]:
    files = kept_files(connection, [one.resident for one in records])
    teams = store.teams_words(connection, [one.uid for one in records], LATEST)
    words = {**place_names(connection, ()), **teams}
    return [Told(one, zone, words, files.get(one.resident)) for one in records]


def _take_back(unit: Unit, volunteer: Volunteer) -> None:
    service.take_back_in(unit, store.SHELF, volunteer)


VOLUNTEERS_SHEET = SheetSpec(
    kind=KIND.name,
    title="志愿者花名册",
    about="志愿者登记表、服务队名册，每行一人。还没有居民档案的，一并建档；写了队伍的，一并入队。",
    columns=COLUMNS,
    several=Several.SPLIT,
    keys=("number", "national_number", "id_number"),
    known=_known,
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    like=_like,
    told=_told,
    take_back=_take_back,
)
