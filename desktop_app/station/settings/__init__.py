"""The station's settings: read, written and taken back as one use case."""
