"""The lines of a parcel's tables: changes, current rows, counts. One JSON object a line.

Reading is strict: what has not exactly the meaning that FORMAT.md gives it is refused, unknown
names are kept (`extra`). A hundred thousand changes are read in about a second.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from desktop_app.bundle import strict_json, upgrades
from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.header import FORMAT, Header, TableFacts
from desktop_app.bundle.limits import LIMITS
from desktop_app.bundle.upgrades import line_lifter
from desktop_app.core.chain import DELETE, PUT, WITHHELD, next_hash
from desktop_app.core.codec import Plain, canonical
from desktop_app.core.ids import Uid

CHANGES = "changes/"
CURRENT = "current/"
COUNTS = "counts"
UNSAID = "withheld"
"""The table of changes of kinds that do not travel, and what `kind` says of such a change."""

OPS = frozenset({PUT, DELETE, WITHHELD})

Lift = Callable[[dict[str, Any]], dict[str, Any]] | None
"""What makes the values of a line of an older format ours; None when nothing has to be done."""

Extra = Mapping[str, Plain] | None
"""Names that this program does not know, with their values; None when there are none."""

_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
_UID = re.compile(r"[0-9a-f]{32}").fullmatch
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])").fullmatch
_CHANGE_NAMES = frozenset({"n", "d", "op", "uid", "revision", "version", "at", "fields"})
_CURRENT_NAMES = frozenset({"uid", "revision", "version", "at", "fields"})
_COUNT_NAMES = frozenset({"table", "month", "name", "value"})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of the sender's log.

    `fields` are those that the profile lets through; None for a deletion, for what is withheld,
    and for a change that a later one of the same row in this parcel supersedes. Of a change of a
    kind that does not travel only `n` and `digest` are known: `kind` is `UNSAID`, `uid` None.
    """

    n: int
    digest: bytes
    kind: str
    uid: Uid | None
    op: str
    revision: int
    version: int
    at: int
    fields: dict[str, Plain] | None = None
    extra: Extra = None


@dataclass(frozen=True, slots=True)
class CurrentLine:
    """A row as it stands now under a wider projection. It is no change and has no number."""

    kind: str
    uid: Uid
    revision: int
    version: int
    at: int
    fields: dict[str, Plain]
    extra: Extra = None


@dataclass(frozen=True, slots=True)
class CountLine:
    """A figure about rows that never travel; it replaces the one sent before.

    `month` is `YYYY-MM`, or empty for a figure of no month.
    """

    table: str
    month: str
    name: str
    value: int
    extra: Extra = None


class Tables(Protocol):
    """What is asked of an open parcel here."""

    @property
    def header(self) -> Header: ...
    def tables(self) -> tuple[TableFacts, ...]: ...
    def lines(self, name: str) -> Iterator[bytes]: ...


def spell(line: ChangeLine) -> bytes:
    """The line of a change, without its end."""
    fields = None if line.fields is None else canonical(line.fields)
    return spell_change(
        line.n, line.digest, line.uid, line.op, line.revision, line.version, line.at, fields,
        line.extra,
    )  # fmt: skip


def spell_change(
    n: int,
    digest: bytes,
    uid: Uid | None,
    op: str,
    revision: int,
    version: int,
    at: int,
    fields: str | None,
    extra: Extra = None,
) -> bytes:
    """The same from parts, for those who have `fields` spelled already (`core.codec.spelled`)."""
    text = f'{{"n":{n},"d":"{digest.hex()}"'
    if uid is not None:
        text += f',"op":"{op}","uid":"{uid.int:032x}","revision":{revision}'
        text += f',"version":{version},"at":{at}'
    if fields is not None:
        text += f',"fields":{fields}'
    return _ended(text, extra)


def spell_current(line: CurrentLine) -> bytes:
    """The line of a current row, without its end."""
    text = (
        f'{{"uid":"{line.uid.int:032x}","revision":{line.revision},"version":{line.version}'
        f',"at":{line.at},"fields":{canonical(line.fields)}'
    )
    return _ended(text, line.extra)


def spell_count(line: CountLine) -> bytes:
    """The line of a figure, without its end."""
    names = {"table": line.table, "month": line.month, "name": line.name, "value": line.value}
    return canonical({**(line.extra or {}), **names}).encode()


def _ended(text: str, extra: Extra) -> bytes:
    if extra:
        text += "," + canonical(dict(extra))[1:-1]
    return (text + "}").encode()


def parse(line: bytes, kind: str, lift: Lift = None) -> ChangeLine:
    """A change from the table `changes/<kind>`. Raises `BadContent`."""
    try:
        return _change(_object(line, lift), kind)
    except (ValueError, KeyError, TypeError) as error:
        raise BadContent(f"变更 {kind}") from error


def parse_current(line: bytes, kind: str, lift: Lift = None) -> CurrentLine:
    """A row from the table `current/<kind>`. Raises `BadContent`."""
    try:
        return _current(_object(line, lift), kind)
    except (ValueError, KeyError, TypeError) as error:
        raise BadContent(f"当前记录 {kind}") from error


