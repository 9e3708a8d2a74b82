"""What posts, claims and shifts are, and what may be done with them. Pure."""
