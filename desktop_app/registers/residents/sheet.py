"""The sheet of residents' files: rosters of a 小区, and the same as the program writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.day_text import LATEST
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.pinyin import id_keys, phone_keys, sort_key
from desktop_app.core.plain_entry import Lookup, build, given, read_what_can_be
from desktop_app.core.text import clean_name
from desktop_app.registers.places.sheet import (
    ADDRESS,
    ADDRESS_FINDERS,
    place_names,
    spread_address,
)
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.likeness import SUREST_FIRST, number_keys, reasons_for
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.register import DRAFT_FORM, RESIDENTS
from desktop_app.registers.residents.rules import (
    ConsentBasis,
    PartyKind,
    Resident,
    ResidentDraft,
    ResidentKind,
    SpecialGroup,
    tidy,
    validate,
)
from desktop_app.sheets.columns import (
    column,
    differing,
    joined_parts,
    only_read,
    part_of,
    referred,
    telling,
)
from desktop_app.sheets.spec import (
    CellKind,
    Column,
    Connection,
    Like,
    Out,
    Several,
    SheetSpec,
    Told,
)
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

KIND_WORDS = (
    ("常住", ResidentKind.RESIDENT), ("常住人口", ResidentKind.RESIDENT),
    ("户籍", ResidentKind.RESIDENT), ("户籍人口", ResidentKind.RESIDENT),
    ("业主", ResidentKind.RESIDENT), ("流动", ResidentKind.MIGRANT),
    ("租户", ResidentKind.MIGRANT), ("外来", ResidentKind.MIGRANT),
    ("暂住", ResidentKind.MIGRANT), ("物业公司", ResidentKind.PROPERTY),
    ("企业", ResidentKind.UNIT),
)  # fmt: skip
PARTY_WORDS = (
    ("群众", PartyKind.NONE), ("否", PartyKind.NONE), ("无", PartyKind.NONE),
    ("共青团员", PartyKind.NONE), ("团员", PartyKind.NONE),
    ("党员", PartyKind.COMPOUND), ("中共党员", PartyKind.COMPOUND), ("是", PartyKind.COMPOUND),
    ("中共预备党员", PartyKind.COMPOUND), ("在职", PartyKind.EMPLOYED),
    ("退休", PartyKind.RETIRED), ("流动", PartyKind.MOBILE),
)  # fmt: skip
_GROUP_WORDS = (
    ("独居", SpecialGroup.LIVING_ALONE), ("空巢", SpecialGroup.EMPTY_NEST),
    ("高龄", SpecialGroup.AGED), ("失能", SpecialGroup.NEEDS_CARE),
    ("半失能", SpecialGroup.NEEDS_CARE), ("残疾", SpecialGroup.DISABLED),
    ("低保", SpecialGroup.MINIMUM_LIVING), ("低保户", SpecialGroup.MINIMUM_LIVING),
    ("特困", SpecialGroup.EXTREME_POVERTY), ("低收入", SpecialGroup.LOW_INCOME),
    ("重病", SpecialGroup.SERIOUS_ILLNESS), ("失独", SpecialGroup.BEREAVED_FAMILY),
    ("退役军人", SpecialGroup.VETERAN), ("其他", SpecialGroup.OTHER),
)  # fmt: skip
_CONSENT_WORDS = (
    ("已告知", ConsentBasis.TOLD_AND_AGREED), ("同意", ConsentBasis.TOLD_AND_AGREED),
    ("口头同意", ConsentBasis.TOLD_AND_AGREED), ("已签字", ConsentBasis.WRITTEN),
)  # fmt: skip


def _field(name: str) -> Field:
    return KIND.field(name)


def _phones(told: Told) -> Out:
    words = (
        f"{phone.number}（{phone.whose}）" if phone.whose else phone.number
        for phone in told.record.phones
    )
    return "、".join(words) or None


def _part(group: str, part: str, label: str, kind: CellKind = CellKind.LINE, **more: Any) -> Column:
    """One column of 监护人 or of 告知与同意."""
    return Column(
        name=f"{group}_{part}",
        label=label,
        kind=kind,
        concept=f"{group}_{part}" if group == "guardian" else "",
        private=_field(group).private,
        out=part_of(group, part),
        **more,
    )


_COLUMNS: tuple[Column, ...] = (
    column(_field("number"), CellKind.CODE, concept="number", width=18),
    column(
        _field("name"),
        CellKind.NAME,
        concept="name",
        required=True,
        personal=True,
        mask=mask_name,
        check=clean_name,
    ),
    column(_field("gender"), CellKind.GENDER, concept="gender", personal=True, width=6),
    column(_field("birth"), concept="birth", personal=True),
    column(_field("kind"), concept="person_kind", synonyms=KIND_WORDS),
    column(
        _field("phones"),
        CellKind.PHONES,
        concept="phone",
        personal=True,
        out=_phones,
        width=18,
        mask=None,
    ),
    column(_field("id_kind"), concept="id_kind"),
    column(_field("id_number"), concept="id_number", personal=True, width=20),
    column(_field("compound"), concept="compound", out=referred("compound"), width=16),
    column(_field("building"), CellKind.CODE, concept="building", width=8),
    column(_field("unit"), CellKind.CODE, concept="unit", width=8),
    column(_field("room"), CellKind.CODE, concept="room", width=8),
    only_read("address", ADDRESS.label, CellKind.ADDRESS, concept="address", private=True),
    column(_field("address_note"), concept="address_note", width=24),
    column(_field("party"), concept="party", words=("政治面貌", "是否党员"), synonyms=PARTY_WORDS),
    column(_field("party_branch"), concept="party_branch", out=referred("party_branch"), width=20),
    column(_field("workplace"), concept="workplace", width=24),
    column(_field("flow_from"), concept="flow_from"),
    column(_field("flow_to"), concept="flow_to"),
    column(_field("special_groups"), concept="special_groups", synonyms=_GROUP_WORDS, width=20),
    _part("guardian", "name", "监护人姓名", CellKind.NAME),
    _part("guardian", "relation", "监护人关系"),
    _part("guardian", "phone", "监护人电话", CellKind.PHONE),
    _part(
        "consent",
        "basis",
        "告知依据",
        CellKind.CHOICE,
        choices=choices_of(ConsentBasis),
        synonyms=_CONSENT_WORDS,
    ),
    _part("consent", "day", "告知日期", CellKind.DAY),
    _part("consent", "by", "告知人"),
    _part("consent", "note", "告知说明"),
    column(_field("remark"), CellKind.TEXT, concept="remark", width=30),
)


def columns() -> tuple[Column, ...]:
    """The columns of a resident's file, for rosters of other registers, too."""
    return _COLUMNS


