"""What developers start: set-up, checks, fonts and the frozen build. Nothing here is shipped."""
