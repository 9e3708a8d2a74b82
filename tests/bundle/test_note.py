"""A few sealed words: only who they are for reads them, with our program or with `age`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop_app.bundle.faults import Damaged, NotForUs
from desktop_app.bundle.keyring import OpeningKey
from desktop_app.bundle.note import open_note, seal_note
from desktop_app.core.errors import Fault, UserError

OURS, ON_PAPER, ANOTHER = (OpeningKey.fresh() for _ in range(3))
SEALED = seal_note("救援码 12345", [OURS.recipient, ON_PAPER.recipient])


def test_every_recipient_reads_it_and_nobody_else() -> None:
    assert open_note(SEALED, [ANOTHER, OURS]) == "救援码 12345"
    assert open_note(SEALED, [ON_PAPER]) == "救援码 12345"
    with pytest.raises(NotForUs):
        open_note(SEALED, [ANOTHER])


def test_it_is_plain_ascii_that_says_nothing() -> None:
    assert SEALED.isascii()
    assert "12345" not in SEALED


def test_no_character_of_it_can_be_changed_unnoticed() -> None:
    for place in range(len(SEALED)):
        changed = SEALED[:place] + ("A" if SEALED[place] != "A" else "B") + SEALED[place + 1 :]
        try:
            opened = open_note(changed, [OURS])
        except Fault:
            continue
        # The part of the header that is for somebody else is no concern of ours.
        assert opened == "救援码 12345"


@pytest.mark.parametrize("text", ["", "随便", "-----BEGIN AGE ENCRYPTED FILE-----", SEALED[:200]])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(Damaged):
        open_note(text, [OURS])
    with pytest.raises(Damaged):
        open_note("A" * 20_000, [OURS])


def test_a_recipient_that_is_none_is_named() -> None:
    with pytest.raises(UserError):
        seal_note("救援码", ["age1nobody"])


def test_the_age_command_reads_it_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(OURS.to_text() + "\n")
    told = subprocess.run(
        ["age", "-d", "-i", "key"],
        cwd=tmp_path,
        input=SEALED.encode(),
        capture_output=True,
        check=True,
    )

    assert told.stdout.decode() == "救援码 12345"
