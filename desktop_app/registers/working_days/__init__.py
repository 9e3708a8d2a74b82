"""The station's working days: where it departs from the national calendar."""
