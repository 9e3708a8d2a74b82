"""The command line: one program, two faces. Calls the same services as the screens; never Qt."""
