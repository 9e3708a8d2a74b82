"""The writing half of the section: a new place, or one that is there with its names and links."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.registers.places import service
from desktop_app.registers.places.directory import Directory
from desktop_app.registers.places.outline import Book, beside, near, next_name
from desktop_app.registers.places.rules import Place, PlaceKind, PlaceLink
from desktop_app.registers.places.ui.deeds import Deeds
from desktop_app.registers.places.ui.form import PlaceFields
from desktop_app.registers.places.ui.head import EditorHead
from desktop_app.registers.places.ui.links import LinksCard
from desktop_app.registers.places.ui.parts import BesideCard, NamesCard
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.forms import ScrollPage, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

_COLUMN_WIDTH = 640


class PlaceEditor(Page):
    """Holds one place. `saved` carries its uid and comes before the news of it, `back_wanted` is
    Esc or the button, `open_wanted` carries the uid of another place to show."""

    saved = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget, *, may_change: bool) -> None:
        super().__init__(runner, parent)
        self._desk, self._may_change = desk, may_change
        self._book = Book(Directory(()))
        self._open: Place | None = None
        self._seen_from: Uid | None = None
        self._deeds = Deeds(self, desk, runner)
        self.head = EditorHead(self, may_change=may_change)
        self.form = PlaceFields(desk.today, self._suggest, self._guess, self)
        self.form.setEnabled(may_change)
        self.names, self.beside = NamesCard(self), BesideCard(self)
        self.links = LinksCard(self, may_change=may_change)
        self._lay_out()
        self._connect()

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that would be lost."""
        return self._may_change and self.form.is_touched

    def start(self, kind: PlaceKind, seen_from: Uid | None) -> None:
        """A new place of a kind, lying where it most likely does."""
        self._open, self._seen_from = None, seen_from
        self.form.show_new(kind, self._guess(kind))
        self._show_around()
        self.form.fields["kind"].go()

    def show_place(self, place: Place) -> None:
        """Open a place."""
        self._open = place
        self.form.show_place(place)
        self._show_around()
        if self._may_change:
            self.form.fields["name"].go()
        else:
            self.head.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_book(self, book: Book) -> None:
        """What is known by now: the open place is shown anew, what was typed stays typed."""
        self._book = book
        self.form.set_offers(book.offers)
        fresh = None if self._open is None else book.known.get(self._open.uid)
        if fresh is not None and fresh != self._open:
            self._open = fresh
            self.form.adopt(fresh)
        self._show_around()

    @Slot()
    def save_form(self) -> None:
        """Save what is entered and go back, or say beside the fields why not."""
        verb = "新增" if self._open is None else "保存"
        changed = self._save()
        if changed is not None:
            self.saved.emit(changed.value.uid)
            self.tell_changed(changed, _sentence(verb, changed.value))

    @Slot()
    def save_and_go_on(self) -> None:
        """Save a new place and begin the next one of its kind in the same place."""
        changed = self._save() if self._open is None else None
        if changed is not None:
            place = changed.value
            self.form.show_new(place.kind, place.parent, next_name(place.name), place.compound_type)
            self.form.fields["name"].go()
            self.tell_changed(changed, _sentence("新增", place))

    def _save(self) -> Changed[Place] | None:
        if not self._may_change or self.form.problems():
            return None
        values = self.form.values()
        try:
            if self._open is None:
                return service.add(self._desk, **values)
            named = replace(self._open.names[-1], name=values.pop("name"))
            names = (*self._open.names[:-1], named)
            return service.save(self._desk, replace(self._open, **values, names=names))
        except Fault as fault:
            if not self.form.show_fault(fault):
                self.say_fault(fault)
            return None

    def _guess(self, kind: PlaceKind) -> Uid | None:
        return near(self._book.known, self._seen_from, kind, self._desk.today)

    def _suggest(self, parent: Uid) -> str:
        try:
            return service.suggest_code(self._desk, parent)
        except Fault:
            # Nothing is lost by not being offered a code.
            return ""

    @Slot()
    def _show_around(self) -> None:
        place, today = self._open, self._desk.today
        self.names.setVisible(place is not None)
        self.beside.setVisible(place is None)
        if place is not None:
            self.head.show_place(place, self._book, today)
            self.names.show_names(place, today)
            self.links.show_links(place, self._book, today)
            return
        self.head.show_new()
        self.links.hide()
        kind, parent = self.form.chosen_kind, self.form.chosen_parent
        names = beside(self._book.known, kind, parent, today)
        self.beside.show_names(kind.label, self._book.name_of(parent), names)

    @Slot()
    def _rename(self) -> None:
        if self._open is not None:
            self._deeds.rename(self._open)

    @Slot()
    def _end(self) -> None:
        if self._open is not None:
            self._deeds.close(self._open, self._book)

    @Slot()
    def _reopen(self) -> None:
        if self._open is not None:
            self._deeds.reopen(self._open)

    @Slot()
    def _link(self) -> None:
        if self._open is not None:
            self._deeds.link(self._open, self._book)

    @Slot(object)
    def _unlink(self, link: PlaceLink) -> None:
        if self._open is not None:
            self._deeds.unlink(self._open, link, self._book)

    def _connect(self) -> None:
        head = self.head
        head.back_wanted.connect(self.back_wanted)
        head.save.clicked.connect(self.save_form)
        head.next.clicked.connect(self.save_and_go_on)
        head.rename.clicked.connect(self._rename)
        head.end.clicked.connect(self._end)
        head.reopen.clicked.connect(self._reopen)
        self.form.placed.connect(self._show_around)
        self.links.add_wanted.connect(self._link)
        self.links.end_wanted.connect(self._unlink)
        self.links.open_wanted.connect(self.open_wanted)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back_wanted)

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        right = [self.names, self.beside, self.links]
        scroll.body.addWidget(Columns(([self.form], right), self, most=_COLUMN_WIDTH))
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.head)
        column.addWidget(scroll, 1)
        focus_order([self.form.fields["remark"], self.links.table, self.links.add, self.head.save])


def _sentence(verb: str, place: Place) -> str:
    return f"已{verb}{place.kind.label}“{place.name}”"
