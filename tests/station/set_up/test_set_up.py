"""A new home is there wholly or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.station.set_up.service import checked_code, create_home
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage.home import Edition
from desktop_app.storage.numbering import next_number
from tests.homes import CHEAP, LEAD, PASSWORD, StationHome
from tests.storage.children import start_child


def test_a_new_home_is_signed_into_by_its_first_operator(station_home: StationHome) -> None:
    with station_home.house() as house:
        assert house.station_name == "青榕雅苑党群服务站"
        assert [line.name for line in house.operators()] == [LEAD]
    with station_home.session() as session:
        assert session.desk.actor.role == "站长"
        assert session.desk.actor.rights == frozenset(Right)
        assert not session.must_change_password


def test_the_first_desk_of_a_home_is_a(station_home: StationHome) -> None:
    with (
        station_home.session() as session,
        session.desk.unit_of_work("试号", needs=Right.REGISTER) as unit,
    ):
        assert next_number(unit, 2026) == "QR01-2026A-00001"


@pytest.mark.sqlite_only
def test_nobody_reads_the_station_s_file_without_the_key(station_home: StationHome) -> None:
    raw = (station_home.path / "jinlin.db").read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert LEAD.encode() not in raw
    assert b"operator_secret" not in raw


@pytest.mark.parametrize(
    ("typed", "code"), [("QR01", "QR01"), (" qr01 ", "QR01"), ("ＱＲ０１", "QR01"), ("A1", "A1")]
)
def test_a_station_code_is_read_in_capital_letters(typed: str, code: str) -> None:
    assert checked_code(Edition.STATION, typed) == code


@pytest.mark.parametrize("typed", ["", "A", "ABCDEFGH1", "青榕01", "QR-01", "QR 01", "QR\x00"])
def test_a_station_code_is_two_to_eight_letters_or_digits(typed: str) -> None:
    with pytest.raises(UserError, match="2到8位字母或数字") as refusal:
        checked_code(Edition.STATION, typed)
    assert refusal.value.field == "code"


def test_every_wrong_field_is_named_at_once_and_nothing_is_made(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "home"
    with pytest.raises(InvalidInput) as refusal:
        create_home(path, Edition.STATION, " ", "?", "123", "short", clock=clock, kdf_cost=CHEAP)
    fields = {problem.field for problem in refusal.value.problems}
    assert fields == {"name", "code", "operator_name", "password"}
    assert not path.exists()


def test_only_a_demo_may_have_the_published_password(tmp_path: Path, clock: FixedClock) -> None:
    def make(*, demo: bool) -> None:
        create_home(
            tmp_path / "home",
            Edition.STREET,
            "华莲街道",
            "HL",
            LEAD,
            DEMO_PASSWORD,
            clock=clock,
            kdf_cost=CHEAP,
            demo=demo,
        )

    with pytest.raises(InvalidInput, match="至少要有10个字符"):
        make(demo=False)
    make(demo=True)
    with open_house(tmp_path / "home", clock) as house:
        session = sign_in(house, LEAD, DEMO_PASSWORD, kdf_cost=CHEAP)
        session.close()
        assert house.home.about.edition is Edition.STREET


@pytest.mark.sqlite_only
def test_a_folder_that_holds_a_home_is_refused(station_home: StationHome) -> None:
    before = {path: path.read_bytes() for path in station_home.path.glob("*.json")}
    with pytest.raises(UserError, match="已经有近邻台的数据"):
        create_home(
            station_home.path,
            Edition.STATION,
            "别的站",
            "BD01",
            LEAD,
            PASSWORD,
            clock=station_home.clock,
            kdf_cost=CHEAP,
        )
    assert {path: path.read_bytes() for path in station_home.path.glob("*.json")} == before
    with station_home.session() as session:
        assert session.database.station.code == "QR01"


def test_a_server_s_database_that_holds_a_home_is_refused(
    tmp_path: Path, clock: FixedClock, postgres_url: str
) -> None:
    url = sa.engine.make_url(postgres_url).set(password=None)

    def make(path: Path) -> None:
        create_home(
            path,
            Edition.STATION,
            "青榕雅苑党群服务站",
            "QR01",
            LEAD,
            PASSWORD,
            clock=clock,
            database_url=url.render_as_string(hide_password=False),
            kdf_cost=CHEAP,
        )

    make(tmp_path / "first")
    with pytest.raises(UserError, match="这个 PostgreSQL 数据库里已经有近邻台的数据"):
        make(tmp_path / "second")
    assert not (tmp_path / "second" / "home.json").exists()


_IMPORTS = """
import os
from pathlib import Path
from desktop_app.core.clock import SystemClock
from desktop_app.station.set_up import service
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage import files
from desktop_app.storage.home import Edition
from tests.homes import CHEAP, LEAD, PASSWORD
"""
# The program is killed at its n-th durable write; every state a kill can leave lies between two.
_KILLED_AT_A_WRITE = """
path, last = Path(sys.argv[1]), int(sys.argv[2])
done = 0
synced = os.fsync
def fsync(descriptor):
    global done
    done += 1
    if done == last:
        os.kill(os.getpid(), 9)
    synced(descriptor)
os.fsync = fsync
service.create_home(path, Edition.STATION, "青榕雅苑党群服务站", "QR01", LEAD, PASSWORD,
                    clock=SystemClock(), kdf_cost=CHEAP)
print("made")
"""


@pytest.mark.slow
@pytest.mark.parametrize("write", [1, 4, 8, 10, 12, 13])
def test_a_making_that_is_killed_leaves_a_whole_home_or_none_and_can_be_done_again(
    tmp_path: Path, clock: FixedClock, write: int
) -> None:
    path = tmp_path / "home"
    with start_child(_IMPORTS, _KILLED_AT_A_WRITE, path, write) as child:
        out, err = child.communicate(timeout=60)
    assert child.returncode == -9 or out.strip() == "made", err
    if not (path / "home.json").exists():
        create_home(
            path,
            Edition.STATION,
            "青榕雅苑党群服务站",
            "QR01",
            LEAD,
            PASSWORD,
            clock=clock,
            kdf_cost=CHEAP,
        )
    with open_house(path, clock) as house:
        session = sign_in(house, LEAD, PASSWORD, kdf_cost=CHEAP)
        assert [line.name for line in house.operators()] == [LEAD]
        session.close()
    assert not [name for name in os.listdir(path) if "unfinished" in name]
