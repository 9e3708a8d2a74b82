"""Screens of imports: the wizard in five steps, and what was imported."""
