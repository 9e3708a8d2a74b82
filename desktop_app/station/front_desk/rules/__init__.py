"""The rules of the counter's screen, by what they are about."""
