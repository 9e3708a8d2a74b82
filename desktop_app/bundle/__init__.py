"""The file that travels: a signed, sealed bag. Knows no ledger and no database; see FORMAT.md."""
