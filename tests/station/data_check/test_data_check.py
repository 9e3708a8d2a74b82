"""A whole database is called whole, and each kind of damage is called by its name."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from desktop_app.core.job import Job
from desktop_app.core.photos import Picture
from desktop_app.ledgers.activities import service as activities
from desktop_app.registers.people import service as people
from desktop_app.registers.people.tables import OPERATOR
from desktop_app.station.backups.service import roll
from desktop_app.station.data_check.service import CheckLine, check
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.tables import AUDIT
from tests.homes import LEAD, StationHome
from tests.ledgers.activities.builders import plan


def wrong(session: Session) -> dict[str, str]:
    lines: list[CheckLine] = check(session, Job("检查数据"))
    return {line.name: line.words for line in lines if not line.ok}


def test_a_home_in_order_has_no_complaint(station_home: StationHome) -> None:
    with station_home.session() as session:
        people.rename(session.desk, session.keeper, station_home.lead, "王晓燕")
        people.rename(session.desk, session.keeper, station_home.lead, LEAD)
        assert wrong(session) == {}


def test_a_row_changed_behind_the_program_s_back_is_found(station_home: StationHome) -> None:
    with station_home.session() as session:
        with session.database.unrecorded() as connection:
            connection.execute(sa.update(OPERATOR).values(revision=OPERATOR.c.revision + 1))
        found = wrong(session)

    assert list(found) == ["台账与变更"]
    assert "有 1 条与变更记录不一致" in found["台账与变更"]
    assert "恢复备份" in found["台账与变更"]


def test_an_audit_entry_taken_out_is_found(station_home: StationHome) -> None:
    with station_home.session() as session:
        with session.database.unrecorded() as connection:
            connection.execute(sa.delete(AUDIT).where(AUDIT.c.n == 1))
        assert list(wrong(session)) == ["审计记录"]


@pytest.mark.sqlite_only
def test_a_damaged_backup_is_named_while_there_is_time(station_home: StationHome) -> None:
    with station_home.session() as session:
        path = roll(session.desk, session.house.home).made.path
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 1
        path.write_bytes(content)
        found = wrong(session)

    assert list(found) == ["最近备份"]
    assert path.name in found["最近备份"]


@pytest.mark.sqlite_only
def test_a_page_written_over_is_found(station_home: StationHome) -> None:
    with station_home.session() as session:
        people.rename(session.desk, session.keeper, station_home.lead, "王晓燕")
    path = station_home.path / "jinlin.db"
    with station_home.session("王晓燕") as session:
        content = bytearray(path.read_bytes())
        content[-2000:-1000] = bytes(1000)
        path.write_bytes(content)
        assert "数据库文件" in wrong(session)


@pytest.mark.sqlite_only
def test_a_photo_that_is_damaged_or_gone_is_found(station_home: StationHome) -> None:
    with station_home.session() as session:
        made = plan(session.desk)
        pictures = [Picture(text.encode(), 800, 600) for text in ("一", "二", "三")]
        activities.add_photos(
            session.desk, session.desk.database.blobs, made.uid, made.revision, pictures
        )
        assert wrong(session) == {}
        first, second, _third = sorted((station_home.path / "attachments").iterdir())
        first.unlink()
        content = bytearray(second.read_bytes())
        content[-1] ^= 1
        second.write_bytes(content)
        found = wrong(session)

    assert list(found) == ["附件"]
    assert "有 1 个附件的文件不见了。有 1 个附件的文件已损坏。" in found["附件"]
