"""The schema's history: numbered steps of plain SQL, each importing nothing of ours."""
