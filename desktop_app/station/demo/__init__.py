"""A home full of invented people and matters, to look around in without doing harm."""
