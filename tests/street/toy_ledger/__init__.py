"""A ledger that exists only in the tests: lost things (失物), made as those of `ledgers/` are."""
