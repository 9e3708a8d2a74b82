"""How records are kept: encrypted, durable, chained. Knows no ledger and no Qt."""
