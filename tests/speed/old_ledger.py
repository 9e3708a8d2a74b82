"""An old ledger of visits as a workbook, as large as a busy hall's of some years: for benches only.

Twelve columns as stations head them; each person comes four times on average. All of it invented.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from desktop_app.core.identity import citizen_check_digit

HEADINGS = (
    "来访日期", "来访时间", "姓名", "性别", "身份证号", "联系电话", "家庭住址", "业务类别", "事由",
    "办理方式", "办理结果", "接待人",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾"
_GIVEN = "桂英秀兰玉珍淑芬建国志强丽华海燕小红明辉文杰雪梅永福金凤春生水根"
_MATTERS = (
    ("医疗保障", "医保缴费"), ("社会保障", "社保认证"), ("民政救助", "高龄津贴"),
    ("证照代办", "居住证明"), ("生活服务", "借用雨伞"), ("物业纠纷", "楼道漏水"),
)  # fmt: skip
_CLERKS = ("王小燕", "李志明", "陈丽")
_FIRST = date(2023, 1, 2)

Person = tuple[str, str, str, str, str]


def write(path: Path, rows: int, seed: int = 7) -> None:
    """Write the workbook; the same rows for the same seed."""
    dice = random.Random(seed)
    people = [_person(dice, number) for number in range(max(1, rows // 4))]
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("来访登记")
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        for place, text in enumerate(_row(dice, dice.choice(people), row, rows)):
            sheet.write_string(row, place, text)
    book.close()


def _person(dice: random.Random, number: int) -> Person:
    name = dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=2))
    born = date(1935, 1, 1) + timedelta(days=dice.randrange(25_000))
    body = f"350802{born:%Y%m%d}{number % 1000:03}"
    woman = number % 2 == 0
    home = f"青榕雅苑{1 + number % 30}栋{1 + number % 3}单元{1 + number % 18:02}0{1 + number % 4}"
    phone = f"13{dice.randrange(10)}{dice.randrange(10**8):08}"
    return name, "女" if woman else "男", body + citizen_check_digit(body), phone, home


def _row(dice: random.Random, person: Person, row: int, rows: int) -> tuple[str, ...]:
    name, gender, identity, phone, home = person
    day = _FIRST + timedelta(days=row * 1000 // rows)
    category, matter = dice.choice(_MATTERS)
    return (
        f"{day.year}.{day.month}.{day.day}", f"{8 + row % 9}:{row % 60:02}", name, gender,
        identity, phone, home, category, f"来问{matter}怎么办，第{row}次接待",
        "即时办结", f"已当场{matter}办好", dice.choice(_CLERKS),
    )  # fmt: skip
