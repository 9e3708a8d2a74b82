"""What the sheets of all ledgers are put together from: a column as its field describes it, words
for what records refer to, and changes that leave alone what is so already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.codec import Plain, encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Choice, Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Changing, Desk, Ledger
from desktop_app.core.masking import mask_id, mask_phone
from desktop_app.core.plain_entry import Form, Lookup, altered, given
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.rights import Right
from desktop_app.sheets.spec import CellKind, Column, Connection, Like, Out, Told, Values

_KINDS: Mapping[FieldKind, CellKind] = {
    FieldKind.TEXT: CellKind.LINE,
    FieldKind.NUMBER: CellKind.NUMBER,
    FieldKind.FLAG: CellKind.FLAG,
    FieldKind.DAY: CellKind.DAY,
    FieldKind.MOMENT: CellKind.MOMENT,
    FieldKind.CHOICE: CellKind.CHOICE,
    FieldKind.CHOICES: CellKind.CHOICES,
    FieldKind.PHONE: CellKind.PHONE,
    FieldKind.IDENTITY: CellKind.IDENTITY,
    FieldKind.REFERENCE: CellKind.LINE,
    FieldKind.LIST: CellKind.TEXT,
}
_MASKS: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.PHONE: mask_phone,
    FieldKind.IDENTITY: mask_id,
}
_YES, _NO = "是", "否"

Namer = Callable[[Connection, Sequence[Uid]], Mapping[Uid, str]]
"""What some uids are called; those it does not know are left out."""


def column(field: Field, kind: CellKind | None = None, **more: Any) -> Column:
    """The column of a field: its label, its choices, who may see it, and how it is written."""
    told: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "kind": kind or _KINDS[field.kind],
        "private": field.private,
        "sensitive": field.sensitive,
        "choices": field.choices,
        "mask": _MASKS.get(field.kind) if field.private else None,
        "out": _written(field.name, kind or _KINDS[field.kind]),
    }
    return Column(**{**told, **more})


def only_read(name: str, label: str, kind: CellKind = CellKind.LINE, **more: Any) -> Column:
    """A column that people have and the program does not write."""
    return Column(name=name, label=label, kind=kind, **more)


def only_written(field: Field, **more: Any) -> Column:
    """A column that the program fills in itself: it is never read."""
    return column(field, read=False, **more)


def part_of(group: str, part: str) -> Callable[[Told], Out]:
    """Writes one part of a field that holds parts (监护人: 姓名)."""

    def out(told: Told) -> Out:
        whole = getattr(told.record, group)
        value = None if whole is None else getattr(whole, part)
        return getattr(value, "label", value) or None

    return out


def referred(name: str) -> Callable[[Told], Out]:
    """Writes what a field refers to by its word."""
    return lambda told: told.name(getattr(told.record, name))


def moment(zone: Zone, at: Millis | None) -> datetime | None:
    """A point in time as a cell holds it: by the station's clock, to the minute."""
    return None if at is None else zone.local(at).replace(second=0, microsecond=0, tzinfo=None)


def _written(name: str, kind: CellKind) -> Callable[[Told], Out]:
    def text(told: Told) -> Out:
        return getattr(told.record, name) or None

    def as_it_is(told: Told) -> Out:
        value: Out = getattr(told.record, name)
        return value

    def yes_or_no(told: Told) -> Out:
        return _YES if getattr(told.record, name) else _NO

    def word(told: Told) -> Out:
        value = getattr(told.record, name)
        return None if value is None else value.label

    def words(told: Told) -> Out:
        return "、".join(one.label for one in getattr(told.record, name)) or None

    def clock(told: Told) -> Out:
        return moment(told.zone, getattr(told.record, name))

    ways: Mapping[CellKind, Callable[[Told], Out]] = {
        CellKind.NUMBER: as_it_is,
        CellKind.YEAR: as_it_is,
        CellKind.DAY: as_it_is,
        CellKind.FLAG: yes_or_no,
        CellKind.CHOICE: word,
        CellKind.GENDER: word,
        CellKind.CHOICES: words,
        CellKind.MOMENT: clock,
    }
    return ways.get(kind, text)


Telling = Callable[[Connection, Zone, Sequence[Any]], list[Told]]


def telling(*namers: tuple[Namer, Sequence[str]]) -> Telling:
    """`SheetSpec.told`: each namer is asked once for all that some fields of the records hold."""

    def told(connection: Connection, zone: Zone, records: Sequence[Any]) -> list[Told]:
        words: dict[Uid, str] = {}
        for namer, names in namers:
            wanted = {uid for record in records for name in names for uid in _uids(record, name)}
            if wanted:
                words.update(namer(connection, sorted(wanted)))
        return [Told(record, zone, words) for record in records]

    return told


