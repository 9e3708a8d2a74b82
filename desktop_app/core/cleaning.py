"""Cleans the fields of a form and gathers what is wrong with them, each with its field. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.identity import check_office_phone, check_phone
from desktop_app.core.text import clean_line, clean_name, clean_text

T = TypeVar("T")


@dataclass
class Problems:
    """What is wrong with a form so far. `told` is put before each sentence (第3行：)."""

    told: str = ""
    field: str | None = None
    found: list[UserError] = dataclasses.field(default_factory=list)

    def add(self, sentence: str, next_step: str, name: str) -> None:
        self.found.append(UserError(f"{self.told}{sentence}", next_step, field=self.field or name))

    def need(self, there: object, sentence: str, next_step: str, name: str) -> None:
        """Note a problem unless something is there or the field has one already."""
        if not there and name not in {problem.field for problem in self.found}:
            self.add(sentence, next_step, name)

    def tried(self, raw: T, make: Callable[[], T]) -> T:
        """What `make` answers, or `raw` when that is refused."""
        try:
            return make()
        except UserError as problem:
            self.add(problem.sentence, problem.next_step, problem.field or "")
            return raw

    def line(self, raw: str, label: str, name: str, limit: int) -> str:
        return self.tried(raw, lambda: clean_line(raw, limit=limit, label=label, field=name))

    def text(self, raw: str, label: str, name: str, limit: int) -> str:
        return self.tried(raw, lambda: clean_text(raw, limit=limit, label=label, field=name))

    def name(self, raw: str, label: str, name: str) -> str:
        return self.tried(raw, lambda: clean_name(raw, label=label, field=name))

    def phone(self, raw: str, name: str) -> str:
        return self.tried(raw, lambda: check_phone(raw, field=name)) if raw.strip() else ""

    def office_phone(self, raw: str, name: str) -> str:
        """The number of an office, which may have an extension or be a short one (12345)."""
        return self.tried(raw, lambda: check_office_phone(raw, field=name)) if raw.strip() else ""

    def whole(self, number: int | None, most: int, label: str, name: str) -> None:
        """A number from 0 to `most`, or none at all."""
        if number is not None and not 0 <= number <= most:
            self.add(f"{label}不对。", f"请填0到{most}之间的数。", name)

    def raise_if_any(self) -> None:
        """Raise `InvalidInput` with everything found."""
        if self.found:
            raise InvalidInput(self.found)
