"""Records of any kind, as the command line adds, changes and shows them."""
