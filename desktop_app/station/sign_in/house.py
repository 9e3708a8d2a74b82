"""A home before anybody has signed in: its name, who may sign in, and who has failed to.

The sign-in window is painted from this, so nothing heavy may be imported here: no SQLAlchemy, no
SQLCipher, no cryptography.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from desktop_app.core.clock import Clock
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.storage.home import Home, HomeLock
from desktop_app.storage.key_file import OPERATOR, load_slot_file
from desktop_app.storage.lockout import FailureBook


@dataclass(frozen=True, slots=True)
class SignInName:
    """One line of the sign-in list."""

    uid: Uid
    name: str


class House:
    """An opened home and the right to use it, until `close`."""

    def __init__(self, home: Home, clock: Clock, *, window: bool) -> None:
        self.home = home
        self.clock = clock
        self.failures = FailureBook(home.sign_in_failures, clock)
        self._window = window
        self._lock: HomeLock | None = None

    @property
    def station_name(self) -> str:
        return self.home.about.name

    def operators(self) -> list[SignInName]:
        """Who may sign in here, in the order they were added; read anew each time.

        Raises `SafetyRefusal` when the key-slot file is missing or damaged.
        """
        file = load_slot_file(self.home.key_slots, self.home.about.home_id)
        return [
            SignInName(Uid(slot.slot_id), slot.name) for slot in file.slots if slot.kind == OPERATOR
        ]

    def may_ask_the_street(self) -> bool:
        """Whether a code lies here that only the street can read, for when nobody can sign in."""
        file = load_slot_file(self.home.key_slots, self.home.about.home_id)
        return file.rescue is not None

    def operator(self, who: Uid | str) -> SignInName:
        """Somebody of the list, by uid or by name; `UserError` when there is nobody."""
        for line in self.operators():
            if who in (line.uid, line.name):
                return line
        named = f"没有叫“{who}”的操作员" if isinstance(who, str) else "没有这位操作员"
        raise UserError(
            f"这里{named}，没有登录，数据没有改动。",
            "请核对姓名；账号可能已停用或改名，可请管理账号的同事在“设置 · 操作员”中查看。",
            field="operator",
        )

    def hold(self) -> None:
        """Take the right to use the home. Raises `AlreadyOpen` or `InUse`."""
        if self._lock is None:
            self._lock = self.home.hold_window() if self._window else self.home.shared()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the home to oneself for a while. Raises `InUse` when others use it too."""
        self.close()
        try:
            with self.home.alone():
                yield
        finally:
            self.hold()

    def close(self) -> None:
        """Give the home back; a second call does nothing."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> House:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_house(path: Path, clock: Clock, *, window: bool = False) -> House:
    """Open the home at `path` up to the sign-in list, as its one window or beside it.

    Raises what `Home.open` does, `AlreadyOpen` for a second window, and `SafetyRefusal` when the
    key slots are missing or damaged, since then nobody could sign in.
    """
    house = House(Home.open(path), clock, window=window)
    house.hold()
    try:
        house.operators()
    except BaseException:
        house.close()
        raise
    return house
