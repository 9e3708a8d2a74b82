"""What a station does: use cases that span registers and ledgers, one folder each."""
