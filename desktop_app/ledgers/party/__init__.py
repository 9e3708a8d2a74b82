"""在职党员报到: party members at the place they live in, their promises, what their unit hears."""
