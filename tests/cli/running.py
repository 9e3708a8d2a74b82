"""Runs a command inside the test, or the whole program as somebody outside starts it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.cli.main import run
from desktop_app.cli.world import Found, World
from desktop_app.core.clock import Clock
from tests.homes import CHEAP, PASSWORD, StationHome

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def problems(self) -> dict[int, set[str | None]]:
        """By object of the file, the fields that are wrong."""
        found: dict[int, set[str | None]] = {}
        for one in self.document["error"]["problems"]:
            found.setdefault(one["record"], set()).add(one["field"])
        return found


class Terminal(io.StringIO):
    """A standard error at which a person sits."""

    def isatty(self) -> bool:
        return True


def no_window(_home: Path) -> int:
    raise AssertionError("no command of these tests opens a window")


def no_screen() -> Found:
    raise AssertionError("no command of these tests looks at a screen")


@dataclass
class Commands:
    """Commands at one home, each in a world of its own."""

    path: Path
    clock: Clock
    environment: dict[str, str] = field(default_factory=dict)
    err: type[io.StringIO] = io.StringIO
    asked: list[str] | None = None

    @classmethod
    def at(cls, home: StationHome) -> Commands:
        return cls(home.path, home.clock, {"JINLIN_PASSWORD": PASSWORD})

    def world(self, stdin: bytes = b"") -> World:
        typed = None if self.asked is None else iter(self.asked)
        return World(
            out=io.StringIO(),
            err=self.err(),
            source=io.BytesIO(stdin),
            environment={"JINLIN_HOME": str(self.path), **self.environment},
            clock=self.clock,
            ask=None if typed is None else lambda _prompt: next(typed),
            open_window=no_window,
            look_at_screen=no_screen,
            kdf_cost=CHEAP,
        )

    def run(self, *words: str, stdin: object = None) -> Answer:
        """Run one command; `stdin` is text as it stands, or anything else as JSON."""
        if stdin is not None and not isinstance(stdin, (str, bytes)):
            stdin = json.dumps(stdin, ensure_ascii=False)
        raw = stdin.encode() if isinstance(stdin, str) else stdin or b""
        world = self.world(raw)
        status = run(words, world)
        assert isinstance(world.out, io.StringIO)
        assert isinstance(world.err, io.StringIO)
        return Answer(status, world.out.getvalue(), world.err.getvalue())

    def ask(self, *words: str, stdin: object = None) -> Any:
        """Run a command that must succeed; its JSON document."""
        answer = self.run(*words, "--json", stdin=stdin)
        assert answer.status == 0, answer.err
        return answer.document

    def uid(self, kind: str, **fields: object) -> str:
        """Add one record; its uid."""
        uid: str = self.ask("add", kind, "-", stdin=fields)["added"][0]["uid"]
        return uid


def start(
    *words: str, environment: Mapping[str, str] | None = None, **more: Any
) -> subprocess.Popen[bytes]:
    """Start the program itself, with only what it needs of this process' environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JINLIN")}
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app", *words],
        cwd=ROOT,
        env={**kept, "QT_QPA_PLATFORM": "offscreen", **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=more.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        **more,
    )


def outside(
    *words: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None, **more: Any
) -> Answer:
    """Run the program itself to its end."""
    with start(*words, environment=environment, **more) as child:
        out, err = child.communicate(stdin, timeout=120)
    return Answer(child.returncode, (out or b"").decode(), err.decode())
