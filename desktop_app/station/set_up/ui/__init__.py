"""The first screen of a new station, and the one time its recovery code is shown."""
