"""Where things are: streets, communities, stations, compounds, branches, grids, and their links."""
