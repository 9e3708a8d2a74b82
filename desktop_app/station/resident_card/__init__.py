"""One resident in full: the file, and everything that ever happened with it at the station."""
