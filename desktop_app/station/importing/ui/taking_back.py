"""Takes an import back: asks first, and says what was changed since and would stay."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.route import Open
from desktop_app.core.wording import number
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.service import Touched
from desktop_app.station.importing.ui import work
from desktop_app.station.importing.ui.draft import label_of
from desktop_app.station.importing.ui.words import taken_in
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet, confirm
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of

YES = "撤回整次导入"
LEAVE = "不撤回"
_SHOWN = 4


class TakingBack(QObject):
    """`begun` carries the ticket of the work, `done` the import as it is then; what goes wrong is
    for `failed`."""

    begun = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def ask(self, made: Import) -> None:
        """Ask whether to take this import back."""
        look = partial(work.may_be_taken_back, self._desk, made)
        self._page.in_background("查看这次导入", look, self._ask, self.failed.emit)

    def _ask(self, back: work.Back) -> None:
        made = back.made
        if back.touched:
            sheet: Sheet = TouchedSheet(self._page, made, back.touched)
            sheet.opened.connect(self._open)  # type: ignore[attr-defined]
            sheet.open()
        else:
            sheet = confirm(
                self._page,
                f"撤回 {made.number} 这次导入？",
                f"{_what(made)}，之后都没有改过。撤回后新增的记录会删除，更新过的记录恢复原来的"
                "内容，操作记录里都看得到。要再用这份表格，重新导入一次就行。",
                YES,
                danger=True,
            )
        sheet.answered.connect(partial(self._answered, made))

    def _answered(self, made: Import, answer: str) -> None:
        if answer != "yes":
            return
        ticket = self._page.in_background(
            "撤回导入",
            partial(service.take_back, self._desk, made.uid),
            self._taken_back,
            self.failed.emit,
            quick=False,
        )
        ticket.cancelled.connect(self._stopped)
        self.begun.emit(ticket)

    @Slot()
    def _stopped(self) -> None:
        self.done.emit(None)

    def _taken_back(self, changed: Changed[Import]) -> None:
        made = changed.value
        self._page.tell_changed(changed, f"已撤回 {made.number}")
        self.done.emit(made)

    @Slot(object)
    def _open(self, one: Touched) -> None:
        self._page.go(Open(one.kind, one.uid))


class TouchedSheet(Sheet):
    """Lists what was changed since an import; `opened` carries the one somebody wants to see."""

    opened = Signal(object)

    def __init__(self, page: Page, made: Import, touched: tuple[Touched, ...]) -> None:
        rest = max(0, taken_in(made) - len(touched))
        yes = Answer("yes", f"撤回其余 {number(rest)} 条", role="danger")
        answers = (Answer(CANCEL.name, LEAVE, is_escape=True), *([yes] if rest else []))
        super().__init__(
            page,
            f"有 {number(len(touched))} 条在导入以后改过",
            f"{_what(made)}。下面这些之后改过或删除了，撤回时不动它们；按回车打开一条。",
            answers,
            "warn",
        )
        self._touched = {one.uid.hex: one for one in touched}
        self.list = LineList("改过的记录", self)
        self.list.set_items(
            [
                LineItem(one.uid.hex, one.title, label_of(one.kind), end=f"表里第 {one.row} 行")
                for one in touched
            ],
            select_first=True,
        )
        high = min(_SHOWN, len(touched)) * theme_of().metrics.two_line_row
        self.list.setMinimumHeight(high + 2)
        self.body.addWidget(self.list)
        self.list.chosen.connect(self._open)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _open(self, uid: str) -> None:
        one = self._touched[uid]
        self.reject()
        self.opened.emit(one)


def _what(made: Import) -> str:
    return f"它从“{made.file}”导入了 {number(taken_in(made))} 条{label_of(made.kind)}"


def taken_back_words(made: Import) -> tuple[str, str]:
    """What is said when it was taken back: a headline, and more."""
    left = made.counts.get("left", 0)
    if left:
        return (
            f"已撤回，{number(left)} 条留下了",
            "留下的这些在导入以后改过，或者有别的记录指着它们。",
        )
    return "已撤回整次导入", "没有留下任何内容。改好表格后可以再导入一次。"
