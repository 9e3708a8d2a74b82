"""What was raised in one place becomes the business of another, and both say so."""