def _shape(cells: Cells) -> dict[str, Plain]:
    values = dict(cells)
    # What the program numbers itself only tells which file it is.
    values.pop("number", None)
    for group, parts in (
        ("guardian", ("name", "relation", "phone")),
        ("consent", ("basis", "day", "by", "note")),
    ):
        joined_parts(values, group, {f"{group}_{part}": part for part in parts})
    return values


FORM = replace(
    DRAFT_FORM,
    fields=(*DRAFT_FORM.fields, ADDRESS),
    finders={**DRAFT_FORM.finders, **ADDRESS_FINDERS},
)
"""What a row says of a resident: as the register's form, and an address in one text."""


def draft_of_values(values: Values) -> ResidentDraft:
    """The file that a row means, from what `FORM` read of it."""
    return build(ResidentDraft, spread_address(given(values), "address_note"))


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Resident]:
    return [service.enter(unit, draft_of_values(values))]


def _problems(values: Mapping[str, Any], today: date) -> Sequence[UserError]:
    return validate(draft_of_values(values), today)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Resident:
    with desk.reading(needs=RESIDENTS_NEED) as connection:
        resident = store.SHELF.need(connection, uid)
    changes = differing(resident, spread_address(given(values), "address_note"))
    if not changes:
        return resident
    assert RESIDENTS.changing is not None
    return RESIDENTS.changing.save(desk, uid, revision, changes)  # type: ignore[return-value]


assert RESIDENTS.adding is not None
RESIDENTS_NEED = RESIDENTS.adding.needs


# --- who a row is ---------------------------------------------------------------------------------


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    if name == "id_number":
        return with_ids(connection, texts)
    upper = {text.upper(): text for text in texts}
    found = store.SHELF.parts(connection, ("number", "uid", "merged_into"), "number", upper)
    return {upper[number]: uid for number, uid, merged in found if merged is None}


