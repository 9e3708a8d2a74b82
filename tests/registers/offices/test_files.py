"""The three files: what a person reads in them, and that nothing in them can be changed."""

from __future__ import annotations

import codecs
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.bundle.keyring import OpeningKey, SigningKey, public_line
from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.errors import ExitStatus, Fault, SafetyRefusal, UserError
from desktop_app.registers.offices import files
from desktop_app.registers.offices.rules import Street

STREET_KEY, STATION_KEY = SigningKey(b"\x01" * 32), SigningKey(b"\x02" * 32)
STREET = Street(
    "CL",
    "澄岭街道",
    tuple(OpeningKey.fresh().recipient for _ in range(2)),
    STREET_KEY.public,
)
INVITATION = files.Invitation("0" * 31 + "1", STREET, Millis(1000), Millis(2000))
REQUEST = files.Request(
    id="0" * 31 + "2",
    invitation=INVITATION.id,
    street_code="CL",
    street_signing=STREET.signing,
    code="QR01",
    name="青榕雅苑党群服务站",
    public=STATION_KEY.public,
    recipient=OpeningKey.fresh().recipient,
    lineage="first",
    made_at=Millis(1500),
)

Read = Callable[[bytes], object]


def papers() -> dict[str, tuple[bytes, Read]]:
    request = files.spell_request(REQUEST, STATION_KEY)
    welcome = files.Welcome(
        REQUEST.id, files.digest_of(request), STREET, "QR01", REQUEST.name, Millis(1600)
    )
    return {
        "invitation": (files.spell_invitation(INVITATION, STREET_KEY), files.read_invitation),
        "request": (request, files.read_request),
        "welcome": (files.spell_welcome(welcome, STREET_KEY), files.read_welcome),
    }


PAPERS = papers()
EACH = pytest.mark.parametrize("name", list(PAPERS))


def signed_anew(content: bytes, change: Callable[[dict[str, Any]], None], key: SigningKey) -> bytes:
    """The file as somebody would write it who has a key, but not our program."""
    document = json.loads(content)
    del document["signature"]
    change(document)
    document["signature"] = key.sign(canonical(document).encode(), files.NAMESPACE)
    return json.dumps(document, ensure_ascii=False).encode()


def test_what_was_written_is_read() -> None:
    assert files.read_invitation(PAPERS["invitation"][0]) == INVITATION
    read = files.read_request(PAPERS["request"][0])
    assert read.digest == files.digest_of(PAPERS["request"][0])
    assert read.fingerprint == REQUEST.fingerprint
    assert files.read_welcome(PAPERS["welcome"][0]).digest == read.digest


@EACH
def test_a_person_reads_at_the_top_what_it_is(name: str) -> None:
    document = json.loads(PAPERS[name][0])

    assert list(document)[:2] == ["文件", "说明"]
    assert "澄岭街道" in document["说明"] or "CL" in document["说明"]
    assert "\\u" not in PAPERS[name][0].decode()


@EACH
def test_no_code_to_compare_stands_in_the_file(name: str) -> None:
    text = PAPERS[name][0].decode()

    for code in (files.street_fingerprint(STREET), REQUEST.fingerprint):
        assert code not in text
        assert code.replace(" ", "") not in text


@EACH
def test_no_bit_of_it_can_be_changed(name: str) -> None:
    content, read = PAPERS[name]
    for place in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            if bytes(changed).strip() == content.strip():
                continue
            with pytest.raises(Fault) as told:
                read(bytes(changed))
            assert told.value.exit_status in (ExitStatus.WRONG_INPUT, ExitStatus.REFUSED)


@EACH
def test_half_of_it_is_no_file(name: str) -> None:
    content, read = PAPERS[name]
    for length in range(len(content) - 1):
        with pytest.raises(UserError):
            read(content[:length])


@EACH
def test_how_it_is_laid_out_does_not_matter(name: str) -> None:
    content, read = PAPERS[name]
    in_one_line = json.dumps(json.loads(content)).encode()

    assert read(codecs.BOM_UTF8 + content.replace(b"\n", b"\r\n")) == read(content)
    assert read(in_one_line) == read(content)
    assert files.digest_of(in_one_line) == files.digest_of(content)


