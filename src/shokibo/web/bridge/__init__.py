"""Between the database and a ledger: the same tables, one query a table."""