def _uids(record: Any, name: str) -> Iterable[Uid]:
    value = getattr(record, name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def joined_parts(values: dict[str, Plain], group: str, parts: Mapping[str, str]) -> None:
    """Puts columns (监护人姓名, 监护人电话) together to the group of a form they are parts of.

    `parts` are the group's parts by the names of the columns; empty ones are left out.
    """
    found = {part: values.pop(name) for name, part in parts.items() if name in values}
    if found:
        values[group] = found


def differing(record: Any, values: Mapping[str, Any], zone: Zone | None = None) -> dict[str, Any]:
    """What these values of a form would change of a record; what is no field of it stays.

    A point in time is the same when it is the same minute by the station's clock.
    """
    kept = {part.name: getattr(record, part.name) for part in fields(record)}
    told = {name: _over(kept.get(name), value) for name, value in given(values).items()}
    times = {name for name, value in told.items() if isinstance(value, datetime)} & kept.keys()
    same = {name for name in times if moment(zone or Zone(), kept[name]) == _minute(told[name])}
    plain = {name: told[name] for name in told.keys() & kept.keys() - times}
    same |= {name for name, value in altered(record, plain).items() if value == kept[name]}
    return {name: value for name, value in told.items() if name not in same}


def _over(kept: Any, told: Any) -> Any:
    """A field of several parts with those that are told; the others stay as they are."""
    if isinstance(told, Mapping) and is_dataclass(kept):
        return {**encode(kept), **told}
    return told


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0, tzinfo=None)


def wide_form(form: Form, kind: RecordKind[Any], *more: Field) -> Form:
    """A form that takes all that a sheet may say of a record, so that what has not changed can be
    left alone wherever it may not be changed."""
    known = {field.name: field for field in (*kind.fields, *form.fields, *more)}
    return replace(form, fields=tuple(known.values()), required=frozenset(), not_here={})


Spread = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def changing(
    ledger: Ledger,
    shelf: Any,
    form: Form,
    *,
    spread: Spread = given,
    beside: frozenset[str] = frozenset(),
) -> Changing:
    """How a row changes the record it is: what is so already is left alone, and what the ledger
    does not change this way is refused. `spread` makes fields of what the form read; what stands
    `beside` the record is not looked at."""
    assert ledger.changing is not None
    save_changes = ledger.changing.save
    takes = {field.name for field in ledger.changing.form.fields}

    def save(desk: Desk, uid: Uid, revision: int | None, values: Mapping[str, Any]) -> Record:
        with desk.reading(needs=Right.READ) as connection:
            record: Record = shelf.need(connection, uid)
        changes = differing(record, spread(values), desk.database.zone)
        changes = {name: value for name, value in changes.items() if name not in beside}
        # A list stays as the form read it: the ledger makes its fields of it as ever.
        changes |= {name: values[name] for name in changes if isinstance(values.get(name), list)}
        for name in sorted(changes.keys() - takes):
            refuse_change(ledger.kind, name)
        return save_changes(desk, uid, revision, changes) if changes else record

    return Changing(form, save)


def unchanging(
    kind: RecordKind[Any], shelf: Any, form: Form, *, spread: Spread = given
) -> Changing:
    """For records that are never changed so: the same row again is in order, another is not."""

    def save(desk: Desk, uid: Uid, revision: int | None, values: Mapping[str, Any]) -> Record:
        with desk.reading(needs=Right.READ) as connection:
            record: Record = shelf.need(connection, uid)
        known = {part.name for part in fields(record)}
        for name in sorted(differing(record, spread(values), desk.database.zone).keys() & known):
            refuse_change(kind, name)
        return record

    return Changing(form, save)


def refuse_change(kind: RecordKind[Any], name: str) -> None:
    """Say that a field is changed by steps, never by a sheet."""
    labels = {field.name: field.label for field in kind.fields}
    raise UserError(
        f"“{labels.get(name, name)}”不能从表格里改，没有改动。",
        "请用相应的办理步骤来改变它。",
        field=name,
    )


UID = Column(
    name="uid",
    label="记录号",
    kind=CellKind.CODE,
    width=34,
    out=lambda told: told.record.uid.hex,
)
"""For records that have no number of their own: so they are known when they come again."""


