"""Posts, claims and shifts."""
