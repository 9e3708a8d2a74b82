"""The visits ledger (来访登记): who came or called, with what matter, and what became of it."""
