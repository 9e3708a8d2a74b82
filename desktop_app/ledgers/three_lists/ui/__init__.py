"""What a clerk sees of the three lists: the board, a list of each, one record of each, forms."""
