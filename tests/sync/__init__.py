"""Stations, a street and the sticks between them: nothing is lost, nothing counts twice."""
