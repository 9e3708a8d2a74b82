"""The sheet a post is set up and changed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock_text import clock_words
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.record import POSTS as KIND
from desktop_app.ledgers.posts.rules.pattern import WEEKDAYS, Clock, Pattern
from desktop_app.ledgers.posts.rules.post import MOST_QUOTA, Post
from desktop_app.ledgers.posts.rules.post_entry import OLDEST, PostForm
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.listing import TeamFilter
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.registers.volunteers.ui.kept_sheet import KeptSheet, Left, draft_name
from desktop_app.registers.volunteers.ui.looks import chosen
from desktop_app.registers.volunteers.ui.team_form import compounds_to_choose
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.value_inputs import DateInput, NumberInput

DRAFT = "post"
_WIDTH, _HEIGHT = 800, 640
_MOST_TEAMS = 200
_DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen: the teams there are now, the 小区 of today."""

    teams: tuple[Choice, ...]
    compounds: tuple[Choice, ...]


def offered(desk: Desk) -> Offered:
    """For a worker's thread."""
    teams = volunteers.teams_page(desk, TeamFilter(disbanded=False), size=_MOST_TEAMS).rows
    return Offered(
        tuple(
            Choice(one.uid.hex, one.name, search=" ".join(sorted(name_keys(one.name))))
            for one in teams
        ),
        compounds_to_choose(desk),
    )


