"""Makes the files of `tests/sheets/saved_by_libreoffice/`, and looks at ours, with LibreOffice.

    python -m build_scripts.make_office_sheets           writes them anew
    python -m build_scripts.make_office_sheets --look    opens what our writer makes and says if all
                                                         of it is there

A workbook that another program has saved holds things that none of ours writes: its own styles,
shared strings, its own idea of dates. `soffice` must be on the PATH.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl

from build_scripts.ground.places import ROOT
from desktop_app.sheets.spec import CellKind, Column
from desktop_app.sheets.writer import SheetPage, write_book

FOLDER = ROOT / "tests" / "sheets" / "saved_by_libreoffice"
_GB18030 = 85
"""LibreOffice's own number of that encoding."""
_FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "csv": f"csv:Text - txt - csv (StarCalc):44,34,{_GB18030},1",
}
_HEAD = ("序号", "日期", "时间", "姓名", "性别", "身份证号", "电话", "住址", "事由", "处理结果")
_ROWS: tuple[tuple[Any, ...], ...] = (
    (1, date(2023, 3, 5), time(9, 5), "陈桂英", "女", "11010519491231002X", 13800005678,
     "3栋2单元501", "问医保怎么缴", "已帮助缴好"),
    (2, "3月6日", "下午3点", "赖建国", "男", None, "139 0000 1234", None, "楼道漏水", None),
    (3, "〃", None, "张三、李四", None, None, "13900001235", None, "借用会议室", "已借给"),
    (4, 45356, "9:30", "买买提·阿不都", "男", None, "13900001236", None, "办居住证", "已告知"),
    (5, date(2023, 3, 8), time(10, 0), "王秀兰", "女", 350802199001011234, 13900001237, None,
     "问路", "已告知"),
    ("合计", None, None, "5人"),
    ("制表人：王小燕",),
)  # fmt: skip


def main() -> int:
    if shutil.which("soffice") is None:
        print("soffice (LibreOffice) is not on the PATH")
        return 1
    return _look() if "--look" in sys.argv[1:] else _make()


def _make() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "2023来访登记.xlsx"
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "来访登记"
        sheet.append(["2023年度青榕雅苑来访登记表"])
        sheet.merge_cells("A1:J1")
        for row in (_HEAD, *_ROWS):
            sheet.append(list(row))
        for row in sheet.iter_rows(min_row=3):
            if isinstance(row[1].value, (date, datetime)):
                row[1].number_format = 'yyyy"年"m"月"d"日"'
        book.save(source)
        for ending, how in _FILTERS.items():
            _convert(source, how, FOLDER)
            print(FOLDER / f"{source.stem}.{ending}")
    return 0


def _look() -> int:
    columns = (
        Column(name="number", label="编号", kind=CellKind.CODE),
        Column(name="id_number", label="证件号码", kind=CellKind.IDENTITY),
        Column(name="phone", label="联系电话", kind=CellKind.PHONE),
        Column(name="day", label="日期", kind=CellKind.DAY),
        Column(name="people", label="人数", kind=CellKind.NUMBER),
        Column(name="summary", label="事由", kind=CellKind.TEXT),
    )
    rows = [
        ("0012", "350802199001011234", "013800005678", date(2023, 3, 5), 3, "=1+1 不是公式"),
        ("QR01-2023A-00001", "11010519491231002X", "0597-2212345", None, None, "两行\n字 𠮷 “”"),
    ]
    wanted = [
        [column.label for column in columns],
        ["0012", "350802199001011234", "013800005678", "2023-03-05", "3", "=1+1 不是公式"],
        ["QR01-2023A-00001", "11010519491231002X", "0597-2212345", "", "", "两行\n字 𠮷 “”"],
    ]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "ours.xlsx"
        with source.open("wb") as stream:
            write_book(stream, SheetPage(title="来访登记表", columns=columns), rows)
        _convert(source, "csv:Text - txt - csv (StarCalc):44,34,76,1", Path(name))
        text = (Path(name) / "ours.csv").read_text(encoding="utf-8")
    found = list(csv.reader(io.StringIO(text)))
    if found != wanted:
        print(f"LibreOffice shows our workbook otherwise:\n{found}\nand not\n{wanted}")
        return 1
    print("LibreOffice shows our workbook cell by cell as it was written.")
    return 0


def _convert(source: Path, how: str, folder: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", how, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )


if __name__ == "__main__":
    sys.exit(main())
