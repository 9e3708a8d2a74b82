"""One problem: what is wrong, who is at it, which offers fit, its photos and its course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.matching import Candidate, Proposal
from desktop_app.ledgers.three_lists.rules.problem import OPEN, Problem, ProblemState
from desktop_app.ledgers.three_lists.service import PicturesTaken, ProblemHistory
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.facts import (
    course,
    problem_facts,
    raiser_masked,
    raising_facts,
)
from desktop_app.ledgers.three_lists.ui.forms import ProblemEntry
from desktop_app.ledgers.three_lists.ui.linked import LinkedCard, duty_item, problem_item
from desktop_app.ledgers.three_lists.ui.looks import (
    PROBLEM_DEEDS,
    by_name,
    may_handle,
    may_reveal,
    problem_chip,
    problem_deeds,
    problem_due,
    short,
)
from desktop_app.ledgers.three_lists.ui.matching import MatchingCard
from desktop_app.ledgers.three_lists.ui.record_page import RecordPage
from desktop_app.ledgers.three_lists.ui.sheets import DeclineMatchSheet
from desktop_app.ledgers.three_lists.ui.step_taking import at_step
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.places.service import directory
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.photo_album import PhotoAlbum
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS

_WAITS = frozenset({ProblemState.LISTED, ProblemState.CLAIMED})


@dataclass(frozen=True, slots=True)
class WholeProblem:
    """The problem with its story, the names of where it is, and the offers that fit it."""

    history: ProblemHistory
    place: str
    grid: str
    station: str
    merged_into: Problem | None
    proposals: tuple[Proposal, ...]

    @property
    def problem(self) -> Problem:
        return self.history.problem


class ProblemPage(RecordPage):
    """The page `problem`."""

    label = "问题"
    kind = PROBLEMS.name
    kinds = frozenset({PROBLEMS.name, OFFERS.name, DUTIES.name})
    deeds = PROBLEM_DEEDS
    more_hints: tuple[KeyHint, ...] = (
        KeyHint("R", "显示完整内容"),
        KeyHint("E", "更正"),
        KeyHint("G", "到对单配餐（Enter 派给，N 谢绝）"),
        KeyHint(ADD_KEYS, "添加照片"),
        KeyHint(PASTE_KEYS, "粘贴照片"),
    )

    def fill_content(self) -> None:
        self.facts = FactsCard("问题", self)
        self.raising = FactsCard("提出", self)
        self.reveal = self.reveal_button(self.raising)
        self.matching = MatchingCard(self)
        self.duties = LinkedCard("责任", self)
        self.related = LinkedCard("同一问题", self)
        self.course = CourseCard("办理过程", self)
        self.album = PhotoAlbum(
            self,
            self._picture,
            self._take_in,
            title="照片",
            captioned=False,
            short=True,
            at_step=at_step(self._desk, service.take_in_problem_photos),
        )
        left = (self.facts, self.matching, self.album)
        right = (self.duties, self.elsewhere, self.raising, self.related, self.course)
        self.content.body.addWidget(Columns((left, right), self, shares=(3, 2)))
        self.content.body.addStretch(1)
        self.setAcceptDrops(True)
        self.matching.taken.connect(self._dispatch)
        self.matching.declined.connect(self._decline)
        self.matching.opened.connect(partial(self._open, OFFERS.name))
        self.duties.chosen.connect(partial(self._open, DUTIES.name))
        self.related.chosen.connect(partial(self._open, PROBLEMS.name))
        self.album.added.connect(self._added)
        self.album.removed.connect(self._remove)
        self.album.pictured.connect(self.course.show_pictures)
        self.course.opened.connect(self.album.open_photo)
        self.course.add_wanted.connect(self.album.add_to_step)
        self.bind("G", self._to_matching)

    # --- reading and showing -------------------------------------------------------------------

    def read(self, uid: Uid) -> WholeProblem:
        desk, today = self._desk, self._desk.today
        found = service.problem_history(desk, uid)
        problem, places = found.problem, directory(desk)

        def name(place: Uid | None) -> str:
            known = places.get(place) if place else None
            return known.name_on(today) if known else ""

        fits = service.matches(desk, uid) if may_handle(desk) and problem.state in _WAITS else ()
        into = problem.merged_into
        return WholeProblem(
            found,
            name(problem.compound),
            name(problem.grid),
            station_names(desk).owner(problem.station),
            service.get_problem(desk, into) if into else None,
            fits,
        )

    def show_whole(self, whole: WholeProblem) -> None:
        problem, desk = whole.problem, self._desk
        self.facts.show_facts(problem_facts(problem, whole.place, whole.grid, self._desk.today))
        self.matching.show_proposals(
            whole.proposals, may=may_handle(desk) and problem.state in _WAITS
        )
        self.duties.show_items([duty_item(duty) for duty in whole.history.duties])
        related = [problem_item(one, "并入这一条") for one in whole.history.merged]
        if whole.merged_into is not None:
            related.insert(0, problem_item(whole.merged_into, "已并入这一条"))
        self.related.show_items(related)
        may_change = may_handle(desk) and problem.state in OPEN
        adder = desk.actor.name if may_change else ""
        self.course.show_course(
            course(problem.steps, desk.database.zone, desk.today, problem.photos, adder)
        )
        self.album.show_photos(
            problem.uid,
            problem.photos,
            may_change=may_change,
            words="",
            empty=f"把照片拖到这里，或按 {PASTE_KEYS} 粘贴。",
        )
        self.album.setVisible(bool(problem.photos) or may_change)
        self.reveal.setVisible(may_reveal(desk) and bool(raiser_masked(problem)))
        self.header.show_record(
            problem.number,
            problem_chip(problem.state),
            problem_due(problem, desk.today),
            by_name(problem_deeds(desk, problem.state)),
            may_correct=self.may_correct(whole),
            urge=problem.state in (ProblemState.RAISED, ProblemState.LISTED),
        )
        self.setAccessibleName(f"问题 {problem.number} {problem.state.label}")

    def show_private(self, whole: WholeProblem, plain: Mapping[str, str]) -> None:
        zone = self._desk.database.zone
        self.raising.show_facts(
            raising_facts(whole.problem, zone, whole.station, plain, self._desk.today)
        )
        self.reveal.setText("遮挡" if plain else "显示完整内容")
        self.reveal.setToolTip("遮挡（R）" if plain else "显示十秒，并记入操作记录（R）")
        put_icon(self.reveal, "eye-off" if plain else "eye")

    def masked_fields(self, whole: WholeProblem) -> Sequence[str]:
        return raiser_masked(whole.problem)

    def read_out(self, uid: Uid, field: str) -> str:
        return service.read_out_problem(self._desk, uid, field)

    def may_correct(self, whole: WholeProblem) -> bool:
        desk = self._desk
        return may_handle(desk) and may_reveal(desk) and whole.problem.state in OPEN

    def make_form(self) -> EntryForm:
        return ProblemEntry(self._desk, self, self)

    # --- what the person does ------------------------------------------------------------------

    def take_step(self, name: str) -> None:
        problem = self._whole.problem
        self.stepper.problem_step(problem.uid, problem.revision, name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.album.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.album.take(event.mimeData())

    @Slot()
    def _to_matching(self) -> None:
        if self.matching.isVisible():
            self.matching.list.enter()

    @Slot(object)
    def _dispatch(self, offer: Candidate) -> None:
        self.stepper.dispatch(self._whole.problem.uid, offer.uid)

    @Slot(object)
    def _decline(self, offer: Candidate) -> None:
        sheet = DeclineMatchSheet(self, self._desk, self._whole.problem, offer)
        sheet.taken.connect(partial(self._declined, offer))
        sheet.open()

    def _declined(self, offer: Candidate, changed: Changed[Problem]) -> None:
        self.tell_changed(changed, f"已谢绝：{offer.partner_name} {short(offer.resource)}")

    @Slot(object)
    def _open(self, kind: str, uid: object) -> None:
        found = uid if isinstance(uid, Uid) else parse_uid(str(uid))
        if found is not None:
            self.go(Open(kind, found))

    def _picture(self, uid: Uid, sha256: str) -> bytes:
        """In the worker's thread."""
        return service.picture(self._desk, self._desk.database.blobs, uid, sha256)

    def _take_in(
        self, uid: Uid, sources: Sequence[PhotoSource], job: Job
    ) -> PicturesTaken[Problem]:
        """In the worker's thread."""
        blobs = self._desk.database.blobs
        return service.take_in_problem_photos(self._desk, blobs, uid, sources, job)

    @Slot(object)
    def _added(self, taken: PicturesTaken[Problem]) -> None:
        assert taken.changed is not None, "only told when something was added"
        self.tell_changed(taken.changed, f"已添加 {taken.added} 张照片")

    @Slot(str)
    def _remove(self, sha256: str) -> None:
        problem = self._whole.problem
        call = partial(
            service.remove_problem_photo, self._desk, problem.uid, problem.revision, sha256
        )
        self.stepper.at_once("移除", call, "已移除一张照片")
