"""办理方式: the five ways a station deals with a matter.

The directory of matters proposes one, a visit has one.

A station is no administrative organ: none of these words promises a decision. What each of them
asks of a visit (a limit, a unit it is handed to) is for the visits ledger.
"""

from __future__ import annotations

from desktop_app.core.fields import LabelledEnum


class Handling(LabelledEnum):
    """How a matter is dealt with at the station."""

    INSTANT = "instant", "即时办结"
    ASSISTED = "assisted", "帮办代办"
    TIMED = "timed", "限时办理"
    FORWARDED = "forwarded", "转办"
    ADVICE = "advice", "咨询引导"


OLDER_WORDS = {
    "即办": Handling.INSTANT,
    "代办": Handling.ASSISTED,
    "帮办": Handling.ASSISTED,
    "承诺": Handling.TIMED,
    "承诺办理": Handling.TIMED,
    "咨询": Handling.ADVICE,
}


def handling_of(word: str) -> Handling | None:
    """The way a word means: today's term, a term of older ledgers (承诺), or the stored value."""
    plain = word.strip()
    for handling in Handling:
        if plain in (handling.label, handling.value):
            return handling
    return OLDER_WORDS.get(plain)
