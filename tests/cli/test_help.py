"""All help is complete and in Chinese."""

from __future__ import annotations

import argparse
import io
import re
from pathlib import Path

import pytest

from desktop_app.cli.layout import LINE, width
from desktop_app.cli.main import run
from desktop_app.cli.parser import Parser
from desktop_app.cli.verbs import VERBS
from desktop_app.core.clock import FixedClock
from tests.cli.running import Answer, Commands

PROMISED = (
    "open", "init", "demo", "fields", "add", "set", "act", "list", "show",
    "import-sheet", "export-sheet", "report", "summary",
    "street invite", "street accept", "street stations", "street revoke", "street rename",
    "street merge", "street split", "street move-out", "street reinstate", "street rescue",
    "street recover-key", "street receipts", "street snapshot", "street parked", "street whistles",
    "street answer", "station request",
    "station join", "station rotate-key", "station rename", "station deposit-rescue",
    "station ask-rescue", "bundle export", "bundle receipt", "bundle reconcile", "bundle status",
    "bundle tidy", "bundle inspect", "bundle verify", "bundle import", "operators", "audit",
    "backup", "restore", "check", "self-test",
)  # fmt: skip
LEFTOVERS = re.compile(
    r"\b(usage|options|optional|positional|arguments?|error|default|show this|required)\b", re.I
)
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def nowhere(tmp_path: Path, clock: FixedClock) -> Commands:
    return Commands(tmp_path / "home", clock)


def test_the_overview_names_every_verb_that_works_and_no_other(nowhere: Commands) -> None:
    told = nowhere.run("--help")

    listed = re.findall(r"^  ([a-z][a-z-]*) ", told.out, re.MULTILINE)
    assert (told.status, told.err) == (0, "")
    assert tuple(VERBS) == PROMISED
    assert listed == list(dict.fromkeys(name.split()[0] for name in PROMISED))


def test_a_topic_names_its_verbs_and_no_other(nowhere: Commands) -> None:
    for topic in {name.split()[0] for name in PROMISED if " " in name}:
        told = nowhere.run(topic, "--help").out
        listed = re.findall(r"^  ([a-z][a-z-]*) ", told, re.MULTILINE)
        assert [f"{topic} {word}" for word in listed] == [
            name for name in PROMISED if name.startswith(f"{topic} ")
        ]


@pytest.mark.parametrize("name", PROMISED)
def test_the_help_of_a_verb_is_whole_and_chinese(nowhere: Commands, name: str) -> None:
    told = nowhere.run(*name.split(), "--help")

    assert told.status == 0
    assert not LEFTOVERS.search(told.out)
    assert "--home DIR" in told.out
    assert "--json" in told.out
    assert [line for line in told.out.splitlines() if width(line) > LINE + 40] == []
    for action in Parser(VERBS[name])._actions:
        if action.help is not argparse.SUPPRESS:
            assert HAN.search(action.help or ""), action.dest
            assert all(option in told.out for option in action.option_strings)


def test_only_verbs_that_need_nobody_have_no_operator(nowhere: Commands) -> None:
    without = {
        name for name in PROMISED if "--as NAME" not in nowhere.run(*name.split(), "--help").out
    }

    assert without == {
        "open", "demo", "fields", "restore", "self-test", "station ask-rescue", "bundle inspect",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["oepn"], "是不是 open？"),
        (["list"], "还缺少：LEDGER。"),
        (["init", "--name", "青榕雅苑"], "还缺少：--edition, --code。"),
        (["list", "visits", "--limit"], "--limit 后面还要写一个值。"),
        (["list", "visits", "--limit", "0"], "--limit 后面要写 1 到 1000 之间的整数。"),
        (["list", "visits", "--limit", "９"], "--limit 后面要写 1 到 1000 之间的整数。"),
        (["list", "visits", "--from", "昨天"], "--from 后面要写日期，例如 2026-11-23。"),
        (["list", "visits", "--from", "2026-02-30"], "--from 后面要写日期，例如 2026-11-23。"),
        (["list", "visits", "--sort=name"], "不认识选项 --sort。"),
        (["list", "visits", "--json=1"], "--json 后面不要写值。"),
        (["operators", "dance"], "只能是 list、add、disable 或 reset。"),
        (["operators", "add"], "请写操作员的姓名。"),
        (["demo", "--scale", "city", "--home", "x"], "只能是 small、middle、hall 或 street。"),
        (["demo", "--months", "3", "--home", "x"], "--months 只用于 --scale street。"),
        (["open", "--demo", "--home", "x"], "--demo 有自己的文件夹"),
    ],
)
def test_wrong_usage_is_told_in_chinese(nowhere: Commands, words: list[str], said: str) -> None:
    told = nowhere.run(*words)

    assert (told.status, told.out) == (2, "")
    assert said in told.err
    assert "--help" in told.err
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", told.err.replace("jinlin", ""))


def test_a_name_too_many_is_not_repeated(nowhere: Commands) -> None:
    told = nowhere.run("list", "residents", "陈桂英", "13800005678")

    assert told.status == 2
    assert "陈桂英" not in told.err
    assert "13800005678" not in told.err


def test_common_options_may_stand_before_the_verb(nowhere: Commands) -> None:
    told = nowhere.run("--json", "--home", str(nowhere.path), "fields", "matters")

    assert told.document["kind"] == "matters"


def test_wrong_usage_answers_a_document_too(nowhere: Commands) -> None:
    told = nowhere.run("list", "--json")

    assert told.status == told.document["error"]["status"] == 2
    assert told.document["error"]["sentence"] == "还缺少：LEDGER。"


def test_without_a_verb_it_is_the_window(nowhere: Commands) -> None:
    opened = []

    def open_window(home: Path) -> int:
        opened.append(home)
        return 0

    for words in ([], ["open"], ["--home", "别处"]):
        world = nowhere.world()
        world.open_window = open_window
        assert run(words, world) == 0

    assert opened == [nowhere.path, nowhere.path, Path("别处")]


def test_a_window_that_fails_gives_its_status(nowhere: Commands) -> None:
    world = nowhere.world()
    world.open_window = lambda _home: 4

    assert run(["open"], world) == 4


def test_a_bug_is_one_sentence_and_a_report_that_names_nobody(
    nowhere: Commands, tmp_path: Path
) -> None:
    (nowhere.path / "crash").mkdir(parents=True)

    def open_window(_home: Path) -> int:
        raise RuntimeError("陈桂英 13800005678")

    world = nowhere.world()
    world.open_window = open_window
    status = run(["open", "--json"], world)

    assert isinstance(world.out, io.StringIO)
    assert isinstance(world.err, io.StringIO)
    told = Answer(status, world.out.getvalue(), world.err.getvalue())
    (report,) = (nowhere.path / "crash").glob("report-*.txt")
    text = report.read_text("utf-8")
    assert status == told.document["error"]["status"] == 1
    assert str(report) in told.err
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    assert "open_window" in text
    assert "RuntimeError" in text
    assert "陈桂英" not in text + told.err
