"""Seals the sensitive columns of a database that is not itself encrypted (PostgreSQL).

AES-256-GCM (NIST SP 800-38D) under a key derived from the home's data key. Only for single values
of `Secret` columns: such a column can be read back, never searched or sorted.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import random_bytes
from desktop_app.storage.keys import DataKey

_MARK = "jinlin1:"
_NONCE_BYTES = 12
_PURPOSE = "columns"


class AesColumnCipher:
    """The `ColumnCipher` of a home.

    Nonces are random: safe up to 2^32 values a key (SP 800-38D, 8.3), a thousand times what a
    street writes in its life.
    """

    def __init__(self, data_key: DataKey) -> None:
        self._cipher = AESGCM(data_key.derive(_PURPOSE))

    def seal(self, text: str) -> str:
        """The text as a server may see it; the same text is sealed differently each time."""
        nonce = random_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode(), _MARK.encode())
        return _MARK + base64.b64encode(nonce + sealed).decode("ascii")

    def open(self, text: str) -> str:
        """The text that was sealed. Raises `SafetyRefusal` when it was changed or is another's."""
        try:
            if not text.startswith(_MARK):
                raise ValueError("not sealed by this program")
            raw = base64.b64decode(text.removeprefix(_MARK), validate=True)
            opened = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _MARK.encode())
        except (ValueError, binascii.Error, InvalidTag) as error:
            raise SafetyRefusal(
                "数据库里有一项加密内容打不开：它被改动过，或是用另一把密钥加密的。"
                "没有改动任何内容。",
                "请停止在这份数据上登记，用最近一份完好的备份恢复，并联系技术支持。",
            ) from error
        return opened.decode()
