"""The street's report on paper: of busy and empty periods, with names nobody expects; read from
outside. And the table for spreadsheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.errors import EnvironmentFault, NotAllowed, UserError
from desktop_app.core.paper_kinds import KINDS, Kind
from desktop_app.core.periods import PeriodKind, parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.told import By
from desktop_app.registers.offices.store import SHELF as STATIONS
from desktop_app.station.papers import service as papers
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.street.overview import service
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound
from tests.station.period_figures.small_ledger import without
from tests.street.street_data import StreetData

STREET_KINDS = [kind for kind in KINDS if kind.edition == "street"]
PERIODS = {
    PeriodKind.MONTH: "2026-10",
    PeriodKind.QUARTER: "2026-Q3",
    PeriodKind.HALF_YEAR: "2026-H2",
    PeriodKind.YEAR: "2026",
}
OCTOBER = parse_period("2026-10")
LONG = "关于老旧小区加装电梯与外墙渗漏等历史遗留问题协调处理的党群服务站"


def paper(desk: Desk, kind: str = "street-month", period: str = "2026-10", **own: str) -> Reading:
    """A report, made as the window and the command line make it."""
    drafted = papers.draft(desk, OpenPaper(kind, period=parse_period(period)), own)
    assert drafted.missing == ()
    reading = assert_sound(drafted.pdf)
    assert_lines_break_well(reading)
    return reading


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", STREET_KINDS, ids=lambda kind: str(kind.name))
def test_every_figure_is_on_paper_with_how_it_is_counted(lived: Desk, kind: Kind) -> None:
    assert kind.period is not None
    period = PERIODS[kind.period]
    reading = paper(lived, kind.name, period)
    for line in service.street_report(lived, parse_period(period)).lines:
        assert line.label in reading.characters
        assert "".join(line.how.split()) in reading.characters
    for name in ("青榕雅苑", "望江雅苑", "金桂雅苑", "书院雅苑"):
        assert f"{name}党群服务站" in reading.characters
    assert "不排名次" in reading.characters


def test_who_has_not_reported_stands_in_the_order_of_its_day(data: StreetData, lived: Desk) -> None:
    data.report({"QR04": date(2026, 8, 3), "QR02": date(2026, 10, 9)})
    reading = paper(lived)
    assert "2个站点的上报包还没有报齐" in reading.characters
    listed = reading.characters[reading.characters.index("未报送的站点") :]
    assert listed.index("QR04书院雅苑党群服务站2026-08-03") < listed.index("QR02")
    assert "QR01" not in listed
    data.report(dict.fromkeys(data.codes, date(2026, 11, 16)))
    assert "本期各站点均已报送" in paper(lived).characters


@pytest.mark.sqlite_only
def test_a_street_without_anything_makes_a_sound_paper(data: StreetData, street_desk: Desk) -> None:
    reading = paper(street_desk)
    assert "登记来访0件" in reading.characters
    assert "各站点没有超过本站时限的事项" in reading.characters


@pytest.mark.sqlite_only
def test_long_names_and_sentences_stay_on_the_page(lived: Desk) -> None:
    with lived.database.unrecorded() as connection:
        connection.execute(sa.update(STATIONS.table).values(name=LONG))
    reading = paper(lived, overall="字" * 3000)
    assert reading.characters.count("字") >= 3000
    assert reading.characters.count(LONG) >= 4


@pytest.mark.sqlite_only
def test_the_figures_and_every_station_s_travel_inside(lived: Desk) -> None:
    with pikepdf.open(paper(lived).as_file()) as opened:
        tables = {
            name: opened.attachments[name].get_file().read_bytes().decode("utf-8-sig").splitlines()
            for name in opened.attachments
        }
    assert set(tables) == {"数据.csv", "各站点.csv"}
    assert len(tables["数据.csv"]) == 1 + len(service.street_report(lived, OCTOBER).lines)
    assert [row.split(",")[0] for row in tables["各站点.csv"]] == [
        "编码", "QR01", "QR02", "QR03", "QR04",
    ]  # fmt: skip


@pytest.mark.sqlite_only
def test_a_street_makes_its_own_papers_and_a_station_its_own(desk: Desk, lived: Desk) -> None:
    with pytest.raises(UserError, match="街道月报只在街道生成"):
        papers.draft(desk, OpenPaper("street-month", period=OCTOBER))
    with pytest.raises(UserError, match="月工作报告只在站点生成"):
        papers.draft(lived, OpenPaper("month", period=OCTOBER))
    of_street = {worded.kind.name for worded in papers.wordings(lived)}
    of_station = {worded.kind.name for worded in papers.wordings(desk)}
    assert {"street-month", "street-year"} <= of_street
    assert not {"month", "year"} & of_street
    assert "month" in of_station
    assert not any(name.startswith("street") for name in of_station)
    assert set(catalog.paper_makers()) == {kind.name for kind in KINDS}


# --- for spreadsheets -----------------------------------------------------------------------------


def test_the_table_of_the_stations_is_written_and_the_audit_says_so(
    lived: Desk, tmp_path: Path
) -> None:
    parts = service.breakdown(lived, OCTOBER, By.STATION)
    path = service.save_table(lived, tmp_path / "十月", parts, OCTOBER)
    assert path.name == "十月.csv"
    rows = path.read_bytes().decode("utf-8-sig").splitlines()
    assert rows[0].startswith("编码,站点,登记件数,来访批次")
    assert rows[1].startswith("QR01,青榕雅苑党群服务站,")
    assert len(rows) == 5
    with lived.reading(needs=Right.READ) as connection:
        last = audit.entries(connection)[0]
    assert (last.action, last.subject, last.detail) == (
        "另存总览表格", "2026-10", "2026年10月 按站点",
    )  # fmt: skip


@pytest.mark.sqlite_only
def test_a_table_that_cannot_be_written_is_said_and_not_audited(
    lived: Desk, tmp_path: Path
) -> None:
    parts = service.breakdown(lived, OCTOBER, By.STATION)
    with pytest.raises(NotAllowed):
        service.save_table(without(lived, Right.EXPORT), tmp_path / "a.csv", parts, OCTOBER)
    with pytest.raises(EnvironmentFault):
        service.save_table(lived, tmp_path / "无" / "a.csv", parts, OCTOBER)
    with lived.reading(needs=Right.READ) as connection:
        assert "另存总览表格" not in [entry.action for entry in audit.entries(connection)]
