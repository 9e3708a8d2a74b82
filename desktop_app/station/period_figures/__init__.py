"""The figures of a month, a quarter, half a year or a year: told, compared, drawn, led from."""
