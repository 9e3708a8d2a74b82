"""The box 站点 of a street's lists: whose records are shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.choices import Choice, ChoiceBox

ALL: Final = ""
"""The value for all of them, as in the other boxes of a list."""

_EVERY = Choice(ALL, "全部站点")


class StationBox(ChoiceBox):
    """One of the street's stations, found by name, initials or code; or all of them.

    Several at once can only be asked for by a figure: what has merged is counted together.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__((_EVERY,), parent, value=ALL)
        self._names = StationNames()

    def codes(self) -> tuple[str, ...]:
        """The codes of the stations chosen; none for all."""
        value = self.value()
        return value if isinstance(value, tuple) else ()

    def code(self) -> str:
        """The code of the one station chosen; empty otherwise."""
        codes = self.codes()
        return codes[0] if len(codes) == 1 else ""

    def set_codes(self, codes: Collection[str]) -> None:
        """Choose stations; such as are not offered yet are taken all the same."""
        wanted = tuple(codes)
        self._put(self.codes(), wanted)
        self.set_value(wanted or ALL)

    def offer(self, names: StationNames) -> None:
        """Offer these; what is chosen stays chosen. Tells nobody."""
        if names.entries != self._names.entries:
            self._names = names
            self._put(self.codes())

    def _put(self, kept: tuple[str, ...], more: tuple[str, ...] = ()) -> None:
        """Fill the list; what is `kept`, and what is to be chosen next, is in it at any rate."""
        offered = [
            Choice((one.code,), one.name, search=f"{one.code} {one.search}")
            for one in self._names.entries
        ]
        known = [choice.value for choice in offered]
        for codes in dict.fromkeys((kept, more)):
            if codes and codes not in known:
                offered.append(Choice(codes, self._words(codes)))
        self.blockSignals(True)
        self.set_choices((_EVERY, *offered))
        self.set_value(kept or ALL)
        self.blockSignals(False)

    def _words(self, codes: tuple[str, ...]) -> str:
        first = self._names.of(codes[0])
        return first if len(codes) == 1 else f"{first}等{len(codes)}个站点"
