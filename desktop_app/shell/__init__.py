"""The window: starts the program, holds the rail and the pages, and belongs to no ledger."""
