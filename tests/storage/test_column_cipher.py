"""Sensitive columns on a server: sealed, told apart from what was altered, and readable again."""

from __future__ import annotations

import base64

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import SafetyRefusal
from desktop_app.storage.base import Secret, SecretJson, UidType
from desktop_app.storage.column_cipher import AesColumnCipher
from desktop_app.storage.engine import ServerDialect
from desktop_app.storage.keys import DataKey

KEY = DataKey(bytes(range(32)))


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_what_was_sealed_opens_again_and_shows_nothing(text: str) -> None:
    sealed = AesColumnCipher(KEY).seal(text)
    assert AesColumnCipher(KEY).open(sealed) == text
    assert len(text) < 4 or text not in sealed


def test_the_same_value_is_sealed_differently_each_time() -> None:
    cipher = AesColumnCipher(KEY)
    assert cipher.seal("350802199001011234") != cipher.seal("350802199001011234")


def test_another_home_s_key_opens_nothing() -> None:
    sealed = AesColumnCipher(KEY).seal("低保")
    with pytest.raises(SafetyRefusal, match="打不开"):
        AesColumnCipher(DataKey.fresh()).open(sealed)


@pytest.mark.parametrize("position", [0, 11, 12, -17, -1])
def test_a_changed_byte_is_found(position: int) -> None:
    cipher = AesColumnCipher(KEY)
    mark, sealed = cipher.seal("低保").split(":")
    raw = bytearray(base64.b64decode(sealed))
    raw[position] ^= 1
    with pytest.raises(SafetyRefusal, match="被改动过"):
        cipher.open(f"{mark}:{base64.b64encode(raw).decode()}")


@pytest.mark.parametrize(
    "text", ["", "低保", "jinlin1:", "jinlin1:*", "jinlin1:AAAA", "jinlin2:AAAA"]
)
def test_what_was_never_sealed_is_refused_in_words(text: str) -> None:
    with pytest.raises(SafetyRefusal, match="打不开"):
        AesColumnCipher(KEY).open(text)


def test_the_server_never_sees_a_sealed_column(postgres_url: str) -> None:
    table = sealed_sample()
    dialect = ServerDialect(AesColumnCipher(KEY))
    engine, further = dialect.engine(postgres_url), dialect.engine(postgres_url)
    row = {"uid": None, "number": "350802199001011234", "groups": ["低保", "残疾"]}
    try:
        with engine.begin() as connection:
            table.create(connection)
            row["uid"] = connection.exec_driver_sql("SELECT gen_random_uuid()").scalar_one()
            connection.execute(sa.insert(table), row)
            raw = connection.exec_driver_sql("SELECT number, groups FROM sealed_sample").one()
        with further.begin() as connection:
            read = connection.execute(sa.select(table)).one()
    finally:
        engine.dispose()
        further.dispose()
    assert (read.number, read.groups) == ("350802199001011234", ["低保", "残疾"])
    assert all(text.startswith("jinlin1:") for text in raw)
    assert "低保" not in raw.groups


def test_what_was_compiled_for_one_home_seals_nothing_of_another(postgres_url: str) -> None:
    table = sealed_sample()
    engines = [
        ServerDialect(AesColumnCipher(key)).engine(postgres_url)
        for key in (KEY, DataKey(bytes(range(32, 64))))
    ]
    try:
        with engines[0].begin() as connection:
            table.create(connection)
        for engine in engines:
            with engine.begin() as connection:
                uid = connection.exec_driver_sql("SELECT gen_random_uuid()").scalar_one()
                connection.execute(sa.insert(table), {"uid": uid, "number": "1", "groups": []})
        for engine in engines:
            with engine.begin() as connection, pytest.raises(SafetyRefusal, match="打不开"):
                connection.execute(sa.select(table)).all()
    finally:
        for engine in engines:
            engine.dispose()


def sealed_sample() -> sa.Table:
    return sa.Table(
        "sealed_sample",
        sa.MetaData(),
        sa.Column("uid", UidType, primary_key=True),
        sa.Column("number", Secret),
        sa.Column("groups", SecretJson),
    )
