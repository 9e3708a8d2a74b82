"""How an office words its papers, in 设置."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.papers import service as papers
from desktop_app.station.papers.ui.phrases import PhrasesSection
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.settings import CONTROL, Section, nameless

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


@pytest.fixture
def section(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Section]:
    apply_theme(qapp, Theme())
    runner = JobRunner()
    made = Section(PhrasesSection(desk, runner), qtbot)
    made.come()
    made.wait(lambda: "月工作报告" in made.words)
    made.push("月工作报告")
    made.wait(lambda: "总体情况" in made.words)
    yield made
    assert runner.shut_down()
    runner.deleteLater()


def write(section: Section, text: str) -> None:
    """Put other words into 总体情况 and go on."""
    section.field("总体情况").go()
    section.press(K.Key_A, with_=CONTROL)
    section.press(K.Key_Backspace)
    if text:
        section.type(text)
    section.press(K.Key_Tab)


def test_a_sentence_is_kept_when_its_field_is_left_and_taken_back(
    section: Section, desk: Desk
) -> None:
    write(section, "{期间}登记{登记件数}件。")
    section.wait(lambda: section.news == ["已保存“总体情况”"])
    assert papers.phrases(desk, "month") == {"overall": "{期间}登记{登记件数}件。"}
    section.wait(lambda: "自己改过的文字" in section.words)
    section.undo(desk)
    section.wait(lambda: "自己改过的文字" not in section.words)
    assert papers.phrases(desk, "month") == {}


def test_a_gap_that_is_not_there_is_told_beside_its_field_and_the_text_stays(
    section: Section, desk: Desk
) -> None:
    write(section, "今天{天气}。")
    assert "{天气}" in section.field("总体情况").problem
    assert papers.phrases(desk, "month") == {}
    write(section, "今天很好。")
    section.wait(lambda: section.news == ["已保存“总体情况”"])
    assert section.field("总体情况").problem == ""


def test_an_emptied_field_has_the_programs_words_again(section: Section, desk: Desk) -> None:
    write(section, "改过。")
    section.wait(lambda: len(section.news) == 1)
    write(section, "")
    section.wait(lambda: len(section.news) == 2)
    assert papers.phrases(desk, "month") == {}


def test_another_kind_of_paper_has_words_of_its_own(section: Section, desk: Desk) -> None:
    write(section, "改过。")
    section.wait(lambda: len(section.news) == 1)
    section.push("年度工作报告")
    assert "自己改过的文字" not in section.words
    assert papers.phrases(desk, "year") == {}


def test_everything_that_takes_the_keyboard_has_the_name_that_can_be_read(
    section: Section,
) -> None:
    assert nameless(section.page) == []
