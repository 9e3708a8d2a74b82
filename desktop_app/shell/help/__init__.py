"""The help inside the program: a short manual, opened by F1 where it fits the page."""
