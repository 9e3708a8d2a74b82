"""Shows a finished PDF as it will be on paper: pages, size, search, printing, saving.

It is given bytes and knows neither who made them nor where they go: files are written by storage,
so the owner of the view does that when `save_wanted` comes, and then calls `tell_saved`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.widgets import dialogs
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner, Ticket
from desktop_app.widgets.notify import Banner
from desktop_app.widgets.page_canvas import PageCanvas
from desktop_app.widgets.page_list import PageList
from desktop_app.widgets.page_pictures import PagePictures
from desktop_app.widgets.pdf_look import Looking, LookStrip
from desktop_app.widgets.pdf_pages import PageSize, page_sizes, warm_up
from desktop_app.widgets.pdf_tools import PdfTools
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

OPEN_FOLDER = "打开所在文件夹"

KEYS = (
    KeyHint("Ctrl+P", "打印"),
    KeyHint("Ctrl+S", "另存为"),
    KeyHint("Ctrl+F", "查找文字"),
    KeyHint("F3 / Shift+F3", "下一处 / 上一处"),
    KeyHint("Ctrl+PgDn / Ctrl+PgUp", "下一页 / 上一页"),
    KeyHint("Ctrl++ / Ctrl+-", "放大 / 缩小"),
    KeyHint("Ctrl+0", "实际大小（100%）"),
)
"""For the page that holds the view, to be listed among its own."""


@dataclass(frozen=True, slots=True)
class NamedPdf:
    """A document and what its file would be called, with `.pdf`."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Opened:
    pdf: NamedPdf
    sizes: tuple[PageSize, ...]


