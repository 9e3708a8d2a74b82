"""JSON that somebody wrote, read into values for a form: by field name or by Chinese label.

What a value means for the house (a check digit, a limit, a right) is for the rules behind it; here
is only whether it is a text, a number, a day, one of the choices, somebody who can be found. All
problems of an object are told at once. Sentences name fields, never what was written in them.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from desktop_app.core.codec import Plain, decode
from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import Field, FieldKind, by_name
from desktop_app.core.text import half_width, visible

T = TypeVar("T")

LARGEST_NUMBER = 1_000_000_000


@dataclass
class Lookup:
    """What finders look in: an open connection, and what they have read from it already."""

    connection: Any
    known: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[Any], T]) -> T:
        """`read(connection)`, at most once for this file."""
        if name not in self.known:
            self.known[name] = read(self.connection)
        value: T = self.known[name]
        return value


Finder = Callable[[Lookup, str], Any]
"""What a text refers to; raises `UserError` when that is nothing or not one thing."""


@dataclass(frozen=True)
class Group:
    """The inside of a field that holds parts of its own (代办人: 姓名, 电话, 关系).

    `many`: a list of them. A bare text is taken for the part `single`.
    """

    form: Form
    many: bool = False
    single: str = ""


@dataclass(frozen=True)
class Form:
    """Which fields an object may hold, which it must, and how references and groups are read."""

    fields: tuple[Field, ...] = ()
    required: frozenset[str] = frozenset()
    groups: Mapping[str, Group] = field(default_factory=dict)
    finders: Mapping[str, Finder] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other words people write for a field, and the field's name."""
    not_here: Mapping[str, str] = field(default_factory=dict)
    """Names (and labels) of what the program fills in itself, and the sentence that says so."""


def read(form: Form, plain: Plain, lookup: Lookup, today: date) -> dict[str, Any]:
    """The values of an object by field name; None stands for a field written as null.

    Raises `InvalidInput` with every problem.
    """
    values, problems = read_what_can_be(form, plain, lookup, today)
    if problems:
        raise InvalidInput(problems)
    return values


def read_what_can_be(
    form: Form, plain: Plain, lookup: Lookup, today: date
) -> tuple[dict[str, Any], list[UserError]]:
    """The values that can be read, and what is wrong with the others."""
    if not isinstance(plain, dict):
        wrong = UserError("这一条不是用花括号括起来的一个对象。", "请照“字段: 值”的样子写。")
        return {}, [wrong]
    known = _known(form)
    problems: list[UserError] = []
    values: dict[str, Any] = {}
    for key, raw in plain.items():
        described = known.get(key) or known.get(visible(key).strip())
        if described is None:
            problems.append(_unknown(form, key, list(known)))
        elif described.name in values:
            problems.append(
                UserError(f"“{described.label}”写了两次。", "请只留一个。", field=described.name)
            )
        else:
            values[described.name] = None
            try:
                values[described.name] = _value(form, described, raw, lookup, today)
            except InvalidInput as several:
                problems += several.problems
            except UserError as problem:
                problems.append(problem)
    told = {problem.field for problem in problems}
    for described in form.fields:
        missing = described.name in form.required and values.get(described.name) is None
        if missing and described.name not in told:
            problems.append(
                UserError(f"“{described.label}”还没有填写。", "请补上。", field=described.name)
            )
    return values, problems


def _known(form: Form) -> dict[str, Field]:
    known = by_name(form.fields)
    for word, name in form.aliases.items():
        known.setdefault(word, known[name])
    return known


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was really given: null means the same as leaving a field out."""
    return {name: value for name, value in values.items() if value is not None}


def build(cls: type[T], values: Mapping[str, Any]) -> T:
    """A dataclass from the values of a new object."""
    return decode(cls, given(values))


def altered(record: T, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a change as the record's own types; null means back to the field's default."""
    cls: Any = type(record)
    defaults = {part.name: part.default for part in dataclasses.fields(cls)}
    changes: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None:
            changes[name] = value
        elif defaults[name] is dataclasses.MISSING:
            raise UserError("这一项不能清空，没有改动。", "请写上新的内容。", field=name)
        else:
            changes[name] = defaults[name]
    plain = {part.name: getattr(record, part.name) for part in dataclasses.fields(cls)}
    whole = decode(cls, {**plain, **changes})
    return {name: getattr(whole, name) for name in changes}


_MOST_QUOTED = 16


def _unknown(form: Form, key: str, known: list[str]) -> UserError:
    """A name nobody knows; something long or with a number in it may be anybody's data."""
    # A whole text pasted in the place of a name is not compared with anything.
    plain = visible(key[: 2 * _MOST_QUOTED]).strip()
    if plain in form.not_here:
        return UserError(form.not_here[plain], "请去掉这一项。", field=plain)
    quotable = len(plain) <= _MOST_QUOTED and not re.search(r"\d{4}", plain)
    named = f"没有叫“{plain}”的字段。" if quotable else "有一个字段名不认识。"
    close = difflib.get_close_matches(plain, known, n=1)
    hint = f"是不是“{close[0]}”？" if close else "字段名请看 jinlin fields。"
    return UserError(named, hint, field=plain if quotable else None)


