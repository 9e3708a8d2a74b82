"""Steps from one ledger to another at the terminal, in a home that was opened as any other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

REQUEST: dict[str, Any] = {
    "姓名": "陈桂英",
    "联系电话": "13800005678",
    "来源": "来电",
    "事项": "楼道灯不亮",
}


def problems(commands: Commands) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = commands.ask("list", "problems")["rows"]
    return rows


def test_a_request_is_listed_with_what_is_said_of_the_problem(commands: Commands) -> None:
    made = commands.uid("requests", **REQUEST)
    told = commands.ask("act", "requests", made, "list", "-", stdin={"类别": "物业维修"})
    assert told["state"] == "listed"
    (row,) = problems(commands)
    assert (row["description"], row["category"]) == ("楼道灯不亮", "物业维修")


def test_withdrawing_the_problem_gives_the_request_back(commands: Commands) -> None:
    made = commands.uid("requests", **REQUEST)
    commands.ask("act", "requests", made, "list")
    (row,) = problems(commands)
    commands.ask("act", "problems", row["uid"], "withdraw", "-", stdin={"words": "不是本社区的"})
    assert commands.ask("show", "requests", made)["record"]["state"] == "accepted"


def test_unlisting_the_request_withdraws_the_problem(commands: Commands) -> None:
    made = commands.uid("requests", **REQUEST)
    commands.ask("act", "requests", made, "list")
    commands.ask("act", "requests", made, "unlist", "-", stdin={"words": "已自行解决"})
    (row,) = problems(commands)
    assert row["state"] == "withdrawn"


def test_a_step_that_joins_ledgers_is_told_of_like_any_other(commands: Commands) -> None:
    told = commands.ask("fields", "activities")
    assert "resolve" in [one["name"] for one in told["actions"]]
