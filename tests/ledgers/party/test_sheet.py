"""双报到 as a sheet."""

from __future__ import annotations

from datetime import date

from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    change,
    like,
    stored,
    take_one,
)

LIN = {"姓名": "林小燕", "性别": "女", "出生日期": "1980-03-05", "联系电话": "13800001234"}


def test_a_row_of_the_party_register_opens_the_member_s_file(desk: Desk) -> None:
    made = take_one(
        desk, "party", **LIN, 工作单位="实验小学", 承诺事项="每周巡逻", 报到日期="2025-03-01"
    )

    file = stored(desk, "residents", made.resident)
    assert (file.party, file.workplace) == (PartyKind.EMPLOYED, "实验小学")
    assert (made.unit, made.reported_on) == ("实验小学", date(2025, 3, 1))
    assert made.remark == "承诺事项：每周巡逻"
    ((hit,),) = like(desk, "party", LIN)
    assert hit.uid == made.uid
    change(desk, "party", made.uid, {**LIN, "意向岗位": "巡逻"})
    assert stored(desk, "party", made.uid).wishes == "巡逻"
