"""上报: bundles to the street, receipts back from it, and coming together again after a restore."""
