"""What the three lists are called: 问题、共建、责任, or 需求、资源、项目 elsewhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.settings import LIST_NAMES


@dataclass(frozen=True, slots=True)
class ListNames:
    """The one name of each list, on screens and on paper."""

    problems: str
    offers: str
    duties: str


def names_of(setting: str) -> ListNames:
    """The names that a value of `LIST_NAMES` means; an unknown value means the usual ones."""
    said = setting if setting in LIST_NAMES.choices else LIST_NAMES.default
    return ListNames(*said.split("、"))
