"""Signing in, switching at the desk, locking, and the way back in with a recovery code."""
