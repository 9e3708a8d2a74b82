"""A street's home full of what invented stations sent, with more of it lying ready."""
