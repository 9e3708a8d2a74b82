"""Which verb is meant by the words of a command: one word, or a topic and a second word."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.cli.parser import Topic, UsageProblem, Verb, close_to
from desktop_app.cli.verbs import TOPICS, VERBS

_WITH_VALUE = ("--home", "--as")
FIRST = "open"
"""What is done when no verb is written."""


def chosen(words: Sequence[str]) -> tuple[Verb | Topic | None, list[str]]:
    """The verb that is meant and the words that are for it.

    A topic stands alone when its second word is missing, None when there is no verb at all. Raises
    `UsageProblem` for a verb there is none of, and names the one that was probably meant.
    """
    name, rest = _first(words)
    if name is None:
        return None, rest
    if name in VERBS:
        return VERBS[name], rest
    if name not in topics():
        raise UsageProblem(f"没有这个命令。{_hint(name, [*VERBS, *topics()])}")
    topic = topics()[name]
    second, rest = _first(rest)
    if second is None:
        return topic, rest
    verb = VERBS.get(f"{name} {second}")
    if verb is None:
        named = f"{name} {second}"
        hint = _hint(named, [of.name for of in verbs_of(topic)]) or _all_of(topic)
        raise UsageProblem(f"{name} 没有这个子命令。{hint}", name)
    return verb, rest


def topics() -> dict[str, Topic]:
    """The topics that have a verb, by name."""
    begun = {name.partition(" ")[0] for name in VERBS if " " in name}
    return {name: topic for name, topic in TOPICS.items() if name in begun}


def verbs_of(topic: Topic) -> list[Verb]:
    """The verbs of a topic, in their order."""
    return [verb for name, verb in VERBS.items() if name.startswith(f"{topic.name} ")]


def told_in_overview() -> list[tuple[str, str]]:
    """Every verb of one word and every topic, in the order of the verbs, with what it is for."""
    lines = {}
    for verb in VERBS.values():
        first, _, second = verb.name.partition(" ")
        lines[first] = TOPICS[first].does if second else verb.does
    return list(lines.items())


def without_second_word(topic: Topic) -> UsageProblem:
    """What is said when only the topic was written."""
    return UsageProblem(f"{topic.name} 后面还要写一个子命令。{_all_of(topic)}", topic.name)


def _all_of(topic: Topic) -> str:
    seconds = [verb.name.partition(" ")[2] for verb in verbs_of(topic)]
    return f"可以写：{'、'.join(seconds)}。"


def _hint(word: str, known: Sequence[str]) -> str:
    meant = close_to(word, known)
    return f"是不是 {meant}？" if meant else ""


def _first(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The first word that is no option, and all the others; common options may stand before it."""
    place = 0
    while place < len(words):
        if words[place] in _WITH_VALUE:
            place += 2
        elif words[place].startswith("-"):
            place += 1
        else:
            return words[place], [*words[:place], *words[place + 1 :]]
    return None, list(words)
