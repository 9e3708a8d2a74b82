"""Agreements in a sheet: drafts, and what stands as signed."""

from __future__ import annotations

from datetime import date

from desktop_app.ledgers.agreements.rules.agreement import AgreementState, Content, PromiseKind
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    like,
    take_one,
)


def partner(desk: Desk) -> None:
    take_one(desk, "partners", 单位名称="市第一医院", 单位性质="医院", 起始日期="2020-01-01")


def test_an_agreement_that_lacks_too_much_stays_a_draft_and_says_when_it_was_signed(
    desk: Desk,
) -> None:
    partner(desk)

    made = take_one(
        desk,
        "agreements",
        共建单位="市第一医院",
        签订日期="2024-01-10",
        起始日期="2024-01-15",
        截止日期="2026-12-31",
        共建内容="组织联建、义诊",
        量化指标="联合开展活动4次；联席会2次；另有慰问",
    )

    assert (made.state, made.contents) == (AgreementState.DRAFT, (Content.ORGANISATION,))
    assert made.contents_words == "组织联建、义诊"
    assert [(one.kind, one.amount) for one in made.promises] == [
        (PromiseKind.ACTIVITIES, 4),
        (PromiseKind.MEETINGS, 2),
    ]
    assert "量化指标：另有慰问" in made.remark
    assert "原台账签订日期：2024-01-10" in made.remark
    ((hit,),) = like(desk, "agreements", {"共建单位": "市第一医院", "起始日期": "2024-01-15"})
    assert hit.uid == made.uid


def test_a_whole_agreement_stands_as_signed(desk: Desk) -> None:
    partner(desk)

    made = take_one(
        desk,
        "agreements",
        共建单位="市第一医院",
        甲方="青榕社区党委",
        甲方负责人="周敏",
        甲方联络员="林强",
        甲方电话="13800001234",
        乙方="市第一医院党委",
        乙方负责人="陈明",
        乙方联络员="赵敏",
        乙方电话="13800002345",
        签订日期="2024-01-10",
        起始日期="2024-01-15",
        截止日期="2026-12-31",
        共建内容="组织联建",
        量化指标="联合开展活动4次",
    )

    assert (made.state, made.signed_on) == (AgreementState.SIGNED, date(2024, 1, 10))
