"""How a volunteer or a team is found by what a file writes, and what the three lists share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.registers.residents import store as residents
from desktop_app.registers.volunteers import store
from desktop_app.storage.shelf import Shelf

_MOST_NAMESAKES = 50


def find_volunteer(lookup: Lookup, text: str) -> Uid:
    """The volunteer a text means: uid, number, or a name that only one has. For a merged one the
    one it is part of."""
    known = _known(lookup, store.SHELF, text)
    if known is not None:
        return store.kept_uid(lookup.connection, known)
    files = residents.of_name(lookup.connection, text, _MOST_NAMESAKES)
    of_name = [
        uid
        for file in files
        if file.name == text
        for uid in (file.uid, *residents.merged_uids(lookup.connection, file.uid))
    ]
    volunteers = store.of_residents(lookup.connection, of_name)
    found = [one.uid for one in volunteers if one.listed]
    if len(found) != 1:
        said = "不止一位志愿者叫这个名字。" if found else "没有找到这位志愿者。"
        raise UserError(said, "请写志愿者编号或 uid；有哪些人请看 jinlin list volunteers。")
    return found[0]


def find_team(lookup: Lookup, text: str) -> Uid:
    """The team a text means: uid, number, or its name; one that is there before a disbanded one."""
    known = _known(lookup, store.TEAM_SHELF, text)
    if known is not None:
        return known
    named = store.teams_called(lookup.connection, text)
    found = [one.uid for one in named if not one.disbanded] or [one.uid for one in named]
    if len(found) != 1:
        said = "不止一支队伍叫这个名字。" if found else "没有找到这支队伍。"
        raise UserError(said, "请写编号或 uid；有哪些队伍请看 jinlin list teams。")
    return found[0]


def _known(lookup: Lookup, shelf: Shelf[Any], text: str) -> Uid | None:
    uid = parse_uid(text)
    if uid is not None and shelf.get(lookup.connection, uid) is not None:
        return uid
    return store.of_number(lookup.connection, shelf, text.upper())


def whole_form(form: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form after a change: what is written as null is back to nothing."""
    blank = type(form)()
    empty = {name: getattr(blank, name) for name, value in values.items() if value is None}
    kept = {name: getattr(form, name) for name in type(form).__dataclass_fields__}
    return {**kept, **empty, **given(values)}


WORDS = Field("words", "说明")
"""What is said with a step: the reason, where one is needed."""
