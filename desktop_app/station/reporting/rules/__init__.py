"""Reporting without a database: exports, receipts, and how two logs come together."""
