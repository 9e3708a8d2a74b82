"""How fast the one box answers each keystroke, beside hand-written SQL on the same keys.

    python -m tests.speed search --people 100000
    python -m tests.speed search --people 1000000

Builds an encrypted station of so many residents by the shortest way there is (rows and keys
straight into the tables), types the beginnings of what clerks type, and prints p50 and p95 in
milliseconds.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.ids import UidFactory
from desktop_app.core.pinyin import (
    DERIVED_VERSION,
    door_keys,
    id_keys,
    name_keys,
    phone_keys,
    query_tokens,
    sort_key,
)
from desktop_app.core.rights import PROGRAM
from desktop_app.registers.residents.search import (
    FIRST_LOOKED_AT,
    KEYS_CROSSED,
    KEYS_READ,
    RANKED_PEOPLE,
    RECENT_WALK,
    find,
    word_ranges,
)
from desktop_app.registers.residents.search.store import KEYS_GATHERED
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk, StationFacts

NOW = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
DAY = 86_400_000
FACTS = StationFacts(code="QR01", name="速度站", edition="station", desk="A", lineage="first")

# Frequent surnames as often as they are (公安部 name statistics, rounded); then a long tail.
SURNAMES = (
    "王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨赵黄黄周吴吴徐孙胡朱高林林何郭马"
    "罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解查区朴翁"
)
GIVEN = (
    "明华丽伟芳娜敏静秀英强磊军洋勇艳杰娟涛超兰霞平刚桂玲淑珍凤玉梅红春菊香月莲琴云建国志文学海林生"
    "金龙辉宇浩然子轩涵欣怡梓萱诗雨晨俊豪嘉琪思远博雅宁佳慧雪莹婷倩颖鑫鹏飞振东少华长福来旺根水木火"
)


class BenchKey:
    """A data key that is always the same: the file lives for minutes and holds invented people."""

    def sqlcipher_pragma(self) -> str:
        return "x'" + "5a" * 32 + "'"


@dataclass(frozen=True)
class Person:
    """What is typed to find somebody."""

    name: str
    door: tuple[str, str, str]
    phone: str


@cache
def _name_keys(name: str) -> frozenset[str]:
    return name_keys(name)


@cache
def _sort_key(name: str) -> str:
    return sort_key(name)


@cache
def _door_keys(building: str, unit: str, room: str) -> frozenset[str]:
    return door_keys(building, unit, room)


def people(count: int, dice: random.Random) -> Iterator[tuple[Person, str]]:
    """Invented people with the last four of a 证件."""
    for _ in range(count):
        given = "".join(dice.choices(GIVEN, k=1 if dice.random() < 0.18 else 2))
        door = (
            str(dice.randint(1, 24)),
            str(dice.randint(1, 4)),
            f"{dice.randint(1, 18)}{dice.randint(1, 4):02d}",
        )
        phone = f"13{dice.randint(0, 999_999_999):09d}"
        yield Person(dice.choice(SURNAMES) + given, door, phone), f"{dice.randint(0, 9999):04d}"


def build(path: Path, count: int, dice: random.Random) -> list[Person]:
    """A station of `count` residents; answers a sample of them."""
    create_file(path, BenchKey(), FACTS)
    uids = UidFactory(FixedClock(NOW))
    sample: list[Person] = []
    with closing(connect_file(path, BenchKey())) as connection:
        # Invented people: nothing is lost with what a sort leaves in a temporary file.
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP INDEX ix_person_key_person")
        connection.execute("CREATE TEMP TABLE staged (key TEXT, person BLOB)")
        chunk: list[tuple[bytes, Person, str]] = []
        for person, ending in people(count, dice):
            chunk.append((uids().bytes, person, ending))
            if len(chunk) == 20_000:
                sample += _store(connection, chunk, dice)
                chunk = []
        sample += _store(connection, chunk, dice)
        connection.execute(
            "INSERT INTO person_key (key, person) SELECT key, person FROM staged ORDER BY 1, 2"
        )
        connection.execute("DROP TABLE staged")
        connection.execute("CREATE INDEX ix_person_key_person ON person_key (person, key)")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    dice.shuffle(sample)
    return sample


RESIDENT_SQL = (
    "INSERT INTO resident (uid, station, revision, created_at, changed_at, number, name, gender,"
    " birth, kind, phones, id_number, building, unit, room, address_note, party, workplace,"
    " flow_from, flow_to, special_groups, remark, sort_key, derived_version) VALUES (?, 'QR01', 1,"
    f" {NOW}, {NOW}, ?, ?, 1, '1961-05-04', 'resident', ?, '', ?, ?, ?, '', 'none', '', '', '',"
    f" '[]', '', ?, {DERIVED_VERSION})"
)


def _store(
    connection: Any, chunk: Sequence[tuple[bytes, Person, str]], dice: random.Random
) -> list[Person]:
    residents, keys, seen = [], [], []
    for uid, person, ending in chunk:
        phones = f'[{{"number":"{person.phone}","whose":""}}]'
        residents.append(
            (uid, uid.hex(), person.name, phones, *person.door, _sort_key(person.name))
        )
        found = set(_name_keys(person.name)) | _door_keys(*person.door)
        found |= phone_keys(person.phone) | id_keys(ending)
        keys += [(key, uid) for key in found]
        if dice.random() < 0.3:
            ago = round(dice.expovariate(1 / 150) * DAY)
            seen.append((uid, NOW - ago, dice.randint(1, 12)))
    connection.executemany(RESIDENT_SQL, residents)
    connection.executemany("INSERT INTO staged VALUES (?, ?)", keys)
    connection.executemany("INSERT INTO seen VALUES (?, ?, ?)", seen)
    return [person for _, person, _ in chunk[::100]]


def keystrokes(sample: Sequence[Person]) -> Iterator[tuple[str, str]]:
    """Every text the box holds while a clerk looks for these people, with the way of looking."""
    for person in sample:
        initials = min(_latin_keys(person.name), key=len)
        pinyin = max(_latin_keys(person.name), key=len)
        building, unit, room = person.door
        typed = {
            "initials": initials,
            "pinyin": pinyin,
            "name": person.name,
            "given name": person.name[1:],
            "phone": person.phone[-4:],
            "door": f"{building}-{unit}-{room}",
        }
        for way, text in typed.items():
            for end in range(1, len(text) + 1):
                if query_tokens(text[:end]):
                    yield way, text[:end]
        for end in range(1, len(room) + 1):
            yield "mixed", f"{initials} {room[:end]}"


def _latin_keys(name: str) -> list[str]:
    return [key for key in _name_keys(name) if key.isascii()]


# --- the same by hand ----------------------------------------------------------------------------

COUNT = "SELECT count({of}) FROM (SELECT person FROM person_key WHERE key >= ? AND key < ? LIMIT ?)"
EXISTS = "EXISTS (SELECT 1 FROM person_key k WHERE k.person = {of} AND k.key >= ? AND k.key < ?)"
AMONG = "{of} IN (SELECT person FROM person_key WHERE key >= ? AND key < ?)"
EXACT = (
    " + CASE WHEN EXISTS (SELECT 1 FROM person_key k WHERE k.person = h.person AND k.key = ?)"
    " THEN 1 ELSE 0 END"
)
SCORE = "coalesce(s.last_at + min(s.times, 30) * 86400000, 0)"
RANKED = (
    "SELECT h.person FROM (SELECT person, CASE WHEN min(key) = ? THEN 1 ELSE 0 END AS exact"
    " FROM (SELECT key, person FROM person_key WHERE key >= ? AND key < ? ORDER BY key, person"
    " LIMIT ?) pk WHERE 1{others} GROUP BY person) h"
    " LEFT JOIN seen s ON s.resident = h.person"
    " ORDER BY exact{exact} DESC, CASE WHEN s.last_at >= ? THEN 1 ELSE 0 END DESC,"
    f" {SCORE} DESC,"
    " (SELECT sort_key FROM resident WHERE uid BETWEEN h.person AND h.person), h.person LIMIT ?"
)
AMONG_SEEN = (
    "SELECT pk.person FROM (SELECT key, person FROM person_key WHERE key >= ? AND key < ?"
    " ORDER BY key, person LIMIT ?) pk JOIN seen s ON s.resident = pk.person"
    " WHERE s.last_at + 0 >= ?{others}"
    " GROUP BY pk.person, s.last_at, s.times"
    f" ORDER BY CASE WHEN min(key) = ? THEN 1 ELSE 0 END DESC, {SCORE} DESC, pk.person LIMIT ?"
)
LATELY = (
    "SELECT s.resident FROM seen s WHERE s.last_at >= coalesce((SELECT last_at FROM seen"
    " WHERE last_at >= ? ORDER BY last_at DESC LIMIT 1 OFFSET ?), ?){others}"
    " ORDER BY s.last_at DESC, s.resident LIMIT ?"
)
FIRST = (
    "SELECT DISTINCT pk.person FROM (SELECT person FROM person_key WHERE key >= ? AND key < ?"
    " ORDER BY key, person LIMIT ?) pk WHERE 1{others} LIMIT ?"
)
LINES = (
    "SELECT r.uid, r.number, r.name, r.gender, r.birth, coalesce(p.name, ''), r.building, r.unit,"
    " r.room, r.phones, s.last_at, coalesce(s.times, 0) FROM resident r"
    " LEFT JOIN place p ON p.uid = r.compound LEFT JOIN seen s ON s.resident = r.uid"
    " WHERE r.uid IN ({marks}) AND r.deleted_at IS NULL AND r.merged_into IS NULL"
)


def by_hand(connection: Any, text: str, limit: int = 20) -> list[Any]:
    """The same answer by bare SQL and the bare driver: rows, nothing made of them."""
    words = []
    ranges = word_ranges(text)
    most = KEYS_READ if len(ranges) == 1 else KEYS_GATHERED
    for low, high in ranges:
        counted = (low, high, most + 1)
        words.append((connection.execute(COUNT.format(of="*"), counted).fetchone()[0], low, high))
    words.sort()
    shown = _uids_by_hand(connection, words, limit)
    marks = ",".join("?" * len(shown))
    rows: list[Any] = connection.execute(LINES.format(marks=marks), shown).fetchall()
    return rows


def _uids_by_hand(connection: Any, words: list[tuple[int, str, str]], limit: int) -> list[bytes]:
    since = NOW - 90 * DAY
    keys, low, high = words[0]
    others = words[1:]
    ends = [end for _, *pair in others for end in pair]
    clauses = [
        AMONG if count <= min(KEYS_GATHERED, 20 * keys) else EXISTS for count, _, _ in others
    ]

    def column(statement: str, values: list[Any], of: str = "pk.person") -> list[bytes]:
        more = "".join(f" AND {clause.format(of=of)}" for clause in clauses)
        exact = EXACT * len(others)
        filled = statement.format(others=more, exact=exact)
        return [row[0] for row in connection.execute(filled, values)]

    rank_all = keys <= RANKED_PEOPLE
    if others and not rank_all:
        rank_all = keys <= KEYS_CROSSED and others[0][0] <= KEYS_GATHERED
    elif not rank_all and keys <= KEYS_READ:
        distinct = COUNT.format(of="DISTINCT person")
        rank_all = connection.execute(distinct, (low, high, keys)).fetchone()[0] <= RANKED_PEOPLE
    if rank_all:
        lows = [other for _, other, _ in others]
        return column(RANKED, [low, low, high, keys, *ends, *lows, since, limit + 1])[:limit]
    if keys <= KEYS_READ:
        values = [low, high, keys, since, *ends, low, limit]
        found = column(AMONG_SEEN, values, of="s.resident")
    else:
        values = [since, RECENT_WALK, since, *ends, low, high, limit]
        clauses = [EXISTS] * len(words)
        found = column(LATELY, values, of="s.resident")
        clauses = clauses[1:]
    if len(found) < limit:
        found += column(FIRST, [low, high, FIRST_LOOKED_AT, *ends, limit])
    return list(dict.fromkeys(found))[:limit]


# --- measuring -----------------------------------------------------------------------------------


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _figures(ours: list[float], hand: list[float]) -> dict[str, float]:
    over = [one - other for one, other in zip(ours, hand, strict=True)]
    return {
        "keystrokes": len(ours),
        "p50_ms": round(statistics.median(ours), 2),
        "p95_ms": round(_p95(ours), 2),
        "hand_p50_ms": round(statistics.median(hand), 2),
        "hand_p95_ms": round(_p95(hand), 2),
        "overhead_p50_ms": round(statistics.median(over), 2),
    }


def measure(path: Path, sample: Sequence[Person]) -> dict[str, Any]:
    """Each keystroke once by the program and once by hand, in turn, on warm caches."""
    database = open_file(path, BenchKey(), FixedClock(NOW))
    desk = Desk(database, PROGRAM)
    times: dict[str, tuple[list[float], list[float]]] = {}
    try:
        with closing(connect_file(path, BenchKey())) as connection:
            for _, text in keystrokes(sample[:3]):
                find(desk, text)
                by_hand(connection, text)
            for turn, (way, text) in enumerate(keystrokes(sample[3:])):
                both = (partial(find, desk, text), partial(by_hand, connection, text))
                order = (0, 1) if turn % 2 else (1, 0)
                took = {place: _milliseconds(both[place]) for place in order}
                ours, hand = times.setdefault(way, ([], []))
                ours.append(took[0])
                hand.append(took[1])
    finally:
        database.close()
    figures: dict[str, Any] = {way: _figures(*pair) for way, pair in times.items()}
    every_ours = [value for ours, _ in times.values() for value in ours]
    every_hand = [value for _, hand in times.values() for value in hand]
    return {"all": _figures(every_ours, every_hand), **figures}


DEFAULTS: dict[str, Any] = {"people": 100_000, "looked_for": 40, "seed": 1}


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Figures for `--people` residents, in milliseconds a keystroke."""
    dice = random.Random(options["seed"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        begin = time.perf_counter()
        sample = build(path, options["people"], dice)
        built = time.perf_counter() - begin
        figures = measure(path, sample[: options["looked_for"]])
    return {"people": options["people"], "build_seconds": round(built, 1), **figures}