class PdfView(QWidget):
    """Give it a document with `show_pdf`; before that it says that it is being made.

    `save_wanted` carries the `NamedPdf`; `folder_wanted` follows a save when somebody wants to see
    the file; `printed` carries the count of pages sent; `retry_wanted` is 再试一次 after a fault.
    `opened` carries the count of pages once a document is on the screen.
    """

    save_wanted = Signal(object)
    folder_wanted = Signal()
    printed = Signal(object)
    retry_wanted = Signal()
    opened = Signal(object)

    def __init__(
        self, runner: JobRunner, parent: QWidget | None = None, *, printer: str = ""
    ) -> None:
        super().__init__(parent)
        self._runner, self._printer = runner, printer
        self._pdf: NamedPdf | None = None
        self._sizes: tuple[PageSize, ...] = ()
        self._ticket: Ticket | None = None
        self._pictures = PagePictures(runner, self)
        self.tools = PdfTools(self)
        self.strip = LookStrip(self)
        self.saved = Banner(self)
        self.pages = PageList(self._pictures, self)
        self.canvas = PageCanvas(self._pictures, self)
        self.pane = StatePane(self)
        self._looking = Looking(runner, self.strip, self.canvas, self)
        self._lay_out()
        self._connect()
        runner.start("准备预览", _load_library, quick=True)
        self.show_loading()

    def only_to_look(self) -> None:
        """Offer neither a file nor a print of what is shown."""
        self.tools.save.hide()
        self.tools.print.hide()

    def show_loading(self, sentence: str = "正在生成…") -> None:
        """Say that the document is on its way."""
        self._forget()
        self.pane.show_loading(sentence)

    def show_fault(self, fault: Fault) -> None:
        """Say why there is no document."""
        self._forget()
        self.pane.show_fault(fault)
        self.pane.press()

    def show_pdf(self, data: bytes, name: str) -> None:
        """Show this document from its first page; `name` is what its file would be called."""
        self._forget()
        self.pane.show_loading("正在打开…")
        work = partial(_open, NamedPdf(name, data))
        self._ticket = self._runner.start("打开文件", work, quick=True)
        self._ticket.done.connect(self._take)
        self._ticket.failed.connect(self._refuse)

    @Slot(object)
    def tell_saved(self, sentence: str) -> None:
        """The owner has written the file: say so, and offer to show it in its folder."""
        self.saved.warn(sentence, tone="ok", step=OPEN_FOLDER)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(SPACE.small)
        body.addWidget(self.pages)
        body.addWidget(self.canvas, 1)
        body.addWidget(self.pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tools, self.strip, self.saved):
            column.addWidget(widget)
        column.addLayout(body, 1)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        tools, canvas = self.tools, self.canvas
        tools.page_asked.connect(self._go_to_typed)
        tools.before.clicked.connect(partial(self._turn, -1))
        tools.after.clicked.connect(partial(self._turn, 1))
        tools.zoom_asked.connect(canvas.zoom)
        tools.percent_asked.connect(self._size_typed)
        tools.fit_asked.connect(canvas.set_fit)
        tools.look.clicked.connect(self.strip.open_strip)
        tools.save.clicked.connect(self._save)
        tools.print.clicked.connect(self.print)
        canvas.page_changed.connect(tools.show_page)
        canvas.page_changed.connect(self.pages.follow)
        canvas.zoomed.connect(self._show_size)
        self.pages.chosen.connect(canvas.go_to)
        self.strip.closed.connect(self._back_to_pages)
        self._pictures.failed.connect(self.show_fault)
        self.saved.pressed.connect(self.folder_wanted)
        self.pane.next_step.connect(self.retry_wanted)
        for keys, slot in (("Ctrl+0", partial(canvas.set_percent, 100)),
                           ("Ctrl+=", partial(canvas.zoom, 1))):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _forget(self) -> None:
        """Let go of the document before."""
        self._pdf, self._sizes, self._ticket = None, (), None
        self._pictures.set_document(b"")
        self._looking.set_document(b"", 0)
        self.strip.hide()
        self.saved.withdraw()
        self.tools.set_pages(0)
        self.canvas.hide()
        self.pages.hide()

    @Slot(object)
    def _take(self, opened: _Opened) -> None:
        if self.sender() is not self._ticket:
            return
        self._pdf, self._sizes, self._ticket = opened.pdf, opened.sizes, None
        self._pictures.set_document(opened.pdf.data)
        self._looking.set_document(opened.pdf.data, len(opened.sizes))
        self.tools.set_pages(len(opened.sizes))
        self.pane.hide()
        self.canvas.show()
        # The canvas speaks up first: its pages come before the small ones of the list.
        self.canvas.set_sizes(opened.sizes)
        self.pages.setVisible(len(opened.sizes) > 1)
        self.pages.set_sizes(opened.sizes)
        self.pages.follow(0)
        self.tools.show_page(0)
        self.opened.emit(len(opened.sizes))

    @Slot(object)
    def _refuse(self, fault: Fault) -> None:
        if self.sender() is self._ticket:
            self.show_fault(fault)

    @Slot(object)
    def _show_size(self, percent: int) -> None:
        self.tools.show_size(percent, self.canvas.fit)

    @Slot(object)
    def _go_to_typed(self, page: int) -> None:
        """A page that does not exist leads to the nearest; what is no number, nowhere."""
        if page > 0:
            self.canvas.go_to(page - 1)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tools.show_page(self.canvas.page)

    @Slot(object)
    def _size_typed(self, percent: int) -> None:
        if percent > 0:
            self.canvas.set_percent(percent)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_size(self.canvas.percent)

    def _turn(self, pages: int) -> None:
        self.canvas.go_to(self.canvas.page + pages)

    @Slot()
    def _back_to_pages(self) -> None:
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _save(self) -> None:
        if self._pdf is not None:
            self.save_wanted.emit(self._pdf)

    @Slot()
    def print(self) -> None:
        """Ask where to print, and print; what is there to be printed is what is shown."""
        if self._pdf is None:
            return
        # Not at the top: the library of the printers costs the first window time.
        from desktop_app.widgets.print_out import PrintOut

        out = self.findChild(PrintOut)
        if out is None:
            out = PrintOut(self._runner, self)
            out.printed.connect(self.printed)
            out.failed.connect(self._say_not_printed)
        out.ask(self._pdf.data, self._sizes, self._pdf.name, self._printer)

    @Slot(object)
    def _say_not_printed(self, fault: Fault) -> None:
        sheet = dialogs.ask(
            self,
            "没有打印",
            fault.words,
            (dialogs.Answer("save", "另存为"), dialogs.UNDERSTOOD),
            tone="warn",
        )
        sheet.answered.connect(self._after_not_printed)

    @Slot(object)
    def _after_not_printed(self, answer: str) -> None:
        if answer == "save":
            self._save()


def _open(pdf: NamedPdf, _job: Job) -> _Opened:
    return _Opened(pdf, page_sizes(pdf.data))


def _load_library(_job: Job) -> None:
    warm_up()
