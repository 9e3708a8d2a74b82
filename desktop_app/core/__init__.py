"""Pure Python that everything else rests on: rules, clock, ids, errors, fields. No I/O, no Qt."""
