"""The page 收件: files are dropped in, one line each, and receipts go out."""
