"""What an activity and its attendance are, and what may be done with them. Pure."""