def known_by(shelf: Any) -> Callable[[Connection, str, Sequence[str]], dict[str, Uid]]:
    """`SheetSpec.known`: a column that is a field of the record, or `UID`. What several records
    have tells none of them."""

    def known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
        if name == UID.name:
            uids = {uid: text for text in texts if (uid := parse_uid(text)) is not None}
            there = shelf.parts(connection, ("uid",), "uid", list(uids))
            return {uids[uid]: uid for (uid,) in there}
        asked = {spelling: text for text in texts for spelling in (text, text.upper())}
        having: dict[str, set[Uid]] = {}
        for value, uid in shelf.parts(connection, (name, "uid"), name, list(asked)):
            having.setdefault(asked[value], set()).add(uid)
        return {text: next(iter(uids)) for text, uids in having.items() if len(uids) == 1}

    return known


def likes(
    shelf: Any,
    by: Sequence[str],
    key: Callable[[Lookup, Values], Sequence[Any] | None],
    reason: str,
    words: Sequence[str] = ("number",),
) -> Callable[[Connection, Sequence[Values]], list[tuple[Like, ...]]]:
    """`SheetSpec.like`: records whose fields `by` are those that `key` makes of a row, the first
    of which is asked for; called by what `words` hold. A row without a key is like nothing."""

    def like(connection: Connection, rows: Sequence[Values]) -> list[tuple[Like, ...]]:
        lookup = Lookup(connection)
        keys = [_key(key, lookup, row) for row in rows]
        there: dict[tuple[Any, ...], list[Like]] = {}
        first = [one[0] for one in keys if one is not None]
        for *values, uid in shelf.parts(connection, (*by, *words, "uid"), by[0], first):
            called = " ".join(str(value) for value in values[len(by) :] if value)
            found = Like(called, (reason,), uid)
            there.setdefault(tuple(values[: len(by)]), []).append(found)
        return [() if one is None else tuple(there.get(one, ())) for one in keys]

    return like


def _key(
    key: Callable[[Lookup, Values], Sequence[Any] | None], lookup: Lookup, row: Values
) -> tuple[Any, ...] | None:
    try:
        found = key(lookup, row)
    except UserError:
        return None
    return None if found is None or any(part in (None, "") for part in found) else tuple(found)


def day_of(row: Values, name: str) -> date | None:
    """The day a row's cell tells, whatever time stands beside it."""
    return date.fromisoformat(str(row[name])[:10]) if name in row else None


def columns_of(kind: RecordKind[Any]) -> Callable[..., Column]:
    """What makes the columns of a kind, by the names of its fields: `column` with the concept."""

    def make(name: str, concept: str = "", cells: CellKind | None = None, **more: Any) -> Column:
        return column(kind.field(name), cells, concept=concept, **more)

    return make


_PERSON = re.compile(r"([^（()）]+)(?:[（(]([^（()）]*)[)）])?")
_APART = re.compile(r"[、，,;；\n]+")


def people_text(people: Iterable[Any]) -> str | None:
    """Some people in one cell, each perhaps with a number: 张三（13800001234）、李四."""
    return (
        "、".join(f"{one.name}（{one.phone}）" if one.phone else one.name for one in people) or None
    )


def people_of(text: str) -> list[Plain]:
    """The people of a cell as `people_text` writes them, as parts of a form."""
    found: list[Plain] = []
    for part in filter(None, (part.strip() for part in _APART.split(text))):
        told = _PERSON.fullmatch(part)
        name, phone = (told[1].strip(), (told[2] or "").strip()) if told else (part, "")
        found.append({"name": name, "phone": phone} if phone else {"name": name})
    return found


def chosen(
    text: str, choices: Sequence[Choice], synonyms: Sequence[tuple[str, str]] = ()
) -> tuple[list[Plain], list[str]]:
    """The choices that a text of several words means, and the words that are none of them."""
    known = {choice.label: choice.value for choice in choices} | dict(synonyms)
    words = [word for word in re.split(r"[、，,;；/\s]+", text) if word]
    found = [known[word] for word in words if word in known]
    return list(dict.fromkeys(found)), [word for word in words if word not in known]


def noted(values: dict[str, Plain], label: str, words: Sequence[str]) -> None:
    """Keeps in the remark what has no other place: 特长：唱歌、二胡."""
    if words:
        said = f"{label}：{'、'.join(words)}"
        before = str(values.get("remark") or "")
        if said not in before:
            values["remark"] = f"{said}；{before}" if before else said


def without(values: Values, *names: str) -> dict[str, Plain]:
    """The values without some columns."""
    return {name: value for name, value in values.items() if name not in names}
