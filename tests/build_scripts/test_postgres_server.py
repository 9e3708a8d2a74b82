"""The throw-away server: what the tests of the storage rely on."""

from __future__ import annotations

import psycopg
from sqlalchemy import create_engine, text

from tests.postgres_server import PostgresServer


def _one(url: str, statement: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        answer = connection.execute(statement.encode())
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def test_a_database_takes_chinese_text_through_sqlalchemy(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE people (name TEXT)"))
        connection.execute(text("INSERT INTO people VALUES (:name)"), {"name": "𬭎·阿依古丽"})
        name = connection.execute(text("SELECT name FROM people")).scalar_one()
    engine.dispose()
    assert name == "𬭎·阿依古丽"


def test_two_databases_know_nothing_of_each_other(postgres_server: PostgresServer) -> None:
    names = [postgres_server.fresh(), postgres_server.fresh()]
    first, second = (postgres_server.url(name) for name in names)
    try:
        _one(first, "CREATE TABLE a (x INT)")
        tables = _one(second, "SELECT count(*) FROM information_schema.tables WHERE table_name='a'")
    finally:
        for name in names:
            postgres_server.drop(name)
    assert tables == 0


def test_a_template_is_filled_once_and_copied_each_time(postgres_server: PostgresServer) -> None:
    filled = []

    def fill(url: str) -> None:
        filled.append(url)
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE visits AS SELECT 7 AS number")

    template = [postgres_server.template("two copies", fill) for _ in range(2)][-1]
    copies = [postgres_server.fresh(template) for _ in range(2)]
    numbers = [_one(postgres_server.url(name), "SELECT number FROM visits") for name in copies]
    for name in copies:
        postgres_server.drop(name)
    assert (len(filled), numbers) == (1, [7, 7])


def test_text_sorts_by_code_point_on_every_machine(postgres_url: str) -> None:
    letters = "SELECT string_agg(x, '' ORDER BY x) FROM (VALUES ('a'), ('B')) AS t(x)"
    assert _one(postgres_url, letters) == "Ba"
