"""The three lists as sheets."""

from __future__ import annotations

from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    like,
    take_in,
    take_one,
    written,
)


def partner(desk: Desk) -> None:
    take_one(desk, "partners", 单位名称="市第一医院", 单位性质="医院", 起始日期="2020-01-01")


LIFT = {"提出日期": "2026-03-05", "问题描述": "电梯常坏", "类别": "物业", "状态": "入单"}


def test_a_problem_of_the_list_is_listed_and_another_is_raised(desk: Desk) -> None:
    listed, raised = take_in(
        desk,
        "problems",
        {**LIFT, "涉及户数": 40},
        {"提出日期": "2026-03-06", "问题描述": "路灯不亮", "紧急程度": "急"},
    )

    assert (listed.state, raised.state) == (ProblemState.LISTED, ProblemState.RAISED)
    assert (listed.affected, raised.category) == (40, "其他")
    ((hit,),) = like(desk, "problems", LIFT)
    assert hit.uid == listed.uid


def test_an_offer_and_a_duty_name_their_problem_by_its_number(desk: Desk) -> None:
    partner(desk)
    problem = take_one(desk, "problems", **LIFT)
    told = {"共建单位": "市第一医院", "可提供资源": "义诊", "对应问题编号": problem.number}

    offer = take_one(desk, "offers", **told, 服务方式="上门服务", 数量=4)
    duty = take_one(
        desk,
        "duties",
        问题编号=problem.number,
        责任单位="物业公司",
        责任人="陈明",
        完成时限="2026-12-31",
        措施="更换钢缆",
    )

    assert (offer.for_problem, duty.problem) == (problem.uid, problem.uid)
    (row,) = written(desk, "duties", duty)
    assert (row["问题编号"], row["责任人"]) == (problem.number, "陈明")
    ((hit,),) = like(desk, "offers", told)
    assert hit.uid == offer.uid


def test_how_a_problem_ended_only_evidence_can_say(desk: Desk) -> None:
    made = take_one(desk, "problems", 提出日期="2024-03-05", 问题描述="电梯", 状态="已销号")

    assert made.state is ProblemState.RAISED
    assert made.remark == "原清单状态：已销号"
