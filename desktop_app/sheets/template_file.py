"""A template as it is opened: a workbook without macros, and not larger than one by hand."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from desktop_app.core.errors import UserError

MOST_BYTES = 5 << 20
_MOST_UNPACKED = 60 << 20
_MOST_CELLS = 200_000
_MACROS = "vbaProject"
_OLE = b"\xd0\xcf\x11\xe0"


def opened(content: bytes) -> Any:
    """The workbook, for openpyxl to change. Raises `UserError` that says what is wrong with it."""
    _refuse(content)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=False)
    except Exception as error:
        # openpyxl raises whatever its parts raise: of a damaged file nothing is certain.
        raise _damaged() from error
    cells = sum(sheet.max_row * sheet.max_column for sheet in book.worksheets)
    if not book.worksheets or cells > _MOST_CELLS:
        raise UserError(
            "模板里的格子太多，没有添加。" if cells else "模板里没有工作表，没有添加。",
            "请在 WPS 或 Excel 中删去用不到的行和列，另存后再添加。",
            field="file",
        )
    return book


def _refuse(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UserError(
            f"模板超过 {MOST_BYTES >> 20} MB，没有添加。",
            "请去掉里面的大图片后再添加。",
            field="file",
        )
    if content.startswith(_OLE):
        raise UserError(
            "这是旧版 .xls，或是设了密码的工作簿，没有添加。",
            "请在 WPS 或 Excel 中去掉密码，另存为 .xlsx 后再添加。",
            field="file",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise _damaged() from error
    if any(_MACROS in entry.filename for entry in entries):
        raise UserError(
            "这个工作簿带有宏（.xlsm），没有添加。",
            "请在 WPS 或 Excel 中另存为不带宏的 .xlsx 后再添加。",
            field="file",
        )
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UserError(
            "模板展开后太大，没有添加。", "请另存一份只留表格的工作簿后再添加。", field="file"
        )


def _damaged() -> UserError:
    return UserError(
        "这个文件打不开：不是 .xlsx 工作簿，或已损坏，没有添加。",
        "请在 WPS 或 Excel 中打开它，另存为 .xlsx 后再添加。",
        field="file",
    )
