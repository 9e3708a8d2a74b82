"""Makes the workbooks that come with the program, in `resources/sheets`.

With the project's environment: `python -m build_scripts.make_sheet_templates`. The same program
makes the same files: nothing in them says when or by whom. An office copies one, changes it in WPS
and adds it under 设置 · 表格模板.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.core.telling import UPWARD

FOLDER = Path(__file__).parent.parent / "resources" / "sheets"
_LONG_AGO = datetime(2026, 1, 1)  # noqa: DTZ001 - a date in a file knows no zone
_SAVED = re.compile(rb"(?<=W3CDTF\">)[0-9T:Z-]+(?=</dcterms:modified>)")
_FACE = "宋体"
_LINE = Side("thin", color="FF808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT = Alignment(vertical="center", wrap_text=True)
_TITLE, _ABOVE, _HEAD, _BLOCK = 1, 2, 3, 4


@dataclass(frozen=True)
class Shape:
    """One template: its file, title, and columns with their widths; a column is headed by the first
    word and filled with the second, where the two are not the same."""

    file: str
    title: str
    columns: Sequence[tuple[str, int] | tuple[str, int, str]]
    of_period: bool = False


SHAPES = (
    Shape(
        "visits",
        "来访登记表",
        (
            ("序号", 6), ("来访时间", 17), ("姓名", 10, "来访人姓名"), ("性别", 6),
            ("联系电话", 14), ("小区", 14), ("业务类别", 12), ("事由", 30),
            ("接待人", 10, "首问责任人"), ("办理方式", 10), ("处理结果", 26, "办理结果"),
            ("备注", 14),
        ),
    ),
    Shape(
        "volunteers",
        "志愿者花名册",
        (
            ("序号", 6), ("编号", 14, "志愿者编号"), ("姓名", 10), ("性别", 6),
            ("联系电话", 14), ("政治面貌", 12), ("技能特长", 20), ("服务意向", 20),
            ("可服务时段", 18), ("所在队伍", 18), ("注册日期", 12), ("状态", 8), ("备注", 12),
        ),
    ),
    Shape(
        "activities",
        "活动台账",
        (
            ("序号", 6), ("编号", 14), ("活动名称", 24), ("类别", 10), ("开始时间", 17),
            ("地点", 16), ("主办单位", 18), ("参加人数", 8), ("服务人次", 8),
            ("活动内容", 30), ("活动成效", 22),
        ),
    ),
    Shape(
        "problems",
        "问题清单",
        (
            ("序号", 6), ("编号", 14), ("提出日期", 12), ("来源", 10), ("类别", 12),
            ("问题描述", 40), ("紧急度", 8), ("责任层级", 12), ("状态", 10), ("销号日期", 12),
        ),
    ),
    Shape(
        "offers",
        "共建清单",
        (
            ("序号", 6), ("编号", 14), ("共建单位", 24, "共建单位名称"), ("可提供资源", 30),
            ("类别", 12), ("服务方式", 10), ("可用起始", 12), ("可用截止", 12), ("数量", 8),
            ("单位", 8, "数量单位"), ("状态", 10),
        ),
    ),
    Shape(
        "duties",
        "责任清单",
        (
            ("序号", 6), ("编号", 14), ("问题编号", 14), ("责任单位", 20), ("责任人", 10),
            ("措施", 32), ("交办日期", 12), ("完成时限", 12), ("完成情况", 26), ("状态", 10),
            ("销号日期", 12),
        ),
    ),
    Shape(
        "month", "月报表", (("单位", 20), *((label, 9) for label in UPWARD)), of_period=True
    ),
)  # fmt: skip


def made(shape: Shape) -> bytes:
    """The file of a template."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = shape.title
    _fill(sheet, shape)
    _set_page(sheet, shape)
    book.properties.creator = ""
    book.properties.title = shape.title
    book.properties.created = book.properties.modified = _LONG_AGO
    memory = io.BytesIO()
    book.save(memory)
    return _without_clock(memory.getvalue())


def _fill(sheet: Worksheet, shape: Shape) -> None:
    width = len(shape.columns)
    _across(sheet, _TITLE, width, f"{{{{站点名称}}}}{shape.title}", size=18, bold=True)
    _across(
        sheet,
        _ABOVE,
        width,
        "单位：{{落款单位}}　　期间：{{期间}}　　填报日期：{{填报日期}}",
        size=11,
    )
    sheet.row_dimensions[_TITLE].height = 36
    sheet.row_dimensions[_ABOVE].height = 22
    sheet.row_dimensions[_HEAD].height = 32
    for place, column in enumerate(shape.columns, 1):
        label, wide = column[0], column[1]
        name = column[2] if len(column) == 3 else label
        head, cell = sheet.cell(_HEAD, place, label), sheet.cell(_BLOCK, place, f"{{{{{name}}}}}")
        head.font = Font(_FACE, 11, bold=True)
        head.fill = PatternFill("solid", fgColor="FFEDEDED")
        head.alignment = _MIDDLE
        cell.font = Font(_FACE, 10.5)
        cell.alignment = _MIDDLE if wide <= 12 else _TEXT
        head.border = cell.border = _BOX
        sheet.column_dimensions[head.column_letter].width = wide
    _across(sheet, _BLOCK + 1, width, "填报人：{{填报人}}　　　　审核人：", size=11)
    sheet.row_dimensions[_BLOCK + 1].height = 30


def _across(
    sheet: Worksheet, row: int, width: int, text: str, *, size: int, bold: bool = False
) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font = Font(_FACE, size, bold=bold)
    cell.alignment = _MIDDLE if bold else _TEXT
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def _set_page(sheet: Worksheet, shape: Shape) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_TITLE}:{_HEAD}"
    sheet.freeze_panes = f"A{_BLOCK}"
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"


def _without_clock(content: bytes) -> bytes:
    """The same archive, each of whose entries is as old as a ZIP can be."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # openpyxl says of itself when it saved.
            content = _SAVED.sub(
                _LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), before.read(name)
            )
            after.writestr(entry, content)
    return memory.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for shape in SHAPES:
        (FOLDER / f"{shape.file}.xlsx").write_bytes(made(shape))


if __name__ == "__main__":
    main()
