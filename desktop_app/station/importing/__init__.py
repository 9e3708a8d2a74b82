"""Old ledgers move in: a spreadsheet is looked at, tried out, taken in and, if need be, taken back."""
