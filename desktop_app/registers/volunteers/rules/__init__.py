"""What volunteers, teams and memberships are, and what may be said of them. Pure."""
