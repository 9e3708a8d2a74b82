"""What was printed: each paper as it left the printer, and the sentences an office words itself."""
