"""The second start of a home finds the first window, and nothing else."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.shell.rendezvous import KNOCK, Doorbell, knock


def test_a_knock_is_heard_and_answered(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    bell = Doorbell(tmp_path, owner)
    answered: list[bool] = []
    second = threading.Thread(target=lambda: answered.append(knock(tmp_path)))
    with qtbot.waitSignal(bell.rung, timeout=5000):
        second.start()
    second.join()

    assert answered == [True]
    assert not (tmp_path / KNOCK).exists()


def test_nobody_answers_where_no_window_is(tmp_path: Path) -> None:
    assert knock(tmp_path, patience=0.2) is False
    assert not (tmp_path / KNOCK).exists()


def test_an_old_knock_rings_no_new_bell(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / KNOCK).touch()
    owner = QObject()
    bell = Doorbell(tmp_path, owner)
    heard: list[None] = []
    bell.rung.connect(lambda: heard.append(None))
    (tmp_path / "jinlin.db-wal").touch()
    qtbot.waitUntil(lambda: not (tmp_path / KNOCK).exists())

    assert heard == []
