"""What is stored, as a ledger: the tables of both, one query a table, and answers cached."""
