"""Reporting without a database: what an export is, what a receipt says, how two logs come together."""
