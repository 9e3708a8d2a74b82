"""The sheet a team is written down and changed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import parse_uid
from desktop_app.core.pinyin import name_keys
from desktop_app.registers.places import service as places
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import TEAMS as KIND
from desktop_app.registers.volunteers.rules.team import Team, TeamForm
from desktop_app.registers.volunteers.rules.team_steps import form_of
from desktop_app.registers.volunteers.rules.words import Direction, TeamKind
from desktop_app.registers.volunteers.ui.kept_sheet import KeptSheet, Left, draft_name
from desktop_app.registers.volunteers.ui.looks import chosen
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.value_inputs import DateInput

DRAFT = "team"
_WIDTH, _HEIGHT = 800, 560
_KINDS = tuple(
    Choice(one.value, one.label, str(number)) for number, one in enumerate(TeamKind, start=1)
)


def compounds_to_choose(desk: Desk) -> tuple[Choice, ...]:
    """The 小区 of today, for a worker's thread."""
    return tuple(
        Choice(one.uid.hex, one.name, search=" ".join(sorted(name_keys(one.name))))
        for one in places.compounds(desk)
    )


class TeamSheet(KeptSheet):
    """A new team, or `team` as it stands."""

    def __init__(
        self, page: Page, desk: Desk, team: Team | None, compounds: Sequence[Choice], left: Left
    ) -> None:
        title = "新增志愿队伍" if team is None else "修改志愿队伍"
        uid = None if team is None else team.uid
        told = "" if team is None else team.number
        super().__init__(page, desk, title, told, draft=draft_name(DRAFT, uid))
        self._team, self._compounds = team, compounds
        form = TeamForm(founded_on=desk.today) if team is None else form_of(team)
        self._lay_out()
        self._fill(form)
        self.size_to(_WIDTH, _HEIGHT)
        self.begin_with(left, 0 if team is None else team.revision)

    def save(self) -> Changed[Team]:
        form, team = self._form(), self._team
        if team is None:
            return self.saved(service.found(self._desk, form))
        return self.saved(service.change_team(self._desk, team.uid, team.revision, form))

    def _lay_out(self) -> None:
        hint = "如：青榕雅苑近邻志愿服务队"
        self.add_row([self._line("name", hint, "M", needed=True)])
        self.add_row([self._take("team_kind", ChoiceBar(_KINDS, self), "K", needed=True)])
        founded = DateInput(self._today, self)
        self.add_row(
            [
                self._line("organisation", "如：青榕社区党委", "Z", needed=True),
                self._take("founded_on", founded, "D", needed=True),
            ],
            (3, 2),
        )
        directions = [Choice(one.value, one.label) for one in Direction]
        self.add_row([self._take("direction", TickBar(directions, self), "F", needed=True)])
        area = ChoiceBox(self._compounds, self, placeholder="不选就是全社区", value=None)
        self.add_row([self._line("direction_words", "", "S"), self._take("compound", area, "X")])
        self.add_row([self._line("remark", "只在站内看，不上报", "B")])

    def _fill(self, form: TeamForm) -> None:
        self.put_typed(
            {
                "name": form.name,
                "team_kind": form.team_kind.value,
                "organisation": form.organisation,
                "founded_on": "" if form.founded_on is None else form.founded_on.isoformat(),
                "direction": [one.value for one in form.direction],
                "direction_words": form.direction_words,
                "compound": None if form.compound is None else form.compound.hex,
                "remark": form.remark,
            }
        )

    def _form(self) -> TeamForm:
        values = self.typed()
        area = values["compound"]
        compound = parse_uid(str(area)) if area else None
        if compound is None and self._team is not None:
            offered = {choice.value for choice in self._compounds}
            before = self._team.compound
            # One that is closed since is no choice any more, but the team is still of it.
            compound = before if before is not None and before.hex not in offered else None
        return TeamForm(
            name=values["name"],
            team_kind=(*chosen(TeamKind, [values["team_kind"]]), TeamKind.NEIGHBOURS)[0],
            organisation=values["organisation"],
            founded_on=self.day_in("founded_on"),
            direction=chosen(Direction, values["direction"]),
            direction_words=values["direction_words"],
            compound=compound,
            remark=values["remark"],
        )

    def _take(
        self, name: str, editor: QWidget, key: str = "", *, needed: bool = False
    ) -> LabelledField:
        label = KIND.field(name).label
        return self.add_field(
            name, LabelledField(label, editor, self, key=key, optional=not needed)
        )

    def _line(self, name: str, hint: str, key: str = "", *, needed: bool = False) -> LabelledField:
        return self._take(name, LineInput(self, placeholder=hint), key, needed=needed)

    def _today(self) -> Any:
        return self._desk.today
