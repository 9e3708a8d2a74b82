"""A paper as far as its words: who makes a kind of paper reads its data and answers this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.core.sentences import Sentence, worded
from desktop_app.printing.document import Document


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything of a paper but its words: `make` gives the document for the sentences by name.

    `values` fill the gaps of the sentences.
    """

    make: Callable[[Mapping[str, str]], Document]
    sentences: tuple[Sentence, ...] = ()
    values: Mapping[str, str] | None = None

    def words(self, phrases: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
        """The sentences as they shall stand: one's own words, else the office's, else ours."""
        return worded(self.sentences, phrases, own, self.values or {})
