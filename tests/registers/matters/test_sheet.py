"""The 事项目录 as a sheet."""

from __future__ import annotations

from desktop_app.core.handling import Handling
from desktop_app.registers.matters.rules import Material, MaterialForm
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    known,
    like,
    take_one,
    written,
)


def test_materials_of_a_matter_stand_in_one_cell(desk: Desk) -> None:
    text = "身份证（原件，2份）\n户口簿\n申请表（盖章）"

    told = {"事项名称": "临时救助", "业务类别": "民政救助", "办理方式": "承诺", "承诺时限": 5}

    matter = take_one(desk, "matters", **told, 所需材料=text)

    assert matter.materials == (
        Material("身份证", MaterialForm.ORIGINAL, 2),
        Material("户口簿"),
        Material("申请表（盖章）"),
    )
    assert matter.handling is Handling.TIMED
    (row,) = written(desk, "matters", matter)
    assert row["材料"] == text
    assert known(desk, "matters", "code", matter.code) == {matter.code: matter.uid}
    ((hit,),) = like(desk, "matters", told)
    assert hit.uid == matter.uid
