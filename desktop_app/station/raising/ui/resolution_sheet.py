"""转入问题清单: what a meeting decided becomes a problem; asked is what the minutes do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.registers.matters.service import categories
from desktop_app.station.raising import listing
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.value_inputs import DateInput

VERB = "转入问题清单"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The activity as it stands, one of its resolutions, the problem that it would become, and the
    categories to choose from."""

    activity: Activity
    resolution: Uid
    form: ProblemForm
    categories: Sequence[str]


def read_proposal(desk: Desk, activity: Uid, resolution: Uid) -> Proposal:
    """In a worker's thread. Raises `UserError` when the activity has no such resolution."""
    used = lists.list_frame(desk).categories
    return Proposal(
        activities.get(desk, activity),
        resolution,
        listing.proposed_of_resolution(desk, activity, resolution),
        tuple(dict.fromkeys((*used, *categories(desk)))),
    )


class RaiseResolutionSheet(SavingSheet):
    """Asks for the category; words and day are as the meeting decided and may be put better."""

    def __init__(self, parent: QWidget, desk: Desk, proposal: Proposal) -> None:
        activity = proposal.activity
        effect = "入单以后等待认领；议定事项旁会写着它的编号和办得怎样。"
        super().__init__(parent, VERB, f"{activity.name}　{activity.number}\n{effect}", VERB)
        self._desk, self._proposal = desk, proposal
        form = proposal.form
        category = SuggestInput(self, placeholder="如：物业维修")
        offers = [(word, " ".join(sorted(name_keys(word)))) for word in proposal.categories]
        category.set_offers(offers)
        words = TextInput(self, placeholder="什么地方、什么问题；不写姓名和电话")
        words.set_value(form.description)
        day = DateInput(lambda: desk.today, self)
        day.set_day(form.wanted_by)
        for name, field in (
            ("category", LabelledField("类别", category, self, key="L")),
            ("description", LabelledField("问题描述", words, self, key="W")),
            ("wanted_by", LabelledField("希望哪天前解决", day, self, key="Q", optional=True)),
        ):
            self.body.addWidget(self.add_field(name, field))
        self.wire(self.body)

    def save(self) -> Changed[Problem]:
        category, words, day = (
            self.fields[name].editor for name in ("category", "description", "wanted_by")
        )
        assert isinstance(category, SuggestInput)
        assert isinstance(words, TextInput)
        assert isinstance(day, DateInput)
        if problem := day.problem():
            raise UserError(problem, field="wanted_by")
        told = self._proposal
        form = replace(
            told.form,
            category=category.value(),
            description=words.value(),
            wanted_by=day.day(),
        )
        activity = told.activity
        return listing.raise_from_resolution(
            self._desk, activity.uid, told.resolution, activity.revision, form
        )
