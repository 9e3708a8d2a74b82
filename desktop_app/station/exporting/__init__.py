"""Lists as workbooks: what is written of whom, where it goes, and what the audit says of it."""
