"""A paper on screen: made, worded, saved, kept, printed again. By keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.periods import parse_period
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.papers.rules import CopyKind
from desktop_app.station.papers import service
from desktop_app.station.papers.ui.page import PaperPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.settings import CONTROL, ENTER, Section, nameless
from tests.ledgers.visits.builders import register
from tests.printing.outside import assert_sound

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
NOVEMBER = OpenPaper("month", period=parse_period("2026-11"))


class PaperSeen(Section):
    """The page with a paper on it."""

    page: PaperPage

    def ask_for(self, wanted: OpenPaper) -> None:
        """Come with this paper wanted, and wait until its pages are there."""
        self.page.narrow_to(wanted)
        self.page.load()
        self.wait_pages()

    def wait_pages(self) -> None:
        self.wait(
            lambda: "/ " in self.words and "页" in self.words and self.button("打印").isEnabled()
        )

    @property
    def kept(self) -> list[str]:
        """The lines of what was kept."""
        return [f"{one.title} {one.detail}" for one in self.page.side.list.items]


@pytest.fixture
def paper(desk: Desk, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[PaperSeen]:
    apply_theme(qapp, Theme())
    desk.database.keep_attachments_in(FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32)))
    register(desk)
    runner = JobRunner()
    seen = PaperSeen(PaperPage(desk, runner), qtbot)
    seen.come(1290, 720)
    seen.ask_for(NOVEMBER)
    yield seen
    assert runner.shut_down()
    runner.deleteLater()


def saved(paper: PaperSeen, path: Path) -> bytes:
    """What 另存为 writes, under that name with `.pdf`."""
    before = len(paper.news)
    paper.page.leaving.save_as(str(path))
    paper.wait(lambda: len(paper.news) > before)
    return path.with_suffix(".pdf").read_bytes()


def test_the_pages_are_there_and_nothing_is_kept_yet(paper: PaperSeen, desk: Desk) -> None:
    assert "月工作报告" in paper.words
    assert "没有存档" in paper.words
    assert paper.kept == []
    assert service.kept(desk, NOVEMBER) == ()


def test_a_sentence_is_worded_for_this_paper_by_keyboard(paper: PaperSeen, tmp_path: Path) -> None:
    field = paper.field("总体情况")
    field.go()
    paper.press(K.Key_A, with_=CONTROL)
    paper.type("本月平稳有序。")
    paper.press(ENTER, with_=CONTROL)
    paper.wait_pages()
    assert "本月平稳有序。" in assert_sound(saved(paper, tmp_path / "a.pdf")).characters


def test_what_is_saved_is_kept_and_stands_on_the_list(
    paper: PaperSeen, desk: Desk, tmp_path: Path
) -> None:
    pdf = saved(paper, tmp_path / "报告")
    (kept,) = service.kept(desk, NOVEMBER)
    assert service.content(desk, kept.uid) == (tmp_path / "报告.pdf").read_bytes() == pdf
    paper.wait(lambda: len(paper.kept) == 1)
    assert "另存 1 次" in paper.kept[0]
    assert paper.news == ["已另存，原件已存档"]
    assert "已保存 报告.pdf" in paper.words


def test_what_was_printed_shows_itself_with_the_mark_of_the_next_copy(
    paper: PaperSeen, desk: Desk
) -> None:
    paper.page.view.printed.emit(3)
    paper.wait(lambda: "的存档" in paper.words and "打印 1 次" in "".join(paper.kept))
    paper.wait_pages()
    (kept,) = service.kept(desk, NOVEMBER)
    assert kept.printings == 1
    paper.page.view.printed.emit(3)
    paper.wait(lambda: "打印 2 次" in "".join(paper.kept))
    (kept,) = service.kept(desk, NOVEMBER)
    assert [copy.kind for copy in kept.copies] == [CopyKind.PRINTED] * 2


def test_from_a_kept_paper_one_comes_back_to_a_new_one(
    paper: PaperSeen, desk: Desk, tmp_path: Path
) -> None:
    first = saved(paper, tmp_path / "a.pdf")
    register(desk)
    paper.page.side.opened.emit(service.kept(desk, NOVEMBER)[0].uid.hex)
    paper.wait(lambda: "的存档" in paper.words)
    paper.wait_pages()
    assert saved(paper, tmp_path / "b.pdf") == first
    paper.push("回到新的一份")
    paper.wait(lambda: "没有存档" in paper.words)
    paper.wait_pages()
    assert "登记来访2件" in assert_sound(saved(paper, tmp_path / "c.pdf")).characters


def test_a_character_without_a_face_is_told_above_the_pages(paper: PaperSeen) -> None:
    paper.field("总体情况").go()
    paper.press(K.Key_A, with_=CONTROL)
    paper.type("𠮷先生")
    paper.press(ENTER, with_=CONTROL)
    paper.wait(lambda: "U+20BB7" in paper.words)
    assert "手写补上" in paper.words


def test_escape_leads_back(paper: PaperSeen) -> None:
    went: list[int] = []
    paper.page.back_wanted.connect(lambda: went.append(1))
    paper.press(K.Key_Escape)
    assert went == [1]


def test_a_narrow_window_gives_the_pages_all_the_room_until_asked(paper: PaperSeen) -> None:
    paper.page.resize(930, 700)
    paper.wait(lambda: not paper.page.side.isVisible())
    paper.press(K.Key_F4)
    paper.wait(lambda: paper.page.side.isVisible())
    paper.press(K.Key_F4)
    paper.wait(lambda: not paper.page.side.isVisible())


def test_everything_that_takes_the_keyboard_has_the_name_that_can_be_read(
    paper: PaperSeen,
) -> None:
    assert nameless(paper.page) == []
