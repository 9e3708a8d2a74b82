"""What a street office does with what its stations send."""
