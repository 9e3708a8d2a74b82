"""What the faces of the wizard ask for, and what the long steps answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.rules.trial import Decisions, Judged, Verdict
from desktop_app.station.importing.service import Outcome
from desktop_app.station.importing.service.showing import Beside, beside
from desktop_app.station.importing.ui import work
from desktop_app.station.importing.ui.doing import Stopped
from desktop_app.station.importing.ui.preview_step import LEFT_FILE
from desktop_app.station.importing.ui.taking_back import taken_back_words
from desktop_app.station.importing.ui.wizard import Wizard
from desktop_app.station.importing.ui.words import Step, list_of
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page
from desktop_app.widgets.save_as import SaveAs, Write

_STOPPED = {
    Stopped.TRYING: "检查已取消。还没有导入任何内容。",
    Stopped.TAKING_IN: "导入已取消，已写入的都撤回了，没有留下任何内容。",
}
_GONE_ON = "撤回已停下，没有撤完。在“历史导入”里可以接着撤回。"


class Answers(QObject):
    """Brings faces, long steps and wizard together."""

    def __init__(self, desk: Desk, page: Page, wizard: Wizard) -> None:
        super().__init__(page)
        self._desk, self._page, self._wizard = desk, page, wizard
        self._faces = faces = wizard.faces
        faces.row.back_to.connect(wizard.turn_to)
        faces.file.chosen.connect(wizard.take_file)
        faces.file.kind_wanted.connect(lambda kind: wizard.look_again(kind=kind))
        faces.file.sheet_wanted.connect(lambda sheet: wizard.look_again(sheet=sheet))
        faces.file.submitted.connect(wizard.advance)
        faces.file.resumed.connect(wizard.resume)
        faces.file.forgotten.connect(wizard.begin_anew)
        faces.heading.row_wanted.connect(lambda row: wizard.look_again(row=row))
        faces.heading.year_wanted.connect(self._set_year)
        faces.heading.submitted.connect(wizard.advance)
        faces.mapping.mapped.connect(self._map)
        faces.mapping.options_wanted.connect(self._set_options)
        faces.preview.decided.connect(self._decided)
        faces.preview.beside_wanted.connect(self._compare)
        faces.result.another_wanted.connect(wizard.begin_anew)
        faces.result.look_wanted.connect(self._look_at_records)
        faces.result.take_back_wanted.connect(self._take_back)
        doing = wizard.doing
        doing.begun.connect(faces.show_progress)
        doing.tried.connect(self._tried)
        doing.taken.connect(self._taken)
        doing.taken_back.connect(self._taken_back)
        doing.stopped.connect(self._stopped)
        doing.failed.connect(wizard.show_fault)

    # --- what the faces ask for ----------------------------------------------------------------

    @Slot(object)
    def _set_year(self, year: int | None) -> None:
        if (draft := self._wizard.draft) is not None:
            draft.set_year(year)
            self._wizard.keeper.touch()

    @Slot(int, str)
    def _map(self, place: int, name: str) -> None:
        if (draft := self._wizard.draft) is not None:
            draft.change(replace(draft.plan.with_column(place, name), learned=False))
            self._faces.mapping.show_plan(draft.looked, draft.plan)
            self._wizard.keeper.touch()

    @Slot(object)
    def _set_options(self, options: frozenset[str]) -> None:
        if (draft := self._wizard.draft) is not None:
            draft.change(replace(draft.plan, options=options))
            self._wizard.keeper.touch()

    @Slot()
    def _decided(self) -> None:
        self._wizard.turned.emit()
        self._wizard.keeper.touch()

    @Slot(int)
    def _compare(self, place: int) -> None:
        draft = self._wizard.draft
        if draft is not None and draft.seen is not None:
            trial = draft.seen.trial
            compare = partial(beside, self._desk, draft.plan, trial, trial.rows[place])
            self._page.in_background("比较两条", compare, partial(self._compared, place))

    def _compared(self, place: int, found: Sequence[Beside]) -> None:
        self._faces.preview.show_beside(place, found)

    @Slot()
    def _look_at_records(self) -> None:
        if (draft := self._wizard.draft) is not None:
            self._page.go(list_of(draft.plan.kind))

    @Slot()
    def _take_back(self) -> None:
        draft = self._wizard.draft
        if draft is not None and draft.outcome is not None:
            self._wizard.doing.back.ask(draft.outcome.made)

    # --- what the long steps answer ------------------------------------------------------------

    @Slot(object)
    def _tried(self, seen: work.Seen) -> None:
        draft = self._wizard.draft
        if draft is None or seen.tried.opened is not draft.looked.opened:
            # Another file was opened meanwhile.
            return
        draft.seen = seen
        doubtful = set(seen.by_verdict[Verdict.DUPLICATE])
        still = {at: one for at, one in draft.decisions.by_row.items() if at in doubtful}
        draft.decisions = Decisions(draft.decisions.for_all, still)
        self._faces.preview.show_seen(seen, draft.decisions)
        wrong = [seen.trial.rows[place] for place in seen.by_verdict[Verdict.WRONG]]
        self._offer_left(self._faces.preview.save, seen, wrong)
        self._wizard.turn_to(Step.PREVIEW)

    @Slot(object)
    def _taken(self, outcome: Outcome) -> None:
        draft = self._wizard.draft
        if draft is None or draft.seen is None:
            return
        draft.outcome = outcome
        self._wizard.keeper.end()
        self._faces.result.show_outcome(outcome, draft.ledger)
        self._offer_left(self._faces.result.save, draft.seen, list(outcome.left))
        self._wizard.turn_to(Step.RESULT)

    @Slot(object)
    def _taken_back(self, made: Import | None) -> None:
        self._wizard.turn_to(self._wizard.step)
        if made is None:
            self._faces.say(_GONE_ON, "info")
        elif self._is_of_result(made):
            self._faces.result.show_taken_back(*taken_back_words(made))
            self._faces.take_keyboard()

    def _is_of_result(self, made: Import) -> bool:
        draft = self._wizard.draft
        outcome = None if draft is None else draft.outcome
        return outcome is not None and outcome.made.uid == made.uid

    @Slot(object)
    def _stopped(self, stopped: Stopped) -> None:
        if self._faces.shows_progress:
            # Else another file has been opened meanwhile.
            self._wizard.turn_to(self._wizard.step)
            self._faces.say(_STOPPED[stopped], "info")

    def _offer_left(self, save: SaveAs, seen: work.Seen, rows: list[Judged]) -> None:
        def prepare() -> Write:
            return work.left_writer(self._desk, seen.tried, rows)

        stem = seen.tried.opened.path.stem
        save.offer(f"{stem}-{LEFT_FILE}", prepare if rows else None)
