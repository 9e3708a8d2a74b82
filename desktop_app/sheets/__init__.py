"""Spreadsheets in and out. Knows no ledger: what a column is, each ledger's `sheet.py` says."""
