"""Papers: made from the ledgers, looked at, worded, printed, kept as they were."""
