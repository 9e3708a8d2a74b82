"""What every test shares; each part is a plugin of its own."""

pytest_plugins = [
    "tests.honest_run",
    "tests.postgres_server",
    "tests.stations",
    "tests.filling",
    "tests.homes",
    "tests.qt_leaks",
]
