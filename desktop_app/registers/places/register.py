"""Places and their links for the command line: 街道, 社区, 站点, 小区, 楼栋, 网格, 党支部 …"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
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
    cut,
    events,
    member_of,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.picking import pick
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.registers.places import service, store
from desktop_app.registers.places.directory import Node
from desktop_app.registers.places.record import KIND, LINK
from desktop_app.registers.places.rules import Place, PlaceKind, PlaceLink
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk, Unit

_FIELDS = {field.name: field for field in (*KIND.fields, *LINK.fields)}
_NAME = Field("name", "名称", required=True)
_SINCE = Field("since", "起始日期", FieldKind.DAY)


def find_place(lookup: Lookup, text: str, kinds: Collection[PlaceKind] = ()) -> Uid:
    """The place a text means: its uid, its code, or a name that only one has."""
    # Read anew each time: an earlier object of the same file may have added it.
    known = [
        place for place in store.everywhere(lookup.connection) if not kinds or place.kind in kinds
    ]
    uid = parse_uid(text)
    for place in known:
        if uid is not None and place.uid == uid:
            return place.uid
    named = [
        place
        for place in known
        if text == place.code or text in {name.name for name in place.names}
    ]
    if len(named) != 1:
        said = f"有 {len(named)} 个地点都叫这个名称。" if named else "没有找到这个地点。"
        raise UserError(said, "请改写编码或 uid；有哪些地点请看 jinlin list places。")
    return named[0].uid


def find_compound(lookup: Lookup, text: str) -> Uid:
    """A 小区 by uid, code or name; many records of one file may name the same one."""
    return lookup.once(f"compound {text}", lambda _: _one_of(lookup, text, PlaceKind.COMPOUND))


def find_branch(lookup: Lookup, text: str) -> Uid:
    """A 党支部 by uid, code or name."""
    return lookup.once(f"branch {text}", lambda _: _one_of(lookup, text, PlaceKind.BRANCH))


def _one_of(lookup: Lookup, text: str, kind: PlaceKind) -> Uid:
    return find_place(lookup, text, {kind})


# --- places ---------------------------------------------------------------------------------------

_NAMES = Group(Form((_NAME, _SINCE), required=frozenset({"name"})), many=True, single="name")
_FORM = Form(
    KIND.fields,
    required=frozenset({"kind", "names"}),
    groups={"names": _NAMES},
    finders={"parent": find_place, "successor": find_place},
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Place]:
    common = {"uid": unit.new_uid(), "station": unit.station.code}
    return [service.enter(unit, build(Place, {**values, **common}))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Place:
    place = service.get(desk, uid)
    changes: dict[str, Any] = {**altered(place, values), "revision": revision or place.revision}
    return service.save(desk, replace(place, **changes)).value


def _rename(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Place:
    told = given(values)
    return service.rename(desk, uid, told["name"], told.get("since", desk.today)).value


def _close(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Place:
    told = given(values)
    return service.close(desk, uid, told.get("until", desk.today), told.get("successor")).value


_COLUMNS = (
    _FIELDS["kind"],
    Field("name", "名称"),
    _FIELDS["code"],
    Field("path", "位于"),
    _FIELDS["since"],
    Field("uid", "uid"),
)


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    rows = [_row(node, above) for node, above in _walk(service.tree(desk), ())]
    if query.status:
        kind = member_of(PlaceKind, query.status)
        if kind is None:
            raise refuse_status(KIND.label, [one.label for one in PlaceKind])
        rows = [row for row in rows if row["kind"] == kind.value]
    return cut(pick(rows, query.search, lambda row: (str(row["name"]), str(row["code"]))), query)


def _walk(nodes: Sequence[Node], above: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    for node in nodes:
        yield node, above
        yield from _walk(node.children, (*above, node.name))


def _row(node: Node, above: tuple[str, ...]) -> Row:
    place = node.place
    return {
        "kind": place.kind.value,
        "name": node.name,
        "code": place.code,
        "path": " / ".join(above),
        "since": encode(place.since),
        "uid": place.uid.hex,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    place = service.get(desk, uid)
    plain, hidden = plain_record(KIND, place, desk.database.zone)
    subjects = {f"{place.kind.label} {named.name}" for named in place.names}
    return Shown(
        {**plain, "path": " / ".join(service.breadcrumb(desk, uid)[:-1])},
        hidden,
        ("rename", "close") if place.until is None else (),
        events([line for subject in subjects for line in _lines(desk, subject)]),
    )


def _lines(desk: Desk, subject: str) -> list[Any]:
    with desk.reading(needs=Right.READ) as connection:
        return list(entries(connection, subject=subject))


def _title(place: Place) -> str:
    return f"{place.kind.label} {place.name}"


PLACES = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=_title,
    adding=Adding("新增地点", Right.MANAGE_STATION, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=(
        Deed("rename", "改名", Form((_NAME, _SINCE), required=frozenset({"name"})), _rename),
        Deed(
            "close",
            "撤销",
            Form((_FIELDS["until"], _FIELDS["successor"]), finders={"successor": find_place}),
            _close,
        ),
    ),
)

# --- links ----------------------------------------------------------------------------------------

_LINK_FORM = Form(
    tuple(field for field in LINK.fields if field.name != "until"),
    required=frozenset({"place", "other"}),
    finders={"place": find_place, "other": find_place},
)


def _enter_link(unit: Unit, desk: Desk, values: Values) -> Sequence[PlaceLink]:
    return [service.enter_link(unit, **given(values))]


def _unlink(desk: Desk, uid: Uid, revision: int | None, values: Values) -> PlaceLink:
    return service.unlink(desk, uid, given(values).get("until", desk.today)).value


def _link_page(desk: Desk, query: Query) -> Rows:
    refuse_days(LINK.label, query)
    if query.status:
        raise refuse_status(LINK.label, ["（不写）"])
    known = service.directory(desk)
    names = {place.uid: place.name_on(desk.today) for place in known}
    rows = [
        {
            "place": names.get(link.place, ""),
            "other": names.get(link.other, ""),
            "since": encode(link.since),
            "until": encode(link.until),
            "uid": link.uid.hex,
        }
        for link in service.all_links(desk)
    ]
    return cut(pick(rows, query.search, lambda row: (row["place"], row["other"])), query)


def _show_link(desk: Desk, uid: Uid) -> Shown:
    link = service.get_link(desk, uid)
    plain, hidden = plain_record(LINK, link, desk.database.zone)
    ends = [service.get(desk, end) for end in (link.place, link.other)]
    lines = _lines(desk, " — ".join(place.name for place in ends))
    return Shown(plain, hidden, ("unlink",) if link.until is None else (), events(lines))


LINKS = Ledger(
    kind=LINK,
    columns=(*LINK.fields[:4], Field("uid", "uid")),
    page=_link_page,
    show=_show_link,
    title=lambda link: "",
    adding=Adding("关联地点", Right.MANAGE_STATION, _LINK_FORM, _enter_link),
    deeds=(Deed("unlink", "解除", Form((_FIELDS["until"],)), _unlink),),
    elsewhere="要改日期，请先解除（act … unlink）再重新关联。",
)

LEDGERS = (PLACES, LINKS)
