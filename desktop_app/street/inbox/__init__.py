"""收件: takes in what stations send, says what became of every file, answers with receipts."""
