"""好差评: what residents think, given on their own screen or on paper, and only ever counted."""
