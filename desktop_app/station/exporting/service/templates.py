"""The templates there are: those of the program, and those an office adds, renames and removes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app import catalog
from desktop_app.core.changes import Changed, Undo
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.resources import resource_bytes
from desktop_app.core.rights import Right
from desktop_app.core.telling import UPWARD
from desktop_app.core.text import clean_line
from desktop_app.sheets.template import names_in
from desktop_app.station.exporting import store
from desktop_app.station.exporting.rules.columns import headings
from desktop_app.station.exporting.rules.templates import (
    BUILT_IN,
    COMMON,
    PERIOD,
    PERIOD_WORD,
    TEMPLATE_NAME_LIMIT,
    Template,
    refuse_nothing,
    refuse_unknown,
)
from desktop_app.storage.session import Desk, Unit

KIND = "sheet_templates"
"""What pages are told of when a template was added, renamed or removed."""
_FOLDER = "sheets"
_UNIT = "单位"
_NUMBER = "序号"


def templates(desk: Desk, kind: str | None = None) -> tuple[Template, ...]:
    """All of them, the office's own first; with `kind` those that are filled with its records."""
    with desk.reading(needs=Right.READ) as connection:
        own = store.every(connection)
    offered = _ledgers(desk)
    return tuple(
        one
        for one in (*own, *BUILT_IN)
        if one.kind in offered and (kind is None or one.kind == kind)
    )


def kinds(desk: Desk) -> dict[str, str]:
    """What a template may be filled with: the name and the word for it."""
    return _ledgers(desk)


def word_of(kind: str) -> str:
    """What a template is filled with, in words."""
    if kind == PERIOD:
        return PERIOD_WORD
    ledger = catalog.ledgers().get(kind)
    return ledger.kind.label if ledger else kind


def template(desk: Desk, text: str) -> Template:
    """The template of that key or name; `UserError` that names all of them."""
    every = templates(desk)
    for one in every:
        if text.strip() in (one.key, one.name):
            return one
    raise UserError(
        "没有这个模板，没有导出任何内容。",
        f"可用的模板：{'、'.join(one.name for one in every)}。",
        field="template",
    )


def workbook(desk: Desk, one: Template) -> bytes:
    """The file of a template."""
    if one.is_built_in:
        return resource_bytes(_FOLDER, one.file)
    uid = parse_uid(one.key)
    with desk.reading(needs=Right.READ) as connection:
        found = None if uid is None else store.content(connection, uid)
    if found is None:
        raise UserError("这个模板刚刚被移走了，没有导出任何内容。", "请换一个模板。")
    return found


def add(desk: Desk, name: str, kind: str, content: bytes) -> Changed[Template]:
    """Keep an office's own workbook. Raises `UserError` when it is none that can be filled."""
    desk.actor.require(Right.MANAGE_STATION)
    if kind not in _ledgers(desk):
        raise UserError("请选这个模板填哪一种内容，没有添加。", field="kind")
    names = names_in(content).all
    refuse_nothing(names)
    refuse_unknown(names, names_for(kind))
    with desk.unit_of_work("添加表格模板", needs=Right.MANAGE_STATION) as unit:
        called = _free_name(unit, name)
        key = unit.new_uid().hex
        made = Template(key, called, kind, added_at=unit.now, added_by=unit.actor.name)
        store.put(unit.connection, made, content)
        unit.about(called, f"填{word_of(kind)}")
    return Changed(frozenset({KIND}), (), made, Undo("撤销添加", _removing(made.key)))


def rename(desk: Desk, key: str, name: str) -> Changed[Template]:
    """Call an office's own template otherwise."""
    with desk.unit_of_work("改名表格模板", needs=Right.MANAGE_STATION) as unit:
        before = _own(unit, key)
        called = before.name if name.strip() == before.name else _free_name(unit, name)
        store.rename(unit.connection, _uid(key), called)
        unit.about(called, f"原名：{before.name}")
    undo = Undo("撤销改名", lambda seat: rename(seat, key, before.name))
    return Changed(frozenset({KIND}), (), replace(before, name=called), undo)


def remove(desk: Desk, key: str) -> Changed[Template]:
    """Remove an office's own template; it can be put back as it was."""
    with desk.unit_of_work("移走表格模板", needs=Right.MANAGE_STATION) as unit:
        before = _own(unit, key)
        content = store.content(unit.connection, _uid(key)) or b""
        store.remove(unit.connection, _uid(key))
        unit.about(before.name)
    return Changed(frozenset({KIND}), (), before, Undo("放回", _putting_back(before, content)))


def names_for(kind: str) -> frozenset[str]:
    """Every name that a template filled with this may hold."""
    if kind == PERIOD:
        figures = {figure.label for book in catalog.books() for figure in book.figures}
        return frozenset({*COMMON, *figures, *UPWARD, _UNIT})
    ledger: Ledger = catalog.ledgers()[kind]
    own = headings(ledger.kind, catalog.sheets().get(kind), ledger.columns)
    return frozenset({*COMMON, *own, _NUMBER})


# --- inside ---------------------------------------------------------------------------------------


def _ledgers(desk: Desk) -> dict[str, str]:
    found = {name: ledger.kind.label for name, ledger in catalog.ledgers().items()}
    # The figures of a street are of many stations; its overview has a table of its own.
    return found if desk.database.station.is_street else {PERIOD: PERIOD_WORD, **found}


def _own(unit: Unit, key: str) -> Template:
    uid = parse_uid(key)
    found = None if uid is None else store.get(unit.connection, uid)
    if found is None:
        raise UserError(
            "这个模板不能改：它是程序自带的，或刚刚被移走了。", "自己添加的模板才能改名、移走。"
        )
    return found


def _uid(key: str) -> Uid:
    found = parse_uid(key)
    assert found is not None, "looked up before"
    return found


def _free_name(unit: Unit, name: str) -> str:
    called = clean_line(name, limit=TEMPLATE_NAME_LIMIT, label="模板名称", field="name")
    if not called:
        raise UserError("请给模板起个名称，没有添加。", field="name")
    if called in {one.name for one in (*store.every(unit.connection), *BUILT_IN)}:
        raise UserError("已经有叫这个名称的模板，没有添加。", "请换一个名称。", field="name")
    return called


def _removing(key: str) -> Callable[[Desk], Changed[Template]]:
    return lambda desk: remove(desk, key)


def _putting_back(before: Template, content: bytes) -> Callable[[Desk], Changed[Template]]:
    def put_back(desk: Desk) -> Changed[Template]:
        with desk.unit_of_work("放回表格模板", needs=Right.MANAGE_STATION) as unit:
            _free_name(unit, before.name)
            store.put(unit.connection, before, content)
            unit.about(before.name)
        return Changed(frozenset({KIND}), (), before)

    return put_back
