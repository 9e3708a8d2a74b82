"""Who may do what, and which passwords and PINs are good enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.people.rules import (
    RIGHTS,
    Operator,
    Role,
    check_password,
    check_pin,
    password_expired,
    refuse_no_manager_left,
    refuse_taken_name,
    rights_of,
    role_word,
    roles_at,
)

MATRIX = {
    #               值班志愿者  窗口   站长   社区管理员  安全审计员
    Right.SIGN_IN: "yes yes yes yes yes",
    Right.READ: "yes yes yes yes yes",
    Right.REGISTER: "yes yes yes no no",
    Right.HANDLE: "no yes yes no no",
    Right.REVEAL: "no yes yes no no",
    Right.SENSITIVE: "no no yes no no",
    Right.ERASE: "no no yes no no",
    Right.MERGE: "no no yes no no",
    Right.EXPORT: "no yes yes yes no",
    Right.PAPERS: "yes yes yes yes no",
    Right.RECEIVE: "no yes yes yes no",
    Right.MANAGE_DIRECTORY: "no no yes yes no",
    Right.MANAGE_STATION: "no no yes yes no",
    Right.MANAGE_OPERATORS: "no no yes yes no",
    Right.BACK_UP: "no no yes yes no",
    Right.READ_AUDIT: "no no yes no yes",
}
ORDER = (Role.VOLUNTEER, Role.CLERK, Role.LEAD, Role.COMMUNITY, Role.AUDITOR)


@pytest.mark.parametrize("right", list(Right))
def test_each_role_has_exactly_the_rights_that_the_matrix_says(right: Right) -> None:
    answers = ["yes" if right in RIGHTS[role] else "no" for role in ORDER]
    assert answers == MATRIX[right].split()


STREET_MATRIX = {
    #               街道经办  街道管理员  安全审计员
    Right.SIGN_IN: "yes yes yes",
    Right.READ: "yes yes yes",
    Right.REGISTER: "no no no",
    Right.HANDLE: "no no no",
    Right.REVEAL: "yes yes no",
    Right.SENSITIVE: "no yes no",
    Right.ERASE: "no no no",
    Right.MERGE: "no no no",
    Right.EXPORT: "yes yes no",
    Right.PAPERS: "yes yes no",
    Right.RECEIVE: "yes yes no",
    Right.MANAGE_DIRECTORY: "no no no",
    Right.MANAGE_STATION: "no yes no",
    Right.MANAGE_OPERATORS: "no yes no",
    Right.BACK_UP: "no yes no",
    Right.READ_AUDIT: "no yes yes",
}


@pytest.mark.parametrize("right", list(Right))
def test_at_a_street_nobody_may_change_what_belongs_to_a_station(right: Right) -> None:
    roles = roles_at(at_street=True)
    answers = ["yes" if right in rights_of(role, at_street=True) else "no" for role in roles]
    assert answers == STREET_MATRIX[right].split()


def test_the_roles_of_a_street_have_words_of_their_own() -> None:
    words = [role_word(role, at_street=True) for role in roles_at(at_street=True)]
    assert words == ["街道经办", "街道管理员", "安全审计员"]


def test_the_auditor_can_change_nothing_at_all() -> None:
    changing = set(Right) - {Right.SIGN_IN, Right.READ, Right.READ_AUDIT}
    assert not changing & RIGHTS[Role.AUDITOR]


@pytest.mark.parametrize(
    "password", ["Qing-rong-2026", "abcdefgh12!", "ABCDEFGH12!", "abcdefGH12", "青榕雅苑的钥匙Ab1"]
)
def test_a_password_of_three_classes_and_ten_characters_will_do(password: str) -> None:
    check_password(password, name="王小燕")
    assert len(password) >= 10


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Ab1!efghi", "至少要有10个字符，现在是9个"),
        ("Aa1" * 43, "最多128个字符，现在是129个"),
        ("abcdefgh1234", "四类中至少要有三类"),
        ("ABCDEFGHIJKL", "四类中至少要有三类"),
        ("abc-王小燕-123", "不能含有操作员的姓名"),
        ("abc-王 小燕-123", "不能含有操作员的姓名"),
        ("Abcdef123\x00!", "控制字符"),
    ],
)
def test_a_weak_password_is_refused_by_naming_the_rule_it_misses(password: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_password(password, name="王小燕")
    assert rule in refusal.value.sentence
    assert refusal.value.field == "password"
    assert len(refusal.value.problems) == 1


def test_every_rule_that_is_missed_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_password("王小燕1", name="王小燕")
    assert len(refusal.value.problems) == 3


def test_a_latin_name_is_found_in_a_password_in_any_case() -> None:
    with pytest.raises(InvalidInput, match="姓名"):
        check_password("ANNA-smith-2026", name="Anna")


@pytest.mark.parametrize(
    "pin", ["0000", "1234", "9876", "7890", "345678", "1212", "123123", "2468", "999999"]
)
def test_a_pin_that_is_guessed_at_once_is_refused(pin: str) -> None:
    with pytest.raises(UserError, match="太容易猜到"):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["", "123", "1234567", "12a4", "一二三四", "１２３５", "12 4"])
def test_a_pin_is_four_to_six_digits(pin: str) -> None:
    with pytest.raises(UserError, match="4到6位数字"):
        check_pin(pin)


def test_of_ten_thousand_short_pins_only_those_with_a_pattern_are_refused() -> None:
    refused = 0
    for number in range(10_000):
        try:
            check_pin(f"{number:04d}")
        except UserError:
            refused += 1
    # 10 first digits x 10 even steps, and 100 repeated pairs, of which the 10 of step 0 (0000)
    # and the 10 of step 5 (0505) are both.
    assert refused == 10 * 10 + 100 - 20


def operator(name: str = "陈志强", role: Role = Role.LEAD, **changes: object) -> Operator:
    made = Operator(
        uid=UUID(int=1), station="QR01", name=name, role=role, password_changed=date(2026, 8, 25)
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "days", "expired"),
    [
        (date(2026, 11, 23), 90, False),
        (date(2026, 11, 24), 90, True),
        (date(2030, 1, 1), 0, False),
    ],
)
def test_a_password_expires_after_its_days_unless_the_station_switched_that_off(
    today: date, days: int, expired: bool
) -> None:
    assert password_expired(operator(), today, days) is expired


@pytest.mark.parametrize("role", [Role.LEAD, Role.COMMUNITY])
def test_somebody_who_manages_operators_is_enough(role: Role) -> None:
    assert operator(role=role).manages
    refuse_no_manager_left([operator(role=Role.CLERK), operator(role=role)], "停用")


@pytest.mark.parametrize(
    "left",
    [
        [],
        [operator(active=False)],
        [operator(role=Role.CLERK), operator(role=Role.AUDITOR)],
    ],
)
def test_a_station_is_never_left_without_somebody_who_manages_operators(
    left: list[Operator],
) -> None:
    with pytest.raises(UserError, match="最后一位能管理操作员的人，不能停用"):
        refuse_no_manager_left(left, "停用")


def test_two_operators_cannot_have_one_name() -> None:
    with pytest.raises(UserError, match="已经有一位操作员叫“anna”") as refusal:
        refuse_taken_name("anna", [operator("Anna")])
    assert refusal.value.field == "name"
