"""Old ledgers as stations have them, made by the tests."""

from __future__ import annotations

from pathlib import Path

from tests.sheets.gallery import workbook

HEADINGS = ("序号", "日期", "来访人", "联系方式", "住址", "来访事项", "办理结果")
GOOD = (
    (1, "2023.3.5", "周桂兰", "13800001111", "青榕雅苑3栋2单元402", "咨询医保", "已办结"),
    (2, "3月6日", "吴志强", "13800002222", "青榕雅苑1栋1单元101", "反映停车难", "已办结"),
    (3, "2023/3/7", "郑小红", "13800003333", "青榕雅苑2栋1单元202", "办居住证明", "已办结"),
)
BAD = (4, "2023年13月5日", "孙大勇", "138", "青榕雅苑2栋1单元203", "咨询", "已办结")


def old_visits(folder: Path, *more: tuple[object, ...], name: str = "2023年来访登记.xlsx") -> Path:
    """A ledger of visits of another year: a title, headings, rows, a sum."""
    rows = [("2023年来访登记表",), HEADINGS, *GOOD, *more, ("合计", "", "", "", "", "", "")]
    return workbook(folder / name, rows)  # type: ignore[arg-type]


def many_visits(folder: Path, count: int) -> Path:
    """A ledger that takes its time."""
    rows = [
        (n, f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", f"周{_name(n)}", f"138{n:08}", "", "咨询", "")
        for n in range(1, count + 1)
    ]
    return workbook(folder / "很多来访.xlsx", [HEADINGS, *rows])


def _name(n: int) -> str:
    marks = "桂兰志强小红大勇建国秀英"
    return marks[n % len(marks)] + marks[n // len(marks) % len(marks)]
