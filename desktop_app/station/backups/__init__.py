"""Backing a home up, by hand and by itself, and coming back from a backup."""
