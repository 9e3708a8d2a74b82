"""The register of residents: who comes to the counter, and how one box finds them again."""
