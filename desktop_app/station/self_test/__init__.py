"""What a person would check after installing, without a screen: it is looked at elsewhere."""
