"""One command under way: its words, where it speaks, the home it is about, who it is for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.parser import UsageProblem
from desktop_app.cli.world import World
from desktop_app.core.errors import SafetyRefusal

if TYPE_CHECKING:
    from desktop_app.station.sign_in.session import Session
    from desktop_app.storage.session import Desk

PASSWORD = "JINLIN_PASSWORD"
NEW_PASSWORD = "JINLIN_NEW_PASSWORD"


@dataclass
class Call:
    """What a verb is handed."""

    world: World
    console: Console
    options: argparse.Namespace
    verb: str

    @cached_property
    def home(self) -> Path:
        """The data folder: `--home`, else `JINLIN_HOME`, else the platform's."""
        from desktop_app.storage.home import default_home_path

        if self.options.home:
            return Path(self.options.home).expanduser()
        return default_home_path(self.world.environment)

    def wrong_usage(self, sentence: str) -> UsageProblem:
        """What a verb raises for words that do not go together."""
        return UsageProblem(sentence, self.verb)

    def password(self, whose: str, *, variable: str = PASSWORD, twice: bool = False) -> str:
        """A password from its environment variable, else from the terminal; never an argument."""
        found = self.world.environment.get(variable, "")
        if found:
            return found
        if self.world.ask is None:
            raise self.wrong_usage(
                f"没有{whose}：请设环境变量 {variable}，或在终端上运行，会询问密码。"
            )
        typed = self.world.ask(f"{whose}：")
        if twice and self.world.ask(f"再输入一次{whose}：") != typed:
            raise self.wrong_usage("两次输入的密码不一样，没有做任何改动。")
        return typed

    @contextmanager
    def session(self, *, change_password: bool = False) -> Iterator[Session]:
        """Signed in at the home as the operator that was named, or the first one.

        Somebody whose password was set by another must change it first, as at the window; only
        `change_password` lets such a one in. An expired one is told and works still: a backup at
        night must not stop on the ninetieth day.
        """
        from desktop_app.station.sign_in.service import open_house, sign_in

        with open_house(self.home, self.world.clock) as house:
            operators = house.operators()
            named = self.options.who or (operators[0].uid if operators else "")
            operator = house.operator(named)
            password = self.password(f"“{operator.name}”的密码")
            session = sign_in(house, operator.uid, password, kdf_cost=self.world.kdf_cost)
            try:
                self._tell(session, change_password=change_password)
                yield session
            finally:
                session.close()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The seat of who has signed in."""
        with self.session() as session:
            yield session.desk

    def _tell(self, session: Session, *, change_password: bool) -> None:
        from desktop_app.registers.people.service import myself

        if session.clock_warning:
            self.console.say(session.clock_warning)
        if not session.must_change_password:
            return
        if myself(session.desk).operator.must_change_password and not change_password:
            raise SafetyRefusal(
                "这个密码是别人给您设的，改成自己的之前不能做别的事，没有做任何改动。",
                "请在窗口登录并改密码，或用 jinlin operators reset 您的姓名。",
                field="password",
            )
        self.console.say(session.password_notice)

    def answer(self, document: Any, text: str) -> int:
        """Answer and be done."""
        self.console.answer(document, text)
        return 0
