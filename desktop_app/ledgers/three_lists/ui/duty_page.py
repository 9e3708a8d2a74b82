"""One duty: who does what by when, how far it is, what shows it was done, and how it was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import RULES
from desktop_app.ledgers.three_lists.service import DutyHistory, PicturesTaken
from desktop_app.ledgers.three_lists.ui.correction import CorrectDutySheet
from desktop_app.ledgers.three_lists.ui.facts import (
    closing_facts,
    course,
    duty_facts,
    progress_facts,
)
from desktop_app.ledgers.three_lists.ui.linked import LinkedCard, problem_item
from desktop_app.ledgers.three_lists.ui.looks import (
    DUTY_DEEDS,
    PAPER_OF_CLOSING,
    PAPER_OF_DUTY,
    Deed,
    by_name,
    duty_chip,
    duty_deeds,
    duty_due,
    may_handle,
    may_reveal,
    offer_chip,
)
from desktop_app.ledgers.three_lists.ui.record_page import RecordPage
from desktop_app.ledgers.three_lists.ui.step_taking import at_step
from desktop_app.registers.offices.names import station_names
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.photo_album import PhotoAlbum
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS
from desktop_app.widgets.record_head import PaperButton

_TO_CLOSE = frozenset({DutyState.DOING, DutyState.TO_REVIEW, DutyState.CLOSED})


@dataclass(frozen=True, slots=True)
class WholeDuty:
    """The duty with its problem and offer; `station` is whose it is, at a street."""

    history: DutyHistory
    station: str

    @property
    def duty(self) -> Duty:
        return self.history.duty


class DutyPage(RecordPage):
    """The page `duty`."""

    label = "责任"
    kind = DUTIES.name
    kinds = frozenset({DUTIES.name, PROBLEMS.name, OFFERS.name})
    deeds: tuple[Deed, ...] = DUTY_DEEDS
    shows_duty = True
    papers = (
        PaperButton(PAPER_OF_DUTY, "打印交办单", "Ctrl+P"),
        PaperButton(PAPER_OF_CLOSING, "打印销号单", "Ctrl+Shift+P"),
    )
    more_hints: tuple[KeyHint, ...] = (
        KeyHint("R", "显示完整内容"),
        KeyHint("E", "更正"),
        KeyHint("G", "到问题"),
        KeyHint(ADD_KEYS, "添加佐证"),
        KeyHint(PASTE_KEYS, "粘贴佐证"),
    )

    def fill_content(self) -> None:
        self.facts = FactsCard("责任", self)
        self.reveal = self.reveal_button(self.facts)
        self.progress = FactsCard("进展", self)
        self.closing = FactsCard("销号", self)
        self.about = LinkedCard("问题与资源", self)
        self.course = CourseCard("办理过程", self)
        self.album = PhotoAlbum(
            self,
            self._picture,
            self._take_in,
            title="佐证",
            captioned=False,
            short=True,
            at_step=at_step(self._desk, service.take_in_evidence),
        )
        left = (self.facts, self.progress, self.album)
        right = (self.about, self.elsewhere, self.closing, self.course)
        self.content.body.addWidget(Columns((left, right), self, shares=(3, 2)))
        self.content.body.addStretch(1)
        self.setAcceptDrops(True)
        self.about.chosen.connect(self._open)
        self.album.added.connect(self._added)
        self.album.removed.connect(self._remove)
        self.album.pictured.connect(self.course.show_pictures)
        self.course.opened.connect(self.album.open_photo)
        self.course.add_wanted.connect(self.album.add_to_step)
        self.stepper.evidence_wanted.connect(self.album.tools.choose_files)
        self.bind("G", self._to_problem)

    # --- reading and showing -------------------------------------------------------------------

    def read(self, uid: Uid) -> WholeDuty:
        found = service.duty_history(self._desk, uid)
        return WholeDuty(found, station_names(self._desk).owner(found.duty.station))

    def show_whole(self, whole: WholeDuty) -> None:
        duty, desk = whole.duty, self._desk
        self.progress.show_facts(progress_facts(duty, self._desk.today))
        self.closing.show_facts(closing_facts(duty, self._desk.today))
        self._show_about(whole.history)
        may_add = may_handle(desk) and duty.state in RULES[DutyAction.ADD_EVIDENCE].sources
        signed = () if duty.confirmation is None else (duty.confirmation,)
        adder = desk.actor.name if may_add else ""
        shown = (*duty.evidence, *signed)
        self.course.show_course(course(duty.steps, desk.database.zone, desk.today, shown, adder))
        self.album.show_photos(
            duty.uid,
            duty.evidence,
            may_change=may_add,
            words="",
            empty=f"把照片或扫描件拖到这里，或按 {PASTE_KEYS} 粘贴。销号至少要一张。",
            beside=signed,
        )
        self.album.setVisible(bool(duty.evidence) or may_add)
        self.reveal.setVisible(may_reveal(desk) and bool(duty.person_phone))
        self.header.show_record(
            duty.number,
            duty_chip(duty.state),
            duty_due(duty, desk.today),
            by_name(self.deeds_of(duty)),
            may_correct=self.may_correct(whole),
            papers=self._papers_of(duty),
            urge=duty.live,
        )
        self.setAccessibleName(f"责任 {duty.number} {duty.state.label}")

    def show_private(self, whole: WholeDuty, plain: Mapping[str, str]) -> None:
        offer = whole.history.offer
        word = "" if offer is None else offer.unit_word
        self.facts.show_facts(duty_facts(whole.duty, word, whole.station, plain, self._desk.today))
        self.reveal.setText("遮挡" if plain else "显示完整内容")
        self.reveal.setToolTip("遮挡（R）" if plain else "显示十秒，并记入操作记录（R）")
        put_icon(self.reveal, "eye-off" if plain else "eye")

    def masked_fields(self, whole: WholeDuty) -> Sequence[str]:
        return ("person_phone",) if whole.duty.person_phone else ()

    def read_out(self, uid: Uid, field: str) -> str:
        return service.read_out_duty(self._desk, uid, field)

    def may_correct(self, whole: WholeDuty) -> bool:
        desk = self._desk
        stands = whole.duty.state in RULES[DutyAction.CHANGE].sources
        return stands and may_handle(desk) and may_reveal(desk)

    def _show_about(self, history: DutyHistory) -> None:
        items = [] if history.problem is None else [problem_item(history.problem)]
        if history.offer is not None:
            offer = history.offer
            items.append(
                LineItem(
                    str(offer.uid),
                    f"{offer.partner_name} · {offer.resource}",
                    detail=offer.number,
                    chip=offer_chip(offer, self._desk.today),
                )
            )
        self.about.show_items(items)

    def deeds_of(self, duty: Duty) -> list[Deed]:
        """What may be done with it now; before there is evidence, adding it comes before asking
        for the closing."""
        found = list(duty_deeds(self._desk, duty.state))
        if duty.state is DutyState.DOING and not duty.evidence:
            found.sort(key=lambda deed: deed.name == DutyAction.SUBMIT.value)
            found.sort(key=lambda deed: deed.name != DutyAction.ADD_EVIDENCE.value)
        elif duty.state is DutyState.DOING:
            found.sort(key=lambda deed: deed.name != DutyAction.SUBMIT.value)
        return found

    def _papers_of(self, duty: Duty) -> tuple[str, ...]:
        if not may_handle(self._desk):
            return ()
        closing = (PAPER_OF_CLOSING,) if duty.state in _TO_CLOSE else ()
        return (PAPER_OF_DUTY, *closing)

    # --- what the person does ------------------------------------------------------------------

    def take_step(self, name: str) -> None:
        duty = self._whole.duty
        self.stepper.duty_step(duty.uid, duty.revision, name)

    def correct(self) -> None:
        """A sheet instead of a form: little of a duty may be put right."""
        CorrectDutySheet.open_over(self, self._desk, self._whole.duty.uid, self.stepper)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.album.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.album.take(event.mimeData())

    @Slot()
    def _to_problem(self) -> None:
        if self._whole is not None and self._whole.history.problem is not None:
            self.go(Open(PROBLEMS.name, self._whole.history.problem.uid))

    @Slot(object)
    def _open(self, uid: object) -> None:
        offer = self._whole.history.offer
        if offer is not None and str(offer.uid) == str(uid):
            self.go(Open(OFFERS.name, offer.uid))
        else:
            self._to_problem()

    def _picture(self, uid: Uid, sha256: str) -> bytes:
        """In the worker's thread."""
        return service.picture(self._desk, self._desk.database.blobs, uid, sha256)

    def _take_in(self, uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PicturesTaken[Duty]:
        """In the worker's thread."""
        return service.take_in_evidence(self._desk, self._desk.database.blobs, uid, sources, job)

    @Slot(object)
    def _added(self, taken: PicturesTaken[Duty]) -> None:
        assert taken.changed is not None, "only told when something was added"
        self.tell_changed(taken.changed, f"已添加 {taken.added} 张佐证")

    @Slot(str)
    def _remove(self, sha256: str) -> None:
        duty = self._whole.duty
        call = partial(service.remove_evidence, self._desk, duty.uid, duty.revision, sha256)
        self.stepper.at_once("移除", call, "已移除一张佐证")
