"""What the inbox decides and says. Pure."""
