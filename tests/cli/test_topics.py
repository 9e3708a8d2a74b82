"""Verbs of two words: a topic and what is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Topic, Verb
from desktop_app.cli.verbs import TOPICS, VERBS
from desktop_app.core.clock import FixedClock
from tests.cli.running import Commands


def _words(parser: Parser) -> None:
    parser.option("--to", "DIR", "放在哪个文件夹", required=True)


def _send(call: Call) -> int:
    return call.answer({"to": call.options.to, "verb": call.verb}, f"已寄到 {call.options.to}")


@pytest.fixture
def post(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A program that also knows `post send` and `post fetch`."""
    monkeypatch.setitem(TOPICS, "post", Topic("post", "寄和取", about="信件不出院子。"))
    for name, does in (("post send", "寄信"), ("post fetch", "取信")):
        monkeypatch.setitem(VERBS, name, Verb(name, does, _words, _send))
    return Commands(tmp_path / "home", clock)


def test_the_second_word_says_what_is_done(post: Commands) -> None:
    assert post.ask("post", "send", "--to", "门卫") == {"to": "门卫", "verb": "post send"}


def test_common_options_may_stand_before_either_word(post: Commands) -> None:
    before = post.run("--home", "甲", "post", "--as", "王小燕", "--json", "send", "--to", "门卫")

    assert before.document["verb"] == "post send"


def test_the_overview_tells_a_topic_once(post: Commands) -> None:
    told = post.run("--help").out

    assert "  post          寄和取" in told
    assert "寄信" not in told


def test_a_topic_without_a_verb_is_not_told(
    post: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TOPICS, "parcel", Topic("parcel", "包裹"))

    assert "parcel" not in post.run("--help").out
    assert post.run("parcel", "--help").status == 2


def test_the_help_of_a_topic_names_all_its_verbs(post: Commands) -> None:
    told = post.run("post", "--help")

    assert (told.status, told.err) == (0, "")
    for words in ("寄和取", "信件不出院子。", "send              寄信", "fetch             取信"):
        assert words in told.out


def test_the_help_of_a_verb_is_its_own(post: Commands) -> None:
    for words in (("post", "send", "--help"), ("post", "--help", "send")):
        told = post.run(*words)

        assert told.out.startswith("jinlin post send：寄信")
        assert "jinlin post send --to DIR" in told.out


@pytest.mark.parametrize(
    ("words", "said", "look"),
    [
        (["post"], "post 后面还要写一个子命令。可以写：send、fetch。", "jinlin post --help"),
        (["post", "sned"], "post 没有这个子命令。是不是 post send？", "jinlin post --help"),
        (["post", "陈桂英"], "post 没有这个子命令。可以写：send、fetch。", "jinlin post --help"),
        (["pots"], "没有这个命令。是不是 post？", "jinlin --help"),
        (["post-fetch"], "没有这个命令。是不是 post fetch？", "jinlin --help"),
        (["post", "send"], "还缺少：--to。", "jinlin post send --help"),
    ],
)
def test_a_wrong_word_is_told_with_the_one_that_was_meant(
    post: Commands, words: list[str], said: str, look: str
) -> None:
    told = post.run(*words)

    assert (told.status, told.out) == (2, "")
    assert said in told.err
    assert f"用法请看 {look}。" in told.err
    assert "陈桂英" not in told.err
