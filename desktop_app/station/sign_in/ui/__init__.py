"""The screens of signing in: the door, the lock, and the change of an expired password."""
