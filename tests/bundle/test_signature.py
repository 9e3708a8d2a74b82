"""Signatures are OpenSSH's: each side takes what the other made, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.bundle.keyring import SigningKey, public_line
from desktop_app.bundle.signature import NotSigned, verify

NAMESPACE = "jinlin-desk.test.v1"
DATA = "钱荣社区 2026".encode()
KEY = SigningKey(bytes(range(32)))


def test_what_we_sign_is_verified_by_ssh_keygen(tmp_path: Path) -> None:
    signature = tmp_path / "data.sig"
    signature.write_text(KEY.sign(DATA, NAMESPACE))
    signers = tmp_path / "signers"
    signers.write_text(public_line(KEY.public, "QR01", NAMESPACE) + "\n")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-s", str(signature)]

    def verdict(principal: str, namespace: str, data: bytes) -> int:
        whole = [*command, "-I", principal, "-n", namespace]
        return subprocess.run(whole, input=data, capture_output=True, check=False).returncode

    assert verdict("QR01", NAMESPACE, DATA) == 0
    assert verdict("QR02", NAMESPACE, DATA) != 0
    assert verdict("QR01", "jinlin-desk.parcel.v1", DATA) != 0
    assert verdict("QR01", NAMESPACE, DATA + b"\n") != 0


def test_what_ssh_keygen_signs_is_verified_by_us(tmp_path: Path) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(KEY.to_text()))
    key = tmp_path / "key"
    key.touch(mode=0o600)
    key.write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )
    )
    made = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-f", key, "-n", NAMESPACE],
        input=DATA,
        capture_output=True,
        check=True,
    )
    assert made.stdout.decode() == KEY.sign(DATA, NAMESPACE)
    assert verify(made.stdout.decode(), DATA, NAMESPACE) == KEY.public


def test_a_signature_is_for_one_purpose_and_one_text() -> None:
    signature = KEY.sign(DATA, NAMESPACE)
    for data, namespace in [(DATA + b" ", NAMESPACE), (DATA, "jinlin-desk.parcel.v1"), (b"", "")]:
        with pytest.raises(NotSigned):
            verify(signature, data, namespace)


def test_every_flipped_bit_and_every_cut_of_a_signature_is_refused() -> None:
    signature = KEY.sign(DATA, NAMESPACE)
    taken = []
    for at in range(len(signature)):
        flips = [
            signature[:at] + chr(ord(signature[at]) ^ 1 << bit) + signature[at + 1 :]
            for bit in range(8)
        ]
        taken += [bad for bad in [*flips, signature[:at]] if _is_taken(bad)]
    assert taken == []


def _is_taken(signature: str) -> bool:
    try:
        verify(signature, DATA, NAMESPACE)
    except NotSigned:
        return False
    return True


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("SSH SIGNATURE", "SSH  SIGNATURE")])
def test_a_signature_has_one_spelling_only(change: tuple[str, str]) -> None:
    with pytest.raises(NotSigned):
        verify(KEY.sign(DATA, NAMESPACE).replace(*change), DATA, NAMESPACE)


def test_a_signature_broken_into_other_lines_is_refused() -> None:
    begin, *lines, end, _ = KEY.sign(DATA, NAMESPACE).split("\n")
    text = "".join(lines)
    for width in (64, 71, len(text)):
        broken = [text[at : at + width] for at in range(0, len(text), width)]
        with pytest.raises(NotSigned):
            verify("\n".join([begin, *broken, end, ""]), DATA, NAMESPACE)


def test_something_huge_is_no_signature() -> None:
    begin, end = "-----BEGIN SSH SIGNATURE-----\n", "\n-----END SSH SIGNATURE-----\n"
    with pytest.raises(NotSigned):
        verify(begin + "A" * 10_000_000 + end, DATA, NAMESPACE)
