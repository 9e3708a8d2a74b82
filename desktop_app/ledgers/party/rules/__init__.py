"""What the 报到 of an employed party member is, and what may be done with it. Pure."""
