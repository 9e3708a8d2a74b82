"""`operators` and `audit`, and who a command is."""

from __future__ import annotations

import pytest

from tests.cli.running import Commands
from tests.homes import LEAD, PASSWORD

pytestmark = pytest.mark.sqlite_only

NEW = "Lan-tian-2026"


def test_an_account_is_opened_reset_and_closed(commands: Commands) -> None:
    commands.environment["JINLIN_NEW_PASSWORD"] = NEW
    added = commands.ask("operators", "add", "李志强", "--role", "clerk")
    commands.environment["JINLIN_NEW_PASSWORD"] = "Bai-yun-2026"
    commands.ask("operators", "reset", "李志强")
    closed = commands.run("operators", "disable", "李志强")

    listed = commands.ask("operators", "list")["operators"]
    assert (added["role"], added["must_change_password"]) == ("clerk", True)
    assert [(one["name"], one["active"]) for one in listed] == [(LEAD, True), ("李志强", False)]
    assert closed.status == 0
    assert "停用之前做的备份仍能用他的旧密码打开" in closed.err
    assert commands.run("list", "visits", "--as", "李志强").status == 3


@pytest.mark.parametrize(
    ("words", "new", "status"),
    [
        (["add", LEAD], NEW, 3),
        (["add", "李志强"], "12345678", 3),
        (["add", "李志强", "--role", "国王"], NEW, 3),
        (["disable", LEAD], NEW, 3),
        (["disable", "查无此人"], NEW, 3),
        (["reset", LEAD], PASSWORD, 3),
    ],
)
def test_an_account_that_may_not_be_is_refused(
    commands: Commands, words: list[str], new: str, status: int
) -> None:
    commands.environment["JINLIN_NEW_PASSWORD"] = new

    told = commands.run("operators", *words)

    assert (told.status, told.out) == (status, "")
    assert new not in told.err
    assert [one["name"] for one in commands.ask("operators", "list")["operators"]] == [LEAD]


def test_a_password_is_asked_for_at_a_terminal(commands: Commands) -> None:
    commands.environment.clear()
    commands.asked = [PASSWORD]
    assert commands.run("list", "visits").status == 0

    commands.environment["JINLIN_PASSWORD"] = PASSWORD
    commands.asked = [NEW, "Bai-yun-2026"]
    mistyped = commands.run("operators", "add", "李志强")
    assert mistyped.status == 2
    assert "两次输入的密码不一样" in mistyped.err


def test_without_a_terminal_and_without_a_password_it_is_wrong_usage(commands: Commands) -> None:
    commands.environment.clear()

    told = commands.run("list", "visits")

    assert (told.status, told.out) == (2, "")
    assert "JINLIN_PASSWORD" in told.err


def test_the_fifth_wrong_password_locks_and_the_right_one_does_not_open_then(
    commands: Commands,
) -> None:
    right = commands.environment["JINLIN_PASSWORD"]
    commands.environment["JINLIN_PASSWORD"] = "Bu-dui-2026"
    told = [commands.run("list", "visits") for _ in range(6)]
    commands.environment["JINLIN_PASSWORD"] = right
    locked = commands.run("list", "visits")

    assert {one.status for one in [*told, locked]} == {5}
    assert "再错 4 次" in told[0].err
    assert "锁定 15 分钟" in told[4].err
    assert "还要等约 15 分钟" in locked.err
    assert "Bu-dui" not in "".join(one.err for one in told)


def test_an_operator_nobody_knows_is_told(commands: Commands) -> None:
    told = commands.run("list", "visits", "--as", "查无此人")

    assert (told.status, told.out) == (3, "")


def test_the_audit_tells_who_did_what_and_can_be_paged(commands: Commands) -> None:
    commands.ask("add", "visits", "-", stdin={"姓名": "陈桂英", "事由": "问路"})

    first = commands.ask("audit", "--limit", "2")
    rest = commands.ask("audit", "--after", str(first["after"]))

    told = [*first["entries"], *rest["entries"]]
    numbers = [entry["n"] for entry in told]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] == 1
    assert rest["after"] is None
    registered = next(entry for entry in told if entry["action"] == "登记来访")
    assert (registered["actor"], registered["subject"]) == (LEAD, "QR01-2026A-00001")
    assert registered["at"] == "2026-11-23T09:00:00+08:00"
    assert "陈桂英" not in str(told)
    assert commands.ask("audit", "--to", "2026-11-22")["entries"] == []
    assert "登记来访" in commands.run("audit", "--from", "2026-11-23").out


def test_who_may_not_read_the_audit_is_refused(commands: Commands) -> None:
    commands.environment["JINLIN_NEW_PASSWORD"] = NEW
    commands.ask("operators", "add", "李志强")
    clerk = Commands(
        commands.path,
        commands.clock,
        {"JINLIN_PASSWORD": NEW, "JINLIN_NEW_PASSWORD": "Bai-yun-2026"},
    )
    clerk.ask("operators", "reset", "李志强", "--as", "李志强")
    clerk.environment["JINLIN_PASSWORD"] = "Bai-yun-2026"

    told = clerk.run("audit", "--as", "李志强")

    assert (told.status, told.out) == (5, "")
    assert "查看审计" in told.err
