"""The page about one resident."""
