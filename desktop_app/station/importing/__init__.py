"""Old ledgers move in: a sheet is looked at, tried out, taken in and, if need be, taken back."""
