"""The whole story of a line: from the visit at the counter to the photo of what was done."""
