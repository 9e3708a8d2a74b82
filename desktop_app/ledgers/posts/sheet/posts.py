"""The sheet of posts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop_app.core.clock_text import parse_clock
from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Values
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.ledger.posts import POST_LEDGER
from desktop_app.ledgers.posts.record import POSTS as KIND
from desktop_app.ledgers.posts.rules.pattern import WEEKDAYS
from desktop_app.registers.places.sheet import place_names
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.registers.volunteers.sheet import team_names
from desktop_app.sheets.columns import (
    changing,
    columns_of,
    known_by,
    likes,
    noted,
    only_written,
    referred,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Connection, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_DIRECTION_WORDS = (
    ("巡逻员", Direction.PATROL), ("平安巡逻员", Direction.PATROL), ("巡逻", Direction.PATROL),
    ("劝导员", Direction.GUIDING), ("劝导", Direction.GUIDING), ("宣传员", Direction.PUBLICITY),
    ("宣传", Direction.PUBLICITY), ("清洁员", Direction.CLEANING), ("保洁", Direction.CLEANING),
    ("卫生", Direction.CLEANING), ("调解员", Direction.MEDIATING), ("敬老", Direction.ELDERLY),
    ("值守", Direction.EMERGENCY), ("站点值班", Direction.DESK),
)  # fmt: skip
_PATTERN = re.compile(r"(.+?)\s*(\d{1,2}[:：]\d{2})\s*[–—~～至-]+\s*(?:次日)?(\d{1,2}[:：]\d{2})")
_WEEK = "(?:周|星期|礼拜)?([一二三四五六日天])"
_RANGE = re.compile(f"{_WEEK}(?:至|到|-|—|–|~){_WEEK}")
_DAYS = {"天": 6} | {word[-1]: number for number, word in enumerate(WEEKDAYS)}
_NAMED = {
    "每天": range(7), "每日": range(7), "天天": range(7), "工作日": range(5), "周末": range(5, 7),
}  # fmt: skip


def post_numbers(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Posts by their numbers, as sheets refer to them."""
    return dict(store.POST_SHELF.parts(connection, ("uid", "number"), "uid", uids))


def _weekdays(text: str) -> list[str] | None:
    """The numbers of 周一至周五, 每天, 周六、周日."""
    plain = "".join(text.split())
    if plain in _NAMED:
        return [str(day) for day in _NAMED[plain]]
    if found := _RANGE.fullmatch(plain):
        first, last = _DAYS[found[1]], _DAYS[found[2]]
        return [str(day) for day in range(first, last + 1)] or None
    words = [re.sub("周|星期|礼拜", "", part) for part in re.split(r"[、，,和]", plain)]
    days = [day for word in words for day in word]
    return [str(_DAYS[day]) for day in days] if days and set(days) <= set(_DAYS) else None


def pattern_of(text: str) -> dict[str, Plain] | None:
    """周一至周五 19:00–21:00 as the parts of a pattern; None for what is no such time."""
    found = _PATTERN.fullmatch(text.strip())
    weekdays = _weekdays(found[1]) if found else None
    if found is None or weekdays is None or not (parse_clock(found[2]) and parse_clock(found[3])):
        return None
    return {"weekdays": weekdays, "starts": found[2], "ends": found[3]}


def _pattern(told: Told) -> Out:
    return None if told.record.pattern is None else told.record.pattern.words


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number")
    if "pattern" in values:
        text = str(values.pop("pattern"))
        pattern = pattern_of(text)
        if pattern is None:
            noted(values, "值班时间", [text])
        else:
            values["pattern"] = pattern
    return values


assert POST_LEDGER.adding is not None
_ADDING = POST_LEDGER.adding
_FORM = replace(_ADDING.form, required=frozenset({"name"}), not_here={}, aliases={})


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    return _ADDING.enter(unit, desk, {"quota": 1, **given(values)})


def _same(_lookup: Lookup, row: Cells) -> Sequence[object]:
    return (row.get("name"),)


POSTS_SHEET = SheetSpec(
    kind=KIND.name,
    title="志愿服务岗位",
    about="设置的岗位，每行一个：类别、名额、值班时间。谁认领了在“岗位认领”里。",
    columns=(
        _column("number", "number", CellKind.CODE, width=18),
        _column("name", "post_name", width=24, required=True),
        _column("direction", "post_kind", synonyms=_DIRECTION_WORDS, required=False),
        _column("place_words", "place", width=20),
        _column("compound", "compound", out=referred("compound"), width=16),
        _column("quota", "quota", required=False),
        _column("pattern", "shift", CellKind.LINE, out=_pattern, width=28),
        _column("from_on", "since"),
        _column("until_on", "until"),
        _column("team", "team", out=referred("team"), width=20),
        _column("needs_insurance", words=("是否投保", "须投保")),
        _column("min_age", words=("年龄要求",)),
        _column("duties", "duties", CellKind.TEXT, width=36),
        only_written(KIND.field("state")),
        _column("remark", "remark", CellKind.TEXT, width=30),
    ),
    keys=("number",),
    known=known_by(store.POST_SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=changing(POST_LEDGER, store.POST_SHELF, wide_form(_ADDING.form, KIND)),
    like=likes(store.POST_SHELF, ("name",), _same, "岗位名称相同", ("number", "name")),
    told=telling((place_names, ("compound",)), (team_names, ("team",))),
    take_back=None,
)
