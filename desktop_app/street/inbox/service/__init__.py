"""The use cases of the inbox."""