@EACH
def test_another_file_in_its_place_is_named(name: str) -> None:
    _, read = PAPERS[name]
    for other, (content, _) in PAPERS.items():
        if other != name:
            with pytest.raises(UserError, match="这是一份") as told:
                read(content)
            assert told.value.exit_status == ExitStatus.WRONG_INPUT


@EACH
@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04" + b"\0" * 60, b"[]", b"{}", b'{"kind": "x"}', b"\xff\xfe", b" " * 70_000],
)
def test_a_renamed_file_is_none_of_ours(name: str, content: bytes) -> None:
    with pytest.raises(UserError) as told:
        PAPERS[name][1](content)
    assert told.value.exit_status == ExitStatus.WRONG_INPUT


@EACH
def test_one_of_a_newer_program_asks_for_an_upgrade(name: str) -> None:
    content, read = PAPERS[name]
    newer = signed_anew(content, lambda document: document.update(format=2), STREET_KEY)

    with pytest.raises(SafetyRefusal, match="更新版本"):
        read(newer)


@EACH
def test_one_signed_by_somebody_else_is_refused(name: str) -> None:
    content, read = PAPERS[name]
    stranger = SigningKey(b"\x09" * 32)

    with pytest.raises(SafetyRefusal, match="改动过"):
        read(signed_anew(content, lambda _: None, stranger))


def test_a_parcel_s_signature_is_none_for_these_files() -> None:
    document = json.loads(PAPERS["invitation"][0])
    del document["signature"]
    document["signature"] = STREET_KEY.sign(canonical(document).encode())

    with pytest.raises(SafetyRefusal):
        files.read_invitation(json.dumps(document).encode())


def _without_recipients(document: dict[str, Any]) -> None:
    document["street"]["recipients"] = []


def _with_a_code_of_its_own(document: dict[str, Any]) -> None:
    document["street"]["code"] = "澄岭"


def _with_an_empty_name(document: dict[str, Any]) -> None:
    document["street"]["name"] = "\u200b"


def _with_a_text_for_a_time(document: dict[str, Any]) -> None:
    document["made_at"] = "今天"


def _with_a_recipient_that_is_none(document: dict[str, Any]) -> None:
    document["street"]["recipients"][0] = "age1nobody"


@pytest.mark.parametrize(
    "change",
    [
        _without_recipients,
        _with_a_code_of_its_own,
        _with_an_empty_name,
        _with_a_text_for_a_time,
        _with_a_recipient_that_is_none,
    ],
)
def test_what_only_another_program_would_write_is_refused(
    change: Callable[[dict[str, Any]], None],
) -> None:
    with pytest.raises(SafetyRefusal, match="改动过"):
        files.read_invitation(signed_anew(PAPERS["invitation"][0], change, STREET_KEY))


def test_the_code_of_a_street_is_of_its_keys_alone() -> None:
    again = files.Invitation("f" * 32, STREET, Millis(5), Millis(6))
    other = Street("CL", "澄岭街道", STREET.recipients, STATION_KEY.public)

    code = files.street_fingerprint(STREET)
    assert code == files.street_fingerprint(
        files.read_invitation(files.spell_invitation(again, STREET_KEY)).street
    )
    assert code != files.street_fingerprint(other)
    assert [len(group) for group in code.split()] == [4] * 5


def test_openssh_verifies_the_signature_too(tmp_path: Path) -> None:
    document = json.loads(PAPERS["invitation"][0])
    (tmp_path / "sig").write_text(document.pop("signature"))
    (tmp_path / "allowed").write_text(public_line(STREET_KEY.public, "CL", files.NAMESPACE) + "\n")
    verify = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "CL", "-n", files.NAMESPACE]
    told = subprocess.run(
        [*verify, "-s", "sig"],
        cwd=tmp_path,
        input=canonical(document).encode(),
        capture_output=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
