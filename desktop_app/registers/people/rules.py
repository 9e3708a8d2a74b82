"""What an operator is, which role may do what, and which passwords and PINs are good enough.

Pure: no clock, no files, no keys. Whether a password is the right one is for `storage.keys`; here
is only what may become one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_name

PASSWORD_LEAST = 10
PASSWORD_MOST = 128
CLASSES_NEEDED = 3
PASSWORDS_REMEMBERED = 5
PIN_LENGTHS = range(4, 7)

DEMO_PASSWORD = "demo-2026"
"""Every operator of a demo home has it: printed in the README, it guards invented data only."""


class Role(LabelledEnum):
    """What somebody does at the station.

    The separation that GB/T 22239-2019 (等保 2.0, level 2) asks for: 安全审计员 follows the audit
    trail and registers, handles and manages nothing; 站长 and 社区管理员 manage station, operators
    and directory, but nobody at all can change the audit; 社区管理员 looks after several stations
    and does no counter work. A one-person station is allowed: its one 站长 also registers and may
    read the audit, because otherwise nobody there could.
    """

    VOLUNTEER = "volunteer", "值班志愿者"
    CLERK = "clerk", "窗口"
    LEAD = "lead", "站长"
    COMMUNITY = "community", "社区管理员"
    AUDITOR = "auditor", "安全审计员"


_REGISTERS = frozenset({Right.SIGN_IN, Right.READ, Right.REGISTER, Right.PAPERS})
_MANAGES = frozenset(
    {Right.MANAGE_DIRECTORY, Right.MANAGE_STATION, Right.MANAGE_OPERATORS, Right.BACK_UP}
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VOLUNTEER: _REGISTERS,
    Role.CLERK: _REGISTERS | {Right.HANDLE, Right.REVEAL, Right.EXPORT, Right.RECEIVE},
    Role.LEAD: frozenset(Right),
    Role.COMMUNITY: _MANAGES
    | {Right.SIGN_IN, Right.READ, Right.PAPERS, Right.EXPORT, Right.RECEIVE},
    Role.AUDITOR: frozenset({Right.SIGN_IN, Right.READ, Right.READ_AUDIT}),
}
"""The auditor reads ledgers, masked, because an entry names a record by its number only."""

_AT_STATIONS_ONLY = frozenset(
    {Right.REGISTER, Right.HANDLE, Right.MERGE, Right.ERASE, Right.MANAGE_DIRECTORY}
)
"""What the street lies open to see belongs to its stations, and only they change it."""

_STREET_WORDS: dict[Role, str] = {
    Role.CLERK: "街道经办",
    Role.LEAD: "街道管理员",
    Role.AUDITOR: Role.AUDITOR.label,
}
"""The roles there are at a street, and what they are called there."""


def rights_of(role: Role, *, at_street: bool) -> frozenset[Right]:
    """What a role may do in this edition of the program."""
    return RIGHTS[role] - _AT_STATIONS_ONLY if at_street else RIGHTS[role]


def role_word(role: Role, *, at_street: bool) -> str:
    """What a role is called in this edition."""
    return _STREET_WORDS.get(role, role.label) if at_street else role.label


def roles_at(*, at_street: bool) -> tuple[Role, ...]:
    """The roles that an operator can be given in this edition."""
    return tuple(_STREET_WORDS) if at_street else tuple(Role)


@dataclass(frozen=True, kw_only=True)
class Operator(Record):
    """Somebody who may sign in. An inactive one stays, because old records name them.

    `password_changed` is the business day the password was last set.
    """

    name: str
    role: Role
    active: bool = True
    password_changed: date
    must_change_password: bool = False

    @property
    def manages(self) -> bool:
        """Whether this operator can look after the others, now."""
        return self.active and not self.deleted and Right.MANAGE_OPERATORS in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class OperatorSecrets:
    """What must not lie in the change log or in any bundle, and so is no part of the record.

    `password_history` holds hashes, the newest first; `last_sign_in` is the business day of the
    last sign-in with the full password.
    """

    pin_hash: str | None = None
    password_history: tuple[str, ...] = ()
    last_sign_in: date | None = None

    def remembering(self, password_hash: str) -> tuple[str, ...]:
        """The history once `password_hash` is in use."""
        return (password_hash, *self.password_history)[:PASSWORDS_REMEMBERED]


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """One line of the list of operators."""

    operator: Operator
    has_pin: bool
    last_sign_in: date | None


def checked_operator_name(text: str) -> str:
    """A name as the sign-in list shows it; raises `UserError`."""
    return clean_name(text, label="操作员姓名", field="name")


def refuse_taken_name(name: str, others: Collection[Operator]) -> None:
    """Two people of one name need a distinction: the sign-in list knows people by name."""
    if any(other.name.casefold() == name.casefold() for other in others):
        raise UserError(
            f"已经有一位操作员叫“{name}”，没有保存。",
            "请在姓名后加上区分，例如“王芳（二组）”。",
            field="name",
        )


def refuse_no_manager_left(operators: Collection[Operator], change: str) -> None:
    """Raise unless somebody who may manage operators is left after a change."""
    if not any(operator.manages for operator in operators):
        raise UserError(
            f"这是最后一位能管理操作员的人，不能{change}，没有改动任何内容。",
            "请先让另一位同事也能管理操作员，再做这一步。",
        )


def check_password(password: str, *, name: str) -> None:
    """Raise `InvalidInput` with a sentence for every rule the new password misses.

    The rules are this program's practice for 等保 2.0 level 2 (the standard asks for complexity
    and change without naming figures): 10 to 128 characters, three of the four classes (upper
    case, lower case, digits, anything else, Chinese included), not containing the operator's name.
    """
    problems = []
    if len(password) < PASSWORD_LEAST:
        problems.append(f"密码太短：至少要有{PASSWORD_LEAST}个字符，现在是{len(password)}个。")
    if len(password) > PASSWORD_MOST:
        problems.append(f"密码太长：最多{PASSWORD_MOST}个字符，现在是{len(password)}个。")
    if len(_classes(password)) < CLASSES_NEEDED:
        problems.append("密码太简单：大写字母、小写字母、数字、其他字符四类中至少要有三类。")
    if _contains_name(password, name):
        problems.append("密码里不能含有操作员的姓名。")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        problems.append("密码里有看不见的控制字符，换一台电脑可能打不出来。")
    if problems:
        raise InvalidInput(
            [
                UserError(problem, "请换一个密码再试，原来的设置没有改动。", field="password")
                for problem in problems
            ]
        )


def _classes(password: str) -> set[str]:
    return {_class(character) for character in password}


def _class(character: str) -> str:
    if character.isdecimal():
        return "digit"
    if character.islower():
        return "lower"
    return "upper" if character.isupper() else "other"


def _contains_name(password: str, name: str) -> bool:
    wanted = "".join(name.casefold().split())
    # A name of one character would forbid too much of everything else.
    return len(wanted) > 1 and wanted in "".join(password.casefold().split())


def refuse_reused() -> UserError:
    """What is said when the new password is one of the last five."""
    return UserError(
        f"这个密码用过，不能再用最近{PASSWORDS_REMEMBERED}次用过的密码，密码没有改动。",
        "请换一个新的密码。",
        field="password",
    )


def check_pin(pin: str) -> None:
    """Raise `UserError` unless a PIN is 4 to 6 ASCII digits and not the first one to guess."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise UserError(
            "PIN 码要由4到6位数字组成，没有保存。", "请重新输入4到6位数字。", field="pin"
        )
    if _easily_guessed(pin):
        raise UserError(
            "这个 PIN 码太容易猜到（相同、连续或成对重复的数字），没有保存。",
            "请换一组没有规律的数字。",
            field="pin",
        )


def _easily_guessed(pin: str) -> bool:
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    # One step all along is 0000, 1234, 9876, 7890; a short piece repeated is 1212, 123123.
    if len(steps) == 1:
        return True
    return any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size)
        for size in range(1, len(pin) // 2 + 1)
    )


def password_expired(operator: Operator, today: date, days: int) -> bool:
    """Whether the password is older than the station allows; `days` 0 means it never is."""
    return days > 0 and today > operator.password_changed + timedelta(days=days)
