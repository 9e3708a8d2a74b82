"""Sheets of places and of their links; and an address of one cell, taken apart for all sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.door_text import split_door
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import Lookup
from desktop_app.core.text import half_width, visible
from desktop_app.registers.places import service, store
from desktop_app.registers.places.record import KIND, LINK
from desktop_app.registers.places.register import LINKS, PLACES, find_place
from desktop_app.registers.places.rules import Place, PlaceKind, PlaceLink, checked_code
from desktop_app.sheets.columns import (
    UID,
    column,
    differing,
    known_by,
    only_written,
    referred,
    telling,
    unchanging,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, Like, SheetSpec
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

# --- an address -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """An address of one cell: its parts, and in `words` what could not be taken apart."""

    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    words: str = ""


_LONGEST_PART = 20
_BETWEEN = " 　,，、;；·-—/"
_COUNT = r"[0-9A-Za-z]{1,6}|[一二三四五六七八九十甲乙丙丁东南西北]{1,3}"
_BUILDING = re.compile(rf"({_COUNT})(?:号楼|栋|幢|座|#楼?)")
_STAIR = rf"[-/ ]*(?:{_COUNT})(?:单元|梯)?"
_DOOR = re.compile(
    rf"(?!\d{{6}})(?:{_COUNT})(?:号楼|栋|幢|座|#楼?)?(?:{_STAIR}){{0,3}}[-/ ]*[室号房]?"
)


def find_address(lookup: Lookup, text: str) -> Address:
    """`金色家园3-2-501` or `3栋2单元501` as compound and door. What is neither is kept as words."""
    compounds = lookup.once("compounds of addresses", _compounds)
    plain = half_width(visible(text)).strip()
    named = next((name for name in compounds if name in plain), "")
    before, _, rest = plain.partition(named) if named else ("", "", plain)
    rest = rest.strip(_BETWEEN)
    door = _door(rest)
    whole = not rest or (any(door) and max(map(len, door)) <= _LONGEST_PART)
    if not named and not whole:
        return Address(words=visible(text).strip())
    words = "" if whole and not before.strip(_BETWEEN) else visible(text).strip()
    return Address(compounds.get(named), *door, words)


def _door(text: str) -> tuple[str, str, str]:
    """楼栋, 单元, 门牌; nothing where the text is no door. 3栋 alone is no 门牌."""
    if found := _BUILDING.fullmatch(text):
        return found[1], "", ""
    return split_door(text) if _DOOR.fullmatch(text) else ("", "", "")


def find_compound_or_words(lookup: Lookup, text: str) -> Uid | str:
    """The 小区 of that name or code; a name nobody knows stays as it is written."""
    compounds = lookup.once("compounds by name", _named_compounds)
    found = compounds.get(half_width(text), ())
    if len(found) > 1:
        raise UserError(f"有 {len(found)} 个小区都叫这个名称。", "请改写它的编码。")
    return found[0] if found else text


def _compounds(connection: Connection) -> dict[str, Uid]:
    """The names that only one 小区 has, the longest first."""
    names = _named_compounds(connection)
    only = {name: found[0] for name, found in names.items() if len(found) == 1}
    return dict(sorted(only.items(), key=lambda one: -len(one[0])))


def _named_compounds(connection: Connection) -> dict[str, tuple[Uid, ...]]:
    written = place_names(connection, ())
    names: dict[str, tuple[Uid, ...]] = {}
    for place in store.everywhere(connection):
        if place.kind is PlaceKind.COMPOUND:
            own = {named.name for named in place.names} | {place.code, written[place.uid]}
            for name in {half_width(one) for one in own if one}:
                names[name] = (*names.get(name, ()), place.uid)
    return names


def spread_address(values: Mapping[str, Any], keep_words: str, told_as: str = "") -> dict[str, Any]:
    """The values of a form with `address` and an unknown `compound` put where the form has room:
    what cannot be taken apart is added to the field `keep_words`, as `told_as` (住址：)."""
    told = dict(values)
    address: Address = told.pop("address", None) or Address()
    kept = [address.words]
    if isinstance(told.get("compound"), str):
        kept.append(told.pop("compound"))
    parts = {name: getattr(address, name) for name in ("compound", "building", "unit", "room")}
    told = {name: value for name, value in parts.items() if value} | told
    already = str(told.get(keep_words) or "")
    words = [one for one in dict.fromkeys(kept) if one and one not in already]
    if words:
        said = f"{told_as}{'，'.join(words)}"
        told[keep_words] = f"{said}；{already}" if already else said
    return told


ADDRESS = Field("address", "住址", private=True)
ADDRESS_FINDERS = {"address": find_address, "compound": find_compound_or_words}


def place_names(connection: Connection, _uids: Collection[Uid]) -> dict[Uid, str]:
    """The names of all places; where several have one, with what they lie in: 金色家园/3栋."""
    known = {place.uid: place for place in store.everywhere(connection)}
    having: dict[str, int] = {}
    for place in known.values():
        having[place.name] = having.get(place.name, 0) + 1

    def words(place: Place) -> str:
        above = known.get(place.parent) if place.parent else None
        if having[place.name] == 1 or above is None:
            return place.name
        return f"{words(above)}/{place.name}"

    return {place.uid: words(place) for place in known.values()}


def paths(connection: Connection, _uids: Collection[Uid] = ()) -> dict[Uid, str]:
    """Each place by the names of all it lies in, the kinds of the ends told where two are alike."""
    known = {place.uid: place for place in store.everywhere(connection)}

    def path(place: Place) -> str:
        above = known.get(place.parent) if place.parent else None
        return f"{path(above)}/{place.name}" if above else place.name

    whole = {uid: path(place) for uid, place in known.items()}
    taken = Counter(whole.values())
    return {
        uid: words if taken[words] == 1 else f"{words}（{known[uid].kind.label}）"
        for uid, words in whole.items()
    }


# --- places ---------------------------------------------------------------------------------------

_PLACE = {field.name: field for field in (*KIND.fields, *LINK.fields)}


def _find(lookup: Lookup, text: str) -> Uid:
    """As `find_place`, and one among several of a name by all it lies in: 青榕社区/青榕雅苑."""
    for uid, path in paths(lookup.connection).items():
        if path == text:
            return uid
    return find_place(lookup, text)


_PATH = Field("path", "全称")
"""The name with all it lies in, by which a place without a code is known again."""

_COLUMNS: tuple[Column, ...] = (
    column(_PLACE["code"], CellKind.CODE, concept="code", width=16),
    column(_PLACE["kind"], concept="place_kind", required=True),
    column(
        _PLACE["names"],
        CellKind.LINE,
        name="name",
        concept="place_name",
        required=True,
        width=24,
        out=lambda told: told.record.name or None,
    ),
    column(_PLACE["parent"], concept="parent", out=referred("parent"), width=24),
    column(_PLACE["compound_type"], words=("小区性质",)),
    column(_PLACE["since"], concept="since"),
    column(_PLACE["until"], concept="until"),
    column(_PLACE["successor"], out=referred("successor"), width=24),
    only_written(
        Field("former", "曾用名"),
        out=lambda told: "、".join(named.name for named in told.record.names[:-1]) or None,
    ),
    column(_PLACE["remark"], CellKind.TEXT, concept="remark", width=30),
    column(_PATH, width=36, out=lambda told: told.name(told.record.uid)),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = dict(cells)
    values.pop(_PATH.name, None)
    if "name" in values:
        values["names"] = [{"name": values.pop("name")}]
    return values


assert PLACES.adding is not None
assert PLACES.changing is not None
_FORM = replace(PLACES.adding.form, finders={"parent": _find, "successor": _find})


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Place:
    place = service.get(desk, uid)
    told = dict(values)
    names = told.pop("names", None)
    if names and names[-1]["name"] != place.name:
        raise UserError(
            "名称不能从表格里改，没有改动。", "请在地点页用“改名”，并写明启用日期。", field="name"
        )
    changes = differing(place, told)
    assert PLACES.changing is not None
    return PLACES.changing.save(desk, uid, revision, changes) if changes else place  # type: ignore[return-value]


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    if name == _PATH.name:
        wanted = set(texts)
        return {path: uid for uid, path in paths(connection).items() if path in wanted}
    asked = {code: text for text in texts for code in _spellings(text)}
    found = store.PLACES.parts(connection, ("code", "uid"), name, asked)
    return {asked[code]: uid for code, uid in found}


def _spellings(code: str) -> set[str]:
    """A code as any kind of place would keep it."""
    found = {code}
    for kind in PlaceKind:
        try:
            found.add(checked_code(kind, code))
        except UserError:
            continue
    return found


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    named: dict[tuple[str, str], list[Place]] = {}
    for place in store.everywhere(connection):
        named.setdefault((place.kind.value, place.name), []).append(place)

    def like(place: Place) -> Like:
        words = f"{place.kind.label} {place.name} {place.code}".strip()
        return Like(words, ("类别和名称相同",), place.uid)

    return [
        tuple(map(like, named.get((str(row.get("kind")), str(row.get("name"))), ())))
        for row in rows
    ]


def _take_back(unit: Unit, place: Place) -> None:
    if store.has_below(unit.connection, place.uid):
        raise UserError(
            f"{place.name}下面已有别的地点或关联，不能再撤销新增。", "如已不用，请填写截止日期。"
        )
    store.PLACES.remove(unit, place)


_PLACES_SHEET = SheetSpec(
    kind=KIND.name,
    title="地点名录",
    about="街道、社区、站点、小区、楼栋、单元、网格和党支部，每行一个，写明它位于哪里。",
    columns=_COLUMNS,
    keys=("code", "path"),
    known=_known,
    shape=_shape,
    adding=Adding(PLACES.adding.label, PLACES.adding.needs, _FORM, PLACES.adding.enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    like=_like,
    told=telling((paths, ("uid", "parent", "successor"))),
    take_back=_take_back,
)

# --- links ----------------------------------------------------------------------------------------

assert LINKS.adding is not None
_LINK_FORM = replace(LINKS.adding.form, finders={"place": _find, "other": _find})


def _link_shape(cells: Cells) -> dict[str, Plain]:
    return without(cells, UID.name)


def _end(name: str) -> Column:
    return column(_PLACE[name], required=True, width=24, out=referred(name))


def _links_like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    names = paths(connection)
    there: dict[frozenset[str], PlaceLink] = {}
    for link in store.all_links(connection):
        ends = frozenset((names.get(link.place, ""), names.get(link.other, "")))
        there[ends] = link
    found: list[tuple[Like, ...]] = []
    for row in rows:
        ends = frozenset((str(row.get("place")), str(row.get("other"))))
        known = there.get(ends)
        words = " — ".join(sorted(ends))
        found.append((Like(words, ("已经关联",), known.uid),) if known is not None else ())
    return found


_LINKS_SHEET = SheetSpec(
    kind=LINK.name,
    title="地点关联",
    about="互不隶属却有关系的地点，例如站点和它服务的小区，每行一对。",
    columns=(
        _end("place"),
        _end("other"),
        column(Field("since", "起始日期", FieldKind.DAY), concept="since"),
        only_written(Field("until", "截止日期", FieldKind.DAY)),
        column(LINK.field("remark"), CellKind.TEXT, concept="remark", width=30),
        UID,
    ),
    keys=(UID.name,),
    known=known_by(store.LINKS),
    shape=_link_shape,
    changing=unchanging(LINK, store.LINKS, wide_form(_LINK_FORM, LINK)),
    adding=Adding(LINKS.adding.label, LINKS.adding.needs, _LINK_FORM, LINKS.adding.enter),
    like=_links_like,
    told=telling((paths, ("place", "other"))),
)

SHEETS = (_PLACES_SHEET, _LINKS_SHEET)
