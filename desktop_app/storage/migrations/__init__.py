"""The schema's history: numbered steps of plain SQL for both databases. A step imports nothing of ours."""
