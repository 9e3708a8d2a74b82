"""Residents' files for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import encode
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.masked_values import masked
from desktop_app.core.masking import mask_address
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.places.register import find_branch, find_compound
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    DRAFT_FIELDS,
    ConsentBasis,
    PartyKind,
    PersonLine,
    Resident,
    ResidentDraft,
    ResidentKind,
)
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk, Unit

_PHONE = Form((Field("number", "号码"), Field("whose", "谁的")), required=frozenset({"number"}))
_GUARDIAN = Form(
    (Field("name", "姓名"), Field("relation", "关系"), Field("phone", "电话")),
    required=frozenset({"name"}),
)
_CONSENT = Form(
    (
        Field("basis", "依据", FieldKind.CHOICE, choices=choices_of(ConsentBasis)),
        Field("day", "日期", FieldKind.DAY),
        Field("by", "告知人"),
        Field("note", "说明"),
    ),
    required=frozenset({"basis", "day"}),
)
_BY_THE_PROGRAM = {
    **dict.fromkeys(("number", "档案号"), "档案号由程序编，不能写进文件。"),
    **dict.fromkeys(("merged_into", "并入的档案"), "并入哪份由“合并”决定，不能写进文件。"),
}

DRAFT_FORM = Form(
    tuple(KIND.field(name) for name in DRAFT_FIELDS),
    required=frozenset({"name"}),
    groups={
        "phones": Group(_PHONE, many=True, single="number"),
        "guardian": Group(_GUARDIAN, single="name"),
        "consent": Group(_CONSENT),
    },
    finders={"compound": find_compound, "party_branch": find_branch},
    not_here=_BY_THE_PROGRAM,
)
"""What may be entered of a resident; the visits ledger opens a file with it, too."""


def find_resident(lookup: Lookup, text: str) -> Uid:
    """The resident a text means: uid, 档案号, or a name that only one listed resident has."""
    uid = parse_uid(text)
    if uid is not None and store.SHELF.get(lookup.connection, uid) is not None:
        return uid
    found = store.with_number(lookup.connection, text) or [
        resident.uid
        for resident in store.of_name(lookup.connection, text, _MOST_NAMESAKES)
        if resident.name == text
    ]
    if len(found) != 1:
        said = "有不止一位居民叫这个姓名。" if found else "没有找到这位居民的档案。"
        raise UserError(said, "请改写档案号或 uid，可用 jinlin list residents 查找。")
    return found[0]


_MOST_NAMESAKES = 50


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Resident]:
    return [service.enter(unit, build(ResidentDraft, values))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Resident:
    resident = service.for_editing(desk, uid)
    if revision not in (None, resident.revision):
        raise Conflict(KIND.label)
    return service.change(desk, replace(resident, **altered(resident, values))).value


def _merge(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Resident:
    return service.merge(desk, uid, given(values)["duplicate"]).value


_COLUMNS = (
    KIND.field("number"),
    KIND.field("name"),
    KIND.field("gender"),
    KIND.field("birth"),
    Field("address", "住址"),
    Field("phone", "电话"),
    Field("last_seen", "最近来访", FieldKind.DAY),
    Field("times", "来访次数", FieldKind.NUMBER),
    Field("uid", "uid"),
)


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    kind, party = member_of(ResidentKind, query.status), member_of(PartyKind, query.status)
    if query.status and kind is None and party is None:
        words = [one.label for one in (*ResidentKind, *PartyKind)]
        raise refuse_status(KIND.label, words)
    found = service.page(
        desk,
        query.after,
        search=visible(query.search),
        kind=kind,
        party=party,
        size=query.limit,
    )
    return Rows(tuple(_row(line) for line in found.rows), found.later, found.total_words)


def _row(line: PersonLine) -> Row:
    return {
        "number": line.number,
        "name": masked(KIND.field("name"), line.name),
        "gender": int(line.gender),
        "birth": masked(KIND.field("birth"), encode(line.birth)),
        "address": mask_address(line.address),
        "phone": line.phone,
        "last_seen": encode(line.last_seen),
        "times": line.times,
        "uid": line.uid.hex,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    card = service.card(desk, uid)
    plain, hidden = plain_record(KIND, card.resident, desk.database.zone)
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=card.resident.number)
    told = {
        **plain,
        "last_seen": encode(card.line.last_seen),
        "times": card.line.times,
        "merged": [other.hex for other in card.merged],
    }
    can_be_told = tuple(
        name
        for name in plain
        if name in card.masked or (name in hidden and name not in card.hidden)
    )
    return Shown(told, can_be_told, ("merge",), events(lines))


RESIDENTS = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda resident: resident.number,
    adding=Adding("新建居民档案", Right.REGISTER, DRAFT_FORM, _enter),
    changing=Changing(replace(DRAFT_FORM, required=frozenset()), _save),
    deeds=(
        Deed(
            "merge",
            "合并档案",
            Form(
                (Field("duplicate", "重复的档案", FieldKind.REFERENCE),),
                required=frozenset({"duplicate"}),
                finders={"duplicate": find_resident},
            ),
            _merge,
        ),
    ),
    reveal=service.reveal,
)

LEDGERS = (RESIDENTS,)
