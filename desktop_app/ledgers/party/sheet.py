"""The sheet of 双报到: a row finds or opens the member's file, then the member reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain, decode
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import given
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.ledgers.party import service, store
from desktop_app.ledgers.party.ledger import PARTY
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.member import FORM_FIELDS, MemberForm, PartyMember
from desktop_app.registers.places.sheet import place_names
from desktop_app.registers.residents.rules import PartyKind, address_text
from desktop_app.registers.residents.sheet import FORM as RESIDENT_FORM
from desktop_app.registers.residents.sheet import (
    drafts,
    file_columns,
    found_or_opened,
    kept_files,
    people_like,
    refuse_other_person,
    with_ids,
)
from desktop_app.sheets.columns import (
    columns_of,
    differing,
    known_by,
    noted,
    only_written,
    refuse_change,
    without,
)
from desktop_app.sheets.spec import CellKind, Connection, Like, Out, Several, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_PERSON = ("name", "gender", "birth", "phones", "id_kind", "id_number", "address")


def _address(told: Told) -> Out:
    file = told.beside
    if file is None:
        return None
    name = told.name(file.compound) or ""
    return address_text(name, file.building, file.unit, file.room) or None


_COLUMNS = (
    _column("number", "number", CellKind.CODE, width=18),
    *(
        replace(one, out=_address, width=24) if one.name == "address" else one
        for one in file_columns(_PERSON)
    ),
    _column("unit", "workplace", width=28, required=False),
    _column("branch", "party_organisation", width=24),
    _column("unit_liaison", "liaison", mask=mask_name),
    _column("unit_phone", "", words=("联络员电话", "单位联系电话"), width=16),
    _column("reported_on", "registered_on"),
    _column("specialities", "skills", CellKind.TEXT, width=20),
    _column("wishes", "willing", CellKind.TEXT, width=20),
    _column(
        "pledges",
        "pledge",
        CellKind.TEXT,
        out=lambda told: "\n".join(one.words for one in told.record.pledges) or None,
        width=36,
    ),
    only_written(KIND.field("kept")),
    only_written(KIND.field("shown_on")),
    only_written(KIND.field("shown_how")),
    only_written(KIND.field("state")),
    only_written(KIND.field("left_on")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    return without(cells, "number")


assert PARTY.adding is not None
assert PARTY.changing is not None
_ADDING = PARTY.adding
_OWN = tuple(name for name in FORM_FIELDS if name != "resident")
_FORM = replace(
    RESIDENT_FORM,
    fields=(
        *(field for field in RESIDENT_FORM.fields if field.name in _PERSON),
        *(KIND.field(name) for name in _OWN),
        replace(KIND.field("pledges"), kind=KIND.field("branch").kind),
    ),
    required=frozenset({"name"}),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    told = given(values)
    if pledges := told.pop("pledges", ""):
        # A promise is made in the program, on its day; here it is told.
        noted(told, KIND.field("pledges").label, [pledges])
    person = {name: told.pop(name) for name in _PERSON if name in told}
    if "unit" in told:
        person["workplace"] = told["unit"]
    file = found_or_opened(unit, {**person, "party": PartyKind.EMPLOYED})
    return [service.report_in(unit, decode(MemberForm, {**told, "resident": file.uid}))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    told = given(values)
    told.pop("pledges", None)
    person = {name: told.pop(name) for name in _PERSON if name in told}
    person.pop("address", None)
    with desk.reading(needs=Right.READ) as connection:
        member = store.SHELF.need(connection, uid)
        refuse_other_person(connection, member.resident, person)
    changes = differing(member, told)
    takes = {field.name for field in PARTY.changing.form.fields} if PARTY.changing else set()
    for name in sorted(changes.keys() - takes):
        refuse_change(KIND, name)
    if not changes or PARTY.changing is None:
        return member
    return PARTY.changing.save(desk, uid, revision, changes)


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    if name != "id_number":
        return known_by(store.SHELF)(connection, name, texts)
    files = with_ids(connection, texts)
    members = {
        one.resident: one.uid for one in store.of_residents(connection, list(files.values()))
    }
    return {text: members[file] for text, file in files.items() if file in members}


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    people = people_like(
        connection,
        drafts(connection, [{key: row[key] for key in _PERSON if key in row} for row in rows]),
    )
    files = list({file.uid for found in people for file, _ in found})
    members = {one.resident: one for one in store.of_residents(connection, files)}
    return [
        tuple(
            Like(f"{members[file.uid].number} {file.name}", why, members[file.uid].uid)
            for file, why in found
            if file.uid in members
        )
        for found in people
    ]


def _told(connection: Connection, zone: Zone, records: Sequence[PartyMember]) -> list[Told]:
    files = kept_files(connection, [one.resident for one in records])
    words = place_names(connection, ())
    return [Told(one, zone, words, files.get(one.resident)) for one in records]


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="在职党员报到登记表",
        about="到社区、小区报到的在职党员，每行一人。还没有居民档案的，一并建档。",
        columns=_COLUMNS,
        several=Several.SPLIT,
        keys=("number", "id_number"),
        known=_known,
        shape=_shape,
        adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
        changing=Changing(replace(_FORM, required=frozenset()), _save),
        like=_like,
        told=_told,
    ),
)
