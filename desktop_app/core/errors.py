"""Errors split by blame: the person's input, the environment, safety, or a bug of ours.

Everything raised on purpose in this program is a `Fault`. It carries a Chinese sentence that says
what happened and one that says what to do next; neither holds a resident's data, so both may be
logged. Anything else that reaches the top is a bug and gets the crash window.
"""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the command line answers with (commands.md, Common)."""

    DONE = 0
    BUG = 1
    USAGE = 2
    WRONG_INPUT = 3
    ENVIRONMENT = 4
    REFUSED = 5


class Fault(Exception):
    """A known failure, told in words.

    `sentence` says what happened, `next_step` what the person can do; `field` names the field of a
    form that is to blame, so that the message can stand beside it.
    """

    exit_status = ExitStatus.BUG

    def __init__(self, sentence: str, next_step: str = "", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step
        self.field = field

    @property
    def words(self) -> str:
        """Both sentences together, as a screen or the terminal shows them."""
        return f"{self.sentence}{self.next_step}"


class UserError(Fault):
    """The input or the request is wrong; the form is kept and the sentence says which field."""

    exit_status = ExitStatus.WRONG_INPUT


class InvalidInput(UserError):
    """Several fields are wrong at once: `problems` lists a `UserError` for each of them."""

    def __init__(self, problems: list[UserError]) -> None:
        first = problems[0]
        super().__init__(
            "；".join(problem.sentence.rstrip("。") for problem in problems) + "。",
            first.next_step,
            field=first.field,
        )
        self.problems = problems


class EnvironmentFault(Fault):
    """Disk, lock, permission, printer: nothing the program did, nothing the person typed."""

    exit_status = ExitStatus.ENVIRONMENT


class SafetyRefusal(Fault):
    """Refused to protect data: wrong password, locked out, bad signature, newer version."""

    exit_status = ExitStatus.REFUSED


class NotAllowed(SafetyRefusal):
    """The operator has no right to do this."""


class Conflict(UserError):
    """Somebody changed the record meanwhile: the revision the caller saw is no longer the last."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"这条{label}刚刚被别人改过，您的改动没有保存。", "请看过最新内容后再改一次。"
        )
