"""`export-sheet`: any list as a workbook, masked unless somebody answers for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop_app import catalog
from tests.cli.running import Commands, Terminal

pytestmark = pytest.mark.sqlite_only

VISIT = {"姓名": "陈桂英", "电话": "13800005678", "事由": "楼道灯不亮", "办理方式": "限时办理"}


@pytest.fixture
def visit(commands: Commands) -> str:
    """An open visit; its uid."""
    return commands.uid("visits", **VISIT, **{"本站时限（工作日）": 5, "门牌": "501"})


def _table(path: Path) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _audited(commands: Commands) -> list[tuple[str, str, str]]:
    lines = commands.ask("audit")["entries"]
    return [(line["action"], line["subject"], line["detail"]) for line in lines]


def test_a_list_becomes_a_workbook_and_nothing_private_is_in_it(
    commands: Commands, visit: str, tmp_path: Path
) -> None:
    told = commands.ask("export-sheet", "visits", str(tmp_path / "来访.xlsx"))

    assert (told["rows"], told["unmasked"]) == (1, False)
    assert told["path"] == str(tmp_path / "来访.xlsx")
    (row,) = _table(tmp_path / "来访.xlsx")
    words = " ".join(map(str, row.values()))
    assert "陈*英" in words
    assert "138****5678" in words
    assert not any(private in words for private in ("陈桂英", "13800005678", "501"))
    assert told["masked"]


def test_the_whole_content_needs_a_reason_and_is_logged_without_names(
    commands: Commands, visit: str, tmp_path: Path
) -> None:
    out = tmp_path / "来访.xlsx"
    refused = commands.run("export-sheet", "visits", str(out), "--unmasked")
    assert refused.status == 3
    assert "原因" in refused.err
    assert not out.exists()

    told = commands.ask("export-sheet", "visits", str(out), "--unmasked", "--reason", "街道核对")
    words = " ".join(str(value) for row in _table(out) for value in row.values())
    assert "陈桂英" in words
    assert "13800005678" in words
    assert told["unmasked"]
    assert ("导出表格", "来访", "1 条，完整内容，原因：街道核对") in _audited(commands)


def test_a_masked_export_is_logged_too(commands: Commands, visit: str, tmp_path: Path) -> None:
    commands.ask("export-sheet", "来访", str(tmp_path / "来访.csv"))

    assert ("导出表格", "来访", "1 条，已遮挡") in _audited(commands)
    assert (tmp_path / "来访.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_only_what_is_asked_for_is_written(commands: Commands, visit: str, tmp_path: Path) -> None:
    out = str(tmp_path / "来访.xlsx")
    assert commands.ask("export-sheet", "visits", out, "--status", "办结")["rows"] == 0
    assert commands.ask("export-sheet", "visits", out, "--status", "登记")["rows"] == 1
    assert commands.ask("export-sheet", "visits", out, "--search", "没有这个人")["rows"] == 0
    assert commands.ask("export-sheet", "visits", out, "--to", "2020-01-01")["rows"] == 0
    wrong = commands.run("export-sheet", "visits", out, "--status", "不知道")
    assert wrong.status == 3


def test_every_kind_can_be_exported(commands: Commands, visit: str, tmp_path: Path) -> None:
    commands.uid("residents", 姓名="陈桂英", 联系电话="13800005678")
    for name in catalog.ledgers():
        out = tmp_path / f"{name}.xlsx"
        listed = len(commands.ask("list", name, "--limit", "1000")["rows"])
        told = commands.ask("export-sheet", name, str(out))
        assert (name, told["rows"]) == (name, listed)
        assert (name, len(_table(out))) == (name, listed)


@pytest.mark.parametrize("name", ["表.xls", "表", "没有的文件夹/表.xlsx", "."])
def test_a_place_where_nothing_can_be_written_is_refused_before_the_work(
    commands: Commands, tmp_path: Path, name: str
) -> None:
    refused = commands.run("export-sheet", "visits", str(tmp_path / name))

    assert refused.status == 3
    assert "没有导出任何内容" in refused.err
    assert list(tmp_path.glob("表*")) == []


def test_a_file_that_is_open_in_another_program_is_left_alone(
    commands: Commands, tmp_path: Path
) -> None:
    out = tmp_path / "表.xlsx"
    out.write_bytes(b"as it was")
    (tmp_path / "~$表.xlsx").write_bytes(b"owner")

    refused = commands.run("export-sheet", "visits", str(out))

    assert refused.status == 4
    assert "打开着" in refused.err
    assert out.read_bytes() == b"as it was"


def test_ctrl_c_leaves_nothing(commands: Commands, visit: str, tmp_path: Path) -> None:
    class Interrupted(Terminal):
        """A person who presses Ctrl+C as soon as the bar is seen."""

        def write(self, text: str) -> int:
            if "[" in text or "已做" in text:
                raise KeyboardInterrupt
            return super().write(text)

    folder = tmp_path / "out"
    folder.mkdir()
    stopped = replace(commands, err=Interrupted).run(
        "export-sheet", "visits", str(folder / "来访.xlsx")
    )

    assert stopped.status == 4
    assert list(folder.iterdir()) == []
    assert not any(action == "导出表格" for action, _, _ in _audited(commands))


def test_a_reason_without_whole_content_is_wrong_usage(commands: Commands, tmp_path: Path) -> None:
    wrong = commands.run("export-sheet", "visits", str(tmp_path / "表.xlsx"), "--reason", "核对")
    assert wrong.status == 2


def test_a_template_is_chosen_by_its_name(commands: Commands, visit: str, tmp_path: Path) -> None:
    out = tmp_path / "登记表.xlsx"
    told = commands.ask("export-sheet", "visits", str(out), "--template", "来访登记表")
    assert told["rows"] == 1
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).endswith("来访登记表")
    assert "陈*英" in str(rows[3])

    wrong = commands.run("export-sheet", "visits", str(out), "--template", "没有的")
    assert wrong.status == 3
    assert "来访登记表" in wrong.err
