"""What a row says of a person, and whose file that is: for every sheet that tells of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import Plain
from desktop_app.core.day_text import LATEST
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Values
from desktop_app.core.pinyin import id_keys, phone_keys, sort_key
from desktop_app.core.plain_entry import Lookup, build, given, read_what_can_be
from desktop_app.registers.places.sheet import (
    ADDRESS,
    ADDRESS_FINDERS,
    spread_address,
)
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.likeness import SUREST_FIRST, number_keys, reasons_for
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.register import DRAFT_FORM
from desktop_app.registers.residents.rules import Resident, ResidentDraft
from desktop_app.registers.residents.tidying import tidy
from desktop_app.sheets.columns import (
    differing,
    joined_parts,
)
from desktop_app.sheets.spec import (
    Connection,
)
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Unit


def shape(cells: Cells) -> dict[str, Plain]:
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
        values, _ = read_what_can_be(FORM, shape(row), lookup, LATEST)
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


def found_or_opened(unit: Unit, values: Values) -> Resident:
    """The file of exactly this person, with what it did not say yet; else a new one."""
    draft = draft_of_values(values)
    asked = (draft.id_number, draft.name, [phone.number for phone in draft.phones])
    (uid,) = files_of(unit.connection, [asked])
    if uid is None:
        return service.enter(unit, draft)
    return service.fill_in(unit, store.SHELF.need(unit.connection, uid), draft)


def refuse_other_person(connection: Connection, resident: Uid, values: Values) -> None:
    """Raise `UserError` when a row of a known record tells another thing of its person than the
    resident's file: that is changed there."""
    file = store.SHELF.get(connection, store.kept_uid(connection, resident))
    if file is None or file.deleted:
        return
    for name in differing(file, spread_address(values, "address_note")):
        raise UserError(
            f"“{KIND.field(name).label}”与居民档案里的不一样，没有改动。",
            "请在居民档案里改。",
            field=name,
        )


def kept_files(connection: Connection, residents: Sequence[Uid]) -> dict[Uid, Resident]:
    """Files by uid; for a merged one the file it is part of."""
    files = store.SHELF.many(connection, residents)
    for uid, file in list(files.items()):
        if file.merged_into is not None:
            files[uid] = store.SHELF.need(connection, store.kept_uid(connection, uid))
    return files
