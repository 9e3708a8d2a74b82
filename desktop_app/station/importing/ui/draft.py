"""What somebody has said of a sheet so far: the wizard's memory, without a screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop_app import catalog
from desktop_app.station.importing.rules.kept import Kept, kept_of
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Decisions
from desktop_app.station.importing.service import Outcome
from desktop_app.station.importing.service.showing import Looked
from desktop_app.station.importing.ui.words import Step
from desktop_app.station.importing.ui.work import Resumed, Seen


@dataclass
class Draft:
    """One sheet under way. `row` is where the headings were said to stand, 0 where found."""

    looked: Looked
    plan: Plan
    row: int = 0
    decisions: Decisions = field(default_factory=Decisions)
    seen: Seen | None = None
    outcome: Outcome | None = None

    @classmethod
    def begun_with(cls, looked: Looked) -> Draft:
        return cls(looked, looked.plan)

    @classmethod
    def resumed(cls, found: Resumed) -> Draft:
        """What was kept; of a file that has changed only what it is read as."""
        kept = found.kept
        decisions = Decisions() if found.changed else kept.decisions
        return cls(found.looked, found.looked.plan, kept.row, decisions)

    @property
    def name(self) -> str:
        """The file's name, with the sheet's where there are several."""
        return self.looked.opened.title(self.plan.sheet)

    @property
    def ledger(self) -> str:
        """What the ledger calls its records."""
        return label_of(self.plan.kind)

    @property
    def taken(self) -> int:
        """How many rows would be taken in; none before they were tried out."""
        return 0 if self.seen is None else self.seen.taken(self.decisions)

    def look_again(self, looked: Looked, row: int) -> None:
        """Another sheet, ledger or heading: what was said of the columns is said anew."""
        self.looked, self.plan, self.row = looked, looked.plan, row
        self.decisions, self.seen = Decisions(), None

    def change(self, plan: Plan) -> None:
        """The sheet is to be read otherwise: which row is which may have changed."""
        if plan != self.plan:
            self.plan = plan
            self.decisions = Decisions(self.decisions.for_all)
            self.seen = None

    def set_year(self, year: int | None) -> None:
        self.looked = replace(self.looked, plan=replace(self.looked.plan, year=year))
        self.change(replace(self.plan, year=year))

    def kept(self, step: Step) -> Kept | None:
        """What is kept of it for another day; nothing once it was taken in."""
        if self.outcome is not None:
            return None
        opened = self.looked.opened
        return kept_of(
            self.plan,
            self.decisions,
            path=opened.path,
            digest=opened.digest,
            step=step.name,
            row=self.row,
        )


def label_of(kind: str) -> str:
    """What a ledger calls its records."""
    ledger = catalog.ledgers().get(kind)
    return ledger.kind.label if ledger is not None else kind


def kept_words(kept: Kept) -> str:
    """Where an import was left."""
    step = Step[kept.step].value if kept.step in Step.__members__ else Step.FILE.value
    return f"上次的导入没有做完：{kept.path.name}，导入为{label_of(kept.kind)}，停在“{step}”。"
