"""The wizard: a file becomes records in five steps, and nothing of it is kept before the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.calm import let_go
from desktop_app.core.errors import Fault
from desktop_app.core.wording import number
from desktop_app.station.importing.rules.kept import Kept
from desktop_app.station.importing.service.showing import Looked, missing
from desktop_app.station.importing.ui import work
from desktop_app.station.importing.ui.doing import Doing
from desktop_app.station.importing.ui.draft import Draft, kept_words
from desktop_app.station.importing.ui.faces import Faces
from desktop_app.station.importing.ui.keeper import Keeper
from desktop_app.station.importing.ui.words import Step
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import confirm
from desktop_app.widgets.page import Page

NEXT = "下一步"
CHANGED_SINCE = "这份文件在上次以后改过，请从“表头”起再看一遍。还没有导入任何内容。"
"""Said when an import is taken up again with a file that is another one now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The verb of the step's main deed, nothing where it has buttons of its own; whether there is
    anything for it to do, and whether one may go a step back."""

    deed: str = ""
    may_advance: bool = True
    may_go_back: bool = False


class Wizard(QObject):
    """Leads from step to step. `turned` when another one is in front, or its main deed is called
    otherwise; the page shows the deed and the way back."""

    turned = Signal()

    def __init__(self, desk: Desk, page: Page, faces: Faces) -> None:
        super().__init__(page)
        self._desk, self._page, self.faces = desk, page, faces
        self._then: Callable[[], None] | None = None
        self._kept: Kept | None = None
        self.draft: Draft | None = None
        self.step = Step.FILE
        self.doing = Doing(desk, page, faces.progress)
        self.keeper = Keeper(desk, page, self._typed)
        self.keeper.found.connect(self._offer_kept)

    # --- what the page asks --------------------------------------------------------------------

    @property
    def offer(self) -> Offer:
        """What may be done now."""
        if self.faces.shows_progress:
            return Offer()
        back = self.step in (Step.HEADING, Step.MAPPING, Step.PREVIEW)
        if self.draft is None or self.step is Step.RESULT:
            return Offer(may_go_back=back)
        if self.step is not Step.PREVIEW:
            return Offer(NEXT, may_go_back=back)
        taken = self.draft.taken
        return Offer(f"导入 {number(taken)} 条", may_advance=taken > 0, may_go_back=back)

    def look_for_kept(self) -> None:
        """Offer what was left in the middle, while no file is open."""
        if self.draft is None:
            self.keeper.look()

    def take_file(self, path: Path, kind: str = "") -> None:
        """A file was dropped or chosen; another one that is under way is asked about first."""
        if self.doing.is_taking_in:
            self.faces.say(f"正在导入，没有打开“{path.name}”。请等它完成，或者先取消。")
        elif self.draft is not None and self.step in (Step.MAPPING, Step.PREVIEW):
            sheet = confirm(
                self._page,
                f"换成“{path.name}”？",
                f"“{self.draft.name}”还没有导入，为它选的对应和决定不会保留。",
                "换成这份",
            )
            sheet.answered.connect(partial(self._open_if, path, kind))
        else:
            self._open(path, kind)

    @Slot()
    def advance(self) -> None:
        """The main deed of the step in front."""
        if self.faces.shows_progress:
            return
        if self.draft is None:
            self.faces.file.choose()
        elif self.step is Step.FILE:
            self.turn_to(Step.HEADING)
        elif self.step is Step.HEADING and self.faces.heading.flush():
            self._then = partial(self.turn_to, Step.MAPPING)
        elif self.step is Step.HEADING:
            self.turn_to(Step.MAPPING)
        elif self.step is Step.MAPPING:
            self._try_out()
        elif self.step is Step.PREVIEW:
            self._take_in(self.draft)

    @Slot()
    def go_back(self) -> None:
        """A step back, without loss; out of a check that is under way, too."""
        if self.doing.is_trying:
            self.faces.progress.cancel()
        elif self.offer.may_go_back:
            self.turn_to(list(Step)[self.step.place - 1])

    @Slot(object)
    def turn_to(self, step: Step) -> None:
        """Bring a step to the front."""
        if not self.doing.is_taking_in:
            self.step = step
            self.faces.show_step(step, self.draft)
            self.turned.emit()
            self.faces.take_keyboard()
            self.keeper.touch()

    @Slot()
    def begin_anew(self) -> None:
        """No file any more: what was said of the last one is forgotten."""
        self.draft, self._kept = None, None
        let_go()
        self.keeper.forget()
        self.faces.file.show_start("")
        self.turn_to(Step.FILE)

    @Slot()
    def resume(self) -> None:
        """Take up what was left."""
        if self._kept is not None:
            again = partial(work.resume, self._desk, self._kept)
            self._page.in_background("打开表格", again, self._resumed, self.show_fault)

    def look_again(self, *, sheet: int | None = None, kind: str = "", row: int = 0) -> None:
        """Another sheet, ledger or heading of the same file."""
        if self.draft is None:
            return
        plan, opened = self.draft.plan, self.draft.looked.opened
        at = plan.sheet if sheet is None else sheet
        # A kind that was chosen stays; for another sheet it is found anew.
        wanted = kind or (plan.kind if sheet is None else "")
        look = partial(work.look_again, self._desk, opened, at, wanted, row or None)
        done = partial(self._looked_again, row)
        self._page.in_background("看表格", look, done, self.show_fault)

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """Say what went wrong; the step is as it was."""
        self._then = None
        self.turn_to(self.step)
        self.faces.say(fault.words)

    # --- what comes of it ----------------------------------------------------------------------

    @Slot(object)
    def _offer_kept(self, kept: Kept | None) -> None:
        if self.draft is None:
            self._kept = kept
            self.faces.file.show_start(kept_words(kept) if kept is not None else "")
            self.faces.take_keyboard()

    def _open_if(self, path: Path, kind: str, answer: str) -> None:
        if answer == "yes":
            if self.doing.is_trying:
                self.faces.progress.cancel()
            self._open(path, kind)

    def _open(self, path: Path, kind: str) -> None:
        look = partial(work.open_and_look, self._desk, path, kind)
        self._page.in_background("打开表格", look, self._opened, self.show_fault)

    def _opened(self, looked: Looked) -> None:
        self.draft, self._kept = Draft.begun_with(looked), None
        let_go()
        self.turn_to(Step.FILE)

    def _resumed(self, found: work.Resumed) -> None:
        self.draft = Draft.resumed(found)
        kept = found.kept.step
        step = Step[kept] if kept in Step.__members__ else Step.FILE
        if found.changed:
            self.turn_to(Step.HEADING)
            self.faces.say(CHANGED_SINCE)
        elif step.place < Step.PREVIEW.place:
            self.turn_to(step)
        else:
            self.turn_to(Step.MAPPING)
            self._try_out()

    def _looked_again(self, row: int, looked: Looked) -> None:
        if self.draft is not None:
            self.draft.look_again(looked, row)
            then, self._then = self._then, None
            self.faces.show_step(self.step, self.draft)
            self.keeper.touch()
            self.turned.emit()
            if then is not None:
                then()

    def _try_out(self) -> None:
        """When all is there that every row must have."""
        assert self.draft is not None, "there is a sheet to try out"
        self.faces.mapping.settle()
        if missing(self.draft.plan):
            self.faces.take_keyboard()
            self.faces.mapping.blame()
        else:
            self.doing.try_out(self.draft)
            self.turned.emit()

    def _take_in(self, draft: Draft) -> None:
        if draft.taken:
            self.keeper.flush()
            self.doing.take_in(draft)
            self.turned.emit()

    def _typed(self) -> Kept | None:
        return None if self.draft is None else self.draft.kept(self.step)
