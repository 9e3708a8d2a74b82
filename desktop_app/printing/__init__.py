"""Paper: what a ledger says about a document becomes the bytes of a PDF.

Knows no ledger and no file: a `Document` goes in, bytes come out. The only place that may import
the PDF writer (reportlab) and what mends its output (pikepdf).
"""
