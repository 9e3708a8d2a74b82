"""What a command says: its answer on standard output, sentences for people on standard error.

With `--json` the answer is exactly one JSON document. An answer that cannot be written (a full
disk, a closed pipe) is a failure of the environment, told in words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from desktop_app.cli.layout import padded, width
from desktop_app.core.codec import Plain
from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.job import Job, Progress

if TYPE_CHECKING:
    from desktop_app.cli.world import World

_BAR = 24
_LEAST_SECONDS_BETWEEN = 0.1
_NOTHING_TO_ESTIMATE = 1.0


class Console:
    """The two streams of one command."""

    def __init__(self, world: World, *, as_json: bool) -> None:
        self._world = world
        self.as_json = as_json
        self._answered = False
        self._bar_width = 0
        self._bar_began = 0.0
        self._bar_drawn = -_LEAST_SECONDS_BETWEEN

    def say(self, sentence: str) -> None:
        """A sentence for a person."""
        self._end_bar()
        _write(self._world.err, sentence + "\n")

    def answer(self, document: Plain, text: str) -> None:
        """The answer, once: the document with `--json`, else the text."""
        if self._answered:
            raise RuntimeError("a command answers once")
        self._end_bar()
        self._answered = True
        if self.as_json:
            text = json.dumps(document, ensure_ascii=False, indent=2)
        _write(self._world.out, text if text.endswith("\n") else text + "\n")

    @property
    def answered(self) -> bool:
        return self._answered

    def job(self, title: str) -> Job:
        """Long work: a bar with count and time left on a terminal, nothing when piped."""
        if not self._world.err.isatty():
            return Job(title)
        self._bar_began = self._world.clock.ticks()
        return Job(title, self._draw)

    def _draw(self, progress: Progress) -> None:
        now = self._world.clock.ticks()
        if now - self._bar_drawn < _LEAST_SECONDS_BETWEEN:
            return
        self._bar_drawn = now
        line = bar(progress, now - self._bar_began)
        _write(self._world.err, f"\r{padded(line, self._bar_width)}")
        self._bar_width = width(line)

    def _end_bar(self) -> None:
        if self._bar_width:
            _write(self._world.err, f"\r{' ' * self._bar_width}\r")
            self._bar_width = 0


def bar(progress: Progress, seconds: float) -> str:
    """`[██████░░░░░░] 1200/4000 第 3 个文件 还要约 12 秒` after so many seconds of work."""
    permille = progress.permille
    if permille is None:
        return f"已做 {progress.done} {progress.words}"
    full = permille * _BAR // 1000
    drawn = f"[{'█' * full}{'░' * (_BAR - full)}] {progress.done}/{progress.total} {progress.words}"
    if seconds < _NOTHING_TO_ESTIMATE or progress.done <= 0 or not progress.total:
        return drawn
    left = seconds * (progress.total - progress.done) / progress.done
    words = f"{left / 60:.0f} 分钟" if left >= 90 else f"{left:.0f} 秒"
    return f"{drawn} 还要约 {words}"


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EnvironmentFault(
            "结果写不出去（磁盘已满或输出已关闭）。", "请换个地方再试。"
        ) from error
