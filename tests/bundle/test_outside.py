"""A parcel is checked and read by programs that know nothing of ours, as FORMAT.md says."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from build_scripts.ground.places import ROOT
from desktop_app.bundle import lines, receipt
from desktop_app.bundle.header import parse_header
from desktop_app.bundle.keyring import public_line
from desktop_app.bundle.parcel import FileSource, open_parcel
from tests.bundle.parcels import (
    RECOVERY_KEY,
    STATION_KEY,
    STREET_KEY,
    photo,
    photo_source,
    seal,
    small_log,
)

FORMAT = (ROOT / "desktop_app" / "bundle" / "FORMAT.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)
# bagit asks a module for its own version that newer setuptools no longer bring.
STAND_IN = Path(__file__).parent / "stand_in"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What FORMAT.md begins with: a parcel, a key, and who may sign."""
    seal(tmp_path / "parcel.jlb", small_log(), [photo_source(photo(1, 70_000)[1])])
    (tmp_path / "key.txt").write_text(STREET_KEY.to_text() + "\n")
    (tmp_path / "allowed_signers").write_text(public_line(STATION_KEY.public, "QR01") + "\n")
    return tmp_path


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": programs, "PYTHONPATH": str(STAND_IN)},
        capture_output=True,
        text=True,
        check=False,
    )


def commands() -> list[str]:
    (script,) = (text for language, _, text in BLOCKS if language == "sh")
    return [line for line in script.replace("\\\n", " ").splitlines() if line]


@pytest.mark.slow
def test_every_command_of_the_format_agrees(folder: Path) -> None:
    done = run(folder, "\n".join(commands()))
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("No errors detected", "is valid", "header.json: OK", "Good", "VALID"):
        assert words in done.stdout + done.stderr
    assert "INVALID" not in done.stdout


@pytest.mark.parametrize("key", [STREET_KEY, RECOVERY_KEY])
def test_either_recipient_opens_it_with_age(folder: Path, key: Any) -> None:
    (folder / "key.txt").write_text(key.to_text())
    assert run(folder, commands()[0]).returncode == 0


@pytest.mark.slow
def test_each_tool_notices_what_is_its_to_notice(folder: Path) -> None:
    assert run(folder, "\n".join(commands()[:4])).returncode == 0
    checks = {line.split()[0]: line for line in commands()[4:]}
    harm = {
        "bagit.py": "printf x >> data/photos/*.jpg",
        "sha256sum": "printf x >> data/photos/*.jpg",
        "ssh-keygen": "printf x >> tagmanifest-sha256.txt",
        "frictionless": """sed -i 's/"revision":1/"revision":"one"/' data/changes/visit.ndjson""",
    }
    assert set(harm) == set(checks)
    for name, check in checks.items():
        assert run(folder / "parcel", check).returncode == 0, name
        run(folder, f"rm -rf harmed && cp -r parcel harmed && cd harmed && {harm[name]}")
        assert run(folder / "harmed", check).returncode != 0, name


def test_unzip_notices_a_cut(folder: Path) -> None:
    run(folder, commands()[0])
    archive = folder / "parcel.zip"
    assert run(folder, commands()[1]).returncode == 0
    archive.write_bytes(archive.read_bytes()[:-30])
    assert run(folder, commands()[1]).returncode != 0


def test_what_age_sealed_is_opened_by_us(folder: Path) -> None:
    script = (
        f"{commands()[0]} && rm parcel.jlb && age -r {STREET_KEY.recipient}"
        f" -r {RECOVERY_KEY.recipient} -o parcel.jlb parcel.zip"
    )
    assert run(folder, script).returncode == 0
    with open_parcel(folder / "parcel.jlb", [STREET_KEY], folder) as parcel:
        assert list(lines.merged(parcel)) == small_log().changes


def test_a_stranger_follows_the_chain_with_what_the_format_says(folder: Path) -> None:
    run(folder, commands()[0])
    changes = {}
    with zipfile.ZipFile(folder / "parcel.zip") as archive:
        header = json.loads(archive.read("data/header.json"))
        for name in archive.namelist():
            if name.startswith("data/changes/"):
                for line in archive.read(name).splitlines():
                    change = json.loads(line)
                    changes[change["n"]] = bytes.fromhex(change["d"])
    now = bytes.fromhex(header["hash_before"])
    for n in range(header["first"], header["last"] + 1):
        now = hashlib.sha256(now + n.to_bytes(8, "big") + changes.pop(n)).digest()
    assert (now.hex(), changes) == (header["hash_after"], {})


def test_the_examples_of_the_format_are_what_the_program_reads() -> None:
    readers: Mapping[str, Any] = {
        "header": lambda text: parse_header(text).kind,
        "receipt": lambda text: receipt.parse_receipt(json.loads(text)).until,
        "changes/visit": lambda text: lines.parse(text, "visit").uid,
        "changes/withheld": lambda text: lines.parse(text, lines.UNSAID).digest,
        "current/visit": lambda text: lines.parse_current(text, "visit").fields,
        "counts": lambda text: lines.parse_count(text).value,
    }
    shown = [(name, line) for _, name, text in BLOCKS if name for line in text.splitlines()]
    assert {name for name, _ in shown} == set(readers)
    assert all(readers[name](line.encode()) for name, line in shown)


def test_the_bounds_of_the_format_are_those_of_the_program() -> None:
    from desktop_app.bundle import archive, bag, seal
    from desktop_app.bundle.limits import LIMITS

    told = dict(re.findall(r"^\| ([^|]+) \| ([\d][^|]*) \|$", FORMAT, re.MULTILINE))
    assert told == {
        "the archive, and any file in it": "2 GiB − 1",
        "all files unpacked together": "4 GiB",
        "a file over 1 MiB, against its packed size": f"{LIMITS.ratio} : 1",
        "files": f"{bag.MOST_FILES:,}",
        "a line": "1 MiB",
        "header, receipt, datapackage": "16 MiB",
        "each tag file": "8 MiB",
    }
    assert (LIMITS.archive, archive.LARGEST, LIMITS.unpacked) == (2**31 - 1, 2**31 - 1, 2**32 - 2)
    assert (LIMITS.line, LIMITS.free_size) == (2**20, 2**20)
    assert (LIMITS.json, bag.LARGEST_TAG_FILE, seal.LONGEST_HEADER) == (2**24, 2**23, 2**14)


def test_a_receipt_travels_and_is_read_from_outside(folder: Path) -> None:
    made = receipt.Receipt("QR01", "first", 5, bytes(32), receipt.Verdict.APPLIED)
    path = folder / "parcel.jlb"
    seal(path, small_log(), [FileSource.json(receipt.NAME, receipt.spell_receipt(made))])
    run(folder, commands()[0])
    with zipfile.ZipFile(folder / "parcel.zip") as archive:
        assert json.loads(archive.read("data/receipt.json"))["until"] == 5
    with open_parcel(path, [STREET_KEY], folder) as parcel:
        assert receipt.parse_receipt(parcel.json(receipt.NAME)) == made
