"""An import that is not done yet, as it is kept for whoever began it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Choice, Decisions


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where somebody was: the file, how it is to be read, what was decided, and at which step.

    `row` is where the headings were said to stand, as Excel counts; 0 where they were found.
    `digest` tells whether the file is still the same.
    """

    path: Path
    digest: str
    kind: str
    sheet: int
    step: str
    row: int = 0
    year: int | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        by_row = {str(place): choice.name for place, choice in self.decisions.by_row.items()}
        return {
            "path": str(self.path),
            "digest": self.digest,
            "kind": self.kind,
            "sheet": self.sheet,
            "step": self.step,
            "row": self.row,
            "year": self.year,
            "columns": {str(place): name for place, name in self.columns.items()},
            "options": sorted(self.options),
            "for_all": self.decisions.for_all.name,
            "by_row": by_row,
        }


def kept_from(plain: Mapping[str, Any]) -> Kept | None:
    """What was stored; None when an older program stored it otherwise."""
    try:
        by_row = {int(place): Choice[name] for place, name in plain["by_row"].items()}
        return Kept(
            path=Path(plain["path"]),
            digest=plain["digest"],
            kind=plain["kind"],
            sheet=plain["sheet"],
            step=plain["step"],
            row=plain["row"],
            year=plain["year"],
            columns={int(place): name for place, name in plain["columns"].items()},
            options=frozenset(plain["options"]),
            decisions=Decisions(Choice[plain["for_all"]], by_row),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def kept_of(
    plan: Plan, decisions: Decisions, *, path: Path, digest: str, step: str, row: int
) -> Kept:
    """What there is to keep of an import under way."""
    return Kept(
        path=path,
        digest=digest,
        kind=plan.kind,
        sheet=plan.sheet,
        step=step,
        row=row,
        year=plan.year,
        columns=dict(plan.columns),
        options=plan.options,
        decisions=Decisions(decisions.for_all, dict(decisions.by_row)),
    )
