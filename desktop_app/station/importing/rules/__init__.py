"""What an import is made of, and what may be decided. Pure."""
