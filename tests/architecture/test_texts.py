"""What no file of the project may hold: hidden direction marks, hosts and paths of one machine."""

from __future__ import annotations

import re

import pytest

from tests.architecture import sources

# Bidirectional controls, zero-width characters and the byte order mark: a reader cannot see them.
# Code that needs one writes its escape.
INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# Written so that a pattern does not find itself. Any mirror must be able to serve the locks, and
# no file may lead to the machine it was written on.
FOREIGN = re.compile(
    r"pypi[.]org|python[h]osted|npm[j]s[.]|deb[.]debian|mirrors?[.](?:ali|tuna|ustc)|"
    r"(?<![\w.-])/(?:[w]ork|[r]oot|[f]arm|[t]mp|[o]pt/pypi)/"
)


def test_no_file_hides_a_character_from_its_reader() -> None:
    found = [
        f"{sources.name_of(path)}: U+{ord(match.group()):04X}"
        for path, text in sources.text_files()
        for match in INVISIBLE.finditer(text)
    ]
    assert found == []


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = [
        f"{sources.name_of(path)}: {match.group()}"
        for path, text in sources.text_files()
        for match in FOREIGN.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["https://pypi" + ".org/simple", "--find-links /wo" + "rk/x", "a = '/ro" + "ot/b'"]
)
def test_the_search_for_hosts_and_paths_finds_one(text: str) -> None:
    assert FOREIGN.search(text)
