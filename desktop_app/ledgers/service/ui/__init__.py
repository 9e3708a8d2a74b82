"""The screens of voluntary service: who serves now, the records, the register of certificates."""
