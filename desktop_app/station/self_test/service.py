"""Tries the program's own machinery in a home that is thrown away: keys, database, backup.

Every part is tried for what it must refuse, too: a wrong password must not open anything, and what
lies on the disk must not be readable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.clock import Clock
from desktop_app.core.errors import Fault, SafetyRefusal
from desktop_app.core.ids import random_bytes
from desktop_app.core.job import Job
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.resources import resource_files
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import ResidentDraft
from desktop_app.registers.residents.search import find
from desktop_app.station.backups.service import back_up, restore
from desktop_app.station.data_check.service import check
from desktop_app.station.papers import service as papers
from desktop_app.station.self_test.store import cipher_version
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.files import make_folder, write_atomic
from desktop_app.storage.home import Edition
from desktop_app.storage.keys import KdfCost

_OPERATOR = "自检员"
_PERSON = "自检人"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is in order, and what is to be said. `ok` None: not built yet."""

    name: str
    ok: bool | None
    words: str


@dataclass
class _Trial:
    """The home that is tried, and what opens it."""

    folder: Path
    clock: Clock
    kdf_cost: KdfCost | None
    password: str

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @contextmanager
    def session(self) -> Iterator[Session]:
        with open_house(self.home, self.clock) as house:
            session = sign_in(house, _OPERATOR, self.password, kdf_cost=self.kdf_cost)
            try:
                yield session
            finally:
                session.close()


def try_parts(folder: Path, clock: Clock, kdf_cost: KdfCost | None, job: Job) -> list[Part]:
    """Try every part in `folder`, which is empty and is the caller's to throw away."""
    # A password nobody needs to know, of every class that is asked for.
    trial = _Trial(folder, clock, kdf_cost, f"Zj-{random_bytes(12).hex()}")
    parts: tuple[tuple[str, Callable[[_Trial], str]], ...] = (
        ("字体文件", _fonts),
        ("加密", _encryption),
        ("数据库", _database),
        ("备份恢复", _backup),
        ("打印 PDF", _pdf),
        ("上报包", _bundle),
    )
    found = []
    for number, (name, attempt) in enumerate(parts):
        job.progress(number, len(parts), name)
        try:
            found.append(Part(name, True, attempt(trial)))
        except Fault as fault:
            found.append(Part(name, False, fault.words))
        except _NotRight as wrong:
            found.append(Part(name, False, str(wrong)))
    return found


class _NotRight(Exception):
    """A part does something, but not what it must."""


def _fonts(_trial: _Trial) -> str:
    found = resource_files("fonts", ".ttf")
    if not found:
        raise _NotRight("程序里没有中文字体，请重新安装。")
    return f"{len(found)} 个字体文件"


def _encryption(trial: _Trial) -> str:
    create_home(
        trial.home,
        Edition.STATION,
        "自检站点",
        "TEST",
        _OPERATOR,
        trial.password,
        clock=trial.clock,
        kdf_cost=trial.kdf_cost,
    )
    with open_house(trial.home, trial.clock) as house:
        try:
            sign_in(house, _OPERATOR, f"{trial.password}?", kdf_cost=trial.kdf_cost).close()
        except SafetyRefusal:
            return "密钥可用，错误的密码打不开"
    raise _NotRight("错误的密码也能打开数据，请不要使用这台电脑上的程序。")


def _database(trial: _Trial) -> str:
    with trial.session() as session:
        residents.add(session.desk, ResidentDraft(name=_PERSON))
    with trial.session() as session:
        if not find(session.desk, "zjr").people:
            raise _NotRight("保存的记录重新打开后查不到。")
        with session.desk.reading(needs=Right.READ) as connection:
            version = cipher_version(connection)
        path = session.house.home.database
    if not version or _PERSON.encode() in path.read_bytes() or path.read_bytes()[:6] == b"SQLite":
        raise _NotRight("磁盘上的数据没有加密，请不要使用这台电脑上的程序。")
    return f"SQLCipher {version}，磁盘上是密文"


def _backup(trial: _Trial) -> str:
    with trial.session() as session:
        made = back_up(session.desk, session.house.home, trial.folder / "backups")
    restored = _Trial(trial.folder / "restored", trial.clock, trial.kdf_cost, trial.password)
    restore(made.path, restored.home, trial.clock)
    with restored.session() as session:
        damaged = [line.name for line in check(session, Job("检查")) if not line.ok]
        found = find(session.desk, _PERSON).people
    if damaged or not found:
        raise _NotRight("恢复出来的数据不完整。")
    return "备份可以恢复，恢复后完好"


def _pdf(trial: _Trial) -> str:
    # Not at the top: the library that writes PDFs is read when a paper is made.
    from desktop_app.printing.stamp import fonts_embedded

    with trial.session() as session:
        period = period_of(session.desk.today, PeriodKind.MONTH)
        paper = papers.draft(
            session.desk, OpenPaper("month", period=period), {"overall": "张𬭎龑到站。"}
        )
    if paper.missing or not fonts_embedded(paper.pdf):
        raise _NotRight("生成的 PDF 缺字或没有嵌入字体，请重新安装。")
    return f"生成 {paper.pages} 页，字体已嵌入"


def _bundle(trial: _Trial) -> str:
    # Not at the top: the libraries that seal are read when something is sealed.
    from desktop_app.bundle import lines
    from desktop_app.bundle.faults import NoParcel, Refused
    from desktop_app.bundle.keyring import OpeningKey, SigningKey
    from desktop_app.bundle.parcel import open_parcel
    from desktop_app.registers.offices import store as offices
    from desktop_app.registers.offices.rules import Street
    from desktop_app.station.reporting.service import export

    opening, stick = OpeningKey.fresh(), trial.folder / "stick"
    make_folder(stick)
    with trial.session() as session:
        street = Street("TESTJD", "自检街道", (opening.recipient,), SigningKey.fresh().public)
        signing = SigningKey.fresh()
        with session.desk.unit_of_work("自检", needs=Right.MANAGE_STATION) as unit:
            offices.keep_signing(unit, signing, offices.CURRENT)
            offices.keep_opening(unit, OpeningKey.fresh())
            offices.belong_to(unit, street)
        (path,) = export(session.desk, stick, outbox=session.house.home.outbox).paths
    with open_parcel(path, [opening], trial.folder) as parcel:
        signed_by_us = parcel.signer == signing.public
        changes = lines.check_chain(parcel.header, lines.merged(parcel))
    if not signed_by_us or not changes or _PERSON.encode() in path.read_bytes():
        raise _NotRight("上报包的签名、内容或加密不对，请重新安装。")
    sealed = bytearray(path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    damaged = stick / f"damaged{path.suffix}"
    write_atomic(damaged, bytes(sealed))
    try:
        open_parcel(damaged, [opening], trial.folder).close()
    except (NoParcel, Refused):
        return f"{changes} 条变更已封装、签名并核验，改动一位就打不开"
    raise _NotRight("被改动过的上报包没有被发现，请重新安装。")
