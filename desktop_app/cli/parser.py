"""Reads a command's words and tells its help, all of it in Chinese.

`argparse` does the reading; what it would say in English is said here instead. Sentences name
options and never repeat what somebody wrote after them: that may be a resident's name.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from desktop_app.cli.layout import LINE, aligned, width, wrapped

if TYPE_CHECKING:
    from desktop_app.cli.call import Call

PROGRAM = "jinlin"
_SECOND_WORD = 18


class UsageProblem(Exception):
    """The command is written wrongly; `sentence` says how, in Chinese."""

    def __init__(self, sentence: str, verb: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.verb = verb


@dataclass(frozen=True)
class Verb:
    """One command: what it is for, its words, an example, and what does it.

    `name` is one word, or two where several commands share a topic (`street invite`). `more` adds
    to the help what is known only from the ledgers; it is asked for when help is told.
    """

    name: str
    does: str
    arguments: Callable[[Parser], None]
    run: Callable[[Call], int]
    about: str = ""
    examples: tuple[str, ...] = ()
    more: Callable[[], str] | None = None
    needs_sign_in: bool = True


@dataclass(frozen=True)
class Topic:
    """The first word that several verbs of two words share, and what they have in common."""

    name: str
    does: str
    about: str = ""

    def help(self, verbs: Sequence[Verb]) -> str:
        """What `jinlin TOPIC --help` says: every verb of the topic."""
        parts = [
            f"{PROGRAM} {self.name}：{self.does}",
            "",
            f"用法：{PROGRAM} {self.name} 子命令 [选项]",
            f"      {PROGRAM} {self.name} 子命令 --help   这个子命令的全部说明",
        ]
        if self.about:
            parts += ["", *wrapped(self.about)]
        lines = [(verb.name.partition(" ")[2], verb.does) for verb in verbs]
        return "\n".join([*parts, "", "子命令：", *aligned(lines, _SECOND_WORD)]) + "\n"


class Parser(argparse.ArgumentParser):
    """The words of one verb."""

    def __init__(self, verb: Verb) -> None:
        super().__init__(prog=f"{PROGRAM} {verb.name}", add_help=False, allow_abbrev=False)
        self._verb = verb
        verb.arguments(self)
        self._own = list(self._actions)
        self.option("--home", "DIR", "数据文件夹；不写就用 JINLIN_HOME，再没有就用本机默认的位置")
        if verb.needs_sign_in:
            self.option(
                "--as",
                "NAME",
                "以哪位操作员的身份；不写就是第一位在用的。密码取自 JINLIN_PASSWORD，"
                "没有就在终端上询问，从不写在命令里",
                dest="who",
            )
        self.flag("--json", "标准输出只写一份 JSON（UTF-8），给人看的话写到标准错误")
        self.add_argument("-h", "--help", action="store_true", dest="help", help="显示这份说明")

    def word(self, name: str, shown: str, means: str, *, optional: bool = False) -> None:
        """A word by its place."""
        self.add_argument(name, metavar=shown, help=means, nargs="?" if optional else None)

    def words(self, name: str, shown: str, means: str) -> None:
        """Any number of words from here on."""
        self.add_argument(name, metavar=shown, help=means, nargs="*")

    def option(
        self,
        name: str,
        shown: str,
        means: str,
        *,
        dest: str = "",
        read: Callable[[str], Any] = str,
        required: bool = False,
        default: Any = None,
        several: bool = False,
    ) -> None:
        """An option with a value."""
        self.add_argument(
            name,
            metavar=shown,
            help=means + ("（必写）" if required else ""),
            type=read,
            required=required,
            default=default,
            action="append" if several else "store",
            dest=dest or name.lstrip("-").replace("-", "_"),
        )

    def flag(self, name: str, means: str) -> None:
        """An option that is there or not."""
        self.add_argument(
            name, help=means, action="store_true", dest=name.lstrip("-").replace("-", "_")
        )

    def parsed(self, words: Sequence[str]) -> argparse.Namespace:
        """The words as values; raises `UsageProblem`."""
        if "-h" in words or "--help" in words:
            return argparse.Namespace(help=True, json=False)
        return self.parse_intermixed_args(list(words))

    def error(self, message: str) -> NoReturn:
        raise UsageProblem(_in_chinese(message), self._verb.name)

    def format_help(self) -> str:
        verb = self._verb
        parts = [f"{self.prog}：{verb.does}", "", f"用法：{self._usage()}"]
        if verb.about:
            parts += ["", *wrapped(verb.about)]
        own = [action for action in self._own if action.help is not argparse.SUPPRESS]
        common = [action for action in self._actions if action not in self._own]
        for title, actions in (("参数和选项", own), ("通用选项", common)):
            if actions:
                lines = [(_shown(action), action.help or "") for action in actions]
                parts += ["", f"{title}：", *aligned(lines)]
        if verb.more is not None:
            parts += ["", verb.more()]
        if verb.examples:
            parts += ["", "例子：", *(f"  {example}" for example in verb.examples)]
        return "\n".join(parts) + "\n"

    def _usage(self) -> str:
        words = []
        for action in self._own:
            if action.help is argparse.SUPPRESS:
                continue
            shown = _shown(action)
            needed = action.required if action.option_strings else action.nargs is None
            words.append(shown if needed else f"[{shown}]")
        lines = [self.prog]
        for word in [*words, "[通用选项]"]:
            if width(f"{lines[-1]} {word}") > LINE:
                lines.append("     ")
            lines[-1] += f" {word}"
        return "\n".join(lines)


def _shown(action: argparse.Action) -> str:
    metavar = str(action.metavar or action.dest)
    if not action.option_strings:
        return metavar
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {metavar}"


_SAID: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", "还缺少：{0}。"),
    (r"unrecognized arguments: .*", "{unknown}"),
    (r"argument (.*): expected (?:one|at least one) argument", "{0} 后面还要写一个值。"),
    (r"argument (.*): ignored explicit argument .*", "{0} 后面不要写值。"),
    # What our own readers of values say is Chinese already.
    (r"argument (.*?): (.*[\u4e00-\u9fff].*)", "{0} {1}"),
    (r"argument (.*?): .*", "{0} 写得不对。"),
)


def _in_chinese(message: str) -> str:
    for pattern, said in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return said.format(*found.groups(), unknown=_unknown(message))
    return "命令写得不对。"


def _unknown(message: str) -> str:
    """Which words were too many: options by name, anything else only counted."""
    words = message.partition(": ")[2].split()
    options = [word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z-]+(=.*)?", word)]
    if options:
        return f"不认识选项 {'、'.join(options)}。"
    return "多写了参数；带空格的内容请用引号括起来。"


def close_to(word: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    found = difflib.get_close_matches(word[:40], known, n=1)
    return found[0] if found else ""
