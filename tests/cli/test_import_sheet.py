"""`import-sheet`: an old ledger moves in from the command line, as in the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Commands
from tests.sheets.gallery import workbook

pytestmark = pytest.mark.sqlite_only

HEAD = ("日期", "姓名", "电话", "事由", "处理结果")
CHEN = ("2023.3.5", "陈桂英", "138 0000 5678", "问医保怎么缴", "已帮助缴好")
LAI = ("2023.3.6", "赖建国", "13900001234", "楼道漏水", "")
WRONG = ("2023.13.40", "王秀兰", "1390", "问路", "")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An old ledger with two good rows, one wrong one and a sum."""
    rows = [("2023年度来访登记表",), HEAD, CHEN, LAI, WRONG, ("合计", "3人")]
    return workbook(tmp_path / "2023来访登记.xlsx", rows)


def test_a_dry_run_counts_what_would_become_of_each_row_and_keeps_nothing(
    commands: Commands, old: Path
) -> None:
    told = commands.ask("import-sheet", "visits", str(old), "--dry-run")

    assert {name: told[name] for name in ("new", "updated", "same", "duplicate", "wrong")} == {
        "new": 2, "updated": 0, "same": 0, "duplicate": 0, "wrong": 1,
    }  # fmt: skip
    assert (told["dry_run"], told["import"], told["left_out"]["sums"]) == (True, None, 1)
    (row,) = told["rows"]
    assert (row["row"], [one["column"] for one in row["problems"]]) == (5, ["日期", "电话"])
    assert commands.ask("list", "visits")["rows"] == []


def test_what_is_told_holds_nothing_that_stands_in_the_sheet(commands: Commands, old: Path) -> None:
    told = commands.run("import-sheet", "visits", str(old), "--json")
    plain = commands.run("import-sheet", "visits", str(old), "--dry-run")
    assert told.status == plain.status == 0
    for private in ("陈桂英", "王秀兰", "13800005678", "1390", "问路"):
        assert private not in told.out + told.err + plain.out + plain.err


def test_the_good_rows_are_taken_in_and_the_others_come_back_in_a_workbook_to_correct(
    commands: Commands, old: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "没有导入的.xlsx"
    told = commands.ask("import-sheet", "来访", str(old), "--errors", str(errors))

    assert (told["new"], told["wrong"], told["errors"]) == (2, 1, str(errors))
    assert told["import"].startswith("QR01-D")
    assert len(commands.ask("list", "visits")["rows"]) == 2
    again = commands.run("import-sheet", "visits", str(errors), "--dry-run", "--json")
    assert again.status == 3
    assert (json.loads(again.out)["total"], json.loads(again.out)["wrong"]) == (1, 1)


def test_rows_that_are_there_already_are_left_unless_they_are_said_to_be_others(
    commands: Commands, old: Path
) -> None:
    commands.ask("import-sheet", "visits", str(old))
    again = commands.ask("import-sheet", "visits", str(old))
    assert (again["new"], again["duplicate"]) == (0, 2)
    assert {one["verdict"] for one in again["rows"]} == {"duplicate", "wrong"}
    other = commands.ask("import-sheet", "visits", str(old), "--take-duplicates")
    assert (other["new"], other["duplicate"]) == (2, 0)


def test_a_mapping_says_what_a_heading_means_and_what_is_left_out(
    commands: Commands, tmp_path: Path
) -> None:
    head = ("日期", "姓名", "电话", "说了些什么", "处理结果")
    path = workbook(tmp_path / "2023.xlsx", [head, CHEN])
    mapping = tmp_path / "对应.json"
    mapping.write_text(json.dumps({"说了些什么": "事由", "处理结果": None}), encoding="utf-8")
    told = commands.ask("import-sheet", "visits", str(path), "--mapping", str(mapping))

    assert told["mapping"]["说了些什么"] == "summary"
    assert told["mapping"]["处理结果"] == ""
    (row,) = commands.ask("list", "visits")["rows"]
    shown = commands.ask("show", "visits", row["uid"], "--reveal", "事由")
    assert shown["revealed"]["summary"] == "问医保怎么缴"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('{"没有的列": "事由"}', "没有“没有的列”这一列"),
        ('{"姓名": "没有的栏目"}', "没有叫“没有的栏目”的栏目"),
        ('["姓名"]', "花括号|正好一个"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_and_nothing_is_done(
    commands: Commands, old: Path, tmp_path: Path, mapping: str, said: str
) -> None:
    path = tmp_path / "对应.json"
    path.write_text(mapping, encoding="utf-8")
    done = commands.run("import-sheet", "visits", str(old), "--mapping", str(path))
    assert done.status == 3
    assert any(part in done.err for part in said.split("|"))
    assert commands.ask("list", "visits")["rows"] == []


def test_a_sheet_of_which_nothing_can_be_taken_in_ends_as_wrong_input(
    commands: Commands, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "2023.xlsx", [HEAD, WRONG])
    done = commands.run("import-sheet", "visits", str(path), "--json")
    assert done.status == 3
    assert json.loads(done.out)["wrong"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("2023.xlsx", b"%PDF-1.7\n1 0 obj\n"), ("2023.xls", b""), ("2023.csv", b"\xff\xfe\x00\xd8")],
)
def test_a_file_that_is_no_sheet_is_named_for_what_it_is(
    commands: Commands, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = commands.run("import-sheet", "visits", str(path))
    assert done.status == 3
    assert "没有" in done.err
    assert "Traceback" not in done.err


def test_a_kind_that_no_sheet_can_add_says_where_that_is_done(
    commands: Commands, old: Path
) -> None:
    done = commands.run("import-sheet", "certificates", str(old))
    assert done.status == 3
    assert "不能从表格导入" in done.err


def test_what_was_exported_comes_back_as_the_same(
    commands: Commands, old: Path, tmp_path: Path
) -> None:
    commands.ask("import-sheet", "visits", str(old))
    for more in ((), ("--unmasked", "--reason", "核对")):
        out = tmp_path / f"{len(more)}.xlsx"
        commands.ask("export-sheet", "visits", str(out), *more)
        told = commands.ask("import-sheet", "visits", str(out), "--dry-run")
        assert (told["same"], told["total"]) == (2, 2)
