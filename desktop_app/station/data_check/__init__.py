"""Whether everything that is kept is still whole."""
