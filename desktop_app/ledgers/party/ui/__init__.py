"""Screens of 在职党员报到."""
