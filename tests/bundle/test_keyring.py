"""Keys are made, spelled, read back and compared by telephone."""

from __future__ import annotations

import hashlib

import pytest

from desktop_app.bundle.keyring import (
    OpeningKey,
    SigningKey,
    fingerprint,
    public_key,
    public_line,
    recipient,
)
from desktop_app.core.errors import UserError


def test_a_signing_key_comes_back_from_its_text() -> None:
    key = SigningKey.fresh()
    again = SigningKey.from_text(key.to_text())
    assert (again.public, again.sign(b"x")) == (key.public, key.sign(b"x"))
    assert SigningKey.fresh().public != key.public


def test_an_opening_key_comes_back_from_paper_in_small_letters_and_groups() -> None:
    key = OpeningKey.fresh()
    text = key.to_text()
    written = " ".join(text[at : at + 6] for at in range(0, len(text), 6)).lower()
    assert OpeningKey.from_text(written).recipient == key.recipient
    assert OpeningKey.from_text(text + "\n").to_text() == text


@pytest.mark.parametrize("at", range(16, 74, 7))
def test_one_wrong_character_of_a_key_on_paper_is_noticed(at: int) -> None:
    text = OpeningKey.fresh().to_text()
    other = "Q" if text[at] != "Q" else "P"
    with pytest.raises(UserError, match="抄写有误"):
        OpeningKey.from_text(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "g0" * 32, "AB" * 32, " " + "00" * 32])
def test_what_is_no_seed_makes_no_signing_key(text: str) -> None:
    with pytest.raises(UserError):
        SigningKey.from_text(text)


def test_no_repr_shows_a_secret() -> None:
    signing, opening = SigningKey.fresh(), OpeningKey.fresh()
    shown = f"{signing!r} {opening!r} {signing} {opening}".lower()
    assert signing.to_text() not in shown
    assert opening.to_text().lower() not in shown
    assert opening.recipient in shown


def test_public_halves_are_checked_when_they_are_read() -> None:
    signing, opening = SigningKey.fresh(), OpeningKey.fresh()
    assert public_key(signing.public.hex()) == signing.public
    assert recipient(opening.recipient) == opening.recipient
    changed = opening.recipient[:-1] + ("p" if opening.recipient[-1] == "q" else "q")
    for wrong in ("", "age1", changed, opening.to_text(), "ssh-ed25519 AAAA"):
        with pytest.raises(UserError):
            recipient(wrong)
    with pytest.raises(UserError):
        public_key("00")


def test_a_line_for_allowed_signers_names_who_what_and_for_which_purpose() -> None:
    line = public_line(SigningKey.fresh().public, "QR01")
    principal, options, kind, key = line.split(" ")
    assert (principal, kind) == ("QR01", "ssh-ed25519")
    assert options == 'namespaces="jinlin-desk.parcel.v1"'
    assert key.startswith("AAAAC3NzaC1lZDI1NTE5")


@pytest.mark.parametrize(
    "principal", ["", "a b", "a,b", "*", "a\nb", 'a"b', "!a", "é" * 3, "x" * 65]
)
def test_a_principal_that_could_mean_more_than_one_office_is_refused(principal: str) -> None:
    with pytest.raises(ValueError, match="quoting"):
        public_line(SigningKey.fresh().public, principal)


def test_a_fingerprint_is_twenty_digits_of_the_hash_in_five_groups() -> None:
    prefixed = (3).to_bytes(8, "big") + b"abc" + (1).to_bytes(8, "big") + b"d"
    number = int(hashlib.sha256(prefixed).hexdigest(), 16)
    spoken = fingerprint(b"abc", b"d")
    assert spoken.replace(" ", "") == str(number)[-20:]
    assert [len(group) for group in spoken.split(" ")] == [4] * 5


def test_a_fingerprint_knows_where_one_part_ends_and_the_next_begins() -> None:
    assert len({fingerprint(b"ab", b"c"), fingerprint(b"a", b"bc"), fingerprint(b"abc")}) == 3
