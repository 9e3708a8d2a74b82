"""Making a new home."""