def parse_count(line: bytes, lift: Lift = None) -> CountLine:
    """A figure from the table `counts`. Raises `BadContent`."""
    try:
        return _count(_object(line, lift))
    except (ValueError, KeyError, TypeError) as error:
        raise BadContent("计数") from error


def changes(parcel: Tables, name: str) -> Iterator[ChangeLine]:
    """All changes of one table (`changes/visit`), older formats lifted."""
    kind, lift = name.removeprefix(CHANGES), _lift(parcel, name)
    for line in parcel.lines(name):
        yield parse(line, kind, lift)


def current(parcel: Tables, name: str) -> Iterator[CurrentLine]:
    """All rows of one table (`current/visit`), older formats lifted."""
    kind, lift = name.removeprefix(CURRENT), _lift(parcel, name)
    for line in parcel.lines(name):
        yield parse_current(line, kind, lift)


def counts(parcel: Tables) -> Iterator[CountLine]:
    """All figures of a parcel that has any, older formats lifted."""
    if any(table.name == COUNTS for table in parcel.tables()):
        lift = _lift(parcel, COUNTS)
        for line in parcel.lines(COUNTS):
            yield parse_count(line, lift)


def _lift(parcel: Tables, name: str) -> Lift:
    return line_lifter(name, parcel.header.format, FORMAT, upgrades.UPGRADES)


def merged(parcel: Tables) -> Iterator[ChangeLine]:
    """All changes of a parcel in the order of the sender's log, whatever table they lie in."""
    tables = [table.name for table in parcel.tables() if table.name.startswith(CHANGES)]
    each = [changes(parcel, name) for name in tables]
    return each[0] if len(each) == 1 else heapq.merge(*each, key=attrgetter("n"))


def check_chain(header: Header, lines: Iterable[ChangeLine]) -> int:
    """Follow the chain from the header's first hash to its last; answers how many changes.

    Raises `Refused` when a number is missing, given twice or out of turn, or when the last hash is
    not the header's: then these are not the changes the sender's log has.
    """
    expected, now = header.first, header.hash_before
    for line in lines:
        if line.n != expected:
            raise _broken_chain()
        now = next_hash(now, line.n, line.digest)
        expected += 1
    if expected != header.last + 1 or now != header.hash_after:
        raise _broken_chain()
    return expected - header.first


def _broken_chain() -> Refused:
    return Refused("这个文件里的变更记录前后接不上")


def _object(line: bytes, lift: Lift) -> dict[str, Any]:
    if len(line) > LIMITS.line:
        raise ValueError("too long")
    values = strict_json.parse_object(line)
    return values if lift is None else lift(values)


def _change(values: dict[str, Any], kind: str) -> ChangeLine:
    n, digest = values["n"], values["d"]
    if type(n) is not int or n < 1 or not _DIGEST(digest):
        raise ValueError("number or digest")
    if kind == UNSAID:
        return _unsaid(values, n, digest)
    uid, op = values["uid"], values["op"]
    revision, version, at = values["revision"], values["version"], values["at"]
    if (
        not _UID(uid)
        or op not in OPS
        or type(revision) is not int
        or type(version) is not int
        or type(at) is not int
        or revision < 1
        or version < 1
    ):
        raise ValueError("a value of another kind")
    fields = values.get("fields")
    if "fields" in values and (type(fields) is not dict or op != PUT):
        raise ValueError("fields")
    return ChangeLine(
        n, bytes.fromhex(digest), kind, Uid(int=int(uid, 16)), op, revision, version, at, fields,
        _unknown(values, _CHANGE_NAMES),
    )  # fmt: skip


def _unsaid(values: dict[str, Any], n: int, digest: str) -> ChangeLine:
    if values.keys() & (_CHANGE_NAMES - {"n", "d"}):
        raise ValueError("more is said than may be")
    extra = _unknown(values, _CHANGE_NAMES)
    return ChangeLine(n, bytes.fromhex(digest), UNSAID, None, WITHHELD, 0, 0, 0, None, extra)


def _unknown(values: dict[str, Any], known: frozenset[str]) -> Extra:
    if values.keys() <= known:
        return None
    return {name: value for name, value in values.items() if name not in known}


def _current(values: dict[str, Any], kind: str) -> CurrentLine:
    uid, fields = values["uid"], values["fields"]
    numbers = values["revision"], values["version"], values["at"]
    if any(type(number) is not int for number in numbers) or min(numbers[:2]) < 1:
        raise ValueError("a number")
    if not _UID(uid) or type(fields) is not dict:
        raise ValueError("uid or fields")
    extra = _unknown(values, _CURRENT_NAMES)
    return CurrentLine(kind, Uid(int=int(uid, 16)), *numbers, fields, extra)


def _count(values: dict[str, Any]) -> CountLine:
    table, month, name, value = (values[key] for key in ("table", "month", "name", "value"))
    if type(table) is not str or type(name) is not str or type(value) is not int:
        raise ValueError("a value of another kind")
    if month != "" and not _MONTH(month):
        raise ValueError("a month")
    return CountLine(table, month, name, value, _unknown(values, _COUNT_NAMES))
