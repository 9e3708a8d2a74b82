"""What is written of a list, and which templates there are. Pure."""
