"""What agreements are and what may be done with them. Pure."""