def with_ids(connection: Connection, numbers: Sequence[str]) -> dict[str, Uid]:
    """Whose these 证件号码 are; a number that two files have tells nobody."""
    wanted = set(numbers)
    keys = {key for number in wanted for key in id_keys(number)}
    people: dict[str, list[Uid]] = {}
    for one in store.alike(connection, (), keys):
        if one.id_number in wanted:
            people.setdefault(one.id_number, []).append(one.uid)
    return {number: uids[0] for number, uids in people.items() if len(uids) == 1}


Asked = tuple[str, str, Sequence[str]]
"""A person as a row has one: 证件号码, name, telephone numbers; each may be empty."""


def files_of(connection: Connection, asked: Sequence[Asked]) -> list[Uid | None]:
    """For each the one file that has this 证件号码 or else this name and telephone; None when
    there is none, or more than one."""
    keys = {key for number, _, _ in asked for key in id_keys(number)}
    keys |= {key for _, name, phones in asked if name for key in _whole_keys(phones)}
    by_id: dict[str, set[Uid]] = {}
    by_phone: dict[tuple[str, str], set[Uid]] = {}
    for one in store.alike(connection, (), keys):
        by_id.setdefault(one.id_number, set()).add(one.uid)
        for phone in one.phones:
            by_phone.setdefault((one.name, phone.number), set()).add(one.uid)
    found: list[Uid | None] = []
    for number, name, phones in asked:
        people = by_id.get(number, set()) if number else set()
        if not people and name:
            people = {uid for phone in phones for uid in by_phone.get((name, phone), ())}
        found.append(next(iter(people)) if len(people) == 1 else None)
    return found


def _whole_keys(phones: Sequence[str]) -> set[str]:
    return {max(keys, key=len) for phone in phones if (keys := phone_keys(phone))}


def drafts(connection: Connection, rows: Sequence[Cells]) -> list[ResidentDraft]:
    """The rows as they would be kept, as far as they can be read."""
    lookup = Lookup(connection)
    drafts = []
    for row in rows:
        values, _ = read_what_can_be(FORM, _shape(row), lookup, LATEST)
        drafts.append(tidy(draft_of_values(values), LATEST)[0])
    return drafts


def people_like(
    connection: Connection, drafts: Sequence[ResidentDraft]
) -> list[tuple[tuple[Resident, tuple[str, ...]], ...]]:
    """For each draft the files that may be that person's and why, the surest first."""
    names = {sort_key(draft.name) for draft in drafts if draft.name}
    keys = {key for draft in drafts for key in number_keys(draft)}
    by_name: dict[str, list[Resident]] = {}
    by_key: dict[str, list[Resident]] = {}
    for other in store.alike(connection, names, keys):
        by_name.setdefault(sort_key(other.name), []).append(other)
        for key in number_keys(other):
            by_key.setdefault(key, []).append(other)
    found = []
    for draft in drafts:
        near = by_name.get(sort_key(draft.name), []) if draft.name else []
        near = [*near, *(one for key in number_keys(draft) for one in by_key.get(key, ()))]
        why = {other.uid: (other, reasons_for(draft, other)) for other in near}
        sure = [one for one in why.values() if one[1]]
        found.append(tuple(sorted(sure, key=lambda one: SUREST_FIRST.index(one[1][0]))))
    return found


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    return [
        tuple(Like(f"{other.number} {other.name}", why, other.uid) for other, why in one)
        for one in people_like(connection, drafts(connection, rows))
    ]


def _take_back(unit: Unit, resident: Resident) -> None:
    if store.seen(unit.connection, resident.uid) is not None:
        raise UserError(
            "这位居民已有来访记录，没有撤销这份档案。", "请先撤销或更正那些来访，或保留这份档案。"
        )
    if store.merged_uids(unit.connection, resident.uid):
        raise UserError("已有别的档案并入这一份，没有撤销。", "请先撤销合并。")
    store.forget(unit, resident)


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="居民档案名册",
        about="小区住户、人口登记一类的名册，每行一位居民；一格里写了几个人的，拆成几行。",
        columns=_COLUMNS,
        several=Several.SPLIT,
        keys=("number", "id_number"),
        known=_known,
        shape=_shape,
        adding=Adding(RESIDENTS.adding.label, RESIDENTS.adding.needs, FORM, _enter),
        changing=Changing(replace(FORM, required=frozenset()), _save),
        problems=_problems,
        like=_like,
        told=telling((place_names, ("compound", "party_branch"))),
        take_back=_take_back,
    ),
)
