"""One agreement in full: how it stands, its articles, what was promised, supplements and scans.

How much of a promise is done is counted in other ledgers; whoever may join them overrides
`read_beyond` (see `station/co_building`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.articles import ANNEXES
from desktop_app.ledgers.agreements.rules.terms import as_signed
from desktop_app.ledgers.agreements.service import History, ScansTaken
from desktop_app.ledgers.agreements.ui.cards import (
    TextCard,
    article_parts,
    maskable,
    missing_words,
    party_facts,
    promise_facts,
    supplement_parts,
    term_facts,
)
from desktop_app.ledgers.agreements.ui.deeds import Deeds
from desktop_app.ledgers.agreements.ui.looks import (
    DEEDS,
    ICONS,
    PARTNER,
    SCAN,
    TONES,
    chip_of,
    left_words,
    offered,
)
from desktop_app.ledgers.agreements.ui.scans import ScansCard, ScanViewer, ask_for_files, sources
from desktop_app.registers.offices.names import station_names
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard, CourseStep
from desktop_app.widgets.dialogs import choose
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of

_TERMS, _AS_SIGNED = "协议条款", "签订时的条款"
_AS_SIGNED_KEY = "O"


@dataclass(frozen=True, slots=True)
class WholeAgreement:
    """What the page shows: the agreement with its history, how soon is soon, whose it is, how much
    of each promise is done (by its uid), and what the three lists are called."""

    history: History
    days: int
    station: str
    done: Mapping[str, str]
    lists: tuple[str, ...] = ANNEXES

    @property
    def agreement(self) -> Agreement:
        return self.history.agreement


class AgreementPage(RecordPage):
    """Shows the agreement it was told to by `open_record`."""

    title = "共建协议详情"
    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整电话（十秒）"),
        KeyHint(_AS_SIGNED_KEY, "签订时的条款 / 现在的条款"),
        *(KeyHint(deed.key, deed.verb) for deed in DEEDS.values()),
    )

    whole: WholeAgreement | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self._shows_signed = False
        self.deeds = Deeds(desk, self)
        self.missing = TextCard("还缺什么", self)
        self.parties = FactsCard("双方", self)
        self.parties.set_foot(foot_of(self.reveal))
        self.articles = TextCard(_TERMS, self)
        self.as_signed = plain_button("看签订时的条款", self, keys=_AS_SIGNED_KEY)
        self.as_signed.clicked.connect(self._turn_terms)
        self._terms_foot = foot_of(self.as_signed)
        self.articles.body.addWidget(self._terms_foot)
        self.term = FactsCard("期限", self)
        self.promises = FactsCard("每年的承诺", self)
        self.supplements = TextCard("补充协议", self)
        self.scans = ScansCard(self)
        self.course = CourseCard("办理过程", self)
        columns = (
            [self.missing, self.parties, self.articles],
            [self.term, self.promises, self.supplements, self.scans, self.course],
        )
        self.content.body.addWidget(Columns(columns, self, shares=(3, 2)))
        self.content.body.addStretch(1)
        self.scans.add_wanted.connect(partial(self.do, SCAN))
        self.scans.opened.connect(self._look)
        self.scans.removed.connect(self._remove_scan)

    # --- reading and showing -------------------------------------------------------------------

    def read_beyond(self, _agreement: Agreement) -> tuple[Mapping[str, str], tuple[str, ...]]:
        """How much of each promise is done, by its uid, and what the three lists are called;
        called in a worker's thread."""
        return {}, ANNEXES

    def reading(self, uid: Uid) -> Callable[[Job], WholeAgreement]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeAgreement:
        """In the worker's thread."""
        desk = self._desk
        history = service.history(desk, uid)
        station = station_names(desk).owner(history.agreement.station)
        done, lists = self.read_beyond(history.agreement)
        return WholeAgreement(history, service.remind_days(desk), station, done, lists)

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        agreement, today = whole.agreement, self._desk.today
        chip = chip_of(agreement.state, agreement.ends_on, today, whole.days)
        told = " · ".join(filter(None, (agreement.number, left_words(agreement, today))))
        deeds = () if self._at_street else offered(self._desk.actor, agreement.state)
        has_unit = agreement.partner is not None
        deeds = (*deeds, PARTNER) if has_unit and "partners" in self.places else deeds
        self.head.show_record(
            agreement.partner_name, chip, told, self.named(deeds), urge=bool(deeds[1:])
        )
        self.missing.show_parts(
            missing_words(whole.history.missing, agreement) if not agreement.signed else []
        )
        self._show_terms()
        self.show_uncovered(None)
        linked = (whole.history.earlier, whole.history.later)
        self.term.show_facts(term_facts(agreement, *linked, whole.station))
        self.promises.show_facts(promise_facts(agreement, whole.done))
        self.supplements.show_parts(supplement_parts(agreement.supplements))
        may_scan = not self._at_street and self._desk.actor.may(Right.HANDLE)
        self.scans.show_scans(agreement, may_change=may_scan)
        self._show_course(agreement)
        self.setAccessibleName(f"共建协议 {agreement.number} {chip.word}")

    def _show_course(self, agreement: Agreement) -> None:
        zone = self._desk.database.zone
        self.course.show_course(
            [
                CourseStep(
                    step.action.label,
                    list_moment(step.at, zone, today=self._desk.today),
                    step.actor,
                    step.words,
                    ICONS[step.action],
                    TONES.get(step.action, "quiet"),
                )
                for step in agreement.steps
            ]
        )

    def _show_terms(self) -> None:
        whole = self.whole
        assert whole is not None
        told = whole.agreement
        changed = bool(told.supplements)
        self._shows_signed = self._shows_signed and changed
        if self._shows_signed:
            told = as_signed(told) or told
        self.articles.heading.setText(_AS_SIGNED if self._shows_signed else _TERMS)
        quiet = "已按补充协议变更。" if changed and not self._shows_signed else ""
        self.articles.show_parts(article_parts(told, whole.lists), quiet)
        other = "看现在的条款" if self._shows_signed else "看签订时的条款"
        self.as_signed.setText(other)
        self._terms_foot.setVisible(changed)

    @Slot()
    def _turn_terms(self) -> None:
        if self.whole is not None:
            self._shows_signed = not self._shows_signed
            self._show_terms()

    def open_record(self, uid: object) -> None:
        if uid != self.uid:
            self._shows_signed = False
            self.scans.blame("")
        super().open_record(uid)

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not maskable(whole.agreement):
            return None
        if not self._desk.actor.may(Right.REVEAL):
            return None
        return partial(_uncover, self._desk, whole.agreement)

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        if self.whole is not None:
            self.parties.show_facts(party_facts(self.whole.agreement, answer or {}))

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def do(self, deed: str) -> None:
        if self.whole is None:
            return
        if deed == SCAN:
            self._ask_for_scans()
        else:
            self.deeds.take_up(deed, self.whole.agreement)

    def _ask_for_scans(self) -> None:
        """Of what the pages are is asked only where there is a choice."""
        assert self.whole is not None
        supplements = self.whole.agreement.supplements
        if not supplements:
            self._choose_files("")
            return
        items = [
            LineItem("-", "协议正文"),
            *(LineItem(one.number, one.number) for one in supplements),
        ]
        sheet = choose(self, "添加扫描件", "这些扫描件是哪一份的？", items)
        sheet.picked.connect(lambda uid: self._choose_files("" if uid == "-" else str(uid)))

    def _choose_files(self, supplement: str) -> None:
        chooser = ask_for_files(self)
        chooser.filesSelected.connect(partial(self.bring, supplement))

    def bring(self, supplement: str, paths: list[str]) -> None:
        """Take in these files as pages of the agreement, or of that supplement."""
        uid, desk = self.uid, self._desk
        if uid is None:
            return

        def work(job: Job) -> ScansTaken:
            return service.take_in_scans(desk, uid, sources(paths), job, supplement=supplement)

        self.scans.blame("")
        self.scans.say("正在添加扫描件…")
        self.in_background("添加扫描件", work, self._taken, quick=False)

    def _taken(self, taken: ScansTaken) -> None:
        if taken.changed is not None:
            self.tell_changed(taken.changed, f"已添加 {taken.added} 页扫描件")
        refused = "\n".join(f"{one.name}　{one.words}" for one in taken.refused)
        self.scans.blame(f"没有加入：\n{refused}" if refused else "")
        if self.whole is not None and taken.changed is None:
            self.show_whole()

    @Slot(str)
    def _remove_scan(self, sha256: str) -> None:
        assert self.whole is not None
        agreement = self.whole.agreement
        try:
            changed = service.remove_scan(self._desk, agreement.uid, agreement.revision, sha256)
        except Fault as fault:
            self.say_fault(fault)
            return
        self.tell_changed(changed, "已移除一页扫描件")

    @Slot(int)
    def _look(self, at: int) -> None:
        if self.uid is not None:
            ScanViewer(self, self._desk, self.uid, self.scans.scans, at).open()


def _uncover(desk: Desk, agreement: Agreement, _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return {name: service.read_out(desk, agreement.uid, name) for name in maskable(agreement)}
