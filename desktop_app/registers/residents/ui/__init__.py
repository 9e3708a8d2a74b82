"""Widgets about residents that several screens use."""
