"""核对码: whether a certificate on paper is the one that stands in our register. Pure.

The first 60 bits of an HMAC-SHA256 (RFC 2104) over what the certificate says, under a secret of
the station, in the 32 signs of Crockford's alphabet. It is checked here, offline, by whoever holds
this database; it is no signature and says nothing to anybody else.
"""

from __future__ import annotations

import hashlib
import hmac

from desktop_app.core.codec import canonical, encode
from desktop_app.core.text import half_width, visible
from desktop_app.ledgers.service.rules.certificate import Certificate

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, O, L and U, which are read as other signs or as words."""

LENGTH = 12
_BITS = 5
_GROUP = 4
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})

FROZEN = (
    "number", "volunteer", "name", "gender", "id_kind", "id_number", "volunteer_number",
    "national_number", "first", "last", "minutes", "lines", "issuer", "issuer_kind", "head",
    "handler", "phone", "purpose", "issued_on",
)  # fmt: skip
"""What a certificate says on paper: none of it changes once it is issued."""


def code_of(secret: bytes, certificate: Certificate) -> str:
    """The code of a certificate: twelve signs, without gaps."""
    told = canonical({name: encode(getattr(certificate, name)) for name in FROZEN})
    digest = hmac.new(secret, told.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big") >> (64 - LENGTH * _BITS)
    signs = [ALPHABET[number >> (_BITS * place) & 31] for place in range(LENGTH)]
    return "".join(reversed(signs))


def shown(code: str) -> str:
    """As paper and screen write it: `7K3M-9QXA-04ZD`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read(text: str) -> str | None:
    """The code that somebody typed from paper, or None when it can be none.

    Small letters, full-width signs and gaps do not matter; I and L are read as 1, O as 0.
    """
    plain = half_width(visible(text)).upper().translate(_READ_AS)
    signs = "".join(sign for sign in plain if sign not in "-－—– ")
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None


def same(one: str, other: str) -> bool:
    """Whether two codes are one."""
    return hmac.compare_digest(one.encode(), other.encode())