def _value(form: Form, described: Field, raw: Plain, lookup: Lookup, today: date) -> Any:
    if raw is None:
        return None
    if described.name in form.groups:
        return _group(form.groups[described.name], described, raw, lookup, today)
    if described.name in form.finders:
        return _found(form.finders[described.name], described, raw, lookup)
    return _READERS[described.kind](described, raw, today)


def _group(group: Group, described: Field, raw: Plain, lookup: Lookup, today: date) -> Any:
    items = raw if group.many and isinstance(raw, list) else [raw]
    parts = []
    for item in items:
        plain = {group.single: item} if group.single and _is_text(item) else item
        if not isinstance(plain, dict):
            raise _wrong(described, "要写成用花括号括起来的对象")
        try:
            parts.append(given(read(group.form, plain, lookup, today)))
        except InvalidInput as several:
            raise InvalidInput(
                [
                    UserError(
                        f"“{described.label}”里：{one.sentence}",
                        one.next_step,
                        field=described.name,
                    )
                    for one in several.problems
                ]
            ) from several
    return parts if group.many else parts[0]


def _found(finder: Finder, described: Field, raw: Plain, lookup: Lookup) -> Any:
    text = visible(_text(described, raw, None)).strip()
    if not text:
        return None
    try:
        return finder(lookup, text)
    except UserError as problem:
        raise UserError(
            f"“{described.label}”：{problem.sentence}", problem.next_step, field=described.name
        ) from problem


def _wrong(described: Field, wanted: str) -> UserError:
    return UserError(f"“{described.label}”{wanted}。", "请改正后再试。", field=described.name)


def _is_text(raw: Plain) -> bool:
    return isinstance(raw, str) or (isinstance(raw, int) and not isinstance(raw, bool))


def _text(described: Field, raw: Plain, _today: date | None) -> str:
    if not _is_text(raw):
        raise _wrong(described, "要写成一段文字")
    return str(raw)


def _number(described: Field, raw: Plain, _today: date) -> int:
    if isinstance(raw, str):
        plain = half_width(raw).strip()
        # Longer texts are no numbers anybody means, and Python refuses to read some of them.
        if re.fullmatch(r"-?[0-9]{1,12}", plain):
            raw = int(plain)
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise _wrong(described, "要写成一个整数")
    if abs(raw) > LARGEST_NUMBER:
        raise _wrong(described, "的数字太大")
    return raw


_YES_NO: Mapping[str, bool] = {
    "是": True, "有": True, "true": True, "1": True, "√": True,
    "否": False, "无": False, "false": False, "0": False, "×": False,
}  # fmt: skip


def _flag(described: Field, raw: Plain, _today: date) -> bool:
    if isinstance(raw, bool):
        return raw
    known = _YES_NO.get(str(raw).strip().lower()) if _is_text(raw) else None
    if known is None:
        raise _wrong(described, "只能写 true 或 false（是或否）")
    return known


def _day(described: Field, raw: Plain, today: date) -> date:
    found = parse_day(str(raw), today) if _is_text(raw) and len(str(raw)) < 40 else None
    if found is None:
        raise _wrong(described, "不是日期，请写成 2026-11-23 的样子")
    return found


def _moment(described: Field, raw: Plain, _today: date) -> datetime:
    """Without a zone it is the station's time."""
    try:
        return datetime.fromisoformat(half_width(str(raw)).strip().replace("/", "-"))
    except ValueError as error:
        raise _wrong(described, "不是时间，请写成 2026-11-23 09:30 的样子") from error


def _choice(described: Field, raw: Plain, _today: date) -> Any:
    text = str(raw).strip() if _is_text(raw) else None
    for choice in described.choices:
        if text is not None and text in (choice.value, choice.label):
            return int(choice.value) if choice.value.isdigit() else choice.value
    words = "、".join(choice.label for choice in described.choices)
    raise _wrong(described, f"只能是这些之一：{words}")


def _choices(described: Field, raw: Plain, today: date) -> list[Any]:
    if isinstance(raw, str):
        raw = [part for part in re.split(r"[、，,;；\s]+", raw) if part]
    if not isinstance(raw, list):
        raise _wrong(described, "要写成一个列表")
    return [_choice(described, part, today) for part in raw]


def _no_list(described: Field, _raw: Plain, _today: date) -> Any:
    raise _wrong(described, "不能从文件里写入")


_READERS: Mapping[FieldKind, Callable[[Field, Any, date], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.PHONE: _text,
    FieldKind.IDENTITY: _text,
    FieldKind.NUMBER: _number,
    FieldKind.FLAG: _flag,
    FieldKind.DAY: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.REFERENCE: _no_list,
    FieldKind.LIST: _no_list,
}