class PostSheet(KeptSheet):
    """A new post, or one as it stands with its whole form."""

    def __init__(
        self,
        page: Page,
        desk: Desk,
        known: tuple[Post, PostForm] | None,
        offers: Offered,
        left: Left,
    ) -> None:
        post, form = known or (None, PostForm(from_on=desk.today))
        title = "新增岗位" if post is None else "修改岗位"
        uid = None if post is None else post.uid
        told = "" if post is None else post.number
        super().__init__(page, desk, title, told, draft=draft_name(DRAFT, uid))
        self._post, self._offers = post, offers
        self._lay_out()
        self._fill(form)
        self.size_to(_WIDTH, _HEIGHT)
        self.begin_with(left, 0 if post is None else post.revision)

    def save(self) -> Changed[Post]:
        form, post = self._form(), self._post
        if post is None:
            return self.saved(service.open_post(self._desk, form))
        return self.saved(service.change_post(self._desk, post.uid, post.revision, form))

    def _lay_out(self) -> None:
        sorts = [Choice(one.value, one.label) for one in Direction]
        self.add_row(
            [
                self._line("name", "如：夜间巡逻员", "M", needed=True),
                self._take("direction", ChoiceBox(sorts, self), "F", needed=True),
            ],
            (3, 2),
        )
        quota = NumberInput(self, least=1, most=MOST_QUOTA, unit="人")
        self.add_row(
            [
                self._line("place_words", "如：荷塘社区一至五栋", "D"),
                self._take("quota", quota, "R", needed=True, label="每班要几个人"),
            ],
            (3, 2),
        )
        self._lay_out_times()
        self._lay_out_bounds()

    def _lay_out_times(self) -> None:
        days = [Choice(number, word) for number, word in enumerate(WEEKDAYS)]
        week = TickBar(days, self)
        self.add_row([self._take("pattern", week, "X", label="每周哪几天")])
        self.add_row(
            [
                self._take("starts", TimeInput(self, usual=(19, 0)), "K", label="几点到岗"),
                self._take("ends", TimeInput(self, usual=(21, 0)), "J", label="几点结束"),
            ]
        )
        self.add_row(
            [
                self._take("from_on", DateInput(self._today, self), "S", needed=True),
                self._take("until_on", DateInput(self._today, self), "E"),
            ]
        )

    def _lay_out_bounds(self) -> None:
        team = ChoiceBox(self._offers.teams, self, placeholder="哪支队伍负责")
        area = ChoiceBox(self._offers.compounds, self, placeholder="不选就是全社区")
        self.add_row([self._take("team", team, "T"), self._take("compound", area, "Q")])
        danger = TickBar([Choice(_DANGER, "有危险性，要有保险，未成年人不能上岗")], self)
        age = NumberInput(self, least=1, most=OLDEST, unit="岁")
        self.add_row(
            [
                self._take("needs_insurance", danger, "W", label="安全要求"),
                self._take("min_age", age, "A"),
            ],
            (3, 2),
        )
        self.add_row([self._line("duties", "做什么、注意什么", "Z")])
        self.add_row([self._line("remark", "只在站内看，不上报", "B")])

    def _fill(self, form: PostForm) -> None:
        pattern = form.pattern
        self.put_typed(
            {
                "name": form.name,
                "direction": form.direction.value,
                "place_words": form.place_words,
                "quota": str(form.quota),
                "pattern": list(pattern.weekdays) if pattern else [],
                "starts": clock_words(pattern.starts) if pattern else "",
                "ends": clock_words(pattern.ends) if pattern else "",
                "from_on": "" if form.from_on is None else form.from_on.isoformat(),
                "until_on": "" if form.until_on is None else form.until_on.isoformat(),
                "team": None if form.team is None else form.team.hex,
                "compound": None if form.compound is None else form.compound.hex,
                "needs_insurance": [_DANGER] if form.needs_insurance else [],
                "min_age": "" if form.min_age is None else str(form.min_age),
                "duties": form.duties,
                "remark": form.remark,
            }
        )

    def _form(self) -> PostForm:
        values, post = self.typed(), self._post
        return PostForm(
            name=values["name"],
            direction=(*chosen(Direction, [values["direction"]]), Direction.OTHER)[0],
            place_words=values["place_words"],
            compound=_still(
                values["compound"], self._offers.compounds, post.compound if post else None
            ),
            quota=self._number("quota") or 0,
            pattern=self._pattern(),
            from_on=self.day_in("from_on"),
            until_on=self.day_in("until_on"),
            team=_still(values["team"], self._offers.teams, post.team if post else None),
            needs_insurance=bool(values["needs_insurance"]),
            min_age=self._number("min_age"),
            duties=values["duties"],
            remark=values["remark"],
        )

    def _pattern(self) -> Pattern | None:
        """Days and hours, all of them or none."""
        days = tuple(self.typed()["pattern"])
        starts, ends = self._clock("starts"), self._clock("ends")
        if not days and starts is None and ends is None:
            return None
        if not days:
            raise UserError("还没有选每周哪几天，没有保存。", "请勾选值班的几天。", field="pattern")
        for clock, name in ((starts, "starts"), (ends, "ends")):
            if clock is None:
                raise UserError(
                    "选了哪几天，还没有写几点，没有保存。",
                    "请写成 19:00 的样子；没有固定时间的，把勾选去掉。",
                    field=name,
                )
        assert starts is not None, "told above"
        assert ends is not None, "told above"
        return Pattern(days, starts, ends)

    def _clock(self, name: str) -> Clock | None:
        editor = self.fields[name].editor
        assert isinstance(editor, TimeInput)
        if editor.value() and editor.time() is None:
            raise UserError("这不是一个时间，没有保存。", "请写成 19:00 的样子。", field=name)
        return editor.time()

    def _number(self, name: str) -> int | None:
        editor = self.fields[name].editor
        assert isinstance(editor, NumberInput)
        if problem := editor.problem():
            raise UserError("没有保存。", problem, field=name)
        return editor.number()

    def _take(
        self, name: str, editor: QWidget, key: str = "", *, needed: bool = False, label: str = ""
    ) -> LabelledField:
        told = label or KIND.field(name).label
        return self.add_field(name, LabelledField(told, editor, self, key=key, optional=not needed))

    def _line(self, name: str, hint: str, key: str = "", *, needed: bool = False) -> LabelledField:
        return self._take(name, LineInput(self, placeholder=hint), key, needed=needed)

    def _today(self) -> Any:
        return self._desk.today


def _still(value: object, choices: Sequence[Choice], before: Uid | None) -> Uid | None:
    """What was chosen; one that is no choice any more stays as it was."""
    found = parse_uid(str(value)) if value else None
    if found is None and before is not None:
        gone = before.hex not in {choice.value for choice in choices}
        return before if gone else None
    return found
