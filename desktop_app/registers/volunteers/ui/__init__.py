"""Screens of volunteers and their teams."""
