"""What one record brings about in another ledger: a visit not settled becomes a request."""
