"""Screens of posts: the list with its claims, the duty roster, the page of one post."""
